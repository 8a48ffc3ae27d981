"""The treatment course: read from the visits of a patient; its plan and the decision after the induction are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from checklist.course import CourseChoice, CourseDecision, CoursePlan
from checklist.desk.authority import MAY, Act
from checklist.desk.codec import Body, text_of
from checklist.desk.entry import FieldError
from checklist.desk.words import WordsDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import Draft, Entry, EntryKind, EventKind, PatientId, Role, SessionId, StaffId
from checklist.parse import parse_text
from checklist.rules import course as rules
from checklist.snapshot import Record, Snapshot

ICD10 = re.compile(r"[A-TV-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
LONGEST_INTERVAL = 366  # days
PLAN, DECISION = "plan", "decision"


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """The plan of a course as typed; an empty field says that it is not planned."""

    prescriber: str = ""
    every_days: str = ""
    icd10: str = ""


class CourseDesk(WordsDesk):
    """Use cases about the series of infusions as a whole."""

    def course(self, session_id: SessionId) -> Snapshot:
        """The session with its course in `Snapshot.course`: every infusion so far and what is due next."""
        snapshot = self.snapshot(session_id)
        missed = self._not_given(snapshot.patient.id)
        facts = self._facts_of(snapshot)
        first = rules.records_of(facts.record, facts.past)[0].session.id
        plan, decision = self._written(snapshot.patient.id, first)
        return replace(snapshot, course=rules.course(facts, missed=missed, plan=plan, decision=decision))

    def latest_session(self, patient_id: PatientId) -> SessionId | None:
        """The visit that a patient's course is read from: the last one that was begun, else the last one booked."""
        booked = self._file.index.sessions_of(patient_id)
        begun = [one for one in booked if self._record(one.id).event(EventKind.STARTED)]
        return (begun or booked)[-1].id if booked else None

    def last_time(self, snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
        """Label and words of the five lines about the last session; none at a first visit."""
        return rules.last_time(self._facts_of(snapshot))

    def plan_course(self, session_id: SessionId, draft: PlanDraft) -> Snapshot:
        """Keep prescriber, interval and, by a provider alone, the ICD-10 code. Raises FieldError, NotAllowed."""
        snapshot = self.course(session_id)
        self._allow(self.me, Act.RECORD)
        before = snapshot.course.plan if snapshot.course else CoursePlan()
        code = _icd10(draft.icd10)
        if code != before.icd10 and not self.me.roles & MAY[Act.CODE_COURSE]:
            raise FieldError("icd10", "A provider chooses the diagnosis code. Ask one to sign in and write it.")
        body: Body = {
            "prescriber": self._prescriber(draft.prescriber),
            "every_days": _days(draft.every_days),
            "icd10": code,
            "icd10_by": before.icd10_by if code == before.icd10 else self.me.signed_name,
        }
        self._write_course(snapshot, PLAN, body, self.me.id)
        return self.course(session_id)

    def decide_course(self, session_id: SessionId, choice: str, reason: str, *, user: str, password: str) -> Snapshot:
        """A provider's decision after the induction, signed. Raises NotUnderstood, SignInFailed, NotAllowed."""
        snapshot = self.course(session_id)
        words = parse_text(reason, 1000).strip()
        if choice not in [one.value for one in CourseChoice]:
            raise NotUnderstood("Choose how the course goes on. Nothing was saved yet.")
        if not words:
            raise NotUnderstood("A decision needs its reason in words. Nothing was saved yet.")
        person = self._signed_in(user, password)
        self._allow(person, Act.DECIDE_COURSE)
        body: Body = {
            "choice": choice,
            "reason": words,
            "name": person.signed_name,
            "role": Role.PROVIDER.value,
            "statement": self.protocol.texts["statement_course"],
        }
        self._write_course(snapshot, DECISION, body, person.id)
        return self.course(session_id)

    def _write_course(self, snapshot: Snapshot, item: str, body: Body, by: StaffId) -> None:
        if snapshot.course is None:
            raise NotAllowed("The course could not be read. Nothing was saved.")
        whole: Body = {"course": snapshot.course.first, **body}
        self._append(Draft(EntryKind.COURSE, by, whole, patient=snapshot.patient.id, item=item))

    def _not_given(self, patient_id: PatientId) -> tuple[Record, ...]:
        records = (self._record(one.id) for one in self._file.index.sessions_of(patient_id))
        return tuple(one for one in records if one.event(EventKind.STARTED) is None)

    def _written(self, patient_id: PatientId, first: SessionId) -> tuple[CoursePlan, CourseDecision | None]:
        entries = self._file.journal.entries(patient=patient_id, kinds=[EntryKind.COURSE])
        own = [one for one in entries if text_of(one.body, "course") == first]
        return _plan(_last(own, PLAN)), _decision(_last(own, DECISION))

    def _prescriber(self, typed: str) -> str:
        """The signed name of an active provider, or nothing."""
        wanted = " ".join(parse_text(typed, 200).split()).casefold()
        for one in self._active(Role.PROVIDER):
            if wanted in {name.casefold() for name in (one.name, one.user, one.signed_name)}:
                return one.signed_name
        if wanted:
            raise FieldError("prescriber", f"Write one of the clinic's providers: {self._named(Role.PROVIDER)}.")
        return ""


def _icd10(typed: str) -> str:
    code = "".join(typed.split()).upper()
    if code and not ICD10.fullmatch(code):
        raise FieldError("icd10", "This is no ICD-10 code. Write it as F33.2, or leave it empty.")
    return code


def _days(typed: str) -> str:
    """Days between infusions, a whole number in text; "" when none is planned."""
    text = typed.strip()
    whole = text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_INTERVAL if len(text) <= 3 else False
    if text and not whole:
        raise FieldError("every_days", f"Write the days between infusions as a whole number, 1 to {LONGEST_INTERVAL}.")
    return text


def _last(entries: Iterable[Entry], item: str) -> Entry | None:
    return next((one for one in reversed(list(entries)) if one.item == item), None)


def _plan(entry: Entry | None) -> CoursePlan:
    if entry is None:
        return CoursePlan()
    body = entry.body
    days = text_of(body, "every_days")
    return CoursePlan(
        text_of(body, "prescriber"), Decimal(days) if days else None, text_of(body, "icd10"), text_of(body, "icd10_by")
    )


def _decision(entry: Entry | None) -> CourseDecision | None:
    if entry is None:
        return None
    body = entry.body
    return CourseDecision(
        CourseChoice(text_of(body, "choice")),
        text_of(body, "reason"),
        text_of(body, "name"),
        Role(text_of(body, "role")),
        entry.entered,
        text_of(body, "statement"),
    )
