"""Printed codes: what is on the sheet is what opens, and a slip of the pen is named by its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NotUnderstood
from checklist.store.codes import GROUP, SHEET_GROUPS, SIGNS, TEMPORARY_GROUPS, new_code, parse_code

CODE = "7KQ22-C8MZ8-C5T8L-3MQNZ-88YWB-47WX7-EHJXP"


def test_a_code_has_seven_groups_without_signs_that_look_alike() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [GROUP] * SHEET_GROUPS
    assert not set("01IO") & set(code)
    assert parse_code(code) == code
    assert len(SIGNS) == len(set(SIGNS)) == 32


def test_two_codes_are_never_the_same() -> None:
    assert len({new_code() for _ in range(200)}) == 200


def test_a_password_for_one_use_is_three_groups() -> None:
    assert len(new_code(TEMPORARY_GROUPS).split("-")) == 3


@pytest.mark.parametrize("between", ["-", " ", "", " - ", "\n", "–"])
def test_hyphens_blanks_and_small_letters_do_not_matter(between: str) -> None:
    assert parse_code(between.join(CODE.lower().split("-"))) == CODE


@given(st.integers(0, SHEET_GROUPS * GROUP - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_named_by_its_group_or_gives_another_code(place: int, sign: str) -> None:
    signs = list(CODE.replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    said = ""
    try:
        assert parse_code("".join(signs)) != CODE  # one in 32 slips passes the check; the code then opens nothing
    except NotUnderstood as refused:
        said = refused.sentence
    assert said == "" or f"Group {place // GROUP + 1}, “" in said


def test_a_wrong_check_sign_is_always_found() -> None:
    group = CODE[: GROUP - 1] + SIGNS[(SIGNS.index(CODE[GROUP - 1]) + 1) % 32]
    with pytest.raises(NotUnderstood, match=f"Group 1, “{group}”, is not as it was printed. Nothing was tried."):
        parse_code(group + CODE[GROUP:])


def test_two_groups_that_changed_places_are_found() -> None:
    groups = CODE.split("-")
    found = 0
    for place in range(SHEET_GROUPS - 1):
        swapped = [*groups]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        try:
            assert parse_code("-".join(swapped)) != CODE
        except NotUnderstood:
            found += 1
    assert found >= SHEET_GROUPS - 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "The code has 7 groups of 5, 35 signs; 0 were typed. Nothing was tried. Type all groups."),
        (CODE[:-1], "35 signs; 34 were typed"),
        (CODE + "2", "35 signs; 36 were typed"),
        ("O" + CODE[1:], "The code has no “O”."),
        ("0" + CODE[1:], "The code has no “0”."),
        ("王" + CODE[1:], "The code has no “王”."),
        ("<b>" + CODE, "The code has no “<”."),
        ("2" * 10_000, "10000 were typed"),
    ],
)
def test_what_is_no_code_is_told_before_anything_is_tried(typed: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_code(typed)
    assert sentence in refused.value.sentence
    assert "Nothing was tried." in refused.value.sentence
