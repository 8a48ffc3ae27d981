"""What is asked of few: a course for pain, a departure that is written down to its end, NEWS2 without a MOAA/S."""

from dataclasses import replace

from checklist.model import AnswerState, Level
from checklist.rules import course as rules
from checklist.rules import departure, followup, news2
from tests.rules.build import PROTOCOL, Said, facts, reading, session
from tests.rules.test_course import at_visit, infusion
from tests.rules.test_departure import ABLE, wants
from tests.rules.test_followup import FINE, attempt, left


def test_a_course_for_pain_is_not_due_a_phq9() -> None:
    record = infusion("2026-11-14", 1)
    for indication, asked in (("mood", True), ("pain", False)):
        here = at_visit(record, visit=replace(session(number=2), indication=indication))
        assert ("PHQ-9" in {one.title for one in rules.course(here).due}) is asked


def test_a_departure_with_every_point_written_has_nothing_left_to_record() -> None:
    said: dict[str, Said] = {
        item.id: item.options[0].id if item.options else True if item.kind == "yes_no" else "as told"
        for item in PROTOCOL.items()
        if item.id.startswith("ama.")
    }
    assert "departure.record" in {one.key for one in departure.findings(wants(said=ABLE))}
    assert "departure.record" not in {one.key for one in departure.findings(wants(said=said))}


def test_who_was_said_to_be_alert_needs_no_moaas_for_news2() -> None:
    taken = reading("118/76 72 98 14 36.7")
    assert news2.of_reading(taken, PROTOCOL).total is None
    assert news2.of_reading(taken, PROTOCOL, said_alert=True).total == 0
    drowsy = replace(taken, moaas=3)
    assert news2.of_reading(drowsy, PROTOCOL, said_alert=True).total == 3


def test_what_a_call_only_records_is_not_told_at_the_next_visit() -> None:
    """A clinic may write a gate of the call down to "recorded"."""
    last = left("2026-11-18 12:40", attempt({**FINE, "call.drove": True})).record
    here = facts(visit=session("2026-11-25 11:00", number=2), last=last, now="2026-11-25 10:42")
    milder = tuple(
        replace(item, gates=tuple(replace(gate, level=Level.INFO) for gate in item.gates)) for item in PROTOCOL.followup
    )
    told = [
        {one.key for one in followup.findings(replace(here, protocol=replace(PROTOCOL, followup=items)))}
        for items in (PROTOCOL.followup, milder)
    ]
    assert ["followup.call.drove#1" in keys for keys in told] == [True, False]


def test_an_answer_never_given_is_not_a_no() -> None:
    where = left("2026-11-18 12:40", attempt({"call.reached": "patient", "call.er": AnswerState.UNANSWERED}))
    call = followup.call_facts(where, where.record.calls[0])
    assert call.word("call.er") == ""
