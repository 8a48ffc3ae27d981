"""The journal for people who ask who did what, and when: one line an entry, in words."""

from dataclasses import dataclass

from checklist.desk.codec import text_of
from checklist.desk.core import PROGRAM, DeskCore
from checklist.desk.entry import form_field
from checklist.model import AnswerState, Entry, EntryKind, PatientId, StaffId
from checklist.parse import parse_date
from checklist.store.lookup import FAR_BACK, Lookup
from checklist.times import Moment, written_date, written_time

PAGE = 200
KIND_WORDS = {
    EntryKind.CLINIC: "Clinic",
    EntryKind.STAFF: "Staff",
    EntryKind.SIGN_IN: "Signed in",
    EntryKind.SIGN_IN_REFUSED: "Sign-in refused",
    EntryKind.LOCKED: "Locked",
    EntryKind.PATIENT: "Patient",
    EntryKind.SESSION: "Visit",
    EntryKind.ANSWER: "Answer",
    EntryKind.ROW: "Row",
    EntryKind.EVENT: "Event",
    EntryKind.DECISION: "Decision",
    EntryKind.VERIFICATION: "Dose check",
    EntryKind.SIGNATURE: "Signature",
    EntryKind.PRINTED: "Printed",
    EntryKind.OPENED: "Record opened",
    EntryKind.CLOCK: "Clock",
    EntryKind.BACKUP: "Backup",
    EntryKind.BACKUP_FOLDERS: "Backup folders",
    EntryKind.RESTORED: "Backup brought back",
    EntryKind.FILE_PROBLEM: "Data file",
    EntryKind.KEYS: "Ways in",
    EntryKind.REFUSED: "Not allowed",
    EntryKind.AMENDMENT: "Amendment",
    EntryKind.ORDER: "Order by telephone",
    EntryKind.HANDOVER: "Handover",
    EntryKind.FILED: "Paper filed",
    EntryKind.INK: "Drawn signature",
    EntryKind.ATTACHMENT: "Paper attached",
    EntryKind.PHOTO: "Photograph",
    EntryKind.FOLLOW_UP: "Follow-up call",
    EntryKind.COURSE: "Course",
}
STATES = {
    AnswerState.DECLINED: "declined",
    AnswerState.UNKNOWN: "not known",
    AnswerState.NOT_APPLICABLE: "does not apply",
    AnswerState.UNANSWERED: "taken back",
}
UNSAID = frozenset(
    {"strokes", "id", "row", "last_hash", "fingerprint", "previous", "seal", "statement", "findings", "table", "by"}
)
LONGEST = 300
LATE_SECONDS = 300  # a reading entered within five minutes is not worth a second time


