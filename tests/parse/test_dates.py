"""Birth dates and consent dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import parse_birth_date, parse_date
from checklist.times import written_date, written_day
from tests.parse.clinic import AGE, TODAY, tried


@pytest.mark.parametrize(
    "typed",
    [
        "14-Mar-1986", "14 mar 1986", "14mar1986", "14.Mar.1986", "14th March 1986", "March 14, 1986", "mar-14-1986",
        "14/3/1986", "3/14/1986", "14.03.1986", "1986-03-14", "1986/3/14", "14031986", "03141986", "19860314",
        "Fri 14-Mar-1986", "Friday, 14 March 1986", "１４-Mar-１９８６",
    ],
)  # fmt: skip
def test_the_same_birthday_in_many_hands(typed: str) -> None:
    assert parse_date(typed) == date(1986, 3, 14)


def test_third_of_third_needs_no_question() -> None:
    assert parse_date("3/3/1990") == date(1990, 3, 3)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3/4/1986", "could be 03-Apr or 04-Mar. Type the month in letters, like 03-Apr."),
        ("03041986", "could be 03-Apr or 04-Mar"),
        ("14 mar 86", "has no four-digit year. Type it like 14-Mar-1986."),
        ("3/14/86", "has no four-digit year"),
        ("14-Mar", "has no year"),
        ("29-Feb-2025", "is not a date"),
        ("14-Foo-1986", "is not a date"),
        ("31/31/1986", "is not a date"),
        ("14-Mar-1686", "is not a date"),
        ("mon", "is not a date"),
        ("today", "is not a date"),
        ("Mon 14-Mar-1986", "does not fit: 14-Mar-1986 is a Fri"),
        ("", "A date is needed here."),
    ],
)
def test_a_date_is_never_guessed(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_date(typed)
    assert why in refused.value.sentence


def test_leap_day_of_a_leap_year() -> None:
    assert parse_date("29-Feb-2024") == date(2024, 2, 29)


def test_consent_signed_today_or_yesterday() -> None:
    assert parse_date("today", today=TODAY) == date(2026, 11, 18)
    assert parse_date("yesterday", today=TODAY) == date(2026, 11, 17)


def test_consent_cannot_be_signed_tomorrow_but_can_expire_then() -> None:
    with pytest.raises(NotUnderstood, match="19-Nov-2026, which is still to come"):
        parse_date("19-Nov-2026", today=TODAY)
    assert parse_date("19-Nov-2026", today=TODAY, allow_future=True) == date(2026, 11, 19)


def test_a_birth_date_gives_a_possible_age() -> None:
    assert parse_birth_date("14-Mar-1986", TODAY, AGE) == date(1986, 3, 14)
    assert parse_birth_date("18-Nov-2008", TODAY, AGE) == date(2008, 11, 18)
    with pytest.raises(NotUnderstood, match="age of 126 years, which cannot be right"):
        parse_birth_date("1-Jan-1900", TODAY, AGE)
    with pytest.raises(NotUnderstood, match="still to come"):
        parse_birth_date("19-Nov-2026", TODAY, AGE)


def test_a_patient_of_seventeen_is_asked_once() -> None:
    with pytest.raises(NeedsConfirmation, match=r"an age of 17 years \(18–90 years is usual\)"):
        parse_birth_date("19-Nov-2008", TODAY, AGE)
    assert parse_birth_date("19-Nov-2008", TODAY, AGE, confirmed=True) == date(2008, 11, 19)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_as_printed_is_read_back(day: date) -> None:
    assert parse_date(written_date(day)) == parse_date(written_day(day)) == parse_date(day.isoformat()) == day


@given(st.one_of(st.text(), st.text("0123456789/-. janfebmrch", max_size=14)))
def test_any_text_is_a_date_or_an_honest_refusal(text: str) -> None:
    day, sentence = tried(lambda: parse_date(text))
    assert isinstance(day, date) or sentence.endswith("Nothing was changed.")
