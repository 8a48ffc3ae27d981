"""Gates of single answers, missing for a reason, and placeholders in texts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import AnswerState, Level
from checklist.protocol import Carry, Gate, Item, NeededFor
from checklist.rules.gates import findings
from checklist.rules.texts import fill, number
from checklist.snapshot import Finding
from tests.rules.build import (
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNANSWERED,
    UNKNOWN,
    Said,
    answer,
    facts,
    medicine,
    session,
    with_setting,
)


def found(item: str, said: Said, *, reason: str = "", **other: Said) -> Finding | None:
    given = {item: answer(item, said, reason=reason)} | {
        key.replace("__", "."): answer(key.replace("__", "."), value) for key, value in other.items()
    }
    return next((one for one in findings(facts(given)) if one.key == item), None)


def shown_alone(item: Item) -> bool:
    return not item.show_when


GATED = [
    (item.id, gate, word) for item in PROTOCOL.items() if shown_alone(item) for gate in item.gates for word in gate.when
]


@pytest.mark.parametrize(("item", "gate", "word"), GATED, ids=[f"{item} {word}" for item, _, word in GATED])
def test_every_gate_of_the_shipped_protocol_opens_its_finding(item: str, gate: Gate, word: str) -> None:
    said: Said = {"yes": True, "no": False}.get(word, word)
    if word in ("declined", "unknown", "not_applicable"):
        said = AnswerState(word)
    one = found(item, said)
    assert one is not None
    assert one.level is gate.level
    assert one.title == gate.title
    assert one.nobody_overrides is gate.nobody_overrides
    assert one.source == PROTOCOL.source_shown(gate.source)


@pytest.mark.parametrize(
    ("plan", "level"),
    [
        ("named_adult", None),
        ("facility_van_with_attendant", None),
        ("rideshare_with_adult", None),
        ("rideshare_alone", Level.REVIEW),
        ("none", Level.STOP),
        (UNKNOWN, Level.HOLD),
        (DECLINED, Level.STOP),
    ],
)
def test_the_way_home(plan: Said, level: Level | None) -> None:
    one = found("transport.plan", plan)
    assert (one.level if one else None) is level


def test_a_clear_answer_with_a_clear_text_is_shown_as_clear() -> None:
    one = found("identity.name", True)
    assert one is not None
    assert (one.level, one.title, one.step) == (Level.CLEAR, "Name matched", "identity")
    assert found("cond.aneurysm", False) is None


def test_unanswered_says_nothing() -> None:
    assert found("identity.name", UNANSWERED) is None
    assert not list(findings(facts()))


def test_an_item_that_is_not_asked_is_not_judged() -> None:
    assert found("cond.cpap_used", False) is None
    one = found("cond.cpap_used", False, cond__sleep_apnoea=True)
    assert one is not None
    assert one.level is Level.REVIEW


def test_unknown_without_a_gate_holds() -> None:
    one = found("identity.help", UNKNOWN)
    assert one is not None
    assert (one.level, one.title) == (Level.HOLD, "Interpreter or guardian: not known")
    assert one.action == "Find out before the start, or let the provider decide."


def test_a_refusal_without_a_gate_is_for_the_provider() -> None:
    one = found("cond.kidney", DECLINED, reason="Private")
    assert one is not None
    assert (one.level, one.title, one.detail) == (Level.REVIEW, "Kidney disease or dialysis: declined", "Private.")


def test_not_applicable_passes_with_a_reason_only_and_is_shown() -> None:
    told = found("identity.language", NOT_APPLICABLE, reason="Sign language", identity__help="interpreter")
    assert told is not None
    assert (told.level, told.action) == (Level.INFO, "")
    assert told.detail == "Sign language."


def test_what_was_written_is_told_with_its_note() -> None:
    one = found("cond.iv_access", "Left hand only, port on the right")
    assert one is not None
    assert (one.level, one.title, one.detail) == (Level.NOTE, "IV access", "Left hand only, port on the right.")


def test_a_text_that_reads_like_an_answer_is_a_text() -> None:
    """“yes” written as the name of a medicine is no yes."""
    one = found("cond.directive", "unknown")
    assert one is not None
    assert (one.level, one.detail) == (Level.NOTE, "unknown.")


def test_the_bladder_symptoms_that_are_there_are_told() -> None:
    one = found("cond.bladder", "symptoms", cond__bladder_pain=True, cond__bladder_urgency=False)
    assert one is not None
    assert one.detail == "Bladder: pain or burning."
    assert ("cond.bladder_urgency", "no") in one.inputs


@pytest.mark.parametrize(
    ("diagnosed", "used", "here", "levels"),
    [
        (True, True, True, {"cond.sleep_apnoea": Level.NOTE}),
        (True, True, False, {"cond.sleep_apnoea": Level.NOTE, "cond.cpap_here": Level.REVIEW}),
        (True, False, True, {"cond.sleep_apnoea": Level.NOTE, "cond.cpap_used": Level.REVIEW}),
        (UNKNOWN, True, True, {"cond.sleep_apnoea": Level.REVIEW}),
        (False, True, True, {}),
    ],
)
def test_sleep_apnoea_untreated_or_without_its_mask_is_for_the_provider(
    diagnosed: Said, used: Said, here: Said, levels: dict[str, Level]
) -> None:
    given: dict[str, Said] = {"cond.sleep_apnoea": diagnosed, "cond.cpap_used": used, "cond.cpap_here": here}
    assert {one.key: one.level for one in findings(facts(given))} == levels


def test_the_mask_is_asked_for_at_each_visit_and_its_use_once() -> None:
    assert PROTOCOL.item("cond.cpap_here").carry is Carry.NEVER
    assert PROTOCOL.item("cond.cpap_used").carry is Carry.NO_CHANGE


@pytest.mark.parametrize("said", [True, UNKNOWN, DECLINED, NOT_APPLICABLE])
def test_everybody_is_looked_at_whatever_is_said_of_substances(said: Said) -> None:
    """The question itself asks both: a no says neither, anything else asks for each."""
    assert PROTOCOL.item("substances.last24").label.endswith("or intoxicated now")
    seems = found("substances.intoxicated", True, substances__last24=said)
    assert seems is not None
    assert (seems.level, seems.title) == (Level.STOP, "Seems intoxicated")


@pytest.mark.parametrize("item", ["transport.name", "transport.phone"])
def test_an_escort_is_never_without_a_name_or_a_phone_number(item: str) -> None:
    one = found(item, NOT_APPLICABLE, reason="Comes later", transport__plan="named_adult")
    assert one is not None
    assert one.level is Level.HOLD
    assert found(item, NOT_APPLICABLE, reason="Goes alone", transport__plan="rideshare_alone") is None


@pytest.mark.parametrize("said", ["in_mouth", UNKNOWN, DECLINED, NOT_APPLICABLE])
def test_gum_that_nobody_looked_for_counts_as_gum_in_the_mouth(said: Said) -> None:
    one = found("fasting.gum", said)
    assert one is not None
    assert one.level is Level.REVIEW
    assert found("fasting.gum", "none") is None


@pytest.mark.parametrize("said", [True, UNKNOWN, DECLINED, NOT_APPLICABLE])
def test_a_weight_that_was_only_stated_is_for_the_provider(said: Said) -> None:
    one = found("vitals.weight_stated", said, vitals__weight=Decimal(70))
    assert one is not None
    assert (one.level, one.title) == (Level.REVIEW, "Weight was stated, not measured")
    assert found("vitals.weight_stated", False, vitals__weight=Decimal(70)) is None


@pytest.mark.parametrize("item", ["screening.infection", "screening.cognition", "cond.bladder"])
def test_infection_memory_and_bladder_are_asked_at_each_visit(item: str) -> None:
    """One key says no to all of them and to any change; anything else asks each of them."""
    last = facts({item: "no" if item.startswith("cond.") else False}).record
    assert facts({"screening.change": False}, last=last).is_answered(item)
    for said in (True, UNKNOWN, DECLINED):
        assert not facts({"screening.change": said}, last=last).is_answered(item)
    assert PROTOCOL.item(item).needed_for is NeededFor.CLEARANCE
    label = PROTOCOL.item("screening.change").label
    assert all(word in label for word in ("fever", "memory", "bladder"))


def test_an_infection_of_last_time_is_for_the_provider_until_somebody_says_that_it_is_over() -> None:
    last = facts({"screening.infection": True}).record
    here = {one.key: one.level for one in findings(facts({"screening.change": False}, last=last))}
    assert here["screening.infection"] is Level.REVIEW


@pytest.mark.parametrize("said", [True, UNKNOWN, DECLINED, NOT_APPLICABLE])
@pytest.mark.parametrize("item", ["screening.infection", "screening.cognition"])
def test_an_infection_or_a_worse_memory_is_for_the_provider(item: str, said: Said) -> None:
    one = found(item, said, reason="Was not asked")
    assert one is not None
    assert one.level is Level.REVIEW


@pytest.mark.parametrize("said", [False, UNKNOWN, DECLINED])
def test_an_escort_whose_identity_nobody_saw_is_for_the_provider(said: Said) -> None:
    one = found("handover.id_seen", said)
    assert one is not None
    assert (one.level, one.step) == (Level.REVIEW, "discharge")


def test_the_family_as_interpreter_is_for_the_provider() -> None:
    with_help: dict[str, Said] = {"identity.help": "interpreter", "identity.interpreter": "family"}
    (one,) = (each for each in findings(facts(with_help)) if each.key == "identity.interpreter")
    assert (one.level, one.title) == (Level.REVIEW, "Family or a friend interprets")
    other = facts({**with_help, "identity.interpreter": "professional"})
    assert not [each for each in findings(other) if each.key == "identity.interpreter"]


@pytest.mark.parametrize("item", ["guardian.authority", "guardian.signed"])
@pytest.mark.parametrize("said", [False, UNKNOWN, DECLINED, NOT_APPLICABLE])
@pytest.mark.parametrize("who", ["guardian", "both"])
def test_a_guardian_without_document_or_signature_holds_and_nobody_passes_it(item: str, said: Said, who: str) -> None:
    (one,) = (each for each in findings(facts({"identity.help": who, item: said})) if each.key == item)
    assert (one.level, one.nobody_overrides) == (Level.HOLD, True)


def test_language_and_way_are_asked_for_an_interpreter_and_the_document_for_a_guardian() -> None:
    asked = ("identity.language", "identity.interpreter", "identity.interpreter_mode", "guardian.authority")
    visible = {
        who: [item for item in asked if facts({"identity.help": who}).is_visible(PROTOCOL.item(item))]
        for who in ("none", "interpreter", "guardian", "both")
    }
    assert visible == {
        "none": [],
        "interpreter": list(asked[:3]),
        "guardian": list(asked[3:]),
        "both": list(asked),
    }


def test_a_question_that_can_stop_is_not_passed_by_not_applicable_with_any_reason() -> None:
    told = found("cond.kidney", NOT_APPLICABLE, reason="x")
    assert told is not None
    assert (told.level, told.title) == (Level.REVIEW, "Kidney disease or dialysis: not applicable")
    assert (told.detail, told.action) == ("x.", "The provider decides.")
    one = found("cond.kidney", NOT_APPLICABLE)
    assert one is not None
    assert (one.level, one.action) == (Level.HOLD, "Write why it does not apply.")


def test_optional_items_and_items_judged_elsewhere_are_left_alone() -> None:
    assert found("vitals.height", UNKNOWN) is None
    assert found("discharge.oriented", UNKNOWN) is None
    assert found("asq.1", DECLINED) is None
    assert found("fasting.solids", UNKNOWN) is None
    assert found("consent.date", UNKNOWN, consent__on_file=True) is None


def test_what_the_follow_up_says_is_told_and_belongs_to_the_decision() -> None:
    beer = found("substances.last24", True, substances__what="Two beers at 22:00")
    wine = found("substances.last24", True, substances__what="A bottle of wine!")
    assert beer is not None
    assert wine is not None
    assert (beer.detail, wine.detail) == ("Two beers at 22:00.", "A bottle of wine!")
    assert beer.fingerprint != wine.fingerprint


def test_a_follow_up_that_is_no_longer_asked_is_not_told() -> None:
    here: dict[str, Said] = {"screening.after_last": True, "screening.after_last_what": "Fell"}
    said: dict[str, Said] = {**here, "substances.last24": UNKNOWN, "substances.what": "Two beers"}
    told = {one.key: one for one in findings(facts(said, last=facts().record))}
    assert told["screening.after_last"].detail == "Fell."
    assert told["substances.last24"].detail == ""
    assert "Two beers" not in str(told["substances.last24"].inputs)


def test_a_follow_up_by_key_belongs_to_the_decision_too() -> None:
    mild, sore = (found("cond.bladder", "symptoms", cond__bladder_pain=pain) for pain in (False, True))
    assert mild is not None
    assert sore is not None
    assert ("cond.bladder_pain", "no") in mild.inputs
    assert mild.fingerprint != sore.fingerprint


def test_glp1_questions_are_judged_when_the_medicine_is_listed() -> None:
    given = {"glp1.symptoms": answer("glp1.symptoms", "severe")}
    assert not [one for one in findings(facts(given)) if one.key == "glp1.symptoms"]
    listed = [one for one in findings(facts(given, medicines=(medicine("Ozempic"),))) if one.key == "glp1.symptoms"]
    assert [one.level for one in listed] == [Level.HOLD]


def test_placeholders_are_filled_from_the_clinics_numbers() -> None:
    here = facts({"transport.name": "Chidi Okafor"}, last=facts(visit=session("2026-10-28 11:00")).record)
    text = "{planned} {light} {fatty} {clear} {last_visit} {escort} {recovery_every} {observe}"
    assert fill(text, here) == "11:00 6 8 2 28-Oct-2026 Chidi Okafor 15 30"
    assert fill(text, facts()) == "11:00 6 8 2 the last visit The escort 15 30"
    assert fill("{light}", facts(protocol=with_setting("fasting_profile", "CLINIC_4_6"))) == "6"


def test_a_slip_in_a_clinics_text_stops_nothing() -> None:
    assert fill("Start {plannd} {", facts()) == "Start {plannd} {"


def test_a_name_with_braces_is_not_read_as_a_placeholder() -> None:
    assert fill("{escort} comes", facts({"transport.name": "{planned}"})) == "{planned} comes"


def test_titles_of_gates_are_filled() -> None:
    step = PROTOCOL.steps[2]
    plan = PROTOCOL.item("transport.plan")
    gate = replace(plan.gates[0], title="{escort} is not coming")
    item = replace(plan, gates=(gate,))
    changed = replace(PROTOCOL, steps=(replace(step, items=(item,)),))
    one = next(findings(facts({"transport.plan": "rideshare_alone"}, protocol=changed)))
    assert one.title == "The escort is not coming"


def test_numbers_are_written_without_trailing_zeros() -> None:
    assert [number(Decimal(text)) for text in ("6", "38.0", "0.50", "1E+2", "100")] == ["6", "38", "0.5", "100", "100"]
