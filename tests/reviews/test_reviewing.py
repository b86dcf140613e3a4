"""Reviewing on the site: only reviewers, only from its own pages, only what they read; nothing is lost."""

import asyncio

import pytest
import yaml

from pipeline.site.reviews import review_log
from support import small_corpus
from support.building import once
from support.reviews import ACCOUNTS, SAME_SITE, config, form_of, login, reviewing
from support.site import CONFIG, SITE, ask, flags, merged, running, serve, visible

PAIR = "sh-jx__sh-2024-danche__art_5__vs__jx-2023-danche__art_7"
ADDRESS = f"/-/compare/{PAIR}"


@pytest.fixture(scope="session")
def bicycles(shared_tmp):
    """kb.db of two versions of a text, and its counterpart in another region."""
    folder = shared_tmp / "bicycles"
    return once(folder, lambda: small_corpus.build(folder, small_corpus.VERSIONS)) / "kb.db"


@pytest.fixture
async def desk(bicycles, tmp_path):
    """The site with two reviewers, and its log."""
    log = tmp_path / "reviews.db"
    async with running(reviewing(bicycles, log)) as site:
        yield site, log


async def page_of(site, address: str, cookies=None) -> str:
    response = await site.client.get(address, cookies=cookies)
    assert response.status_code == 200, response.text
    return response.text


async def post(site, form, cookies=None, headers=SAME_SITE):
    return await site.client.post("/-/review", data=form, cookies=cookies, headers=headers)


def pair(bicycles) -> str:
    """An asserted pair that has points."""
    return ask(bicycles, """select a.alignment_id from alignments a join rules ra on ra.clause_id = a.clause_a
        join gap_points p on p.rule_a = ra.rule_id join rules rb on rb.rule_id = p.rule_b and rb.clause_id = a.clause_b
        where a.status = 'auto' order by 1 desc limit 1""")[0][0]  # fmt: skip


async def test_a_reviewer_records_what_the_page_shows(desk, bicycles):
    site, log = desk
    cookies, address = await login(site, "wang"), f"/-/compare/{pair(bicycles)}"
    form = form_of(await page_of(site, address, cookies), "alignment")
    done = await post(
        site, form | {"verdict": "reject", "note": "一条说押金\r\n另一条说军车"}, cookies
    )
    assert (done.status_code, done.headers["location"]) == (303, f"{address}#reviews")
    (row,) = review_log.read(log)
    assert (row["reviewer"], row["verdict"], row["note"]) == (
        "wang",
        "reject",
        "一条说押金\n另一条说军车",
    )
    assert row["target_id"] == pair(bicycles).removeprefix("sh-jx__")
    shown = visible(await page_of(site, address, cookies))
    assert "否定" in shown and "下次构建生效" in shown


async def test_a_point_of_two_articles_is_reviewed_by_itself(desk, bicycles):
    site, log = desk
    cookies, address = await login(site, "li"), f"/-/compare/{pair(bicycles)}"
    form = form_of(await page_of(site, address, cookies), "point")
    assert (await post(site, form | {"verdict": "reject"}, cookies)).status_code == 303
    (row,) = review_log.read(log)
    assert row["kind"] == "point" and row["target_id"].endswith(f"__{form['point']}")


async def test_a_rule_of_a_coded_matter_is_reviewed_on_its_page(kb, tmp_path):
    log = tmp_path / "reviews.db"
    async with running(reviewing(kb, log)) as site:
        cookies, address = await login(site, "li"), "/-/matter/guoji-shoutai-jiangli"
        form = form_of(await page_of(site, address, cookies), "rule")
        done = await post(site, form | {"verdict": "note", "note": "待查原文"}, cookies)
        assert (done.status_code, done.headers["location"]) == (303, f"{address}#reviews")
    (row,) = review_log.read(log)
    assert (row["kind"], row["target_id"], row["clause_b"]) == ("rule", form["id"], None)


# Nobody in


