"""Which passwords are taken: length and how easily they are guessed, and nothing else (NIST SP 800-63B)."""

import pytest

from checklist.desk.passwords import LONGEST, check_password
from checklist.errors import NotUnderstood

KNOWN = ("Riverside Infusion Clinic", "R. Ortiz", "rortiz")


@pytest.mark.parametrize(
    "password",
    [
        "a quiet harbor at nine",
        "seven grey herons",
        "rivertide lamp",
        "ünïcödé pässwörd",
        "x7#Lq2!vRp",
        "王小明 在 河边 喝茶",
    ],
)
def test_a_password_nobody_would_try_first_is_taken(password: str) -> None:
    check_password(password, KNOWN)


@pytest.mark.parametrize("password", ["lowercase words only here", "1848 2093 5571 9"])
def test_no_capital_digit_or_sign_is_demanded(password: str) -> None:
    check_password(password, KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        *("password", "Password1!", "12345678", "qwertyuiop", "sunshine", "iloveyou2", "letmein1", "aaaaaaaa"),
        *("zxcvbnm123", "abcabcabc", "Riverside", "riverside1", "rortiz2026", "ortizortiz", "11111111"),
        "x" * LONGEST,
    ],
)
def test_a_common_password_or_one_made_of_the_clinics_own_words_is_refused(password: str) -> None:
    with pytest.raises(NotUnderstood, match=r"among the first that somebody would try.*Nothing was saved"):
        check_password(password, KNOWN)


def test_seven_characters_are_too_short_and_eight_are_judged_by_their_strength() -> None:
    with pytest.raises(NotUnderstood, match=r"needs at least 8 characters\. Nothing was saved"):
        check_password("vq3#Lw7")
    with pytest.raises(NotUnderstood, match="among the first"):
        check_password("vq3#Lw7!")
    check_password("vq3#Lw7!k")


def test_two_hundred_characters_are_taken_and_one_more_is_not() -> None:
    long = ("seven grey herons stand in cold water " * 6)[:LONGEST]
    check_password(long)
    with pytest.raises(NotUnderstood, match=r"longer than 200 characters\. Nothing was saved"):
        check_password(long + "s")


def test_the_clinics_name_counts_only_where_it_is_known() -> None:
    check_password("Larkmoor Falls")
    with pytest.raises(NotUnderstood):
        check_password("Larkmoor", ["Larkmoor Falls Clinic"])
