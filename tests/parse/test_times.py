"""Times as nurses type them, at 10:42 on Wednesday 18-Nov-2026 in New York unless the test says another night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import parse_time
from checklist.times import Moment, written_clock
from tests.parse.clinic import LORD_HOWE, NEW_YORK, NOW, TODAY, at, tried


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2130", "2026-11-17 21:30"),
        ("930", "2026-11-18 09:30"),
        ("9:30", "2026-11-18 09:30"),
        ("9:30p", "2026-11-17 21:30"),
        ("9.30 pm", "2026-11-17 21:30"),
        ("9:30 P.M.", "2026-11-17 21:30"),
        ("9p", "2026-11-17 21:00"),
        ("2130p", "2026-11-17 21:30"),
        ("2130h", "2026-11-17 21:30"),
        ("12a", "2026-11-18 00:00"),
        ("12p", "2026-11-17 12:00"),
        ("0640", "2026-11-18 06:40"),
        ("1042", "2026-11-18 10:42"),
        ("1048", "2026-11-17 10:48"),
        ("noon", "2026-11-17 12:00"),
        ("midnight", "2026-11-18 00:00"),
        ("last night 10", "2026-11-17 22:00"),
        ("10 last night", "2026-11-17 22:00"),
        ("last night at 10:30", "2026-11-17 22:30"),
        ("last night 1", "2026-11-18 01:00"),
        ("last night 12", "2026-11-18 00:00"),
        ("last night midnight", "2026-11-18 00:00"),
        ("last night 2230", "2026-11-17 22:30"),
        ("last night 11p", "2026-11-17 23:00"),
        ("this morning 7", "2026-11-18 07:00"),
        ("yesterday evening 6:15", "2026-11-17 18:15"),
        ("yesterday afternoon 3", "2026-11-17 15:00"),
        ("today 7:30", "2026-11-18 07:30"),
        ("yesterday 22:00", "2026-11-17 22:00"),
        ("yday 2200", "2026-11-17 22:00"),
        ("yesterday noon", "2026-11-17 12:00"),
        ("now", "2026-11-18 10:42"),
        ("-40m", "2026-11-18 10:02"),
        ("-1h20", "2026-11-18 09:22"),
        ("-2h", "2026-11-18 08:42"),
        ("2h ago", "2026-11-18 08:42"),
        ("40 min ago", "2026-11-18 10:02"),
        ("mon 8:00", "2026-11-16 08:00"),
        ("wed 8:00", "2026-11-18 08:00"),
        ("17-Nov 21:30", "2026-11-17 21:30"),
        ("nov 17 2130", "2026-11-17 21:30"),
        ("11/17 2130", "2026-11-17 21:30"),
        ("2026-11-17 21:30", "2026-11-17 21:30"),
        ("2026-11-17T21:30", "2026-11-17 21:30"),
        ("Tue 17-Nov 21:30", "2026-11-17 21:30"),
        ("9:30 EST", "2026-11-18 09:30"),
        ("11pm EST", "2026-11-17 23:00"),
        ("２１３０", "2026-11-17 21:30"),
        ("٢١:٣٠", "2026-11-17 21:30"),
    ],
)
def test_a_time_is_understood_as_the_nurse_says_it(typed: str, understood: str) -> None:
    assert parse_time(typed, NOW, confirmed=True) == at(understood)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("1130", "Tue 17-Nov-2026 11:30"),
        ("1048", "Tue 17-Nov-2026 10:48"),
        ("1642", "Tue 17-Nov-2026 16:42"),
        ("4:30p", "Tue 17-Nov-2026 16:30"),
        ("noon", "Tue 17-Nov-2026 12:00"),
        ("2pm EST", "Tue 17-Nov-2026 14:00"),
    ],
)
def test_a_bare_time_that_is_still_to_come_today_asks_once_whether_it_was_yesterday(typed: str, taken: str) -> None:
    with pytest.raises(NeedsConfirmation) as asked:
        parse_time(typed, NOW)
    assert asked.value.sentence == (
        f"“{typed}” is still to come, so it is taken as {taken}. Confirm it, or type it again. Nothing was saved yet."
    )


@pytest.mark.parametrize("typed", ["1643", "2130", "9:30p", "11pm EST", "0030"])
def test_a_bare_time_more_than_six_hours_ahead_is_last_nights_without_a_question(typed: str) -> None:
    assert parse_time(typed, NOW) == parse_time(typed, NOW, confirmed=True)


@pytest.mark.parametrize(
    "typed",
    ["1042", "0000", "yesterday 22:00", "last night 10", "tue 21:30", "17-Nov 21:30", "-14h", "yesterday evening 6:15"],
)
def test_a_time_that_has_been_today_or_says_its_day_does_not_ask(typed: str) -> None:
    parse_time(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2561", "“2561” is not a time. Type it like 2130, 9:30p or “last night 10”. Nothing was changed."),
        ("13:75", "“13:75” is not a time."),
        ("25:00", "is not a time"),
        ("13 am", "is not a time"),
        ("0:30 pm", "is not a time"),
        ("garbage", "is not a time"),
        ("½", "is not a time"),
        ("est", "is not a time"),
        ("-40", "is not a time"),
        ("-1h75", "is not a time"),
        ("-2h ago", "is not a time"),
        ("foo 8:00", "is not a time"),
        ("   ", "A time is needed here."),
        ("10", "has no minutes. Type it like 8a, 8p or 0800."),
        ("mon 8", "has no minutes"),
        ("1043", "is a few minutes from now. Type “now”, or “yesterday 10:43”."),
        ("today 23:00", "is 23:00, which is still to come"),
        ("tomorrow 9:00", "is Thu 19-Nov 09:00, which is still to come"),
        ("+20m", "is 11:02, which is still to come"),
        ("in 20 min", "is 11:02, which is still to come"),
        ("last night 5", "is not a time of the night"),
        ("this morning 3p", "is not a time of the morning"),
        ("yesterday midnight", "could be the start or the end of that day"),
        ("17-nov midnight", "could be the start or the end of that day"),
        ("17-nov 2026", "could mean the year 2026. For the time type 20:26."),
        ("11/12 9:00", "could be 11-Dec or 12-Nov. Type the month in letters"),
        ("17-nov-26 9:00", "has no four-digit year"),
        ("Mon 17-Nov 9:00", "does not fit: 17-Nov-2026 is a Tue"),
        ("9:30 EDT", "the clocks did not show EDT then"),
        ("9" * 300, "is too long"),
    ],
)
def test_what_is_no_time_is_refused_with_its_reason(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_time(typed, NOW)
    assert why in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")


def test_three_days_back_is_still_usual_and_a_minute_more_asks_once() -> None:
    oldest = timedelta(hours=72)
    assert parse_time("15-Nov 10:43", NOW, oldest=oldest) == at("2026-11-15 10:43")
    with pytest.raises(NeedsConfirmation, match=r"^Sun 15-Nov 10:42 is 72hr ago\. Confirm it"):
        parse_time("15-Nov 10:42", NOW, oldest=oldest)
    assert parse_time("15-Nov 10:42", NOW, oldest=oldest, confirmed=True) == at("2026-11-15 10:42")


def test_the_day_before_yesterday_asks_when_the_protocol_allows_one_day() -> None:
    with pytest.raises(NeedsConfirmation):
        parse_time("mon 8:00", NOW, oldest=timedelta(hours=24))


def test_a_weekday_of_today_with_a_time_still_to_come_was_last_week() -> None:
    assert parse_time("wed 23:00", NOW, confirmed=True) == at("2026-11-11 23:00")


def test_31_dec_typed_in_january_is_last_year() -> None:
    assert parse_time("31-Dec 22:00", at("2027-01-01 09:00")) == at("2026-12-31 22:00")


def test_29_feb_without_a_year_is_the_nearest_leap_day() -> None:
    assert parse_time("29-Feb 22:00", at("2028-03-01 09:00")) == at("2028-02-29 22:00")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("1130", "2026-11-18 11:30"),
        ("1043", "2026-11-18 10:43"),
        ("1000", "2026-11-18 10:00"),
        ("2300", "2026-11-18 23:00"),
        ("tomorrow 9:00", "2026-11-19 09:00"),
        ("tomorrow afternoon 2", "2026-11-19 14:00"),
        ("+20m", "2026-11-18 11:02"),
        ("mon 8:00", "2026-11-23 08:00"),
        ("wed 8:00", "2026-11-18 08:00"),
        ("16-Nov 9:00", "2026-11-16 09:00"),
        ("20-Nov 9:00", "2026-11-20 09:00"),
    ],
)
def test_a_planned_time_may_be_still_to_come(typed: str, understood: str) -> None:
    assert parse_time(typed, NOW, allow_future=True) == at(understood)


def test_half_past_eight_planned_in_the_evening_is_tomorrow() -> None:
    assert parse_time("0830", at("2026-11-18 21:00"), allow_future=True) == at("2026-11-19 08:30")


def test_a_bare_time_of_a_back_entry_is_on_the_day_of_the_visit() -> None:
    assert parse_time("0930", NOW, day_hint=date(2026, 11, 17)) == at("2026-11-17 09:30")
    with pytest.raises(NotUnderstood, match="still to come"):
        parse_time("1130", NOW, day_hint=TODAY)


def test_half_past_two_on_the_spring_night_did_not_happen() -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_time("0230", at("2026-03-08 09:00"))
    assert refused.value.sentence == (
        "“0230” cannot be: on Sun 08-Mar-2026 the clocks went forward and 02:30 did not happen. "
        "Type 01:30 or 03:30. Nothing was changed."
    )


def test_the_spring_night_does_not_change_what_half_past_midnight_is() -> None:
    intake = parse_time("0030", at("2026-03-08 09:00"))
    assert at("2026-03-08 09:00").since(intake) == timedelta(hours=7, minutes=30)


@pytest.mark.parametrize(
    ("typed", "utc_hour"),
    [("01:30", 6), ("1:30a", 6), ("01:30 EST", 6), ("01:30 EDT", 5), ("today 1:30a edt", 5), ("last night 1:30", 6)],
)
def test_the_repeated_autumn_hour_is_the_later_unless_the_letters_say(typed: str, utc_hour: int) -> None:
    understood = parse_time(typed, at("2026-11-01 09:00"))
    assert understood.utc == datetime(2026, 11, 1, utc_hour, 30, tzinfo=UTC)


def test_in_the_first_of_the_two_hours_the_second_is_not_yet_meant() -> None:
    first_hour = at("2026-11-01 01:40", fold=0)
    assert parse_time("0130", first_hour).utc == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_letters_of_summer_on_the_autumn_morning_mean_the_evening_before() -> None:
    assert parse_time("23:00 EDT", at("2026-11-01 09:00"), confirmed=True) == at("2026-10-31 23:00")


def test_lord_howe_jumps_half_an_hour() -> None:
    with pytest.raises(NotUnderstood, match=r"Type 01:45 or 02:45\."):
        parse_time("0215", at("2026-10-04 09:00", LORD_HOWE))
    morning = at("2026-04-05 09:00", LORD_HOWE)
    assert parse_time("0145", morning).utc - parse_time("01:45 +11", morning).utc == timedelta(minutes=30)


MINUTES = st.integers(min_value=0, max_value=72 * 60 - 1)
ZONES = st.sampled_from([NEW_YORK, LORD_HOWE, "Europe/London", "Asia/Tokyo", "UTC"])


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    ZONES,
    MINUTES,
)
def test_a_time_as_written_on_the_screen_is_read_back(instant: datetime, zone: str, minutes: int) -> None:
    now = Moment(instant, zone)
    before = now.plus(minutes=-minutes).to_minute()
    written = written_clock(before, now.local.date())
    prefix = "today " if before.local.date() == now.local.date() else ""
    assert parse_time(prefix + written, now) == before


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)), ZONES, st.times())  # noqa: DTZ001
def test_a_bare_time_is_never_in_the_future_nor_over_a_day_old(instant: datetime, zone: str, clock: object) -> None:
    now = Moment(instant, zone)
    understood, sentence = tried(lambda: parse_time(f"{clock:%H%M}", now, confirmed=True))
    if understood is None:
        assert "is a few minutes from now" in sentence or "did not happen" in sentence
        return
    assert understood <= now
    assert now.since(understood) <= timedelta(hours=25)
    assert f"{understood.local:%H%M}" == f"{clock:%H%M}"


PHRASES = st.lists(
    st.sampled_from(
        "last night today mon 17-nov 11/17 2026 9 10 0230 9:30 p am ago -1h +20m noon est at , . -".split()
    ),
    max_size=5,
).map(" ".join)


@given(st.one_of(st.text(), PHRASES), st.booleans(), st.booleans())
def test_any_text_is_a_time_or_an_honest_refusal(text: str, allow_future: bool, confirmed: bool) -> None:
    understood, sentence = tried(lambda: parse_time(text, NOW, allow_future=allow_future, confirmed=confirmed))
    assert sentence.isprintable()
    if understood is not None:
        assert understood.utc.second == 0
        assert allow_future or understood <= NOW
