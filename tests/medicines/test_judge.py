"""Levels: windows, presumptions, and medicines together."""

from decimal import Decimal

import pytest

from checklist.medicines import (
    Certainty,
    CombinedRule,
    Match,
    MedicineTable,
    Timing,
    class_level,
    combined,
    entry_findings,
    entry_level,
    find,
)
from checklist.model import Level


def one(table: MedicineTable, text: str) -> Match:
    (match,) = find(table, text)
    return match


@pytest.mark.parametrize(
    ("hours", "level"),
    [
        (None, Level.NOTE),
        ("0", Level.NOTE),
        ("12", Level.NOTE),
        ("12.01", Level.INFO),
        ("NaN", Level.NOTE),
        ("-1", Level.NOTE),
    ],
)
def test_ambien_is_lower_only_when_known_and_older_than_12_hours(
    table: MedicineTable, hours: str | None, level: Level
) -> None:
    taken = None if hours is None else Decimal(hours)
    assert entry_level(table, one(table, "ambien 10"), taken) is level


def test_alcohol_the_day_before_yesterday_is_a_note(table: MedicineTable) -> None:
    wine = one(table, "wine 2 glasses nightly")
    assert entry_level(table, wine, Decimal("23.9")) is Level.STOP
    assert entry_level(table, wine, Decimal(48)) is Level.NOTE


def test_an_maoi_counts_for_14_days(table: MedicineTable) -> None:
    assert entry_level(table, one(table, "nardil"), Decimal(336)) is Level.STOP
    assert entry_level(table, one(table, "nardil"), Decimal("336.1")) is Level.INFO


def test_a_daily_effect_is_never_lowered(table: MedicineTable) -> None:
    (finding,) = entry_findings(table, one(table, "clonidine"), Decimal(100))
    assert (finding.level, finding.timing) == (Level.NOTE, Timing.DAILY)


def test_a_patch_or_a_tick_by_the_nurse_counts_as_taken_now(table: MedicineTable) -> None:
    assert entry_level(table, one(table, "fentanyl patch"), Decimal(100)) is Level.REVIEW
    assert entry_level(table, one(table, "fentanyl"), Decimal(100)) is Level.NOTE
    assert entry_level(table, one(table, "fentanyl"), Decimal(100), continuous=True) is Level.REVIEW
    assert class_level(table, one(table, "fentanyl"), Decimal(100)) is Level.NOTE


def test_findings_come_heaviest_first_with_their_ingredients(table: MedicineTable) -> None:
    benefit, sedation = entry_findings(table, one(table, "Xanax"), Decimal(13))
    assert (benefit.interaction.id, benefit.level, benefit.timing) == ("benzo_benefit", Level.REVIEW, Timing.INSIDE)
    assert (sedation.interaction.id, sedation.level, sedation.timing) == ("benzo_sedation", Level.INFO, Timing.OUTSIDE)
    assert [each.display for each in benefit.ingredients] == ["ALPRAZolam"]
    assert not benefit.presumed


def test_a_product_shows_which_ingredient_carries_which_class(table: MedicineTable) -> None:
    findings = entry_findings(table, one(table, "Contrave"))
    carriers = {each.interaction.id: [i.name for i in each.ingredients] for each in findings}
    assert carriers == {"opioid_antagonist": ["naltrexone"], "bupropion": ["bupropion"]}
    (nyquil, *_) = entry_findings(table, one(table, "Norgesic"))
    assert nyquil.timing is Timing.NOT_KNOWN


def test_classes_with_no_interaction_are_clear(table: MedicineTable) -> None:
    tylenol = one(table, "Tylenol 500")
    (finding,) = entry_findings(table, tylenol)
    assert (finding.interaction.id, finding.timing) == ("none", Timing.NO_WINDOW)
    assert entry_level(table, tylenol) is Level.CLEAR


def test_a_presumed_class_is_never_lowered(table: MedicineTable) -> None:
    sleeping_pill = one(table, "sleeping pill")
    (finding,) = entry_findings(table, sleeping_pill, Decimal(100))
    assert (finding.level, finding.presumed, finding.timing) == (Level.NOTE, True, Timing.NOT_KNOWN)
    assert class_level(table, sleeping_pill) is Level.NOTE
    assert entry_level(table, sleeping_pill, Decimal(100)) is Level.REVIEW


def test_an_unanswered_spelling_stays_a_review_when_the_class_is_lower(table: MedicineTable) -> None:
    match = one(table, "lexipro")
    assert [finding.presumed for finding in entry_findings(table, match)] == [True, True]
    assert class_level(table, match) is Level.INFO
    assert entry_level(table, match) is Level.REVIEW


