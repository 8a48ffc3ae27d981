"""The fold: a session's journal entries, in order, become its record. No entry is ever lost on the way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from checklist.acts import Amendment, AmendmentKind, Handover, Target, VerbalOrder
from checklist.attached import Attachment
from checklist.desk import acts_codec, attach_codec, call_codec, codec
from checklist.desk.ink_codec import read_ink
from checklist.desk.seals import (
    CLINICAL,
    SIGNS_VERSION,
    WHOLE_RECORD,
    clearance_seal,
    closes,
    seal,
    waste_seal,
)
from checklist.ink import Ink
from checklist.model import (
    Answer,
    AnswerState,
    CallAttempt,
    Decision,
    Effect,
    Entry,
    EntryKind,
    Event,
    ItemId,
    Meaning,
    MedicineRow,
    Patient,
    Reading,
    RowId,
    Signature,
    StaffId,
    Stamp,
    Verification,
)
from checklist.protocol import Protocol
from checklist.snapshot import Record, SessionInfo
from checklist.times import Moment

ORDER = "dose."
"""The items of the order. A second person's check does not outlive a later entry among them, even of the same number:
who enters it may be the one who checked."""


@dataclass(slots=True)
class _Growing:
    """The record while it is being folded. `altered` are numbers of entries that were changed in the file."""

    altered: Collection[int] = ()
    answers: dict[ItemId, list[Answer]] = field(default_factory=dict)
    readings: dict[RowId, Reading] = field(default_factory=dict)
    medicines: dict[RowId, MedicineRow] = field(default_factory=dict)
    effects: dict[RowId, Effect] = field(default_factory=dict)
    stamps: dict[RowId, Stamp] = field(default_factory=dict)
    scheduled: Moment | None = None
    events: list[Event] = field(default_factory=list)
    struck_events: list[Event] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    orders: list[VerbalOrder] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    inks: list[Ink] = field(default_factory=list)
    attachments: dict[RowId, Attachment] = field(default_factory=dict)
    prints: list[str] = field(default_factory=list)
    calls: dict[int, CallAttempt] = field(default_factory=dict)
    filed: list[int] = field(default_factory=list)
    version: int = 1
    signed_version: int = 0
    first_nurse: StaffId | None = None
    is_closed: bool = False
    is_changed: bool = False  # amended since the last signature
    _covered: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self._take(entry)
        self.is_closed = self.is_closed or closes(entry)
        if entry.kind in CLINICAL:
            self._covered.append(entry)
            if entry.kind is not EntryKind.SESSION and self.first_nurse is None:
                self.first_nurse = entry.by

    def _take(self, entry: Entry) -> None:
        match entry.kind:
            case EntryKind.ANSWER:
                self._add_answer(codec.read_answer(entry))
            case EntryKind.ROW:
                self._add_row(entry)
            case EntryKind.EVENT:
                self.events.append(codec.read_event(entry))
            case EntryKind.DECISION:
                self.decisions.append(codec.read_decision(entry))
            case EntryKind.VERIFICATION:
                self.verifications.append(codec.read_verification(entry))
            case EntryKind.AMENDMENT:
                self._amend(entry)
            case _:
                self._take_act(entry)

    def _take_act(self, entry: Entry) -> None:
        """What people do with the record, beside what stands in it."""
        match entry.kind:
            case EntryKind.SIGNATURE:
                self._add_signature(codec.read_signature(entry))
            case EntryKind.SESSION:
                self.scheduled = self.scheduled or Moment.stored(codec.text_of(entry.body, "planned"))
            case EntryKind.ORDER:
                self.orders.append(acts_codec.read_order(entry))
            case EntryKind.HANDOVER:
                self.handovers.append(acts_codec.read_handover(entry))
            case EntryKind.INK:
                self.inks.append(read_ink(entry))
            case EntryKind.ATTACHMENT:
                self._add_attachment(entry)
            case EntryKind.PRINTED:
                self.prints.append(codec.text_of(entry.body, "document"))
            case EntryKind.FOLLOW_UP:
                number = call_codec.attempt_of(entry)
                self.calls[number] = call_codec.read_call(entry, self.calls.get(number))
            case EntryKind.FILED:
                self.filed += codec.numbers_of(entry.body, "versions")
            case _:
                pass  # clinic, staff, patient, sign-ins and clock notes are not part of a session's record

    def _add_answer(self, answer: Answer) -> None:
        self.answers.setdefault(answer.item, []).append(answer)
        if answer.item.startswith(ORDER) and not self.is_closed:
            self._void_checks()

    def _void_checks(self) -> None:
        self.verifications = [replace(one, void=True) for one in self.verifications]

    def _add_row(self, entry: Entry) -> None:
        """The last entry of a row counts; the row keeps its first place."""
        match codec.text_of(entry.body, "table"):
            case "reading":
                reading = codec.read_reading(entry)
                seen = self.readings.get(reading.id, reading)
                self.readings[reading.id] = replace(reading, seq=seen.seq)
            case "medicine":
                medicine = codec.read_medicine(entry)
                self.medicines[medicine.id] = medicine
            case "effect":
                effect = codec.read_effect(entry)
                before = self.effects.get(effect.id)
                is_milder = before is not None and before.grade >= effect.grade
                self.effects[effect.id] = replace(effect, seq=before.seq) if before and is_milder else effect
            case "stamp":
                stamp = codec.read_stamp(entry)
                first = self.stamps.get(stamp.id, stamp)
                self.stamps[stamp.id] = replace(stamp, seq=first.seq)
            case other:
                raise ValueError(f"entry {entry.seq} belongs to an unknown table: {other!r}")

    def _add_attachment(self, entry: Entry) -> None:
        attachment = attach_codec.read_attachment(entry)
        self.attachments[attachment.row] = attachment

    def _add_signature(self, signature: Signature) -> None:
        """A seal over the whole record is computed again; an entry changed in the file breaks every later signature."""
        matches = signature.meaning not in WHOLE_RECORD or signature.seal == seal(self._covered)
        intact = matches and not any(seq <= signature.seq for seq in self.altered)
        self.signatures.append(replace(signature, intact=intact, version=self.version))
        if signature.meaning in SIGNS_VERSION:
            self.signed_version, self.is_changed = self.version, False

    # amendments

    def _amend(self, entry: Entry) -> None:
        """The new value is folded like any entry of its kind. A closed and signed record becomes the next version."""
        if self.is_closed and not self.is_changed:
            self.version, self.is_changed = self.version + 1, True
        made = acts_codec.read_amendment(entry, self.version)
        self.amendments.append(made)
        new = entry.body.get("new")
        match made.kind:
            case AmendmentKind.IN_ERROR:
                self._strike(made)
            case AmendmentKind.CORRECTION | AmendmentKind.LATE_ENTRY | AmendmentKind.RE_ENTERED:
                if isinstance(new, dict):
                    self._replace(made, replace(entry, body=new))
            case AmendmentKind.ADDENDUM:
                pass  # words beside the record
            case _:
                assert_never(made.kind)

    def _replace(self, made: Amendment, entry: Entry) -> None:
        match made.target:
            case Target.ANSWER:
                self._add_answer(codec.read_answer(replace(entry, item=made.ref)))
            case Target.READING | Target.MEDICINE | Target.EFFECT:
                self._add_row(entry)
            case Target.EVENT:
                self._replace_event(made, codec.read_event(entry))
            case Target.ATTACHMENT:
                self._add_attachment(entry)
            case _:
                raise ValueError(f"entry {entry.seq} gives a new value to a {made.target}")

    def _replace_event(self, made: Amendment, event: Event) -> None:
        """A corrected event keeps its place in the journal; one from another record comes last."""
        places = [place for place, one in enumerate(self.events) if str(one.seq) == made.ref]
        if places and made.kind is AmendmentKind.CORRECTION:
            self.events[places[0]] = replace(event, seq=self.events[places[0]].seq)
        else:
            self.events.append(event)

    def _strike(self, made: Amendment) -> None:
        """What does not belong here stays readable and is left out of everything that is judged."""
        why = f"entered in error: {made.reason}"
        match made.target:
            case Target.ANSWER:
                self._add_answer(_nothing(made, why))
            case Target.READING | Target.MEDICINE | Target.EFFECT | Target.ATTACHMENT:
                self._strike_row(made.target, RowId(made.ref), why)
            case Target.EVENT:
                self.struck_events += [one for one in self.events if str(one.seq) == made.ref]
                self.events = [one for one in self.events if str(one.seq) != made.ref]
            case Target.DECISION:
                self.decisions = [one for one in self.decisions if str(one.seq) != made.ref]
            case Target.ORDER:
                self.orders = [replace(one, error=why) if str(one.seq) == made.ref else one for one in self.orders]
            case Target.CHECK:
                self._void_checks()
            case Target.RECORD:
                pass  # the session as a whole: its parts have entries of their own
            case _:
                assert_never(made.target)

    def _strike_row(self, target: Target, row: RowId, why: str) -> None:
        match target:
            case Target.READING:
                self.readings[row] = replace(self.readings[row], artefact=why)
            case Target.MEDICINE:
                self.medicines[row] = replace(self.medicines[row], removed=True, error=why)
            case Target.EFFECT:
                self.effects[row] = replace(self.effects[row], removed=True, error=why)
            case _:
                self.attachments[row] = replace(self.attachments[row], error=why)


def _nothing(made: Amendment, why: str) -> Answer:
    """The place of an answer that was entered in error: not answered, with the reason."""
    return Answer(
        item=ItemId(made.ref),
        state=AnswerState.UNANSWERED,
        value=None,
        typed="",
        reason=why,
        by=made.by,
        observed=made.entered,
        entered=made.entered,
        seq=made.seq,
    )


def fold(
    session: SessionInfo,
    entries: Sequence[Entry],
    protocol: Protocol,
    patient: Patient,
    altered: Collection[int] = (),
) -> Record:
    """The record of one session. `entries` are all entries of the session, oldest first.

    A signature stands only for what it covered when it was given: a clearance for the patient and what stood before
    the infusion, a witness for the amounts. A later change there makes it void. A discharge or an end closes the
    record: what follows are amendments, each a new version, and a signature stays valid for the version it signed.
    """
    growing = _Growing(altered)
    for entry in entries:
        growing.add(entry)
    before = clearance_seal(entries, protocol, patient)
    seals = {Meaning.CHECKED: before, Meaning.PROVIDER_CLEARED: before, Meaning.WITNESSED_WASTE: waste_seal(entries)}
    return Record(
        session=session,
        answers={item: answers[-1] for item, answers in growing.answers.items()},
        history={item: tuple(answers) for item, answers in growing.answers.items()},
        readings=tuple(sorted(growing.readings.values(), key=lambda reading: reading.observed.utc)),
        medicines=tuple(growing.medicines.values()),
        effects=tuple(growing.effects.values()),
        stamps=tuple(growing.stamps.values()),
        scheduled=growing.scheduled,
        events=tuple(growing.events),
        decisions=tuple(growing.decisions),
        verifications=tuple(growing.verifications),
        signatures=tuple(replace(one, void=one.seal != seals.get(one.meaning, one.seal)) for one in growing.signatures),
        prints=tuple(growing.prints),
        calls=tuple(growing.calls.values()),
        last_seq=entries[-1].seq if entries else 0,
        seal=seal(entries),
        version=growing.version,
        amendments=tuple(growing.amendments),
        struck_events=tuple(growing.struck_events),
        orders=tuple(growing.orders),
        handovers=tuple(growing.handovers),
        inks=tuple(growing.inks),
        attachments=tuple(growing.attachments.values()),
        signed_version=growing.signed_version,
        filed=tuple(growing.filed),
        first_nurse=growing.first_nurse,
    )
