"""Names, telephone numbers, notes."""

import unicodedata
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NotUnderstood
from checklist.parse import parse_name, parse_phone, parse_text
from tests.parse.clinic import tried


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("555-010-0142", "555-010-0142"),
        ("(555) 010 0142", "555-010-0142"),
        ("5550100142", "555-010-0142"),
        ("1 555.010.0142", "555-010-0142"),
        ("+44 20 7946 0000", "+442079460000"),
        ("+1 555 010 0142", "+15550100142"),
    ],
)
def test_a_telephone_number_is_kept_one_way(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept
    assert parse_phone(kept) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [("010-0142", "has no area code"), ("", "is not a telephone number"), ("+1234567", "is not"), ("call me", "is not"),
     ("+1234567890123456", "is not"), ("555-010-0142 x12", "is not")],
)  # fmt: skip
def test_no_telephone_number(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_phone(typed)
    assert why in refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Amara   Ngozi ", "Amara Ngozi"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("محمد", "محمد"),
        ("王小明", "王小明"),
        ("O'Brien-Smith 🙂", "O'Brien-Smith 🙂"),
    ],
)
def test_a_name_stays_the_persons_own(typed: str, kept: str) -> None:
    assert parse_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [("   ", "A name is needed here."), ("\u200b", "A name is needed"), ("A\x00b", "cannot be printed"),
     ("\ud800x", "cannot be printed"), ("x" * 201, "is longer than 200 characters")],
)  # fmt: skip
def test_no_name(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_name(typed)
    assert why in refused.value.sentence
    refused.value.sentence.encode()


def test_a_name_of_200_characters_fits() -> None:
    assert parse_name("x" * 200) == "x" * 200


def test_a_note_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    assert parse_text("line\r\ntwo\ttab\x07\rthree") == "line\ntwo\ttab\nthree"
    assert parse_text("") == ""


def test_a_note_is_never_cut_silently() -> None:
    assert parse_text("x" * 10, limit=10) == "x" * 10
    with pytest.raises(NotUnderstood, match="has 11 characters; at most 10 fit here"):
        parse_text("x" * 11, limit=10)


@given(st.text())
def test_any_text_as_name_phone_or_note(text: str) -> None:
    for parse in (parse_name, parse_phone, parse_text):
        kept, sentence = tried(partial(parse, text))
        if kept is None:
            assert "Nothing was changed." in sentence
        else:
            assert parse(kept) == kept
            assert unicodedata.is_normalized("NFC", kept)
