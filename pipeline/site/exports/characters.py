"""Characters that a file of Office may hold."""

import re

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def allowed(text: str) -> str:
    r"""The text without control characters, which XML does not allow.

    >>> allowed("首\x00台\n")
    '首台\n'
    """
    return _NOT_IN_XML.sub("", text)
