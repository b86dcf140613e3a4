"""The page of a department: its gaps, claims and what will expire."""

from urllib.parse import quote

from support.site import ask, visible


async def test_a_department_has_its_gaps_claims_and_what_will_expire(site, kb):
    found = ask(kb, "select department from department_worklist where item = '到期' limit 1")[0][0]
    text = visible((await site.client.get(f"/-/department/{quote(found)}")).text)
    assert "到期前评估" in text and found in text


async def test_a_worklist_holds_what_differs_or_is_missing_at_the_newest_date(site, kb):
    (department,) = ask(
        kb, "select department from gap_departments group by 1 order by count(*) desc limit 1"
    )[0]
    path = f"/-/department/{quote(department)}"
    page = (await site.client.get(path)).text
    data = (await site.client.get(f"{path}.json")).json()
    truth = ask(
        kb,
        "select distinct gap_id from gap_departments join gaps using (gap_id) join moments using (as_of)"
        " where department = ? and newest = 1 and outcome in ('differs', 'missing', 'extra')",
        department,
    )
    assert data["total"] == len(truth) > 0
    assert {gap["item_id"] for gap in data["gaps"]} <= {gap for (gap,) in truth}
    for gap in data["gaps"]:
        assert f'href="/-/matter/{gap["matter_id"]}?comparison={gap["comparison_id"]}"' in page


async def test_a_department_of_a_matter_has_a_page_without_a_worklist_too(site, kb):
    without = ask(
        kb,
        "select department from gap_departments except select department from department_worklist",
    )
    for (department,) in without[:5]:
        answer = await site.client.get(f"/-/department/{quote(department)}")
        assert answer.status_code == 200 and "未列出差异" in visible(answer.text)
    assert without
