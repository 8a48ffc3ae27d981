"""What the desk refuses as typed, with a sentence and never a crash."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from checklist.desk import Desk, PatientDraft
from checklist.errors import KnownError, NotUnderstood
from checklist.model import Choice, RowId, SessionId
from tests.desk.visit import PASSWORD, Visit


@pytest.mark.parametrize("indication", ["Mood", " ", "depression"])
def test_a_session_is_for_mood_or_pain(desk: Desk, indication: str) -> None:
    patient = desk.find_patients("Lindqvist")[0].patient.id
    with pytest.raises(NotUnderstood, match="Choose mood or pain"):
        desk.new_session(patient, indication=indication)
    assert desk.sessions_of(patient) == ()


def test_a_reading_observed_tomorrow_is_refused(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="still to come"):
        visit.desk.record_reading(visit.session, "128/80 72 98 14", observed=visit.clock.now().plus(days=1))
    assert visit.now.record.readings == ()


@pytest.mark.parametrize("text", ["", "nobody", "\ud800", "'; DROP TABLE entries;--", "x" * 10_000])
def test_what_the_data_file_does_not_know_is_a_sentence(visit: Visit, text: str) -> None:
    desk, session = visit.desk, visit.session
    last = desk._file.journal.last_seq
    unknown: list[Callable[[], object]] = [
        lambda: desk.answer(session, text, "yes"),
        lambda: desk.answer(SessionId(text), "identity.name", "yes"),
        lambda: desk.same_as_last(session, text),
        lambda: desk.open(SessionId(text)),
        lambda: desk.history(visit.now, text),
        lambda: desk.new_session(visit.now.patient.id.__class__(text)),
        lambda: desk.strike_reading(session, RowId(text), "cuff"),
        lambda: desk.end_effect(session, RowId(text)),
        lambda: desk.remove_medicine(session, RowId(text)),
        lambda: desk.decide(session, text, Choice.PROCEED, "Fine", user="menon", password=PASSWORD),
    ]
    for ask in unknown:
        with pytest.raises(KnownError) as refused:
            ask()
        assert refused.value.sentence
    assert desk._file.journal.last_seq == last


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_a_character_is_a_sentence_and_never_a_crash(visit: Visit, text: str) -> None:
    desk, session = visit.desk, visit.session
    typed: list[Callable[[], object]] = [
        lambda: desk.answer(session, "transport.name", text),
        lambda: desk.answer(session, "identity.name", text),
        lambda: desk.record_reading(session, text),
        lambda: desk.record_effect(session, f"other {text} 1"),
        lambda: desk.add_medicine(session, text),
        lambda: desk.end(session, "cancelled", text),
        lambda: desk.plan_start(session, text),
        lambda: desk.find_patients(text),
        lambda: desk.printed(session, text),
        lambda: desk.unlock(text, text),
        lambda: desk.add_patient(PatientDraft(text, text, "01-Jan-1980", notes=text)),
    ]
    for write in typed:
        with suppress(KnownError):
            write()
    assert desk._file.verify().ok
