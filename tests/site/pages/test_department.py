"""The page of a department: its gaps, claims and what will expire."""

from urllib.parse import quote

from support.site import ask, visible


async def test_a_department_has_its_gaps_claims_and_what_will_expire(site, kb):
    found = ask(kb, "select department from department_worklist where item = '到期' limit 1")[0][0]
    text = visible((await site.client.get(f"/-/department/{quote(found)}")).text)
    assert "到期前评估" in text and found in text
