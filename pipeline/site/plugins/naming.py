"""The files of metadata and configuration say "kb"; the database may be called otherwise."""

from datasette import hookimpl

from pipeline.site import kb


@hookimpl
def prepare_jinja2_environment(datasette):
    """Give the database's own name to what is written for "kb".

    This hook is the last one before Datasette reads its metadata and stored queries.
    """
    name = kb.database(datasette).name
    for written in (datasette.config, datasette._metadata_local):
        databases = written.get("databases", {})
        if "kb" in databases:
            databases[name] = databases.pop("kb")
