"""Medication review: what each row says, what several say together, and that nothing unknown passes."""

import pytest

from checklist.model import EventKind, Level, MedicineRow
from checklist.rules.medication import findings, medicine_levels, unconfirmed
from checklist.snapshot import Finding
from tests.rules.build import UNANSWERED, UNKNOWN, event, facts, medicine, reading

LAST_WEEK = "2026-11-10 08:00"


def of(*rows: MedicineRow, **more: object) -> dict[str, Finding]:
    return {one.key: one for one in findings(facts(medicines=rows, **more))}  # type: ignore[arg-type]


def test_a_benzodiazepine_this_morning_is_reviewed_with_its_time_and_source() -> None:
    one = of(medicine("xanax", "06:30", dose="0.5 mg"))["med.m1"]
    assert (one.level, one.title) == (Level.REVIEW, "ALPRAZolam (Xanax) today 06:30")
    assert one.detail.startswith("Benzodiazepine within 24 h. Regular or high-dose benzodiazepines")
    assert "Benzodiazepine within 12 h. Taken close to the infusion" in one.detail
    assert one.action.startswith("Record dose and last dose time")
    assert one.source.startswith("Feeney 2023")


def test_a_medicine_without_interaction_is_clear() -> None:
    one = of(medicine("abacavir"))["med.m1"]
    assert (one.level, one.title, one.detail) == (Level.CLEAR, "abacavir", "")


@pytest.mark.parametrize(
    ("taken", "level", "title"),
    [
        ("2026-11-17 22:42", Level.NOTE, "zolpidem (Ambien) yesterday 22:42"),
        ("2026-11-17 22:41", Level.INFO, "zolpidem (Ambien) yesterday 22:41"),
        ("2026-11-15 08:00", Level.INFO, "zolpidem (Ambien) Sun 15-Nov 08:00"),
        (UNKNOWN, Level.NOTE, "zolpidem (Ambien), last taken not known"),
        (UNANSWERED, Level.NOTE, "zolpidem (Ambien), last taken not known"),
    ],
)
def test_the_window_counts_only_when_the_last_dose_is_known(taken: str, level: Level, title: str) -> None:
    one = of(medicine("Ambien", taken))["med.m1"]
    assert (one.level, one.title) == (level, title)


def test_past_the_window_it_says_so() -> None:
    assert of(medicine("Ambien", "2026-11-15 08:00"))["med.m1"].detail.startswith(
        "Z-drug sleep medicine, last taken over 12 h"
    )


def test_once_started_the_hours_stand() -> None:
    started = (event(EventKind.STARTED, "10:45"),)
    one = of(medicine("Ambien", "2026-11-17 22:45"), events=started, now="2026-11-18 20:00")["med.m1"]
    assert one.level is Level.NOTE


def test_a_patch_counts_as_taken_now_wherever_it_is_written() -> None:
    for row in (
        medicine("fentanyl patch", "2026-11-10 08:00"),
        medicine("fentanyl", "2026-11-10 08:00", dose="25 mcg Patch"),
    ):
        one = of(row)["med.m1"]
        assert one.level is Level.REVIEW
        assert "acting now (patch, pump, depot or long-acting form)" in one.detail
    assert of(medicine("fentanyl", LAST_WEEK))["med.m1"].level is Level.NOTE


def test_an_unknown_medicine_never_passes() -> None:
    one = of(medicine("zqxv"))["med.m1"]
    assert (one.level, one.title) == (Level.REVIEW, "“zqxv” is not in the list")
    assert one.detail == "An unknown medicine is never passed silently."
    assert one.action == "Identify it, or ask the provider."


def test_an_empty_row_never_passes() -> None:
    assert of(medicine("  "))["med.m1"].level is Level.REVIEW


def test_a_vague_name_keeps_its_question_and_its_presumed_class() -> None:
    one = of(medicine("blue sleep pill", UNKNOWN))["med.m1"]
    assert (one.level, one.title) == (Level.REVIEW, "“blue sleep pill” is not in the list")
    assert "Ask the name" in one.detail
    assert "Z-drug sleep medicine" in one.detail


def test_a_close_spelling_is_a_question_until_it_is_answered() -> None:
    asked = of(medicine("lisinoprl"))["med.m1"]
    assert asked.level is Level.REVIEW
    assert "lisinopril" in asked.detail
    assert asked.action == "Is this the medicine? Confirm the spelling."
    answered = of(medicine("lisinoprl", spelling="lisinopril"))["med.m1"]
    assert (answered.level, answered.title) == (Level.INFO, "lisinopril")
    assert asked.fingerprint != answered.fingerprint


def test_one_open_question_in_a_row_is_enough_to_ask() -> None:
    one = of(medicine("Lexapro, lisinoprl", "06:30"))["med.m1"]
    assert (one.level, one.action) == (Level.REVIEW, "Is this the medicine? Confirm the spelling.")


def test_one_class_that_asks_for_the_last_dose_is_enough_to_say_it_is_not_known() -> None:
    assert of(medicine("Lexapro, Ambien"))["med.m1"].title.endswith(", last taken not known")


def test_words_not_understood_are_named() -> None:
    one = of(medicine("sertraline stopped"))["med.m1"]
    assert one.level is Level.REVIEW
    assert "Not understood: stopped." in one.detail
    assert one.action == "Say what the rest means, or ask the provider."


def test_look_alike_names_are_shown() -> None:
    assert "Looks like cloNIDine" in of(medicine("clonazepam"))["med.m1"].detail


