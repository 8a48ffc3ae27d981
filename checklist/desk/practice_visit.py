"""One invented visit, entered through the desk as a nurse would have done it."""

from typing import TYPE_CHECKING

from checklist.desk.board import Desk
from checklist.model import Choice, ItemId, Meaning, PatientId, SessionId
from checklist.protocol import Item, ItemKind
from checklist.times import ManualClock, Moment

if TYPE_CHECKING:
    from checklist.desk.practice import Visitor

DURING = ("134/84 78 98 14 s5", "142/88 84 97 14 s4", "148/90 86 97 15 s4 d1", "144/88 84 97 14 s4")
CALL = {
    "call.reached": "patient",
    "call.born": "yes",
    "call.felt": "better",
    "call.slept": "yes",
    "call.drove": "no",
    **dict.fromkeys(("call.nausea", "call.headache", "call.dizzy", "call.dissociation", "call.urinary"), "no"),
    "call.iv": "fine",
    "call.er": "no",
    "call.concern": "no",
    "call.next": "yes",
    "call.told": "not_needed",
}
AFTER = ("136/84 78 98 14 s5 d0", "130/82 74 98 14 s5 d0")
PHQ9 = "221212110"
GAD7 = "1121011"
"""Answers of both questionnaires, 0-3 each: 12 and 7."""


class Visit:
    """A visit of the practice file. Its parts are played in order, with the clock between them."""

    def __init__(self, desk: Desk, clock: ManualClock, patient: PatientId, visitor: "Visitor", password: str) -> None:
        self._desk = desk
        self._clock = clock
        self._visitor = visitor
        self._password = password
        number = str(visitor.number or 1)
        self.session: SessionId = desk.new_session(patient, number=number, course_total="6").record.session.id

    def whole(self) -> None:
        """From the first question to the discharge: 95 minutes."""
        self.until_the_end()
        self._recover()
        self._desk.sign(self.session, Meaning.DISCHARGE, user="ortiz", password=self._password)
        self._clock.advance(minutes=15)

    def call_home(self) -> None:
        """The follow-up call on the morning after, with nothing new."""
        local = self._clock.now().plus(days=1).local.replace(hour=10, minute=0, second=0, microsecond=0, tzinfo=None)
        morning = Moment.of_local(local, self._clock.now().zone)
        self._clock.advance(seconds=morning.since(self._clock.now()).total_seconds())
        for item, text in CALL.items():
            self._desk.call_answer(self.session, item, text)
        self._desk.finish_call(self.session)

    def until_the_end(self) -> None:
        """Until the pump has stopped: 50 minutes."""
        self.cleared()
        self._clock.advance(minutes=10)
        self.start()
        self._clock.advance(minutes=10)
        for line in DURING[1:]:
            self.read(line)
            self._clock.advance(minutes=10)
        self._desk.stop(self.session, "50")
        self.read("140/86 82 97 14 s4 d1")
        self._desk.record_effect(self.session, "dizziness 1")

    def cleared(self) -> None:
        """All questions answered, vital signs taken, findings decided, the clearance signed."""
        special = self._special()
        for medicine in self._visitor.medicines:
            self._desk.add_medicine(self.session, medicine, last_taken="yesterday 21:00")
        for step in ("identity", "fasting", "transport", "medicines", "screening", "vitals"):
            self._answer_step(step, special)
        self.read("128/80 72 98 14 36.6")
        for finding in self._desk.open(self.session).clearance.open_findings:
            self._desk.decide(
                self.session, finding.key, Choice.PROCEED, "Known, usual dose", user="menon", password=self._password
            )
        self._desk.sign(self.session, Meaning.CHECKED, user="ortiz", password=self._password)

    def start(self) -> None:
        """The order entered, checked by a second person, the pump started, the first reading taken."""
        mg = self._visitor.mg
        order = {
            "dose.mg_per_kg": "0.5",
            "dose.weight_basis": "actual",
            "dose.concentration": "50",
            "dose.total_ml": "50",
            "dose.diluent": "saline",
            "dose.minutes": "40",
            "dose.ordered_by": "Dr. A. Menon",
            "dose.mg": mg,
            "ready.kit": "yes",
        }
        for item, text in order.items():
            self._desk.answer(self.session, item, text)
        namesake = self._desk.asks_identifier(self.session)
        check = {
            "patient": self._visitor.draft.born if namesake else "yes",
            "drug": "ketamine",
            "weight": f"{self._visitor.weight} kg",
            "mg": mg,
            "concentration": "50",
            "total_ml": "50",
            "rate": "75",
        }
        self._desk.verify_dose(self.session, check, user="lee", password=self._password)
        self._desk.start(self.session)
        self.read(DURING[0])

    def read(self, line: str) -> None:
        self._desk.record_reading(self.session, line)

    def _recover(self) -> None:
        for line in AFTER:
            self._clock.advance(minutes=15)
            self.read(line)
        special = {"discharge.dissociation": "0", "waste.drawn_mg": self._visitor.mg, "waste.wasted_mg": "0"}
        for step in ("observation", "discharge"):
            self._answer_step(step, special)

    def _special(self) -> dict[str, str]:
        name, relationship, phone = self._visitor.escort
        return {
            "consent.date": "12-Oct-2026",
            "identity.help": "none",
            "fasting.solids": "-12h",
            "fasting.fatty": "no",
            "fasting.fluids": "-3h",
            "transport.plan": "named_adult",
            "transport.name": name,
            "transport.relationship": relationship,
            "transport.phone": phone,
            "transport.where": "on_site",
            "substances.last24": "no",
            "screening.pregnancy": "negative",
            "vitals.weight": self._visitor.weight,
            "vitals.height": self._visitor.height,
            **(_filled_in() if self._visitor.number else {}),
        }

    def _answer_step(self, step_id: str, special: dict[str, str]) -> None:
        """Answer the visible items of a step one after the other; each answer may open further ones."""
        done: set[ItemId] = set()
        snapshot = self._desk.open(self.session)
        while True:
            views = snapshot.step(step_id).items
            item = next((view.item for view in views if view.item.id not in done), None)
            if item is None:
                return
            done.add(item.id)
            text = special.get(item.id) or _usual(item)
            if text:
                snapshot = self._desk.answer(self.session, item.id, text)


def _filled_in() -> dict[str, str]:
    """Both questionnaires of an earlier visit, so that the next one has something to compare with."""
    scored = {f"phq9.{place}": score for place, score in enumerate(PHQ9, 1)}
    return scored | {f"gad7.{place}": score for place, score in enumerate(GAD7, 1)}


def _usual(item: Item) -> str:
    """The answer that opens no finding; "" where there is nothing to say."""
    if item.kind not in (ItemKind.YES_NO, ItemKind.CHOICE) or item.needed_for == "nothing":
        return ""
    alarming = {word for gate in item.gates for word in gate.when}
    if item.kind is ItemKind.YES_NO:
        wants_no = "yes" in alarming or item.id.startswith("asq.")
        return "no" if wants_no else "yes"
    return next((option.id for option in item.options if option.id not in alarming), "")
