"""The name of the database, in place of "kb" in the metadata and the configuration."""

from datasette import hookimpl

from pipeline.site import kb


@hookimpl
def prepare_jinja2_environment(datasette):
    """Rename "kb" in metadata and configuration to the database's own name.

    This hook is the last one before Datasette reads its metadata and stored queries.
    """
    name = kb.database(datasette).name
    for settings in (datasette.config, datasette._metadata_local):
        databases = settings.get("databases", {})
        if "kb" in databases:
            databases[name] = databases.pop("kb")
