"""The error that a user sees: where it is, what was found, how to fix it."""


class CorpusError(Exception):
    """A file, an entry or an argument that cannot be used; printed as one line, exit status 1.

    >>> print(CorpusError("corpus/sources.toml [a]", "issued = 'x' 不是日期", "写成 2019-01-01"))
    corpus/sources.toml [a]：issued = 'x' 不是日期；改法：写成 2019-01-01
    """

    def __init__(self, where: str, found: str, fix: str) -> None:
        super().__init__(f"{where}：{found}；改法：{fix}".replace("\n", " "))
        self.where, self.found, self.fix = where, found, fix

    def __reduce__(self) -> tuple[type["CorpusError"], tuple[str, str, str]]:
        return CorpusError, (self.where, self.found, self.fix)  # from one process to another
