"""What the drug log and a dose that ran into the tissue say, word for word: see tests/approved.py."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import Answer, Choice, Decision, EventKind, Meaning, StaffId
from checklist.rules import dose_warnings, drug_log
from checklist.rules.dose import check_fingerprint, infused_segments, unaccounted_mg
from checklist.rules.facts import Facts
from checklist.rules.texts import number
from checklist.snapshot import DrugLine, Record
from tests.approved import approved
from tests.rules.build import UNKNOWN, Said, answer, event, facts, moment, session, signature
from tests.rules.told import Said as Texts
from tests.rules.told import said_by, said_of
from tests.rules.visit import ORDER, STARTED, infusion, recovery

# ---- drug in the tissue

TISSUE: Mapping[str, Said] = {"iv.infiltrated": True, "iv.site": "the left forearm", "iv.lost_ml": Decimal("5.0")}
UNCERTAIN = {
    "nothing ran into the tissue": recovery(said={"iv.infiltrated": False}),
    "seen after the pump": recovery(said=TISSUE),
    "seen while the pump runs": infusion(said=TISSUE),
    "neither how much nor where": recovery(said={"iv.infiltrated": True, "iv.site": UNKNOWN, "iv.lost_ml": UNKNOWN}),
    "not known": recovery(said={"iv.infiltrated": UNKNOWN}),
}

# ---- the drug log

VIAL: Mapping[str, Said] = {
    "dose.ndc": "42023-113-10",
    "dose.lot": "KT-2207",
    "dose.vial": "V7",
    "dose.expiry": date(2027, 6, 30),
    "dose.vial_mg": Decimal(500),
}
AMOUNTS: Mapping[str, Said | Answer] = {
    "waste.drawn_mg": answer("waste.drawn_mg", Decimal(40), at="10:50"),
    "waste.wasted_mg": Decimal(5),
}
DRAWN = {"waste.drawn_mg": AMOUNTS["waste.drawn_mg"]}
ENDED = replace(event(EventKind.ENDED, "11:05"), detail={"kind": "cancelled"})
WITNESS = (signature(Meaning.WITNESSED_WASTE),)
WHOLE = recovery(said={**VIAL, **AMOUNTS}, signatures=WITNESS)


def decided(*decisions: tuple[str, str], of: Facts = WHOLE) -> Facts:
    made = [
        Decision(finding, "f", Choice.PROCEED, reason, StaffId("menon"), moment("12:00"))
        for finding, reason in decisions
    ]
    return replace(of, record=replace(of.record, decisions=tuple(made)))


WASTE, TISSUE_DECIDED = ("discharge.waste", "Dropped on the floor"), ("dose.uncertain", "Half of it worked")
LINES = {
    "everything written": WHOLE,
    "nothing written": recovery(said={"dose.concentration": UNKNOWN}),
    "nothing wasted": recovery(said={**VIAL, **AMOUNTS, "waste.drawn_mg": Decimal(35), "waste.wasted_mg": Decimal(0)}),
    "wasted without a witness": recovery(said=AMOUNTS),
    "a third of a mg missing": recovery(said={**AMOUNTS, "waste.wasted_mg": Decimal("4.67")}, signatures=WITNESS),
    "a third of a mg too much": recovery(said={**AMOUNTS, "waste.wasted_mg": Decimal("5.33")}, signatures=WITNESS),
    "lot and vial not known": recovery(said={**VIAL, **AMOUNTS, "dose.lot": UNKNOWN, "dose.vial": UNKNOWN}),
    "drawn up, and the pump never started": infusion(said={**VIAL, **AMOUNTS}, events=()),
    "drawn up, and the pump still runs": infusion(said={**VIAL, **AMOUNTS}),
    "drawn up, and the visit ended before the pump ran": infusion(said={**VIAL, **AMOUNTS}, events=(ENDED,)),
    "all that was drawn up for such a visit wasted": infusion(
        said={**VIAL, **AMOUNTS, "waste.wasted_mg": Decimal(40)}, events=(ENDED,), signatures=WITNESS
    ),
    "waste not recorded": recovery(said=DRAWN),
    "waste not recorded, the pump still runs": infusion(said=DRAWN),
    "waste not recorded, the visit ended before the pump ran": infusion(said=DRAWN, events=(ENDED,)),
    "waste not recorded, all of it given": recovery(said={"waste.drawn_mg": Decimal(35)}),
    "some of it ran into the tissue": recovery(said={**AMOUNTS, **TISSUE}, signatures=WITNESS),
    "a provider let the amounts pass": decided(WASTE),
    "a provider decided twice": decided(WASTE, TISSUE_DECIDED),
    "a provider decided on something else": decided(("dose.amount", "Usual dose")),
    "decided, and some ran into the tissue": decided(
        TISSUE_DECIDED, of=recovery(said={**AMOUNTS, **TISSUE}, signatures=WITNESS)
    ),
}


def name(staff: StaffId) -> str:
    return {"ortiz": "R. Ortiz, RN"}[staff]


def logged(here: Facts) -> str:
    return _log([drug_log.line(here, name)])


def _log(lines: list[DrugLine]) -> str:
    return "\n".join(map(_line, drug_log.running(lines)))


def _line(one: DrugLine) -> str:
    vial = f"{_mg(one.strength)}/mL, NDC {one.ndc or '-'}, lot {one.lot or '-'}, vial {one.vial or '-'}"
    amounts = {
        "held": one.before,
        "drawn": one.drawn,
        "given": one.given,
        "wasted": one.wasted,
        "gap": one.gap,
        "left": one.after,
    }
    told = (
        f"{one.at.local:%d-%b %H:%M} {one.record_id} {one.patient}",
        f"{vial}, expires {one.expiry or '-'}",
        ", ".join(f"{what} {_mg(mg)}" for what, mg in amounts.items()),
        f"by {one.by or 'nobody'}, witness {one.witness or 'none'}",
        f"note: {one.note or 'none'}",
        *(f"! {words}" for words in one.warnings),
    )
    return "\n  ".join(told)


def _mg(value: Decimal | None) -> str:
    return "?" if value is None else f"{number(value)} mg"


# ---- one vial over several visits


def drawn(place: int, mg: str, *, held: str = "", vial: str = "V7", lot: str = "KT-2207") -> DrugLine:
    """The visit at this hour of the clock drew so many mg from a vial of which nothing else is known."""
    said: dict[str, Said] = {"dose.vial": vial or UNKNOWN, "dose.lot": lot, "waste.drawn_mg": Decimal(mg)}
    said |= {"dose.vial_mg": Decimal(held)} if held else {}
    here = facts({**ORDER, **said}, visit=session(number=place))
    return replace(drug_log.line(here, name), at=moment(f"{place:02d}:00"))


VIALS: Mapping[str, list[DrugLine]] = {
    "emptied": [drawn(9, "35", held="75"), drawn(10, "40")],
    "half a mg left": [drawn(9, "35", held="75.5"), drawn(10, "40")],
    "half a mg too much": [drawn(9, "35", held="74.5"), drawn(10, "40")],
    "no number on the vial": [drawn(9, "35", held="500", vial=""), drawn(10, "40", vial="")],
    "the same number in another lot": [drawn(9, "35", held="500"), drawn(10, "40", lot="KT-2301")],
    "written down in another order": [drawn(11, "5"), drawn(9, "35", held="500"), drawn(10, "40", held="460")],
}


def _said_of_vial(lines: list[DrugLine]) -> Callable[[], str]:
    return lambda: _log(lines)


SAID: dict[str, Texts] = {
    "uncertain": said_by(dose_warnings.findings, UNCERTAIN),
    "drug_log": said_of(logged, LINES),
    "vials": {case: _said_of_vial(lines) for case, lines in VIALS.items()},
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_said_of_the_drug_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])


# ---- the numbers behind it


CHECKED: tuple[tuple[Mapping[str, Said], str], ...] = (
    (ORDER, "7bb75ea802a23a2b"),
    ({"vitals.weight": Decimal(70), "dose.mg": Decimal(35)}, "cb756cb01bbd845a"),
    ({}, "4086043108490305"),
)


@pytest.mark.parametrize(("said", "fingerprint"), CHECKED)
def test_a_check_of_the_dose_still_counts_after_an_update_of_the_program(
    said: Mapping[str, Said], fingerprint: str
) -> None:
    """What the second person signed is kept as this hash: another recipe would void every check on record."""
    assert check_fingerprint(facts(said)) == fingerprint


def test_what_is_unaccounted_for_is_told_to_the_hundredth() -> None:
    assert unaccounted_mg(Decimal(33), Decimal(100) / 3, Decimal(0)) == Decimal("-0.33")


@pytest.mark.parametrize("events", [(), (STARTED,)])
def test_before_the_pump_stopped_it_is_not_known_what_it_gave(events: tuple[object, ...]) -> None:
    assert infused_segments(replace(Record(session()), events=events)) is None  # type: ignore[arg-type]