@pytest.mark.parametrize(
    "cookies, headers",
    [
        ("none", SAME_SITE),
        ("forged", SAME_SITE),
        ("of another secret", SAME_SITE),
        ("of no account", SAME_SITE),
        ("wang", {}),  # it does not say where it comes from
        ("wang", {"sec-fetch-site": "cross-site"}),
        ("wang", {"sec-fetch-site": "same-site"}),
        ("wang", {"origin": "https://evil.example"}),
        ("wang", {"origin": "null"}),
        ("none", SAME_SITE | {"authorization": "Basic d2FuZzrnlLLkuZnkuJnkuIE="}),
        ("none", SAME_SITE | {"authorization": "Bearer dstok_x"}),
    ],
    ids=str,
)
async def test_nobody_else_gets_in(desk, bicycles, cookies, headers):
    site, log = desk
    wang = await login(site, "wang")
    form = form_of(await page_of(site, f"/-/compare/{pair(bicycles)}", wang), "alignment")
    body, _, signature = wang["ds_actor"].partition(".")
    async with running(reviewing(bicycles, log)) as other:
        sent = {
            "none": None,
            "wang": wang,
            "forged": {"ds_actor": f"{body}x.{signature}"},
            "of another secret": {"ds_actor": other.sign({"a": {"id": "wang"}}, "actor")},
            "of no account": {"ds_actor": site.sign({"a": {"id": "root"}}, "actor")},
        }[cookies]
    refused = await post(site, form | {"verdict": "reject"}, sent, headers)
    assert refused.status_code in (401, 403)
    assert review_log.read(log) == []


@pytest.mark.parametrize("name, password", [("wang", "x"), ("wang", ""), ("", ""), ("zhang", "甲乙丙丁"), ("wang_password_hash", "甲乙丙丁")])  # fmt: skip
async def test_a_wrong_password_gets_no_cookie(desk, name, password):
    site, _ = desk
    form = {"username": name, "password": password}
    response = await site.client.post("/-/login", data=form, headers=SAME_SITE)
    assert "ds_actor" not in response.cookies and "名字或密码不对" in response.text


async def test_the_cookie_is_not_for_scripts_nor_for_other_sites(desk):
    site, _ = desk
    form = {"username": "wang", "password": "甲乙丙丁"}
    cookie = (await site.client.post("/-/login", data=form, headers=SAME_SITE)).headers[
        "set-cookie"
    ]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie


async def test_a_reader_sees_no_form_and_logged_in_pages_are_not_shared(desk, bicycles):
    site, _ = desk
    cookies, address = await login(site, "wang"), f"/-/compare/{pair(bicycles)}"
    for _ in range(2):
        assert '<form class="review"' in await page_of(site, address, cookies)
        assert '<form class="review"' not in await page_of(site, address)


@pytest.mark.parametrize("header", ["Basic %%%", "basic", "Basic d2Fuzw=="])
async def test_a_malformed_password_header_stops_no_page(desk, header):
    site, _ = desk
    assert (await site.client.get("/", headers={"authorization": header})).status_code == 200


# Closed


async def test_without_an_account_there_is_neither_login_nor_form(bicycles, tmp_path):
    own = config(tmp_path / "r.db")
    del own["plugins"]["datasette-auth-passwords"]
    async with running(serve(bicycles, own)) as site:
        for address in ("/-/login", "/-/review", "/-/password-tool"):
            assert (await site.client.get(address)).status_code == 404
        assert (await post(site, {})).status_code == 405
        assert "审阅人登录" not in await page_of(site, "/")


@pytest.mark.parametrize("is_open", [False, True])
async def test_a_published_site_is_closed_unless_the_operator_opens_it(bicycles, tmp_path, is_open):
    settings = yaml.safe_load((SITE / "publish.yaml").read_text(encoding="utf-8"))
    assert settings["plugins.reviews.open"] is False
    assert (
        flags("PROFILE=publish")[flags("PROFILE=publish").index("plugins.reviews.open") + 1]
        == "false"
    )
    own = merged(config(tmp_path / "r.db", CONFIG), {"plugins": {"reviews": {"open": is_open}}})
    own = merged(
        own, {"settings": {"force_https_urls": True}, "plugins": {"closed": {"server_pages": True}}}
    )
    async with running(serve(bicycles, own)) as site:
        assert (await site.client.get("/-/login")).status_code == (200 if is_open else 404)
        assert (await site.client.get("/-/password-tool")).status_code == 404
        if is_open:
            form = {"username": "wang", "password": "甲乙丙丁"}
            response = await site.client.post("/-/login", data=form, headers=SAME_SITE)
            assert "Secure" in response.headers["set-cookie"]
            leave = await site.client.post(
                "/-/logout", cookies=dict(response.cookies), headers=SAME_SITE
            )
            assert leave.status_code == 302
        else:
            cookies = {"ds_actor": site.sign({"a": {"id": "wang"}}, "actor")}
            assert (await post(site, {}, cookies)).status_code == 405


