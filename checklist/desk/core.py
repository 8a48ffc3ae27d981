"""What every use case stands on: append to the journal, fold, judge, hand out the snapshot."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, NoReturn

from checklist.attached import Content
from checklist.desk import codec
from checklist.desk.authority import MAY, Act, with_article
from checklist.desk.fold import fold
from checklist.desk.outline import KINDS as OUTLINED
from checklist.desk.outline import Outline, outline_of, outline_of_record
from checklist.desk.photos import Photos
from checklist.desk.seals import closed_by
from checklist.desk.similar import similar
from checklist.errors import DataFileError, NotAllowed, SignInFailed
from checklist.medicines import Match, MedicineTable, Suggester
from checklist.model import (
    Clinic,
    Draft,
    Entry,
    EntryKind,
    EventKind,
    Patient,
    PatientId,
    Role,
    SessionId,
    Staff,
    StaffId,
)
from checklist.protocol import Protocol
from checklist.rules.assemble import assemble
from checklist.rules.facts import Facts
from checklist.snapshot import Past, Record, SessionInfo, Snapshot
from checklist.store.codes import parse_code
from checklist.store.vault import Cost, DataKey, Vault
from checklist.times import Clock, Moment, ZoneClock

if TYPE_CHECKING:
    from checklist.store.datafile import DataFile


WRITTEN_BY_ANYBODY = frozenset({EntryKind.SESSION, EntryKind.OPENED, EntryKind.PRINTED, EntryKind.FILED})
"""Entries of a session that are no clinical act: booking and moving a visit, opening, printing, filing the paper."""


PROGRAM = "program"
"""The item of the entry that says the program was closed by a person."""


class DeskCore:
    """The open data file, the person at the desk, and the way from an entry to a snapshot."""

    def __init__(
        self,
        *,
        vault: Vault,
        key: DataKey,
        file: "DataFile",
        protocol: Protocol,
        medicines: MedicineTable,
        clock: Clock,
        user: str,
        practice: bool,
        cost: Cost,
    ) -> None:
        self._vault = vault
        self._key = key
        self._file = file
        self._photos = Photos(file)
        self.medicines = medicines
        self.practice = practice
        self._cost = cost
        self._clinic = self._read_clinic()
        self.protocol = protocol.chosen("fasting_profile", self._clinic.fasting_profile)
        self.clock = ZoneClock(clock, self._clinic.zone)
        self._suggester = Suggester(medicines)
        self._understood: dict[tuple[str, str], tuple[Match, ...]] = {}  # an entry is read once, not at each answer
        self._logs: dict[SessionId, tuple[Entry, ...]] = {}
        self._opened: set[tuple[StaffId, SessionId]] = set()
        self._altered: dict[SessionId, frozenset[int]] = {}
        self._folded: dict[SessionId, Record] = {}
        self._outlines: dict[SessionId, Outline] = {}
        self._infos: dict[SessionId, SessionInfo] = {}
        self._patients: dict[PatientId, Patient] = {}
        self._namesakes: dict[tuple[date, PatientId], bool] = {}
        self._booked: dict[PatientId, tuple[SessionInfo, ...]] = {}
        self._identities: dict[PatientId, tuple[tuple[int, Patient], ...]] = {}
        self._ahead = self._ahead_of_monotonic(self.clock.now())
        self._jumps: list[tuple[int, Moment]] = []
        self._is_opened = False  # this run has written its first sign-in
        self._staff: Mapping[StaffId, Staff] = {}
        self._read_staff()
        self.me = self._person(user)
        self._last_sign_in: Entry | None = None
        self._refused_before = 0

    # ---- the file

    def now(self) -> Moment:
        """The time of now. A clock that somebody set is noticed here, on the clock that only ever grows."""
        now = self.clock.now()
        ahead = self._ahead_of_monotonic(now)
        jump = round(ahead - self._ahead)
        if abs(jump) > self.protocol.limit("desk.clock_jump"):  # less is the PC correcting itself by its time server
            self._ahead = ahead
            self._jumps.append((jump, now))
        return now

    def _ahead_of_monotonic(self, now: Moment) -> float:
        return now.utc.timestamp() - self.clock.monotonic()

    def close(self) -> None:
        self._file.close()
        self._key.wipe()

    @property
    def data_folder(self) -> Path:
        """Where the data file and the log are."""
        return self._file.folder

    @property
    def clinic(self) -> Clinic:
        return self._clinic

    def _read_clinic(self) -> Clinic:
        clinic = self._file.index.clinic()
        if clinic is None:  # the first entry of every data file is the clinic
            raise DataFileError("This data file names no clinic. Nothing was changed. Restore it from a backup.")
        return clinic

    def note_sign_in(self, refused_before: int = 0, detail: codec.Body | None = None) -> None:
        """Write who signed in, with the wrong passwords that this person's name met since the last time.

        Also notices a PC clock that stands behind the newest entry: it was set back while the program was closed.
        """
        self._last_sign_in = self._file.journal.last_of(EntryKind.SIGN_IN, self.me.id)
        self._refused_before = refused_before
        if self._file.journal.read_only:
            return
        body: codec.Body = {"user": self.me.user, "refused_before": refused_before, **(detail or {})}
        self._append(Draft(EntryKind.SIGN_IN, self.me.id, {**body, **self._opening()}))

    def _opening(self) -> codec.Body:
        """Of the first sign-in of a run: where the run before it ended, and whether somebody closed it."""
        newest = None if self._is_opened else self._file.journal.newest
        self._is_opened = True
        if newest is None:
            return {}
        back = round(newest.entered.since(self.now()).total_seconds())
        if back > self.protocol.limit("desk.clock_jump"):
            self._jumps.append((-back, self.now()))
        closed = newest.kind is EntryKind.LOCKED and newest.item == PROGRAM
        return {"opened": True, "last_entry": newest.entered.store(), "was_closed": closed}

    def _append(self, *drafts: Draft, content: Content | None = None) -> tuple[Entry, ...]:
        """Durable before it returns; the cached logs of the sessions grow by the same entries.

        A jump of the PC's clock that was noticed since the last entry is written before them, once. `content`: the
        bytes that they name, kept with them or not at all.
        """
        self.now()
        jumps = [
            Draft(EntryKind.CLOCK, self.me.id, {"jump_seconds": jump, "noticed": at.store()})
            for jump, at in self._jumps
        ]
        write = partial(self._file.append_with, content) if content else self._file.journal.append
        entries = write(*jumps, *drafts)[len(jumps) :]
        self._jumps.clear()
        for entry in entries:
            if entry.session in self._logs:
                self._logs[entry.session] = (*self._logs[entry.session], entry)
            if entry.session:
                self._outlines.pop(entry.session, None)
            if entry.kind is EntryKind.SESSION and entry.session:
                self._infos.pop(entry.session, None)
                self._namesakes.clear()
                self._booked.clear()
            if entry.kind is EntryKind.PATIENT and entry.patient:
                self._forget(entry.patient)
            if entry.kind is EntryKind.PHOTO and entry.patient:
                self._photos.forget(entry.patient)
        return entries

    def _forget(self, patient_id: PatientId) -> None:
        """An edited patient is read anew, and so is every signature that stands for who the patient is."""
        self._patients.pop(patient_id, None)
        self._namesakes.clear()
        self._identities.pop(patient_id, None)
        self._folded = {key: one for key, one in self._folded.items() if one.session.patient != patient_id}

    def _log(self, session_id: SessionId) -> tuple[Entry, ...]:
        if session_id not in self._logs:
            self._logs[session_id], self._altered[session_id] = self._file.journal.of_session(session_id)
        return self._logs[session_id]

    # ---- people

    def _read_staff(self) -> None:
        self._staff = {person.id: person for person in self._file.index.staff()}

    def _person(self, user: str) -> Staff:
        wanted = user.strip().casefold()
        for person in self._staff.values():
            if person.user.casefold() == wanted and person.active:
                return person
        raise NotAllowed(f"“{user}” is not an active member of staff. Ask an administrator to add this person.")

    def _signed_in(self, user: str, password: str) -> Staff:
        """The person behind user and password. Raises SignInFailed."""
        try:
            self._vault.verify(user, parse_code(password) if user.startswith("#") else password, self.clock)
        except SignInFailed:
            self._note_refusal(user)
            raise
        if self._vault.must_change(user):
            self._note_refusal(user)
            raise NotAllowed(
                "This password was given by an administrator and signs nothing. Nothing was saved. "
                "Sign in with it once and choose one of your own."
            )
        person = self._person(user)
        return self.me if person.id == self.me.id else person  # the emergency account signs with a person's name

    def _note_refusal(self, user: str) -> None:
        """Only a known name is kept: a password typed into the wrong field must not land in the journal."""
        known = [person.user for person in self._staff.values() if person.user.casefold() == user.strip().casefold()]
        if known and not self._file.journal.read_only:
            self._append(Draft(EntryKind.SIGN_IN_REFUSED, self.me.id, {"user": known[0]}))

    def _allow(self, person: Staff, act: Act) -> None:
        """Raises NotAllowed when the table of authority does not give this act to the person; the try is kept."""
        if person.roles & MAY[act]:
            return
        roles = [role.value for role in Role if role in MAY[act]]
        self._refuse(
            person,
            act,
            f"{person.signed_name} has no {' or '.join(roles)} role and may not {act.value}. Nothing was saved. "
            f"Ask {' or '.join(with_article(role) for role in roles)}.",
        )

    def _refuse(self, person: Staff, act: Act, why: str, session_id: SessionId | None = None) -> NoReturn:
        """Keep that somebody tried what they may not do, then raise NotAllowed with the same sentence.

        It is an entry of the desk, not of the record: a try changes nothing that a signature covers.
        """
        record = self._info(session_id).record_id if session_id else ""
        body: codec.Body = {"act": act.name.lower(), "why": why, "record": record}
        self._append(Draft(EntryKind.REFUSED, person.id, body))
        raise NotAllowed(why)

    def _active(self, role: Role) -> tuple[Staff, ...]:
        """Who is there in this role; the emergency account only while somebody works with it."""
        people = (person for person in self._staff.values() if person.active and role in person.roles)
        return tuple(person for person in people if person.is_person or person.id == self.me.id)

    def _named(self, role: Role) -> str:
        """`Dr. A. Menon, MD; B. Holm, NP`"""
        return "; ".join(person.signed_name for person in self._active(role)) or f"no {role.value} is on the staff list"

    # ---- sessions

    def _info(self, session_id: SessionId) -> SessionInfo:
        known = session_id.isascii()  # ids are hexadecimal; what no id can be is not asked of the file
        info = self._infos.get(session_id) or (self._file.index.session(session_id) if known else None)
        if info is None:
            raise NotAllowed("This session is not in the data file. Nothing was changed. Go back to Today.")
        self._infos[session_id] = info
        return info

    def _patient(self, patient_id: PatientId) -> Patient:
        known = patient_id.isascii()
        patient = self._patients.get(patient_id) or (self._file.index.patient(patient_id) if known else None)
        if patient is None:
            raise NotAllowed("This patient is not in the data file. Nothing was changed. Search again.")
        self._patients[patient_id] = patient
        return patient

    def _record(self, session_id: SessionId) -> Record:
        """The fold of a session, kept until the session gets another entry."""
        info = self._info(session_id)  # refuses an id that is none before the journal is asked
        log, known = self._log(session_id), self._folded.get(session_id)
        if known is None or known.last_seq != (log[-1].seq if log else 0):
            known = fold(info, log, self.protocol, self._patient_of(session_id), self._altered[session_id])
            self._folded[session_id] = known
        return known

    def _patient_of(self, session_id: SessionId) -> Patient:
        """The patient as they are now; in a closed record as they were when it was closed."""
        patient_id, closed = self._info(session_id).patient, closed_by(self._log(session_id))
        if closed is None:
            return self._patient(patient_id)
        if patient_id not in self._identities:
            written = self._file.journal.entries(patient=patient_id, kinds=[EntryKind.PATIENT])
            self._identities[patient_id] = tuple((one.seq, codec.read_patient(one)) for one in written)
        return next(one for seq, one in reversed(self._identities[patient_id]) if seq < closed)

    def _is_open(self, session_id: SessionId) -> bool:
        """A session that is neither discharged nor ended."""
        return not self._record(session_id).is_closed

    def _outline(self, session_id: SessionId) -> Outline:
        """For lists of many visits; kept until the session gets another entry."""
        if session_id not in self._outlines:
            told = outline_of(self._file.journal.entries(session=session_id, kinds=OUTLINED))
            self._outlines[session_id] = told or outline_of_record(self._record(session_id))
        return self._outlines[session_id]

    def _past(self, session: SessionInfo) -> Past:
        """Earlier sessions of this patient: those with an infusion by their `previous` links, and all the others."""
        records: list[Record] = []
        previous = session.previous
        while previous is not None:
            record = self._record(previous)
            if not record.in_error:  # it was somebody else's
                records.append(record)
            previous = record.session.previous
        course = [record for record in records if record.session.phase == session.phase]
        known = {session.id, *(record.session.id for record in course)}
        others = [
            self._record(one.id)
            for one in self._visits(session.patient)
            if one.id not in known and one.created <= session.created
        ]
        return Past(
            last=records[0] if records else None,
            course_records=tuple(reversed(course)),
            other_records=tuple(others),
            earlier=tuple(reversed(records)),
        )

    def _visits(self, patient_id: PatientId) -> tuple[SessionInfo, ...]:
        """All visits of a patient, the oldest first. Kept until a session is written."""
        if patient_id not in self._booked:
            self._booked[patient_id] = self._file.index.sessions_of(patient_id)
        return self._booked[patient_id]

    def _facts(self, session_id: SessionId, past: Past | None = None) -> Facts:
        """`past`: given where nothing of earlier visits is asked, so that they need not be read."""
        record = self._record(session_id)
        return Facts(
            protocol=self.protocol,
            patient=self._patient_of(session_id),
            record=record,
            past=past or self._past(record.session),
            medicines=self.medicines,
            now=self.now(),
            understood=self._understood,
            similar_today=self._has_namesake(record),
        )

    def _has_namesake(self, record: Record) -> bool:
        """Before the start: whether somebody else of today is easily taken for this patient."""
        if record.event(EventKind.STARTED) is not None or record.is_closed:
            return False
        key = record.session.planned.local.date(), record.session.patient
        if key not in self._namesakes:  # kept until a session or a patient is written
            me, booked = self._patient(key[1]), {one.patient for one in self._file.index.sessions_on(key[0])}
            self._namesakes[key] = any(similar(me, self._patient(one), self.protocol) for one in booked)
        return self._namesakes[key]

    def snapshot(self, session_id: SessionId) -> Snapshot:
        """One session as it stands now."""
        photo = self._photos.of(self._info(session_id).patient)
        return assemble(self._facts(session_id), self.clinic, self._staff, practice=self.practice, photo=photo)

    def _write(self, session_id: SessionId, kind: EntryKind, item: str, body: codec.Body) -> Snapshot:
        """Append one entry of a session and return how the session stands after it."""
        self._write_as(self.me, session_id, (kind, item, body))
        return self.snapshot(session_id)

    def _write_as(
        self,
        person: Staff,
        session_id: SessionId,
        *lines: tuple[EntryKind, str, codec.Body],
        content: Content | None = None,
    ) -> None:
        """Append entries of a session. Clinical entries are a nurse's or a provider's; raises NotAllowed otherwise."""
        if any(kind not in WRITTEN_BY_ANYBODY for kind, _, _ in lines):
            self._allow(person, Act.RECORD)
        patient = self._info(session_id).patient
        drafts: Sequence[Draft] = [
            Draft(kind=kind, by=person.id, body=body, patient=patient, session=session_id, item=item)
            for kind, item, body in lines
        ]
        self._append(*drafts, content=content)


def new_id() -> str:
    """80 random bits: ids never repeat and are never given again."""
    return token_hex(10)
