"""The independent check of the dose by a second person (reference 5.4)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from checklist.desk import codec
from checklist.desk.authority import MAY, Act
from checklist.desk.fold import ORDER
from checklist.desk.signing import SigningDesk
from checklist.desk.similar import check_identifier
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import Answer, AnswerState, EntryKind, ItemId, SessionId, Staff
from checklist.parse import Bounds, format_decimal, parse_quantity
from checklist.rules import dose
from checklist.rules.facts import Facts
from checklist.snapshot import Snapshot

CHECKED_VALUES = {
    "weight": "kg",
    "mg": "mg",
    "concentration": "mg/mL",
    "total_ml": "mL",
    "rate": "mL/h",
}
CHECKED_NAMES = {
    "patient": "patient",
    "drug": "drug",
    "weight": "weight",
    "mg": "dose",
    "concentration": "vial strength",
    "total_ml": "volume of the bag",
    "rate": "pump rate",
}
DRUG = "ketamine"
"""What the infusions of this program are of. The S-form and every other vial is another drug."""
DRUGS = (DRUG, "esketamine", "other")
WEIGHT = ItemId("vitals.weight")


class DoseCheckDesk(SigningDesk):
    """One use case: somebody else reads patient, vial, scale, bag and pump anew."""

    def verify_dose(self, session_id: SessionId, values: Mapping[str, str], *, user: str, password: str) -> Snapshot:
        """A second person's independent check: everything read and entered anew, compared with the record.

        `values`: those of CHECKED_NAMES. `patient` is “yes” when wristband and screen agree, and the birth date or the
        MRN itself while somebody of a similar name comes today; `weight` has its unit.
        """
        self._refuse_closed(session_id)
        facts = self._facts(session_id)
        wanted = _wanted(facts)
        typed = {key: _number(key, values.get(key, "")) for key in CHECKED_VALUES}
        drug = values.get("drug", "")
        if drug not in DRUGS:
            raise NotUnderstood("Drug: choose what the vial says. Nothing was saved.")
        is_patient = self._same_patient(facts, values.get("patient", ""))
        person = self._signed_in(user, password)
        self._allow(person, Act.CHECK_DOSE)
        self._refuse_own_order(session_id, person)
        self._refuse_own_weight(session_id, person)
        agrees = {"patient": is_patient, "drug": drug == DRUG}
        agrees |= {key: value == wanted[key] for key, value in typed.items()}
        differing = [key for key in CHECKED_NAMES if not agrees[key]]
        read: dict[str, str] = {key: format_decimal(value) for key, value in typed.items()}
        body: codec.Body = {
            "values": {**read, "drug": drug, "patient": "agrees" if is_patient else "differs"},
            "agrees": not differing,
            "fingerprint": dose.check_fingerprint(facts),
            "differing": [*differing],
        }
        self._write_as(person, session_id, (EntryKind.VERIFICATION, "dose", body))
        if differing:
            raise NotAllowed(
                f"The check does not agree: {', '.join(CHECKED_NAMES[key] for key in differing)}. "
                "It is recorded as not agreeing. Compare patient, order, vial and pump together, then check again."
            )
        return self.snapshot(session_id)

    def asks_identifier(self, session_id: SessionId) -> bool:
        """True while somebody of a similar name comes today: then the second person types an identifier too."""
        return self._facts(session_id).similar_today

    def _same_patient(self, facts: Facts, said: str) -> bool:
        if facts.similar_today and said != "no":
            check_identifier(said, facts.patient, self.now())
            return True
        if said not in ("yes", "no"):
            raise NotUnderstood("Patient: compare the wristband with the screen. Nothing was saved.")
        return said == "yes"

    def _refuse_own_order(self, session_id: SessionId, person: Staff) -> None:
        """Who entered any part of the order, or brought it back from the last visit, is not its second person."""
        own = [one for one in self._order(session_id) if one.by == person.id]
        if own:
            named = ", ".join(self.protocol.item(one.item).label for one in own)
            why = (
                f"The person who entered the order cannot check it: {person.signed_name} entered {named}. "
                "A second person checks and signs. Nothing was saved."
            )
            self._refuse(person, Act.CHECK_DOSE, why, session_id)

    def _refuse_own_weight(self, session_id: SessionId, person: Staff) -> None:
        """The second person enters the weight without having seen the first entry: who typed that one has seen it.

        With nobody else on the staff list it is better checked by this person than by nobody: allowed, and a note.
        """
        weight = self._record(session_id).answers.get(WEIGHT)
        if weight is None or weight.by != person.id:
            return
        entered = {person.id, *(one.by for one in self._order(session_id))}
        others = {one.id: one for role in MAY[Act.CHECK_DOSE] for one in self._active(role) if one.id not in entered}
        if others:
            names = "; ".join(sorted(one.signed_name for one in others.values()))
            why = (
                f"The person who entered the weight cannot check it: {person.signed_name} did. Nothing was saved. "
                f"Ask {names}. Or the person who entered the order weighs the patient and enters the weight again."
            )
            self._refuse(person, Act.CHECK_DOSE, why, session_id)

    def _order(self, session_id: SessionId) -> Iterable[Answer]:
        answers = self._record(session_id).answers
        return [
            one for item, one in answers.items() if item.startswith(ORDER) and one.state is not AnswerState.UNANSWERED
        ]


def _wanted(facts: Facts) -> dict[str, Decimal]:
    """What the second person should find: the weight to 0.1 kg, the rate as the pump displays it (reference 5.2)."""
    order, weight = dose.order(facts), facts.number("vitals.weight")
    values = {
        "weight": dose.rounded(weight, 1) if weight is not None else None,
        "mg": order.ordered_mg if order else None,
        "concentration": order.concentration if order else None,
        "total_ml": order.total_ml if order else None,
        "rate": dose.rounded(order.rate_ml_h, 1) if order and order.rate_ml_h is not None else None,
    }
    known = {key: value for key, value in values.items() if value is not None}
    if missing := [CHECKED_NAMES[key] for key in values if key not in known]:
        raise NotAllowed(f"The order cannot be checked yet: {', '.join(missing)} not known. Nothing was saved.")
    return known


def _number(key: str, text: str) -> Decimal:
    """What was read, in the unit of the record. A weight without its unit is refused: 151 could be either."""
    plain = text.strip()
    if key == "weight" and plain[-1:].isdecimal():
        raise NotUnderstood("Weight: type the unit that the scale shows too, like 70 kg or 154 lb. Nothing was saved.")
    if key == "weight" and plain[-1:].casefold() == "k":
        plain += "g"
    try:
        value = parse_quantity(plain, _open_bounds(CHECKED_VALUES[key]), confirmed=True).value
    except NotUnderstood as mistake:
        raise NotUnderstood(f"{CHECKED_NAMES[key].capitalize()}: {mistake.sentence}") from None
    return dose.rounded(value, 1) if key == "weight" else value


def _open_bounds(unit: str) -> Bounds:
    """Any number of this unit: the check compares, it does not judge."""
    return Bounds(Decimal(0), Decimal(10000), None, None, unit=unit, decimals=3)
