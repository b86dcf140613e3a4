"""Forms of automatic numbers."""

import pytest

from pipeline.reading.formats.word import numbering


@pytest.mark.parametrize(
    "form, third",
    [
        ("decimal", "3"),
        ("chineseCounting", "三"),
        ("decimalEnclosedCircle", "③"),
        ("lowerLetter", "c"),
        ("upperRoman", "III"),
    ],
)
def test_the_forms_of_numbers(form, third):
    assert numbering.numeral(3, form) == third
