"""A collection of laws of our own wording, in the layout of the real one, and the settings that list it."""

import tomllib
from pathlib import Path

from support.loopback import blob

SHANGHAI, ZHEJIANG = "DLC/上海地方法规/地方性法规/上海", "DLC/浙江地方法规/地方性法规/浙江"


def law(title: str, *articles: str, notes: str = "") -> bytes:
    """A law: title, 题注, articles."""
    numbers = "一二三四五六七八九十"
    head = "".join(f"{line}\n\n" for line in notes.split("|") if line)
    body = "\n\n".join(f"第{numbers[n]}条 {text}" for n, text in enumerate(articles))
    return f"# {title}\n\n{head}<!-- INFO END -->\n\n{body}\n".encode()


PURPOSE = (
    "为了规范共享船舶的停放，保障水上交通安全，根据有关法律、行政法规，结合本市实际，制定本条例。"
)
DUTY = "共享船舶的经营者应当在市交通主管部门划定的水域停放船舶，每艘船舶每年缴纳停放费五百元。"
FINE = "违反本条例规定，在划定水域以外停放共享船舶的，由交通主管部门处一千元以上五千元以下罚款。"
LAWS = {
    f"{SHANGHAI}/上海市共享船舶条例(2020-05-14).md": law(
        "上海市共享船舶条例", PURPOSE, DUTY, FINE, "本条例自2020年7月1日起施行。",
        notes="2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议通过"),
    f"{ZHEJIANG}/嘉兴市共享船舶条例(2021-03-26).md": law(
        "嘉兴市共享船舶条例", PURPOSE, DUTY.replace("五百", "三百"), FINE.replace("五千", "三千"),
        "本条例自2021年6月1日起施行。"),
    f"{ZHEJIANG}/浙江省实施《渡口法》办法.md": law(
        "浙江省实施《中华人民共和国渡口法》办法", "渡口的设置由县级人民政府批准。", "本办法自2012年3月1日起施行。",
        notes="2011年8月31日 浙江省人大常委会通过|2011年12月8日 公布|2012年3月1日 施行"),
    f"{SHANGHAI}/中国（上海）自由航行试验区条例(2019-01-02).md": law(
        "中国（上海）自由航行试验区条例", "试验区内的船舶凭电子证书航行。", "本条例自2019年2月1日起施行。"),
}  # fmt: skip
COMMIT = "1" * 40
ARCHIVE, FILES = f"/o/r/tar.gz/{COMMIT}", f"/o/r/{COMMIT}"


def settings(folder: Path, url: str, laws: dict[str, bytes], ways: str = "archive file",
             pages: str = "", **client: object) -> Path:  # fmt: skip
    """Write fetch.toml and its list for a host; `client` overrides its settings."""
    listed = "".join(f"{blob(text)}\t{len(text)}\t{path}\n" for path, text in laws.items())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "laws.tsv").write_text(listed, encoding="utf-8")
    given = tomllib.loads(Path("corpus/fetch.toml").read_text(encoding="utf-8"))["client"]
    quick = {"delay": 0.0, "connect_seconds": 2.0, "read_seconds": 1.0}
    values = given | {"agent": '"policy-gaps/test"'} | quick | client
    addresses = {
        "archive": f"{url}/o/r/tar.gz/{{commit}}",
        "file": f"{url}/o/r/{{commit}}/{{path}}",
    }
    lines = ["[client]", *(f"{key} = {value}" for key, value in values.items()),
             "[ids]", '"310000" = "sh"', '"330000" = "zj"', '"330400" = "jx"',
             "[[collection]]", 'id = "own"', 'name = "自编"', f'commit = "{COMMIT}"', 'list = "laws.tsv"',
             *(f'{way} = "{addresses[way]}"' for way in ways.split()), pages]  # fmt: skip
    path = folder / "fetch.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def served(laws: dict[str, bytes]) -> dict[str, bytes]:
    """The laws by their addresses, one by one."""
    return {f"{FILES}/{path}": text for path, text in laws.items()}
