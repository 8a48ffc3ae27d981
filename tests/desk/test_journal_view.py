"""The journal for people: who did what and when, by person, patient, question and day."""

from pathlib import Path

import pytest

from checklist.desk import Desk, FieldError
from checklist.desk import journal_view as module
from checklist.desk.journal_view import JournalLine, JournalWish
from checklist.model import Draft, EntryKind, Json
from checklist.store import lookup
from checklist.times import ManualClock
from tests.desk.backed import back_up
from tests.desk.visit import PASSWORD, Visit


def lines(desk: Desk, **wish: object) -> tuple[JournalLine, ...]:
    return desk.journal_page(JournalWish(**wish)).lines  # type: ignore[arg-type]  # as a form hands them over


def test_an_answer_stands_with_person_patient_record_and_words(visit: Visit, desk: Desk) -> None:
    desk.answer(visit.session, "consent.on_file", "yes")
    newest = lines(desk)[0]
    assert (newest.who, newest.patient, newest.record) == ("R. Ortiz, RN", "OKAFOR, Amara (Ms)", "S-2026-0002")
    assert newest.when == "18-Nov-2026 10:42:00"
    assert newest.what == desk.protocol.item("consent.on_file").label
    assert newest.value == "yes"


@pytest.mark.parametrize(
    ("state", "words"),
    [("declined", "declined: does not want to"), ("unknown", "not known: does not want to")],
)
def test_no_answer_is_told_apart_from_an_answer(visit: Visit, desk: Desk, state: str, words: str) -> None:
    body: dict[str, Json] = {"state": state, "typed": "", "reason": "does not want to"}
    draft = Draft(EntryKind.ANSWER, desk.me.id, body, visit.now.patient.id, visit.session, "x.y")
    desk._append(draft)
    newest = lines(desk)[0]
    assert (newest.what, newest.value) == ("x.y", words)


def test_by_person(visit: Visit, desk: Desk) -> None:
    desk.unlock("lee", PASSWORD)
    desk.answer(visit.session, "consent.on_file", "yes")
    found = lines(desk, by=desk.me.id)
    assert [line.what for line in found][:2] == [desk.protocol.item("consent.on_file").label, "Signed in"]
    assert {line.who for line in found} == {"S. Lee, RN"}


def test_by_patient_and_by_question(visit: Visit, desk: Desk) -> None:
    patient = visit.now.patient.id
    desk.answer(visit.session, "identity.name", "yes")
    label = desk.protocol.item("identity.name").label
    assert {line.patient for line in lines(desk, patient=patient)} == {"OKAFOR, Amara (Ms)"}
    by_label = lines(desk, patient=patient, item=label.upper())
    assert len(by_label) == 2  # today and a week ago
    assert by_label == lines(desk, patient=patient, item="identity.name")
    assert len(lines(desk, item="identity.")) >= 4


def test_by_day(visit: Visit, desk: Desk) -> None:
    desk.answer(visit.session, "identity.name", "yes")
    today, before = lines(desk, day="today"), lines(desk, day="11-Nov-2026")
    assert {line.when[:11] for line in today} == {"18-Nov-2026"}
    assert {line.when[:11] for line in before} == {"11-Nov-2026"}
    assert lines(desk, day="12-Nov-2026") == ()
    assert len(today) + len(before) == desk._file.journal.last_seq


@pytest.mark.parametrize("day", ["31-Feb-2026", "soon", "3/4/1986x", "19-Nov-2026", "🦆", "x" * 10_000])
def test_a_day_that_is_none_is_refused_at_its_field(desk: Desk, day: str) -> None:
    with pytest.raises(FieldError) as refused:
        desk.journal_page(JournalWish(day=day))
    assert refused.value.field == "day"


def test_pages_follow_each_other_without_a_gap(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 7)
    seen: list[int] = []
    before: int | None = None
    while True:
        page = desk.journal_page(JournalWish(before=before))
        seen += [line.seq for line in page.lines]
        if page.older is None:
            break
        before = page.older
    assert seen == list(range(desk._file.journal.last_seq, 0, -1))


def test_far_back_without_a_day_it_says_how_far_it_looked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "FAR_BACK", 5)
    monkeypatch.setattr(module, "FAR_BACK", 5)
    page = desk.journal_page(JournalWish(item="identity.name"))
    assert page.lines == ()
    assert page.hint == "The newest 5 entries were looked through; choose a day or a patient for older ones."
    assert desk.journal_page(JournalWish(item="identity.name", day="11-Nov-2026")).hint == ""


def test_every_entry_of_a_whole_visit_has_words_and_no_ids(visit: Visit, desk: Desk) -> None:
    visit.infuse()
    ids = {*desk._staff, visit.session, visit.now.patient.id}
    for line in lines(desk):
        assert line.what
        assert not any(one in line.value for one in ids), line


def test_backups_are_in_it(with_drive: Desk, drive: Path) -> None:
    back_up(with_drive)
    newest = lines(with_drive)[0]
    assert newest.what == "Backup"
    assert newest.value == f"{with_drive._file.journal.last_seq - 1} entries, patients: 6, in {drive}"
    assert "last hash" not in newest.value


def test_long_and_strange_text_stays_one_line(visit: Visit, desk: Desk, clock: ManualClock) -> None:
    patient = visit.now.patient.id
    for text in ("a\nb\tc", "<b>&\"'", "Nguyễn محمد 王小明 🦆", "x" * 10_000):
        body: dict[str, Json] = {"state": "answered", "typed": text}
        desk._append(Draft(EntryKind.ANSWER, desk.me.id, body, patient, visit.session, "x.y"))
    values = [line.value for line in lines(desk, item="x.y")]
    assert values == ["x" * 299 + "…", "Nguyễn محمد 王小明 🦆", "<b>&\"'", "a b c"]
