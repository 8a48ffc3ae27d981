"""The seven questions of a serious event (reference 8.2)."""

from dataclasses import replace

import pytest

from checklist.model import AnswerState, Doing, Level, StampKind
from checklist.rules import serious
from checklist.rules.facts import Facts
from checklist.rules.recovery import missing_items
from tests.rules.build import UNKNOWN, Said, answer, moment, with_limit
from tests.rules.happening import side_effect, stamp, with_stamps
from tests.rules.visit import after, by_key, during, recovery, with_effects

NO: dict[str, Said] = {f"serious.{name}": False for name in serious.QUESTIONS}
HIGH = during("205/121 90 98 14", "11:20")


def severe(said: dict[str, Said] | None = None, grade: int = 3) -> Facts:
    return with_effects(recovery(said=said), side_effect("allergic", grade))


def asked(of: Facts) -> set[str]:
    return {str(item.id) for item in missing_items(of) if item.id.startswith("serious.")}


@pytest.mark.parametrize(("grade", "count"), [(2, 0), (3, 7), (4, 7)])
def test_all_seven_are_asked_from_grade_3(grade: int, count: int) -> None:
    assert len(asked(severe(grade=grade))) == count


def test_an_escalation_alone_asks_nothing() -> None:
    assert asked(recovery(HIGH)) == set()


@pytest.mark.parametrize(
    "effect",
    [
        side_effect("headache", 1, done=(Doing.DRUG,)),
        side_effect("headache", 1, done=(Doing.OXYGEN,)),
        side_effect("headache", 2, action="labetalol 10 mg by Dr. Menon"),
    ],
)
def test_an_escalation_that_ended_in_treatment_asks(effect: object) -> None:
    assert len(asked(with_effects(recovery(HIGH), effect))) == 7  # type: ignore[arg-type]
    assert asked(with_effects(recovery(), effect)) == set()  # type: ignore[arg-type]


def test_oxygen_after_an_escalation_is_treatment() -> None:
    assert len(asked(recovery(HIGH, after("150/90 88 95 14", "11:50", oxygen_l_min=2)))) == 7


@pytest.mark.parametrize("symptom", ["seizure", "apnoea", "anaphylaxis", "stridor", "chest_pain"])
def test_a_sign_of_an_emergency_asks_with_or_without_treatment(symptom: str) -> None:
    sign = during("130/80 80 98 14", "11:20", symptoms=(symptom,))
    assert len(asked(recovery(sign))) == 7
    assert asked(recovery(replace(sign, artefact="another patient"))) == set()


def test_a_later_sign_of_an_emergency_asks_all_seven_again() -> None:
    first = replace(after("130/80 80 98 14", "11:45", symptoms=("seizure",)), seq=1)
    assert asked(recovery(first, said=NO)) == set()
    assert len(asked(recovery(first, replace(first, observed=moment("11:50"), seq=50), said=NO))) == 7


def test_reassurance_is_no_treatment() -> None:
    assert asked(with_effects(recovery(HIGH), side_effect("anxiety", 1, done=(Doing.REASSURANCE,)))) == set()


def test_an_emergency_asks() -> None:
    assert len(asked(with_stamps(recovery(), stamp(StampKind.EMS_CALLED, "11:20")))) == 7


def test_seven_times_no_leaves_nothing_open() -> None:
    of = severe(NO)
    assert asked(of) == set()
    assert list(serious.findings(of)) == []


def test_any_yes_is_serious_and_opens_who_was_told() -> None:
    of = severe({**NO, "serious.hospital": True})
    one = by_key(serious.findings(of))["serious.event"]
    assert (one.level, one.step) == (Level.REVIEW, "discharge")
    assert one.title == "SERIOUS event: admission to hospital, or a longer stay there"
    assert one.action == "Inform the provider now. Follow-up call due Thu 19-Nov-2026."
    assert asked(of) == set(serious.NEEDED)


def test_the_time_at_which_the_provider_was_told_stands_in_it() -> None:
    of = severe({**NO, "serious.life": True, "serious.provider_at": moment("11:25")})
    assert by_key(serious.findings(of))["serious.event"].action.startswith("Provider informed 11:25.")


@pytest.mark.parametrize("state", ["unknown", "declined", "not_applicable"])
def test_a_question_without_a_plain_no_is_never_taken_as_no(state: str) -> None:
    of = severe()
    said = {
        **{item: answer(item, value) for item, value in NO.items()},
        "serious.life": answer("serious.life", AnswerState(state), reason="was not there"),
    }
    of = severe(said)  # type: ignore[arg-type]
    one = by_key(serious.findings(of))["serious.doubt"]
    assert (one.level, one.title) == (Level.REVIEW, "Serious event not excluded: life-threatening")


def test_a_later_severe_side_effect_asks_all_seven_again() -> None:
    first = severe(NO)
    later = with_effects(first, side_effect("allergic", 3), side_effect("fall", 3, seq=50, row="e2"))
    assert len(asked(later)) == 7
    milder = with_effects(first, side_effect("allergic", 3), side_effect("fall", 2, seq=50, row="e2"))
    assert asked(milder) == set()


def test_a_decision_stands_when_it_is_filled_in_afterwards_who_was_told() -> None:
    yes: dict[str, Said] = {**NO, "serious.life": True}
    told: dict[str, Said] = {"serious.provider_at": moment("11:30"), "serious.family": True, "serious.report": "both"}
    before = by_key(serious.findings(severe(yes)))["serious.event"]
    later = by_key(serious.findings(severe({**yes, **told})))["serious.event"]
    assert before.action != later.action
    assert before.fingerprint == later.fingerprint


def test_a_decision_does_not_outlive_a_changed_answer() -> None:
    before = by_key(serious.findings(severe({**NO, "serious.life": True})))["serious.event"]
    after_it = by_key(serious.findings(severe({**NO, "serious.life": True, "serious.hospital": UNKNOWN})))[
        "serious.event"
    ]
    assert before.fingerprint != after_it.fingerprint


def test_a_clinic_that_asks_from_grade_2_is_obeyed() -> None:
    of = replace(severe(grade=2), protocol=with_limit("escalate.effect_now", 2))
    assert len(asked(of)) == 7
