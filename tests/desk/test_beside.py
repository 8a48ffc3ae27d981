"""The program was not running, the PC's clock was set: kept, asked about, drawn beside the record (cases 12.19, 29)."""

import pytest

from checklist.desk import Desk, FrontDoor
from checklist.desk.beside import clock_changes
from checklist.desk.journal_view import JournalWish
from checklist.errors import NotUnderstood
from checklist.model import Entry, EntryKind, Meaning, StaffId
from checklist.paper import Document, PaperSize, render
from checklist.snapshot import Snapshot
from checklist.times import written_time
from tests.desk.visit import PASSWORD, Visit, local
from tests.paper.pdf import flat


def reopened(visit: Visit, door: FrontDoor, minutes: float, *, closed: bool = False, user: str = "lee") -> Desk:
    """The program ends and is opened again so many minutes later; `closed` by a person, else as after a power cut."""
    if closed:
        visit.desk.note_closed()
    visit.desk.close()
    visit.clock.advance(minutes=minutes)
    visit.desk = door.sign_in(user, PASSWORD)
    return visit.desk


def told(snapshot: Snapshot) -> list[str]:
    return [one.words(written_time(one.begin), written_time(one.end)) for one in snapshot.gaps]


def printed(snapshot: Snapshot) -> str:
    return flat(render(Document.RECORD, snapshot, PaperSize.LETTER))


# ---- power cut, crash, close


def test_29_after_a_power_cut_the_gap_is_named_on_the_record_and_on_paper(visit: Visit, door: FrontDoor) -> None:
    visit.infuse()
    visit.clock.advance(minutes=5)
    visit.read("134/84 78 98 14 s5")
    desk = reopened(visit, door, 29)
    said = "No entries from 10:47 to 11:16: the program was not running (it had ended without being closed)"
    assert told(visit.now) == [said]
    assert f"10:47 {said}" in printed(visit.now)
    desk.close()


def test_29_a_normal_close_and_reopening_in_the_middle_of_an_infusion_is_a_gap_too(
    visit: Visit, door: FrontDoor
) -> None:
    visit.infuse()
    visit.clock.advance(minutes=5)
    desk = reopened(visit, door, 12, closed=True)
    assert told(visit.now) == ["No entries from 10:47 to 10:59: the program was not running"]
    desk.close()


def test_29_every_gap_of_the_visit_is_named(visit: Visit, door: FrontDoor) -> None:
    visit.infuse()
    reopened(visit, door, 3, closed=True)
    desk = reopened(visit, door, 4)
    assert [(one.begin.local.minute, one.end.local.minute, one.clean) for one in visit.now.gaps] == [
        (42, 45, True), (45, 49, False),
    ]  # fmt: skip
    desk.close()


def test_29_a_restart_within_the_minute_is_no_gap(visit: Visit, door: FrontDoor) -> None:
    visit.infuse()
    desk = reopened(visit, door, 0.5)
    assert visit.now.gaps == ()
    desk.close()


def test_29_a_visit_that_was_not_begun_has_no_gap(visit: Visit, door: FrontDoor) -> None:
    desk = reopened(visit, door, 29)
    assert visit.now.gaps == ()
    desk.close()


def test_29_what_was_closed_before_has_no_gap(visit: Visit, door: FrontDoor) -> None:
    visit.identify()
    visit.desk.end(visit.session, "postponed", "Patient wishes another day")
    desk = reopened(visit, door, 29)
    assert visit.now.gaps == ()
    desk.close()


def test_29_another_person_who_unlocks_or_takes_over_opens_no_program(visit: Visit) -> None:
    visit.identify()
    visit.clock.advance(minutes=20)
    visit.desk.unlock("lee", PASSWORD)
    assert visit.now.gaps == ()


def test_29_a_signed_record_keeps_its_seal_whatever_happened_to_the_program(visit: Visit, door: FrontDoor) -> None:
    visit.clear()
    seal = visit.now.record.seal
    desk = reopened(visit, door, 29)
    assert visit.now.record.seal == seal
    assert visit.now.record.signature(Meaning.CHECKED) is not None
    desk.close()


def test_29_the_journal_says_that_somebody_closed_the_program_and_when_it_was_opened(
    visit: Visit, door: FrontDoor
) -> None:
    visit.identify()
    desk = reopened(visit, door, 12, closed=True)
    opened, closed = desk.journal_page(JournalWish()).lines[:2]
    assert (closed.what, closed.who) == ("Program closed", "R. Ortiz, RN")
    assert opened.what == "Signed in"
    assert opened.value.startswith("last entry: 18-Nov-2026 10:42 · opened: yes")
    assert opened.value.endswith("was closed: yes")
    desk.close()


# ---- the PC's clock


def notices(desk: Desk) -> list[tuple[str, str]]:
    return [(one.title, one.place) for one in desk.board().notices]


