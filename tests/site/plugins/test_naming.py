"""The site works whatever the database file is called."""

import shutil

from support.site import running, serve


async def test_the_name_of_the_file_does_not_matter(kb, tmp_path):
    other = tmp_path / "other.db"
    shutil.copy(kb, other)
    pages = {"/": "各主题的事项", "/other/gaps": "差异编号", "/other/search?q=积分": "全文检索"}
    async with running(serve(other)) as datasette:
        for path, words in pages.items():
            response = await datasette.client.get(path, follow_redirects=True)
            assert response.status_code == 200
            assert words in response.text
