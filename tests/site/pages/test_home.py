"""The home page: the heat map counts what kb.db holds."""

import re

from support.site import ask


# What the pages hold
async def test_the_heat_map_counts_every_gap(site, kb):
    page = await site.client.get("/")
    printed = re.findall(r'class="heat-number"[^>]*>(\d+)<', page.text)
    shown = "comparison_id = 'sh-jx' and as_of = (select as_of from moments where newest = 1)"
    total = ask(kb, f"select count(*) from gaps where {shown}")[0][0]
    assert sum(map(int, printed)) == total > 0
