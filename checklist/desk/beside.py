"""Gaps in the running of the program and jumps of the PC's clock: noticed, asked about, drawn beside the record."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checklist.attached import Content
from checklist.beside import CLOCK_REASONS, ClockChange, ClockReason, Gap
from checklist.desk.codec import numbers_of, text_of
from checklist.desk.core import PROGRAM, DeskCore
from checklist.desk.seals import CLINICAL, closed_by
from checklist.errors import DataFileError, NotSaved, NotUnderstood
from checklist.model import Draft, Entry, EntryKind, SessionId
from checklist.parse import parse_text
from checklist.snapshot import Snapshot
from checklist.times import Moment

_NOTES = (EntryKind.SIGN_IN, EntryKind.CLOCK)
Notes = tuple[tuple[Gap, ...], tuple[ClockChange, ...]]


def gaps_of(opened: Iterable[Entry]) -> tuple[Gap, ...]:
    """The gap before each sign-in that opened the program; none within a minute, or where the clock was set back."""
    found = []
    for entry in opened:
        last = text_of(entry.body, "last_entry")
        begin = Moment.stored(last) if last else entry.entered
        if begin.to_minute() < entry.entered.to_minute():
            found.append(Gap(begin, entry.entered, entry.body.get("was_closed") is True))
    return tuple(found)


def clock_changes(notes: Sequence[Entry]) -> tuple[ClockChange, ...]:
    """Every jump with its reason. `notes` are entries about the clock, oldest first.

    A clock set back while the program runs is written twice, one after the other: by the journal and by the desk.
    """
    found: dict[int, ClockChange] = {}
    twice = {entry.seq - 1 for entry in notes if "jump_seconds" in entry.body}
    for entry in notes:
        body, jump, back = entry.body, entry.body.get("jump_seconds"), entry.body.get("seconds_back")
        if isinstance(jump, int):
            noticed = text_of(body, "noticed")
            at = Moment.stored(noticed) if noticed else entry.entered
            found[entry.seq] = ClockChange(entry.seq, at, jump)
        elif isinstance(back, int) and entry.seq not in twice:
            found[entry.seq] = ClockChange(entry.seq, entry.entered, -back)
        for seq in numbers_of(body, "of"):
            if seq in found:
                said = text_of(body, "why")
                found[seq] = replace(found[seq], reason=said, by=entry.by, answered=entry.entered)
    return tuple(found.values())


class BesideDesk(DeskCore):
    """What the desk itself has to tell, and who explains it."""

    _notes: dict[SessionId, Notes] | None = None  # kept until the desk writes another entry of these kinds

    def snapshot(self, session_id: SessionId) -> Snapshot:
        """One session as it stands now, with what happened to the program meanwhile."""
        snapshot = super().snapshot(session_id)  # refuses an id that is none before the journal is asked
        gaps, changes = self._beside(session_id)
        return replace(snapshot, gaps=gaps, clock_changes=changes)

    def _beside(self, session_id: SessionId) -> Notes:
        if self._notes is None:
            self._notes = {}
        if session_id not in self._notes:
            self._notes[session_id] = self._read_beside(session_id)
        return self._notes[session_id]

    def _read_beside(self, session_id: SessionId) -> Notes:
        """From the first clinical entry of the visit to what closed it; a reason may come later."""
        log, journal = self._log(session_id), self._file.journal
        closed = closed_by(log)
        first = next((one.seq for one in log if one.kind in CLINICAL and one.kind is not EntryKind.SESSION), None)
        if first is None:
            return (), ()
        meanwhile = journal.of_desk_between(_NOTES, first, closed)
        jumps = [one.seq for one in meanwhile if one.kind is EntryKind.CLOCK]
        later = journal.of_desk_between([EntryKind.CLOCK], jumps[0] - 1) if jumps else ()
        changes = [one for one in clock_changes(later) if closed is None or one.seq < closed]
        return gaps_of(one for one in meanwhile if one.body.get("opened") is True), tuple(changes)

    def _append(self, *drafts: Draft, content: Content | None = None) -> tuple[Entry, ...]:
        self.now()  # a jump that is noticed only here is written before the drafts
        if self._jumps or any(one.kind in (*_NOTES, EntryKind.SIGNATURE, EntryKind.EVENT) for one in drafts):
            self._notes = None
        return super()._append(*drafts, content=content)

    # the clock

    def clock_changes(self) -> tuple[ClockChange, ...]:
        """The jumps that nobody has explained yet, oldest first; also one that no entry tells of yet."""
        notes: list[Entry] = []
        for entry in self._file.journal.newest_first(EntryKind.CLOCK):
            if "of" in entry.body:
                break
            notes.insert(0, entry)
        least = self.protocol.limit("desk.clock_jump")
        written = (one for one in clock_changes(notes) if abs(one.seconds) > least)
        return (*written, *(ClockChange(0, at, jump) for jump, at in self._jumps))

    def explain_clock(self, reason: str, words: str = "") -> None:
        """Why the PC's clock was set, kept with who wrote it. Raises NotUnderstood, NotSaved."""
        said = parse_text(words, 1000).strip()
        if reason not in CLOCK_REASONS:
            raise NotUnderstood("Choose why the clock was set. Nothing was saved yet.")
        code = ClockReason(reason)
        if code is ClockReason.OTHER and not said:
            raise NotUnderstood("Write why the clock was set. Nothing was saved yet.")
        if self._jumps:
            self._append()
        label = "" if code is ClockReason.OTHER else CLOCK_REASONS[code]
        why = "; ".join(part for part in (label, said) if part)
        covered = [one.seq for one in self.clock_changes()]
        if covered:
            self._append(Draft(EntryKind.CLOCK, self.me.id, {"reason": code.value, "why": why, "of": [*covered]}))

    # the program

    def note_closed(self) -> None:
        """A person closes the program. Where that cannot be written it is still closed: the next start then says so."""
        try:
            self._append(Draft(EntryKind.LOCKED, self.me.id, {}, item=PROGRAM))
        except (NotSaved, DataFileError):
            return