def test_19_a_jump_of_the_clock_stays_on_the_board_until_somebody_writes_why(visit: Visit, door: FrontDoor) -> None:
    visit.identify()
    visit.clock.jump(hours=-1)
    title = "The PC's clock was set 1hr back, to 09:42"
    assert notices(visit.desk) == [(title, "clock")]
    visit.fast()
    assert notices(visit.desk) == [(title, "clock")]
    desk = reopened(visit, door, 5)
    assert notices(desk) == [(title, "clock")]
    desk.explain_clock("set_right", "It ran an hour ahead since the power cut")
    assert notices(desk) == []
    desk.close()


def test_19_the_reason_stands_in_the_journal_the_record_and_the_print_with_who_wrote_it(visit: Visit) -> None:
    visit.identify()
    visit.clock.jump(hours=4)
    visit.fast()
    assert "The PC's clock was set 4hr forward, to 14:42: reason not written yet" in printed(visit.now)
    visit.desk.unlock("lee", PASSWORD)
    visit.desk.explain_clock("mistake")
    (change,) = visit.now.clock_changes
    assert change.words("14:42") == "The PC's clock was set 4hr forward, to 14:42: Set by mistake"
    assert "to 14:42: Set by mistake S. Lee 14:42" in printed(visit.now)
    jump, entry = visit.desk._file.journal.entries(kinds=[EntryKind.CLOCK])
    assert (entry.body["reason"], entry.body["why"], entry.body["of"]) == ("mistake", "Set by mistake", [jump.seq])
    line = next(one for one in visit.desk.journal_page(JournalWish()).lines if one.seq == entry.seq)
    assert (line.who, line.what) == ("S. Lee, RN", "Clock")
    assert "why: Set by mistake" in line.value


def test_19_another_reason_needs_words_and_a_reason_needs_to_be_chosen(visit: Visit) -> None:
    visit.clock.jump(hours=4)
    with pytest.raises(NotUnderstood, match="Write why the clock was set"):
        visit.desk.explain_clock("other", " ")
    with pytest.raises(NotUnderstood, match="Choose why the clock was set"):
        visit.desk.explain_clock("", "It was wrong")
    visit.desk.explain_clock("other", "The cleaner pulled the plug")
    assert visit.desk.clock_changes() == ()


def test_19_a_jump_that_the_next_entry_notices_stands_in_the_record_at_once(visit: Visit) -> None:
    visit.identify()
    visit.clock.jump(hours=4)
    visit.desk.lock()
    assert [one.what for one in visit.now.clock_changes] == ["set 4hr forward"]


def test_19_a_jump_that_no_entry_tells_of_yet_is_written_with_its_reason(visit: Visit) -> None:
    visit.clock.jump(hours=-2)
    visit.desk.now()
    visit.desk.explain_clock("battery")
    bodies = [one.body for one in visit.desk._file.journal.entries(kinds=[EntryKind.CLOCK])]
    assert [body["jump_seconds"] for body in bodies if "jump_seconds" in body] == [-7200]
    assert len(bodies[-1]["of"]) == 1  # type: ignore[arg-type]


def test_19_one_reason_answers_every_jump_before_it_and_the_next_is_asked_again(visit: Visit) -> None:
    visit.clock.jump(hours=4)
    visit.identify()
    visit.clock.jump(hours=-4)
    visit.fast()
    assert [one.what for one in visit.desk.clock_changes()] == ["set 4hr forward", "set 4hr back"]
    assert "once more before that" in visit.desk.board().notices[0].detail
    visit.desk.explain_clock("mistake")
    assert visit.desk.clock_changes() == ()
    visit.clock.jump(minutes=10)
    visit.desk.now()
    assert [one.what for one in visit.desk.clock_changes()] == ["set 10min forward"]


def test_19_where_nothing_was_set_there_is_nothing_to_explain(visit: Visit) -> None:
    last = visit.desk._file.journal.last_seq
    visit.desk.explain_clock("mistake")
    assert visit.desk._file.journal.last_seq == last


def test_19_a_reason_that_comes_after_the_visit_still_stands_in_its_record(visit: Visit) -> None:
    visit.identify()
    visit.clock.jump(hours=4)
    visit.desk.end(visit.session, "postponed", "Patient wishes another day")
    visit.desk.explain_clock("service")
    assert [one.reason for one in visit.now.clock_changes] == ["Set by the time server"]


def test_19_a_clock_that_was_set_back_before_the_program_could_notice_counts_as_the_journal_wrote_it() -> None:
    now = local("2026-11-18 09:42")
    note = Entry(7, EntryKind.CLOCK, now, StaffId("ortiz"), None, None, "", {"seconds_back": 3600}, "")
    assert [(one.seq, one.seconds, one.at) for one in clock_changes([note])] == [(7, -3600, now)]


def test_29_a_program_that_cannot_write_any_more_still_closes(visit: Visit, door: FrontDoor) -> None:
    visit.infuse()
    journal = visit.desk._file.journal
    journal.read_only = "The data file is damaged."
    last = journal.last_seq
    visit.desk.note_closed()
    assert journal.last_seq == last