def test_an_unknown_medicine_has_no_finding_and_is_a_review(table: MedicineTable) -> None:
    assert entry_findings(table, one(table, "tonic")) == ()
    assert entry_level(table, Match("tonic", certainty=Certainty.UNKNOWN)) is Level.REVIEW


def rules(table: MedicineTable, *rows: tuple[str, int | None], bp: bool = False) -> list[CombinedRule]:
    hours = [(m, None if h is None else Decimal(h)) for text, h in rows for m in find(table, text)]
    found = combined(table, [(m, entry_findings(table, m, h)) for m, h in hours], bp_above_limit=bp)
    assert all(each.level is Level.REVIEW for each in found)
    return [each.rule for each in found]


def test_two_sedating_medicines_tonight_are_a_review(table: MedicineTable) -> None:
    assert rules(table, ("ambien", 8), ("gabapentin", None)) == [CombinedRule.ADDED_SEDATION]


def test_two_sedating_medicines_of_which_one_is_old_are_none(table: MedicineTable) -> None:
    assert rules(table, ("ambien", 13), ("gabapentin", None)) == []


def test_a_barbiturate_outside_its_window_no_longer_adds(table: MedicineTable) -> None:
    assert rules(table, ("butisol", 25), ("gabapentin", 2)) == []
    assert rules(table, ("butisol", 24), ("gabapentin", 2)) == [CombinedRule.ADDED_SEDATION]


def test_the_same_ingredient_twice_is_one(table: MedicineTable) -> None:
    assert rules(table, ("ambien", 2), ("zolpidem", 2)) == []


def test_one_product_can_hold_two_sedating_ingredients(table: MedicineTable) -> None:
    assert rules(table, ("Tuxarin", None)) == [CombinedRule.ADDED_SEDATION]


def test_a_patch_keeps_adding(table: MedicineTable) -> None:
    assert rules(table, ("fentanyl patch", 60), ("ambien", 2)) == [CombinedRule.ADDED_SEDATION]


def test_two_that_raise_blood_pressure_are_a_review(table: MedicineTable) -> None:
    assert rules(table, ("Adderall", 3), ("Sudafed", 3)) == [CombinedRule.RAISED_BP]
    assert rules(table, ("Adderall", 30), ("Sudafed", 3)) == []


def test_one_that_raises_blood_pressure_with_a_high_reading_is_a_review(table: MedicineTable) -> None:
    assert rules(table, ("Strattera", None), bp=True) == [CombinedRule.RAISED_BP]
    assert rules(table, ("Strattera", None)) == []
    assert rules(table, ("Effexor", None), bp=True) == []  # an info class does not count
    assert rules(table, bp=True) == []


@pytest.mark.parametrize(
    "partner", ["Zoloft", "trazodone", "Effexor", "sumatriptan", "St John's Wort", "lithium", "mdma"]
)
def test_an_maoi_with_a_serotonergic_medicine_is_a_review(table: MedicineTable, partner: str) -> None:
    assert CombinedRule.SEROTONERGIC in rules(table, ("zyvox", None), (partner, None))


def test_tramadol_with_an_ssri_is_a_review_and_names_both(table: MedicineTable) -> None:
    matches = [(one(table, "tramadol"), Decimal(100)), (one(table, "Zoloft"), None), (one(table, "Tylenol"), None)]
    rows = [(match, entry_findings(table, match, hours)) for match, hours in matches]
    (found,) = combined(table, rows, bp_above_limit=False)
    assert found.rule is CombinedRule.SEROTONERGIC
    assert found.title == "Together these can cause too much serotonin effect: traMADol, sertraline"
    assert found.source == "Rule 3 of the medicines method, clinical judgement"
    assert "provider reviews" in found.action


def test_two_ssris_alone_are_not_rule_3(table: MedicineTable) -> None:
    assert rules(table, ("Zoloft", None), ("Prozac", None)) == []
    assert rules(table, ("tramadol", None), ("Tylenol", None)) == []


def test_all_three_rules_can_speak_at_once(table: MedicineTable) -> None:
    found = rules(table, ("tramadol", 2), ("amitriptyline", 2), ("ambien", 2), ("nardil", 2), ("Sudafed", 2))
    assert found == [CombinedRule.ADDED_SEDATION, CombinedRule.RAISED_BP, CombinedRule.SEROTONERGIC]
