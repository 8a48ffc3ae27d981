"""A nurse at the desk, and a routine visit played through it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checklist.desk import Desk, FrontDoor
from checklist.model import Choice, Meaning, SessionId
from checklist.snapshot import Snapshot
from checklist.store.vault import Cost
from checklist.times import Clock, ManualClock, Moment

PASSWORD = "quiet harbor 7"
CHEAP = Cost(memory_kib=8192, time=1, lanes=1)  # an invented clinic has nothing to hide
ZONE = "America/New_York"
MORNING = Moment.stored("2026-11-18T10:42:00.000000-05:00[America/New_York]")
BASELINE = "128/80 72 98 14 36.6"
ORDER = {
    "dose.mg_per_kg": "0.5",
    "dose.weight_basis": "actual",
    "dose.concentration": "50",
    "dose.total_ml": "50",
    "dose.diluent": "saline",
    "dose.minutes": "40",
    "dose.ordered_by": "Dr. A. Menon",
    "dose.mg": "34.2",
    "ready.kit": "yes",
}
CHECK = {
    "patient": "yes",
    "drug": "ketamine",
    "weight": "68.4 kg",
    "mg": "34.2",
    "concentration": "50",
    "total_ml": "50",
    "rate": "75",
}
RECOVERED = {
    "aldrete.activity": "2",
    "aldrete.respiration": "2",
    "aldrete.consciousness": "2",
    "mpadss.ambulation": "2",
    "mpadss.nausea": "2",
    "mpadss.pain": "2",
    "mpadss.bleeding": "2",
    "discharge.oriented": "yes",
    "discharge.dissociation": "0",
    "discharge.mood": "yes",
    "discharge.iv_out": "yes",
    "discharge.no_reversal": "none",
    "waste.drawn_mg": "34.2",
    "waste.wasted_mg": "0",
    "discharge.written": "yes",
    "discharge.understood": "yes",
    "discharge.escort": "yes",
}


def local(text: str, zone: str = ZONE) -> Moment:
    """`2026-11-18 10:42` on the clinic's wall clock."""
    return Moment.of_local(datetime.fromisoformat(text), zone)


def front_door(folder: Path, clock: Clock) -> FrontDoor:
    return FrontDoor(folder, clock=clock, practice=False, workstation="front-desk", cost=CHEAP)


@dataclass(slots=True)
class Visit:
    """One patient's visit at an open desk. Every method is what a nurse would do, and returns what she would see."""

    desk: Desk
    clock: ManualClock
    session: SessionId

    @classmethod
    def begin(cls, desk: Desk, clock: ManualClock, name: str = "Okafor", **booked: str) -> "Visit":
        patient = desk.find_patients(name)[0].patient
        return cls(desk, clock, desk.new_session(patient.id, **booked).record.session.id)

    @property
    def now(self) -> Snapshot:
        return self.desk.open(self.session)

    def answer(self, **items: str) -> Snapshot:
        """`consent__on_file="yes"`; two underscores stand for the dot."""
        return self.answer_all({name.replace("__", "."): text for name, text in items.items()})

    def answer_all(self, items: dict[str, str]) -> Snapshot:
        shown = [self.desk.answer(self.session, item, text) for item, text in items.items()]
        return shown[-1] if shown else self.now

    def identify(self) -> Snapshot:
        return self.answer(identity__name="yes", identity__born="yes", consent__on_file="yes", consent__discussed="yes")

    def fast(self, solids: str = "yesterday 21:30", fluids: str = "06:30") -> Snapshot:
        self.answer(fasting__solids=solids, fasting__fatty="no")
        self.desk.answer(self.session, "fasting.fluids", fluids, confirmed=True)  # on a night visit it was yesterday
        return self.now

    def arrange_transport(self) -> Snapshot:
        self.desk.same_as_last(self.session, "transport")
        return self.answer(transport__where="on_site", transport__no_driving="yes")

    def review_medicines(self) -> Snapshot:
        snapshot = self.desk.same_as_last(self.session, "medicines")
        for row in snapshot.record.current_medicines:
            self.desk.medicine_taken(self.session, row.id, "yesterday 21:00")
        return self.answer(medicines__complete="yes", substances__last24="no")

    def screen(self) -> Snapshot:
        self.answer(screening__change="no", screening__new_psychosis="no", screening__after_last="no")
        self.answer(screening__pregnancy="negative")
        return self.answer_all({f"asq.{number}": "no" for number in (1, 2, 3, 4)})

    def measure(self, line: str = BASELINE) -> Snapshot:
        self.answer(vitals__weight="68.4", vitals__alert="yes")
        return self.read(line)

    def read(self, line: str) -> Snapshot:
        return self.desk.record_reading(self.session, line)

    def prepare(self, line: str = BASELINE) -> Snapshot:
        """Everything before the clearance, as for a returning patient with nothing new."""
        self.identify()
        self.fast()
        self.arrange_transport()
        self.review_medicines()
        self.screen()
        return self.measure(line)

    def decide_all(self, choice: Choice = Choice.PROCEED) -> Snapshot:
        for finding in self.now.clearance.open_findings:
            self.decide(finding.key, choice)
        return self.now

    def decide(self, key: str, choice: Choice = Choice.PROCEED, reason: str = "Known, usual dose") -> Snapshot:
        return self.desk.decide(self.session, key, choice, reason, user="menon", password=PASSWORD)

    def sign(self, meaning: Meaning = Meaning.CHECKED, user: str = "ortiz") -> Snapshot:
        return self.desk.sign(self.session, meaning, user=user, password=PASSWORD)

    def clear(self) -> Snapshot:
        self.prepare()
        self.decide_all()
        return self.sign()

    def order(self, **changes: str) -> Snapshot:
        return self.answer_all(ORDER | {name.replace("__", "."): text for name, text in changes.items()})

    def check_dose(self, user: str = "lee", **changes: str) -> Snapshot:
        return self.desk.verify_dose(self.session, CHECK | changes, user=user, password=PASSWORD)

    def infuse(self) -> Snapshot:
        """Cleared, ordered, checked and started."""
        self.clear()
        self.order()
        self.check_dose()
        return self.desk.start(self.session)

    def give(self) -> Snapshot:
        """The whole infusion with its four readings, stopped after 40 minutes."""
        self.infuse()
        return self.run()

    def run(self) -> Snapshot:
        """What follows the start of the pump until it is empty."""
        for line in ("134/84 78 98 14 s5", "142/88 84 97 14 s4", "148/90 86 97 15 s4", "144/88 84 97 14 s4"):
            self.read(line)
            self.clock.advance(minutes=10)
        return self.desk.stop(self.session, "50")

    def observe(self) -> None:
        """Three sets after the end, half an hour long."""
        self.read("140/86 82 97 14 s4")
        for line in ("136/84 78 98 14 s5", "130/82 74 98 14 s5"):
            self.clock.advance(minutes=15)
            self.read(line)

    def recover(self) -> Snapshot:
        """Observed, then the scores and the discharge criteria."""
        self.observe()
        return self.answer_all(RECOVERED)
