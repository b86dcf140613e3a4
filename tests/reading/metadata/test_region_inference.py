"""The region that a document belongs to, from its title and issuers."""

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.reading.metadata import region_inference
from support import cases


@cases.table("metadata.region", "names", region=None)
def test_localities(names, region):
    assert region_inference.region(tuple(names), regions.load(DATA / "regions.toml")) == region