def test_two_medicines_in_one_row_are_both_judged() -> None:
    one = of(medicine("Lexapro, oxycodone", "06:30"))["med.m1"]
    assert one.level is Level.REVIEW
    assert one.title == "escitalopram (Lexapro), oxyCODONE today 06:30"


def test_the_unknown_one_of_two_is_named() -> None:
    here = facts(medicines=(medicine("zqxv; Lexapro", "06:30"),))
    one = next(findings(here))
    assert (one.level, one.title) == (Level.REVIEW, "“zqxv” is not in the list")
    assert medicine_levels(here)["m1"][1] == "“zqxv”, escitalopram (Lexapro)"


def test_a_stop_stays_a_stop() -> None:
    assert of(medicine("cocaine", "08:00"))["med.m1"].level is Level.STOP


def test_memory_is_never_shown_as_a_source() -> None:
    assert of(medicine("melatonin"))["med.m1"].source == "clinic policy"


def test_removed_rows_are_left_out() -> None:
    assert not of(medicine("xanax", removed=True))


@pytest.mark.parametrize(
    ("pressure", "together"),
    [("142/88", True), ("118/76", False), ("85/45", False), ("", False)],
)
def test_one_stimulant_and_a_raised_pressure_are_reviewed_together(pressure: str, together: bool) -> None:
    readings = (reading(hr=70), reading(pressure, at="10:30")) if pressure else (reading(hr=70),)
    found = of(medicine("Adderall", "06:30"), readings=readings)
    assert ("med.together.raised_bp" in found) is together


def test_two_sedating_medicines_are_reviewed_together() -> None:
    rows = (medicine("Ambien", "2026-11-17 23:30"), medicine("gabapentin", "06:30", row="m2"))
    one = of(*rows)["med.together.added_sedation"]
    assert one.level is Level.REVIEW
    assert one.title == "Together these add to sleepiness and slow breathing: zolpidem, gabapentin"
    later = of(medicine("Ambien", "2026-11-17 23:30"), medicine("gabapentin", "07:30", row="m2"))
    assert one.fingerprint != later["med.together.added_sedation"].fingerprint


def test_a_combination_product_belongs_to_what_it_adds_to() -> None:
    rows = (medicine("Percocet", "06:30"), medicine("Ambien", "2026-11-17 23:30", row="m2"))
    one = of(*rows)["med.together.added_sedation"]
    assert [name for name, _ in one.inputs] == ["m1", "m2"]


def test_a_change_of_dose_voids_the_decision() -> None:
    small, large = (of(medicine("xanax", "06:30", dose=dose))["med.m1"] for dose in ("0.5 mg", "2 mg"))
    assert small.fingerprint != large.fingerprint


def test_no_medicines_must_be_said() -> None:
    said = {one.key: one for one in findings(facts({"medicines.complete": True}))}
    assert said["medicines.none"].title == "No medicines"
    assert not of()


def test_every_row_is_confirmed_in_its_own_right() -> None:
    rows = (medicine("sertraline"), medicine("xanax", row="m2", confirmed=False))
    gone = medicine("zqxv", row="m3", confirmed=False, removed=True)
    assert [row.id for row in unconfirmed(facts(medicines=(*rows, gone)))] == ["m2"]


def test_the_table_shows_level_name_class_and_what_to_do() -> None:
    rows = (medicine("xanax", "06:30"), medicine("blue thing zqxv", row="m2"), medicine("abacavir", row="m3"))
    levels = medicine_levels(facts(medicines=rows))
    level, name, classes, todo = levels["m1"]
    assert (level, name, classes) == (Level.REVIEW, "ALPRAZolam (Xanax)", "Benzodiazepine")
    assert todo.startswith("Record dose")
    assert levels["m2"] == (
        Level.REVIEW,
        "“blue thing zqxv”",
        "Not recognised",
        "Identify it, or ask the provider.",
    )
    assert levels["m3"][0] is Level.CLEAR


@pytest.mark.parametrize(
    ("taken", "together"),
    [("2026-11-17 22:43", True), ("2026-11-17 22:42", True), ("2026-11-17 22:41", False), (UNKNOWN, True)],
)
def test_two_sedating_medicines_count_up_to_the_last_minute_of_the_window(taken: str, together: bool) -> None:
    """Ambien has 12 hours; now is 10:42."""
    found = of(medicine("Ambien", taken), medicine("gabapentin", "08:00", row="m2"))
    assert ("med.together.added_sedation" in found) is together
    if together:
        assert found["med.together.added_sedation"].title.endswith(": zolpidem, gabapentin")


@pytest.mark.parametrize(
    ("taken", "level"),
    [("2026-11-04 10:43", Level.STOP), ("2026-11-04 10:42", Level.STOP), ("2026-11-04 10:41", Level.INFO)],
)
def test_an_maoi_counts_to_the_minute_of_its_14_days(taken: str, level: Level) -> None:
    assert of(medicine("Nardil", taken))["med.m1"].level is level


@pytest.mark.parametrize("typed", ["Ambien CR", "fentanyl patch", "Sublocade", "morphine pump", "haloperidol dec q4wk"])
def test_what_goes_on_acting_is_never_older_than_its_window(typed: str) -> None:
    lasting, unknown = (of(medicine(typed, taken))["med.m1"].level for taken in ("2026-09-01 08:00", UNKNOWN))
    assert lasting is unknown


def test_the_same_medicine_in_two_rows_adds_nothing_to_itself() -> None:
    found = of(medicine("Ambien", "08:00"), medicine("zolpidem", "08:00", row="m2"))
    assert "med.together.added_sedation" not in found