def test_accounts_of_the_operator_reach_the_site(tmp_path):
    (tmp_path / "wang").write_text(next(iter(ACCOUNTS.values())), encoding="utf-8")
    given = flags(f"REVIEWERS={tmp_path}", f"REVIEWS={tmp_path}/r.db")
    assert "plugins.datasette-auth-passwords.wang_password_hash.$file" in given
    assert given[given.index("plugins.reviews.log") + 1] == f"{tmp_path}/r.db"


# Only what was read


@pytest.mark.parametrize(
    "change, status",
    [
        ({"text_hash": "0" * 32}, 409),
        ({"text_hash": ""}, 409),
        ({"id": "sh-jx__no__vs__no"}, 404),
        ({"kind": "matter"}, 404),
        ({"kind": "point", "point": "000000000000"}, 404),
        ({"kind": "rule"}, 404),
        ({"verdict": "delete"}, 400),
        ({"verdict": ""}, 400),
        ({"verdict": "note", "note": " \r\n\0"}, 400),
        ({"note": "长" * 801}, 400),
        ({"verdict": "repair"}, 400),
        ({"verdict": "repair", "other_partner": "sh-2024-danche__art_1"}, 400),
        ({"verdict": "repair", "other_partner": "' or 1=1 --"}, 400),
    ],
    ids=str,
)
async def test_a_form_that_names_or_says_nothing_is_refused_in_a_line(
    desk, bicycles, change, status
):
    site, log = desk
    cookies = await login(site, "wang")
    form = form_of(await page_of(site, f"/-/compare/{pair(bicycles)}", cookies), "alignment")
    refused = await post(site, form | {"verdict": "accept"} | change, cookies)
    assert refused.status_code == status and "没有记下" in refused.text
    assert review_log.read(log) == []


async def test_markup_in_a_note_stays_text(desk, bicycles):
    site, _ = desk
    cookies, address = await login(site, "wang"), f"/-/compare/{pair(bicycles)}"
    form = form_of(await page_of(site, address, cookies), "alignment")
    await post(site, form | {"verdict": "note", "note": "<script>alert(1)</script>"}, cookies)
    page = await page_of(site, address, cookies)
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page


async def test_a_log_that_cannot_be_written_is_told(bicycles, tmp_path):
    log = tmp_path / "reviews.db"
    log.write_bytes("不是数据库".encode() * 200)
    async with running(reviewing(bicycles, log)) as site:
        cookies = {"ds_actor": site.sign({"a": {"id": "wang"}}, "actor")}
        clause = "select text from clauses where clause_id in (?, ?) order by clause_id = ?"
        key, a, b = ask(
            bicycles, "select alignment_id, clause_a, clause_b from alignments limit 1"
        )[0]
        seen = review_log.text_hash([text for (text,) in ask(bicycles, clause, a, b, b)])
        form = {"kind": "alignment", "id": key, "text_hash": seen, "verdict": "accept"}
        refused = await post(site, form, cookies)
        assert refused.status_code == 503 and "没有记下" in refused.text


async def test_two_reviewers_at_once_lose_nothing(desk, bicycles):
    site, log = desk
    cookies = {name: await login(site, name) for name in ("wang", "li")}
    form = form_of(
        await page_of(site, f"/-/compare/{pair(bicycles)}", cookies["wang"]), "alignment"
    )
    sent = [
        post(site, form | {"verdict": "note", "note": f"{name} {n}"}, own)
        for n in range(100)
        for name, own in cookies.items()
    ]
    assert {done.status_code for done in await asyncio.gather(*sent)} == {303}
    notes = {(row["reviewer"], row["note"]) for row in review_log.read(log)}
    assert notes == {(name, f"{name} {n}") for n in range(100) for name in cookies}
