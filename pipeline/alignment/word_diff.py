"""Word diff of two clauses, computed at build time so that the site needs no jieba."""

import difflib

_OPS = {"equal": "=", "replace": "~", "delete": "-", "insert": "+"}


def diff(left: list[str], right: list[str]) -> list[tuple[str, str, str]]:
    """The runs of words that two token lists share, and those that only one has.

    Returns:
        (op, left text, right text): = same, ~ other words, - left only, + right only.

    >>> diff(["最高", "3000万元"], ["定额", "20万元"]), diff(["奖励", "企业"], ["奖励"])
    ([('~', '最高3000万元', '定额20万元')], [('=', '奖励', '奖励'), ('-', '企业', '')])
    """
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return [
        (_OPS[op], "".join(left[a:b]), "".join(right[c:d]))
        for op, a, b, c, d in matcher.get_opcodes()
    ]
