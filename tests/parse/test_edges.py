"""The last value that is still taken and the first that is not, of texts, dates, times, weights and vitals lines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import Bounds, parse_date, parse_quantity, parse_text, parse_time, parse_vitals
from checklist.parse import weight_slip as slip_of
from checklist.parse.numbers import usual_span
from checklist.parse.vitals import VitalsPreview, preview_vitals
from tests.parse.clinic import HEIGHT, LIMITS, NOW, TODAY, at, reading, tried

ANY = Bounds(None, None, None, None, "mg/kg", 2)
TIMES_LIMIT = Bounds(Decimal(0), Decimal(50), Decimal(0), Decimal(20), "x ULN", 1)


def test_a_text_of_10_000_characters_is_kept_and_one_more_is_refused() -> None:
    assert parse_text("x" * 10_000) == "x" * 10_000
    with pytest.raises(NotUnderstood, match="This text has 10001 characters; at most 10000 fit here"):
        parse_text("x" * 10_001)


def test_halves_of_characters_are_dropped_from_a_text() -> None:
    assert parse_text("a\ud800b\x07c") == "abc"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yday", date(2026, 11, 17)),
        ("yesterday", date(2026, 11, 17)),
        ("today", TODAY),
        ("31-Dec-2199", date(2199, 12, 31)),
        ("1-Jan-1900", date(1900, 1, 1)),
        ("20261118", date(2026, 11, 18)),
        ("11182026", date(2026, 11, 18)),
    ],
)
def test_a_day_is_understood_up_to_the_ends_of_the_calendar(typed: str, day: date) -> None:
    assert parse_date(typed, today=TODAY, allow_future=True) == day


def test_a_span_without_ends_holds_any_number() -> None:
    assert usual_span(ANY) == "any number mg/kg"


def test_a_unit_of_several_words_is_understood_with_its_spaces_and_without() -> None:
    assert [parse_quantity(typed, TIMES_LIMIT).value for typed in ("3", "3 x ULN", "3xULN")] == [Decimal(3)] * 3
    assert tried(lambda: parse_quantity("3 mg", TIMES_LIMIT))[1].endswith(
        "Units understood: x ULN. Nothing was changed."
    )


def test_a_converted_height_is_shown_rounded_half_up() -> None:
    with pytest.raises(NeedsConfirmation, match=r"^120\.7 cm is unusual"):
        parse_quantity("47.5 in", HEIGHT)


# ---- weights


def weight_slip(previous_kg: str, now_kg: str) -> str | None:
    """With the limits that are shipped: 10 % and 3 %."""
    return slip_of(Decimal(previous_kg), Decimal(now_kg), change_percent=Decimal(10), slip_percent=Decimal(3))


def test_weights_are_named_to_a_tenth_of_a_kilogram() -> None:
    said = weight_slip("70.04", "136.0777")
    assert said == "136.1 kg after 70 kg: a change of 94.3 %, more than 10 %."


def test_without_an_earlier_weight_nothing_is_said() -> None:
    assert weight_slip("0", "70") is None
    assert weight_slip("1", "70") is not None


@pytest.mark.parametrize(
    ("now", "slip"),
    [
        ("227.0761300504239081446630154", "likely lb entered as kg"),
        ("227.08", "a change of 127.1 %"),
        ("46.72001411", "likely kg entered as lb"),
        ("46.73", "a change of 53.3 %"),
    ],
)
def test_a_slip_of_the_unit_is_named_up_to_three_percent_beside_the_factor(now: str, slip: str) -> None:
    assert slip in (weight_slip("100", now) or "")


# ---- times

SHARP = at("2026-11-18 10:42")


def test_a_bare_time_of_this_very_minute_is_now() -> None:
    assert parse_time("1042", SHARP) == SHARP


def test_a_bare_time_five_minutes_ahead_is_refused_and_six_is_yesterdays_once_confirmed() -> None:
    with pytest.raises(NotUnderstood, match="is a few minutes from now"):
        parse_time("1047", SHARP)
    with pytest.raises(NeedsConfirmation, match="taken as Tue 17-Nov-2026 10:48"):
        parse_time("1048", SHARP)
    assert parse_time("1048", SHARP, confirmed=True) == at("2026-11-17 10:48")


@pytest.mark.parametrize(
    ("typed", "now", "day"),
    [
        ("wed 0800", "2026-11-18 20:00", "2026-11-18 08:00"),
        ("wed 0800", "2026-11-18 20:01", "2026-11-25 08:00"),
        ("tue 0800", "2026-11-18 10:42", "2026-11-24 08:00"),
    ],
)
def test_a_planned_weekday_is_the_next_one_unless_it_is_at_most_12_hours_past(typed: str, now: str, day: str) -> None:
    assert parse_time(typed, at(now), allow_future=True) == at(day)


@pytest.mark.parametrize(("typed", "day"), [("thu 0800", "2026-11-12 08:00"), ("wed 1100", "2026-11-11 11:00")])
def test_a_past_weekday_is_the_last_one(typed: str, day: str) -> None:
    assert parse_time(typed, NOW, confirmed=True) == at(day)


def test_four_digits_two_years_ahead_are_a_time() -> None:
    assert parse_time("17-Nov 2028", NOW) == at("2026-11-17 20:28")


def test_a_day_equally_far_on_both_sides_is_the_one_that_has_passed() -> None:
    spring = at("2024-04-01 12:00")
    assert spring.local.date() - date(2023, 10, 1) == date(2024, 10, 1) - spring.local.date() == timedelta(days=183)
    assert parse_time("1-Oct 0800", spring, confirmed=True) == at("2023-10-01 08:00")


# ---- vital signs in one line


def test_nothing_typed_previews_nothing_and_misses_everything() -> None:
    assert preview_vitals(" ", NOW, LIMITS, ("bp", "hr")) == VitalsPreview("", "", "", ("bp", "hr"), None)


def test_a_line_with_yesterdays_time_previews_the_day_and_the_question() -> None:
    seen = preview_vitals("2350 142/88 76", NOW, LIMITS, ("bp", "hr", "spo2"))
    assert (seen.text, seen.problem, seen.missing) == ("Yesterday 23:50 · 142/88 mmHg · HR 76", "", ("spo2",))
    assert seen.question == ("the time is Yesterday 23:50. Confirm it, or type it again. Nothing was saved yet.")


def test_a_line_that_goes_wrong_at_its_end_previews_its_beginning_with_the_time() -> None:
    seen = preview_vitals("2350 142/88 76 zz", NOW, LIMITS, ("bp", "hr"))
    assert (seen.text, seen.question, seen.missing, seen.draft) == (
        "Yesterday 23:50 · 142/88 mmHg · HR 76",
        "",
        (),
        None,
    )
    assert seen.problem.startswith("“2350 142/88 76 zz” is not understood at “zz”.")


def test_the_preview_asks_what_saving_will_ask_in_one_sentence() -> None:
    line, before = "183/84 38", reading(sbp=138, dbp=82, hr=76)
    seen = preview_vitals(line, NOW, LIMITS, previous=before)
    asked = tried(lambda: parse_vitals(line, NOW, LIMITS, previous=before))[1]
    assert (
        seen.question
        == asked
        == (
            "HR 38 is unusual (40–150 /min is usual); SBP 183 after 138: two digits may have changed places (138). "
            "Confirm it, or type it again. Nothing was saved yet."
        )
    )
    assert preview_vitals("142/88", NOW, LIMITS).question == ""


@pytest.mark.parametrize(
    ("previous", "typed", "doubt"),
    [
        (118, "138", ""),  # 20 apart, and no two digits give it back
        (112, "132", ""),
        (113, "131", ""),  # 18 apart: no jump
        (111, "131", "SBP 131 after 111: two digits may have changed places (113)"),
        (118, "181", "SBP 181 after 118: two digits may have changed places (118)"),
        (113, "181", "SBP 181 after 113: two digits may have changed places (118)"),
        (112, "181", ""),
        (122, "212", "SBP 212 after 122: two digits may have changed places (122)"),
    ],
)
def test_two_digits_in_each_others_place_are_named_from_a_jump_of_20_on(previous: int, typed: str, doubt: str) -> None:
    said = tried(lambda: parse_vitals(f"{typed}/90", NOW, LIMITS, previous=reading(sbp=previous, dbp=90)))[1]
    assert doubt in said
    assert ("two digits" in said) is bool(doubt)


@pytest.mark.parametrize("typed", ["t 98.6f", "temp 98.6 °f", "98.6°f", "T 98.6 F"])
def test_a_temperature_with_its_unit_is_taken_without_a_question(typed: str) -> None:
    assert parse_vitals(typed, NOW, LIMITS).temp_c == 37


def test_a_temperature_is_said_to_a_tenth_rounded_half_up() -> None:
    assert tried(lambda: parse_vitals("t 34.25", NOW, LIMITS))[1].startswith("Temp 34.3 is unusual")
    assert tried(lambda: parse_vitals("o2 7.25", NOW, LIMITS))[1].startswith(
        "“o2 7.25” cannot be right: O2 7.25 has too"
    )
    assert parse_vitals("t 93.65f", NOW, LIMITS, confirmed=True).preview(TODAY) == "34.3 °C"


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("13370 82988", (133, 70, 82, 98, 8)),
        ("133 70829 88", None),
        ("1619790 9814", (161, 97, 90, 98, 14)),
        ("9908149 889", None),  # no diastolic begins with 0
        ("20984689504", None),  # and no breathing rate is 04
    ],
)
def test_digits_without_spaces_part_in_one_way_or_are_refused(typed: str, values: tuple[int, ...] | None) -> None:
    draft, why = tried(lambda: parse_vitals(typed, NOW, LIMITS, confirmed=True))
    found = (draft.sbp, draft.dbp, draft.hr, draft.spo2, draft.rr) if draft else None
    assert found == values
    assert ("does not part into vital signs in one way" in why) is (values is None)


def test_a_last_zero_is_a_sedation_score_only_where_it_is_asked_for() -> None:
    asked = ("bp", "hr", "spo2", "rr", "sedation")
    assert parse_vitals("160671309590", NOW, LIMITS, asked, confirmed=True).moaas == 0


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("90575388", "has numbers without a name"),
        ("905753880", "does not part into vital signs in one way"),
    ],
)
def test_fewer_than_nine_digits_are_numbers_without_a_name(typed: str, why: str) -> None:
    assert why in tried(lambda: parse_vitals(typed, NOW, LIMITS))[1]


@pytest.mark.parametrize(
    ("typed", "now", "fold", "understood"),
    [
        ("0130", "2026-11-01 01:45", 0, "EST"),  # planned: the second 01:30 is still to come
        ("0130", "2026-11-01 03:00", 0, "EST"),  # both have passed: the later one
    ],
)
def test_a_planned_time_of_the_hour_that_comes_twice(typed: str, now: str, fold: int, understood: str) -> None:
    assert parse_time(typed, at(now, fold=fold), allow_future=True).local.tzname() == understood


def test_a_planned_time_whose_letters_no_longer_hold_tomorrow_is_todays() -> None:
    evening = at("2026-03-07 22:00")
    assert parse_time("0830 EST", evening, allow_future=True) == at("2026-03-07 08:30")


def test_twelve_in_the_morning_is_just_after_midnight() -> None:
    assert parse_time("this morning 12:15", NOW) == at("2026-11-18 00:15")


def test_a_24_hour_time_outside_the_named_part_of_the_day_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="is not a time of the evening"):
        parse_time("yesterday evening 0800", NOW)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("yesterday afternoon 1:30", "2026-11-17 13:30"),
        ("yesterday 1pm", "2026-11-17 13:00"),
        ("yesterday 2330p", "2026-11-17 23:30"),
        ("yesterday 12:30 pm", "2026-11-17 12:30"),
        ("-1h59", "2026-11-18 08:43"),
        ("wed. 0800", "2026-11-18 08:00"),
        ("wed, 0800", "2026-11-18 08:00"),
    ],
)
def test_times_at_the_ends_of_the_clock(typed: str, understood: str) -> None:
    assert parse_time(typed, NOW) == at(understood)


@pytest.mark.parametrize("typed", ["last night 1330", "yesterday 2430p", "yesterday 2400", "-1h60", "-2h61"])
def test_times_that_no_clock_shows_are_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_time(typed, NOW)


def test_exactly_72_hours_ago_is_not_asked_about() -> None:
    assert parse_time("15-Nov 1042", SHARP, oldest=timedelta(hours=72)) == at("2026-11-15 10:42")


def test_a_refusal_repeats_forty_characters_whole() -> None:
    assert f"“{'x' * 40}” is not a date" in tried(lambda: parse_date("x" * 40))[1]
    assert f"“{'x' * 39}…” is not a date" in tried(lambda: parse_date("x" * 41))[1]


def test_two_ways_of_reading_are_named_and_no_third() -> None:
    said = tried(lambda: parse_vitals("204661108850", NOW, LIMITS, ("bp", "sedation")))[1]
    assert said.count(" or “") == 1


def test_a_line_without_numbers_holds_no_vital_signs() -> None:
    assert tried(lambda: parse_vitals("@0905", NOW, LIMITS))[1] == (
        "“@0905” holds no vital signs. Type them like 142/88 76 98 14 36.7. Nothing was changed."
    )


def test_what_is_not_understood_is_named_by_its_first_word() -> None:
    assert "is not understood at “zz”. Type it like" in tried(lambda: parse_vitals("142/88 zz yy", NOW, LIMITS))[1]
