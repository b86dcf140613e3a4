"""Hand-edited files: whatever is written into one, it is read, or refused in one line that says where and how to fix it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

from fuzz import mutations
from pipeline.alignment import expert_pairs, title_matters
from pipeline.core import comparisons, fact_files, jsonl, labels, regions
from pipeline.core.errors import CorpusError
from pipeline.core.gap_records import Gap
from pipeline.core.paths import DATA, Workspace
from pipeline.core.records import Clause, Document
from pipeline.extraction import condition_rules, measure_rules, taxonomy
from pipeline.gaps import claims, indicators, paper
from pipeline.language import document_titles, lexicon, official_words
from pipeline.language.tagger import Tagger
from pipeline.matters import coding_checks, matter_files
from pipeline.points import slots
from pipeline.reading import sources
from pipeline.reading.formats.web import boilerplate
from pipeline.reading.metadata import document_kinds
from pipeline.similarity import provision_classes
from pipeline.validity import presumed_terms, validity, validity_clauses

_OWN = Path("my")  # a folder of a user's documents
_ONE = Path("one")  # a single file of matters, for all together take long
_SLOW = ("matters", "lexicon")  # folders of files that are read together: tried less often
_WORDS = {
    "offices": official_words.OfficeWords, "genres": official_words.GenreWords,
    "signatures": official_words.SignatureWords, "letterheads": official_words.LetterheadWords,
}  # fmt: skip


class Loaders:
    """How each file is read, with what a build would hold it against."""

    def __init__(self, work: Workspace) -> None:
        self.regions = regions.load(DATA / "regions.toml")
        self.topics = taxonomy.load(DATA / "topics.toml", set(self.regions))
        self.facts = fact_files.read((DATA,))
        self.documents = {row.document_id for row in jsonl.each(work.rows("documents"), Document)}
        self.clauses = {row.clause_id for row in jsonl.each(work.rows("clauses"), Clause)}
        self.references = claims.references(work)
        gaps = jsonl.each(work.rows("gaps"), Gap)
        self.gaps = {(g.matter_id, g.as_of): g for g in gaps if g.comparison_id == paper.COMPARISON}
        self.lexicon = lexicon.load(DATA / "lexicon")

    def read(self, path: Path) -> None:
        """Read one file as the stage does that reads it."""
        folder = path.parent.name
        if path.parent == _ONE:
            matter_files.load(_ONE, self.regions, set(self.topics))
            return
        if path.parent == _OWN:
            sources.read(_OWN, self.regions)
        elif folder == "facts":
            fact_files.read((DATA,))
        elif folder == "matters":
            self._matters(path)
        elif folder == "lexicon":
            uncached(lexicon.load)(DATA / "lexicon")
            lexicon.synonyms(DATA / "lexicon/synonyms.toml")
        elif path.suffix == ".jsonl":
            Tagger(DATA / "patterns", self.lexicon)
        elif path.stem in _WORDS and folder == "patterns":
            uncached(official_words.load)(path, _WORDS[path.stem])
        else:
            self._others()[f"{folder}/{path.stem}"](path)

    def _matters(self, path: Path) -> None:
        contexts = matter_files.contexts(DATA / "matters/context.jsonl")
        coded = matter_files.load(DATA / "matters", self.regions, set(self.topics))
        coding_checks.check(coded, contexts, self.facts)
        coding_checks.check_units(coded)

    @cache  # noqa: B019
    def _others(self) -> dict[str, Callable[[Path], object]]:
        known = set(self.regions)
        return {
            "corpus/regions": regions.load,
            "corpus/topics": lambda path: taxonomy.load(path, known),
            "corpus/comparisons": lambda path: (comparisons.load(path, self.regions, known), comparisons.moments(path, "2026-11-29")),
            "corpus/claims": lambda path: claims.load(path, set(self.topics), self.references, self.gaps),
            "corpus/indicators": lambda path: indicators.load(path, known, set(self.facts.facts)),
            "corpus/labels": uncached(labels.load),
            "corpus/pairs": lambda path: expert_pairs.load(path, self.clauses),
            "corpus/validity": lambda path: validity.load(path, self.documents, self.clauses),
            "corpus/validity_rules": lambda path: presumed_terms.load(path, self.regions),
            "patterns/citations": uncached(document_titles.load),
            "patterns/classes": uncached(provision_classes.load),
            "patterns/conditions": uncached(condition_rules.load),
            "patterns/document_kinds": uncached(document_kinds.load),
            "patterns/measures": uncached(measure_rules.load),
            "patterns/pages": uncached(boilerplate.load),
            "patterns/points": uncached(slots.load),
            "patterns/title_matters": uncached(title_matters.load),
            "patterns/validity": uncached(validity_clauses.load),
        }  # fmt: skip

    def files(self) -> list[Path]:
        """All files that are tried."""
        folders = [DATA / name for name in ("facts", "matters", "lexicon")]
        within = [path for folder in folders for path in folder.iterdir()]
        tagged = list((DATA / "patterns").glob("*.jsonl"))
        others = [DATA / f"{name.removeprefix('corpus/')}.toml" for name in self._others()]
        words = [DATA / "patterns" / f"{name}.toml" for name in _WORDS]
        return sorted(
            [*within, *tagged, *others, *words, _OWN / "sources.toml", _ONE / "shoutai.toml"]
        )


def uncached(load: Callable) -> Callable:
    """A loader that reads again each time."""
    return getattr(load, "__wrapped__", load)


@contextmanager
def target(build: Path, kb: Path) -> Iterator[Callable[[Random], str | None]]:
    """What tries one change of one file, and says what is wrong, if anything is."""
    work = Workspace((DATA,), build.resolve(), kb.resolve())
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(
            "corpus",
            f"{folder}/corpus",
            ignore=shutil.ignore_patterns("gold", "models", "background"),
        )
        shutil.copytree("tests/corpus", f"{folder}/my")
        os.chdir(folder)
        _ONE.mkdir()
        shutil.copy("corpus/matters/shoutai.toml", _ONE)
        try:
            loaders = Loaders(work)
            texts = {path: path.read_text(encoding="utf-8") for path in loaders.files()}
            for path in texts:
                loaders.read(path)  # as it is, every file is sound
            slow = sorted(
                path
                for path in texts
                if path.parent.name in _SLOW
                or path.suffix == ".jsonl"
                and path.parent.name == "patterns"
            )
            fast = sorted(texts.keys() - set(slow))

            def attempt(chance: Random) -> str | None:
                path = chance.choice(slow if not chance.randrange(30) else fast)
                try:
                    return problem(loaders, path, changed(chance, texts[path]))
                finally:
                    path.write_text(texts[path], encoding="utf-8")

            yield attempt
        finally:
            os.chdir(here)


def changed(chance: Random, text: str) -> bytes:
    """A file after a slip of its editor."""
    if not chance.randrange(10):
        return mutations.of_bytes(chance, text.encode())
    return mutations.of_text(chance, text).encode("utf-8", "surrogatepass")


def problem(loaders: Loaders, path: Path, content: bytes) -> str | None:
    """What is wrong with the way a file is read; None where it is read, or refused in one line."""
    path.write_bytes(content)
    try:
        loaders.read(path)
    except CorpusError as error:
        told = str(error)
        return None if "\n" not in told and "：" in told and "改法：" in told else told
    return None
