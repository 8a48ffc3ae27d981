"""When something happened, as far as anybody knows: a day, a month, a year; the latest possible day counts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import NotUnderstood
from checklist.parse import parse_about
from checklist.times import written_about, written_date

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "day", "shown"),
    [
        ("2019", date(2019, 12, 31), "2019"),
        ("2026", TODAY, "2026"),
        ("Mar 2024", date(2024, 3, 31), "Mar-2024"),
        ("feb 2024", date(2024, 2, 29), "Feb-2024"),
        ("february 2025", date(2025, 2, 28), "Feb-2025"),
        ("Sept. 2025", date(2025, 9, 30), "Sep-2025"),
        ("mar2024", date(2024, 3, 31), "Mar-2024"),
        ("3/2024", date(2024, 3, 31), "Mar-2024"),
        ("03.2024", date(2024, 3, 31), "Mar-2024"),
        ("2024-03", date(2024, 3, 31), "Mar-2024"),
        ("Nov-2026", TODAY, "Nov-2026"),
        ("١٢/٢٠٢٤", date(2024, 12, 31), "Dec-2024"),
        ("14-Mar-2024", date(2024, 3, 14), "14-Mar-2024"),
        ("3/14/2024", date(2024, 3, 14), "14-Mar-2024"),
        ("yesterday", date(2026, 11, 17), "17-Nov-2026"),
        ("today", TODAY, "18-Nov-2026"),
    ],
)
def test_what_nobody_knows_is_taken_for_as_late_as_it_can_be(typed: str, day: date, shown: str) -> None:
    assert parse_about(typed, TODAY) == day
    assert written_about(day, typed) == shown


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2027", "is still to come"),
        ("Dec 2026", "is still to come"),
        ("19-Nov-2026", "is still to come"),
        ("13/2024", "is not a date"),
        ("0/2024", "is not a date"),
        ("foo 2024", "is not a date"),
        ("1850", "is not a date"),
        ("3/4/2024", "could be 03-Apr or 04-Mar"),
        ("last spring", "is not a date"),
        ("", "A date is needed here."),
        ("<b>2019</b>", "is not a date"),
        ("2019" * 3000, "is too long"),
    ],
)
def test_what_is_no_day_month_or_year_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_about(typed, TODAY)
    assert why in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")


@given(st.dates(date(1900, 1, 1), TODAY))
@settings(max_examples=80, deadline=None)
def test_a_whole_date_is_itself_and_its_month_and_year_are_never_earlier(day: date) -> None:
    assert parse_about(written_date(day), TODAY) == day
    for typed in (f"{day.month}/{day.year}", f"{day.year}"):
        assert day <= parse_about(typed, TODAY) <= TODAY
    again = written_about(day, f"{day.month}/{day.year}")
    assert parse_about(again, TODAY) == parse_about(f"{day.month}/{day.year}", TODAY)


@given(st.text(max_size=30))
@settings(max_examples=80, deadline=None)
def test_any_text_is_a_past_day_or_a_sentence(text: str) -> None:
    try:
        day = parse_about(text, TODAY)
    except NotUnderstood:
        return
    assert day <= TODAY
