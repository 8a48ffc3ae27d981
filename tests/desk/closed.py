"""A closed record at an open desk: Ms Okafor's third session, discharged and signed a week ago."""

from dataclasses import dataclass
from typing import Any

from checklist.acts import Amendment, Target
from checklist.desk import Desk
from checklist.model import EntryKind, EventKind, Meaning, SessionId, Signature
from checklist.snapshot import Record, Snapshot
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD

ME: dict[str, Any] = {"user": "ortiz", "password": PASSWORD}
SLIP = "Read from the wrong line"


@dataclass(slots=True)
class Closed:
    """What somebody does with a closed record, as R. Ortiz unless said otherwise."""

    desk: Desk
    clock: ManualClock
    session: SessionId

    @classmethod
    def third(cls, desk: Desk, clock: ManualClock) -> "Closed":
        patient = desk.find_patients("Okafor")[0].patient
        return cls(desk, clock, desk.sessions_of(patient.id)[0].id)

    @property
    def now(self) -> Snapshot:
        return self.desk.open(self.session)

    @property
    def record(self) -> Record:
        return self.now.record

    def amend(self, key: str, value: str = "", time: str = "", **more: Any) -> Snapshot:
        words = {"reason": SLIP, **ME, **more}
        return self.desk.amend(self.session, key, value=value, time=time, **words)

    def late(self, target: Target, text: str, time: str, **more: Any) -> Snapshot:
        words = {"reason": "Forgotten in the hurry", "recall": True, **ME, **more}
        return self.desk.add_late(self.session, target, text, time, **words)

    def event_key(self, kind: EventKind) -> str:
        event = self.record.event(kind)
        assert event is not None
        return f"event:{event.seq}"

    def kinds(self) -> list[EntryKind]:
        """The kinds of all entries of this session, in order."""
        return [entry.kind for entry in self.desk._log(self.session)]


def signed(record: Record, meaning: Meaning) -> list[Signature]:
    return [one for one in record.signatures if one.meaning is meaning]


def last(record: Record) -> Amendment:
    return record.amendments[-1]