@dataclass(frozen=True, slots=True)
class JournalWish:
    """What is asked for; empty or None: not asked. `day` as typed."""

    by: StaffId | None = None
    patient: PatientId | None = None
    item: str = ""
    day: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry in words. `when` is the time it was written; `patient` and `record` are empty where it has none."""

    seq: int
    when: str
    who: str
    patient: str
    record: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """The newest lines first. `older`: leaf back with `before` set to this number; None: there are no more."""

    lines: tuple[JournalLine, ...]
    older: int | None
    hint: str


class JournalDesk(DeskCore):
    """Reading the journal, never writing it."""

    def journal_page(self, wish: JournalWish) -> JournalPage:
        """Raises FieldError for a day that is none, DataFileError."""
        today = self.now().local.date()
        day = form_field("day", lambda: parse_date(wish.day, today=today)) if wish.day.strip() else None
        lookup = Lookup(wish.by, wish.patient, self._item_id(wish.item.strip()), day, before=wish.before)
        found = self._file.find(lookup, PAGE + 1)
        shown = found[:PAGE]
        older = shown[-1].seq if len(found) > PAGE else None
        far = (
            ""
            if lookup.is_bounded or self._file.journal.last_seq <= FAR_BACK
            else (f"The newest {FAR_BACK:,} entries were looked through; choose a day or a patient for older ones.")
        )
        return JournalPage(tuple(self._line(entry) for entry in shown), older, far)

    def _item_id(self, text: str) -> str:
        """The id of the item whose label this is; other text is looked for in the ids as it stands."""
        wanted = text.casefold()
        return next((item.id for item in self.protocol.items() if item.label.casefold() == wanted), text)

    def _line(self, entry: Entry) -> JournalLine:
        return JournalLine(
            seq=entry.seq,
            when=self._time_of(entry.entered),
            who=self._who(entry),
            patient=self._patient_name(entry),
            record=self._record_name(entry),
            what=self._what(entry),
            value=_value(entry),
        )

    def _who(self, entry: Entry) -> str:
        by = self._staff.get(entry.by)
        return by.signed_name if by else "Not on the staff list" if entry.by else "Recovery sheet"

    def _time_of(self, moment: Moment) -> str:
        return f"{written_date(moment.local.date())} {written_time(moment)}:{moment.local:%S}"

    def _patient_name(self, entry: Entry) -> str:
        patient = self._file.index.patient(entry.patient) if entry.patient else None
        return patient.display_name if patient else ""

    def _record_name(self, entry: Entry) -> str:
        session = self._file.index.session(entry.session) if entry.session else None
        return session.record_id if session else ""

    def _what(self, entry: Entry) -> str:
        word = KIND_WORDS.get(entry.kind) or entry.kind.replace("_", " ").capitalize()
        if entry.kind is EntryKind.ANSWER:
            return next((item.label for item in self.protocol.items() if item.id == entry.item), entry.item)
        if entry.kind is EntryKind.LOCKED and entry.item == PROGRAM:
            return "Program closed"
        if entry.kind is EntryKind.ROW and entry.item:
            return entry.item.capitalize()
        return f"{word}: {entry.item.replace('_', ' ')}" if entry.item else word


def _value(entry: Entry) -> str:
    """The content in one line that fits a table."""
    line = in_words(entry)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def in_words(entry: Entry) -> str:
    """The content in one line: what was typed where something was typed, else each word with its value."""
    body = entry.body
    if entry.kind is EntryKind.BACKUP:
        return f"{body.get('entries')} entries, patients: {body.get('patients')}, in {body.get('folder')}"
    state = text_of(body, "state")
    if entry.kind is EntryKind.ANSWER and state != AnswerState.ANSWERED:
        word = next((words for known, words in STATES.items() if known == state), state)
        reason = text_of(body, "reason")
        return f"{word}: {reason}" if reason else word
    typed = text_of(body, "typed")
    understood = body.get("value")
    if typed and isinstance(understood, dict) and understood.get("kind") == "time":
        typed = f"{typed} = {_as_time(str(understood.get('is')))}"
    parts = [typed] if typed else [_pair(name, value) for name, value in body.items() if name not in UNSAID]
    return " · ".join(" ".join(part.split()) for part in (*parts, _observed(entry)) if part)


def _observed(entry: Entry) -> str:
    """When it was seen, where that was some minutes before it was entered; only answers and readings say so."""
    text = text_of(entry.body, "observed")
    if not text or entry.entered.since(Moment.stored(text)).total_seconds() < LATE_SECONDS:
        return ""
    return f"observed {_as_time(text)}"


def _pair(name: str, value: object) -> str:
    """`last taken: 2026-11-18 …`; what is empty is left out."""
    if value is None or value == "" or value == [] or value == {} or name == "observed":
        return ""
    if name == "removed" and value is False:
        return ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    elif isinstance(value, dict):
        value = ", ".join(f"{key} {one}" for key, one in value.items())
    elif isinstance(value, str) and value.endswith("]") and "T" in value:
        value = _as_time(value)
    return f"{name.replace('_', ' ')}: {value}"


def _as_time(text: str) -> str:
    try:
        moment = Moment.stored(text)
        return f"{written_date(moment.local.date())} {written_time(moment)}"
    except (ValueError, KeyError, OSError):
        return text
