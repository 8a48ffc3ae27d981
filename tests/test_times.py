"""Instants that no daylight-saving night can bend, and how times are written for people."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.times import (
    ManualClock,
    Moment,
    SystemClock,
    ZoneClock,
    written_clock,
    written_date,
    written_day,
    written_length,
    written_moment,
    written_time,
    years_between,
)

NEW_YORK = "America/New_York"
ZONES = (NEW_YORK, "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Kiritimati")
moments = st.builds(
    Moment,
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given its zone
    st.sampled_from(ZONES),
)


def at(text: str, zone: str = NEW_YORK, fold: int = 0) -> Moment:
    return Moment.of_local(datetime.fromisoformat(text).replace(fold=fold), zone)


@given(moments)
def test_a_stored_moment_comes_back_to_the_microsecond_with_its_zone(moment: Moment) -> None:
    again = Moment.stored(moment.store())
    assert (again, again.zone) == (moment, moment.zone)


@given(moments)
def test_the_wall_clock_and_back(moment: Moment) -> None:
    assert Moment.of_local(moment.local.replace(tzinfo=None), moment.zone) == moment


def test_a_moment_is_stored_with_offset_and_zone() -> None:
    assert at("2026-11-18 10:42").store() == "2026-11-18T10:42:00.000000-05:00[America/New_York]"
    assert at("2026-07-01 10:42").store() == "2026-07-01T10:42:00.000000-04:00[America/New_York]"


@pytest.mark.parametrize(
    "text", ["", "2026-11-18T10:42:00-05:00", "2026-11-18T10:42:00[America/New_York]", "now[UTC]", "[UTC]"]
)
def test_what_is_no_stored_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"stored moment|isoformat"):
        Moment.stored(text)


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=-5))])
def test_a_moment_is_in_utc_or_it_is_none(zone: timezone | None) -> None:
    with pytest.raises(ValueError, match="UTC"):
        Moment(datetime(2026, 11, 18, 10, 42, tzinfo=zone), NEW_YORK)


def test_two_moments_are_equal_when_they_are_the_same_instant() -> None:
    assert at("2026-11-18 10:42") == at("2026-11-18 16:42", "Europe/Paris")
    assert at("2026-11-18 10:42") < at("2026-11-18 10:43")


@pytest.mark.parametrize(
    ("evening", "morning", "hours"),
    [
        ("2026-11-17 22:00", "2026-11-18 07:00", 9),
        ("2026-10-31 22:00", "2026-11-01 07:00", 10),
        ("2026-03-07 22:00", "2026-03-08 07:00", 8),
    ],
)
def test_a_night_is_as_long_as_it_was(evening: str, morning: str, hours: int) -> None:
    assert at(morning).since(at(evening)) == timedelta(hours=hours)
    assert at(evening).plus(hours=hours) == at(morning)


def test_the_repeated_hour_has_its_letters() -> None:
    first, second = at("2026-11-01 01:50"), at("2026-11-01 01:50", fold=1)
    assert second.since(first) == timedelta(hours=1)
    assert [written_time(one) for one in (first, second)] == ["01:50 EDT", "01:50 EST"]


@pytest.mark.parametrize(
    "text", ["2026-11-01 00:59", "2026-11-01 02:00", "2026-03-08 01:59", "2026-03-08 03:00", "2026-11-18 01:30"]
)
def test_every_other_time_is_written_without_letters(text: str) -> None:
    assert written_time(at(text)) == text[-5:]


def test_a_time_of_the_spring_gap_is_the_instant_an_hour_on() -> None:
    assert written_time(at("2026-03-08 02:30")) == "03:30"


@given(moments)
def test_a_written_time_is_the_wall_clock(moment: Moment) -> None:
    assert written_time(moment)[:5] == f"{moment.local:%H:%M}"


def test_dates_are_written_with_the_month_in_letters() -> None:
    assert written_date(date(2026, 11, 8)) == "08-Nov-2026"
    assert written_date(date(26, 1, 1)) == "01-Jan-0026"
    assert written_day(date(2026, 11, 18)) == "Wed 18-Nov-2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-18 14:05", "14:05"),
        ("2026-11-17 21:30", "Yesterday 21:30"),
        ("2026-11-10 08:00", "Tue 10-Nov 08:00"),
        ("2026-11-19 08:00", "Thu 19-Nov 08:00"),
        ("2025-12-31 08:00", "Wed 31-Dec-2025 08:00"),
    ],
)
def test_a_time_is_written_as_seen_from_today(text: str, expected: str) -> None:
    assert written_clock(at(text), date(2026, 11, 18)) == expected


def test_a_signature_has_its_seconds_and_offset() -> None:
    assert written_moment(at("2026-11-18 10:58:14")) == "18-Nov-2026 10:58:14 -05:00"
    assert written_moment(at("2026-11-18 10:58:14", "Asia/Kolkata")) == "18-Nov-2026 10:58:14 +05:30"


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(0), "0min"),
        (timedelta(seconds=59), "0min"),
        (timedelta(seconds=-59), "0min"),
        (timedelta(minutes=38), "38min"),
        (timedelta(hours=6), "6hr"),
        (timedelta(hours=1, minutes=20, seconds=59), "1hr 20min"),
        (timedelta(minutes=-7), "-7min"),
        (timedelta(hours=-2), "-2hr"),
        (timedelta(days=3), "72hr"),
    ],
)
def test_lengths_are_written_in_hours_and_minutes(length: timedelta, expected: str) -> None:
    assert written_length(length) == expected


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(1986, 3, 14), date(2026, 3, 13), 39),
        (date(1986, 3, 14), date(2026, 3, 14), 40),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 18), date(2026, 11, 18), 0),
    ],
)
def test_age_is_in_completed_years(born: date, today: date, years: int) -> None:
    assert years_between(born, today) == years


@given(moments)
def test_to_the_minute_drops_seconds_only(moment: Moment) -> None:
    cut = moment.to_minute()
    assert (cut.utc.second, cut.utc.microsecond) == (0, 0)
    assert timedelta(0) <= moment.since(cut) < timedelta(minutes=1)


def test_a_clock_that_is_set_moves_the_wall_and_not_the_seconds_that_pass() -> None:
    clock = ManualClock(at("2026-11-18 10:42"))
    clock.advance(minutes=5)
    assert (written_time(clock.now()), clock.monotonic()) == ("10:47", 300)
    clock.jump(hours=-3)
    assert (written_time(clock.now()), clock.monotonic()) == ("07:47", 300)
    clock.advance(seconds=1)
    assert clock.monotonic() == 301


def test_the_clinic_s_zone_is_read_from_any_clock() -> None:
    clock = ManualClock(at("2026-11-18 10:42"))
    there = ZoneClock(clock, "America/Los_Angeles")
    assert there.now() == clock.now()
    assert written_time(there.now()) == "07:42"
    clock.advance(seconds=5)
    assert there.monotonic() == 5


def test_the_pc_s_clock_goes_on() -> None:
    clock = SystemClock("UTC")
    earlier, before = clock.now(), clock.monotonic()
    assert clock.now() >= earlier
    assert clock.monotonic() >= before
    assert clock.now().zone == "UTC"
