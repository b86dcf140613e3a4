"""Tables can be downloaded as Excel."""


async def test_excel_holds_a_table(site):
    response = await site.client.get("/kb/gap_overview.xlsx")
    assert response.status_code == 200
    assert response.content[:2] == b"PK"
