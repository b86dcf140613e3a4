"""Papers: one file that a researcher keeps, read whole: text, metadata, structure, terms."""

from dataclasses import dataclass

from pipeline.metadata import Metadata
from pipeline.shapes import Shape


@dataclass(frozen=True, slots=True)
class Paper:
    """What one file holds; dates are ISO text, as precise as is known, None where it does not say."""

    text: str
    format: str
    metadata: Metadata
    shape: Shape
    effective: str | None
    expires: str | None
    repeals: tuple[str, ...]
    warnings: tuple[str, ...]
