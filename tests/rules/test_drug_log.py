"""The log of the controlled substance over all visits (reference 5.5)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.model import Meaning, StaffId
from checklist.rules import drug_log
from checklist.snapshot import DrugLine
from tests.rules.build import Said, facts, moment, signature
from tests.rules.visit import recovery

BLANK = DrugLine(
    at=moment("11:00"),
    record_id="S-2026-0001",
    patient="OKAFOR, Amara",
    strength=Decimal(50),
    ndc="",
    lot="KT-1",
    vial="V7",
    expiry="",
    drawn=None,
    given=None,
    wasted=None,
    gap=None,
    before=None,
    after=None,
    by="",
    witness="",
    note="",
)


def drawn(record: str, at: str, mg: str, before: str = "", vial: str = "V7") -> DrugLine:
    typed = Decimal(before) if before else None
    return replace(BLANK, record_id=record, at=moment(at), drawn=Decimal(mg), before=typed, vial=vial)


def name(staff: StaffId) -> str:
    return {"ortiz": "R. Ortiz, RN"}.get(staff, staff)


def test_a_visit_stands_with_what_was_drawn_given_and_wasted() -> None:
    said: dict[str, Said] = {
        "waste.drawn_mg": Decimal(40),
        "waste.wasted_mg": Decimal(5),
        "dose.lot": "KT-2207",
        "dose.vial": "V7",
        "dose.ndc": "42023-113-10",
        "dose.vial_mg": Decimal(500),
    }
    one = drug_log.line(recovery(said=said, signatures=(signature(Meaning.WITNESSED_WASTE),)), name)
    assert (one.drawn, one.given, one.wasted, one.gap) == (Decimal(40), Decimal(35), Decimal(5), Decimal("0.0"))
    assert (one.ndc, one.lot, one.vial, one.strength) == ("42023-113-10", "KT-2207", "V7", Decimal(50))
    assert one.ml(one.drawn) == Decimal("0.8")
    assert (one.by, one.witness) == ("R. Ortiz, RN", "R. Ortiz, RN")
    assert (one.patient, one.born) == ("OKAFOR, Amara", "14-Mar-1986")


def test_a_visit_that_drew_nothing_is_not_in_the_log() -> None:
    assert not drug_log.is_of_the_log(facts())
    assert drug_log.is_of_the_log(recovery())


def test_what_is_left_in_the_vial_goes_on_to_the_next_visit() -> None:
    first, second = drug_log.running([drawn("B", "12:00", "40"), drawn("A", "10:00", "35", before="500")])
    assert (first.record_id, first.before, first.after) == ("A", Decimal(500), Decimal(465))
    assert (second.before, second.after, second.warnings) == (Decimal(465), Decimal(425), ())


def test_a_vial_that_holds_less_than_was_left_in_it_is_said() -> None:
    _, second = drug_log.running([drawn("A", "10:00", "35", before="500"), drawn("B", "12:00", "40", before="455")])
    assert second.warnings == ("vial held 455 mg, 465 mg expected",)


def test_more_cannot_be_drawn_than_the_vial_held() -> None:
    (one,) = drug_log.running([drawn("A", "10:00", "510", before="500")])
    assert one.warnings == ("10 mg more drawn than the vial held",)


def test_another_vial_and_a_vial_without_a_number_begin_anew() -> None:
    lines = [
        drawn("A", "10:00", "35", before="500"),
        drawn("B", "11:00", "40", vial="V8"),
        drawn("C", "12:00", "5", vial=""),
    ]
    assert [one.before for one in drug_log.running(lines)] == [Decimal(500), None, None]


def test_a_gap_and_waste_without_a_witness_are_said() -> None:
    one = replace(drawn("A", "10:00", "40"), given=Decimal(35), wasted=Decimal(4), gap=Decimal(1))
    assert drug_log.running([one])[0].warnings == ("DISCREPANCY 1 mg missing", "waste without a witness")
    assert drug_log.running([replace(one, gap=Decimal(-1))])[0].warnings[0] == "DISCREPANCY 1 mg too much"


def test_an_infusion_without_a_drawn_amount_is_said() -> None:
    assert drug_log.running([drug_log.line(recovery(), name)])[0].warnings == ("drawn up not recorded",)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_records_are_read_never_changes_the_balance(amounts: list[int], random: object) -> None:
    lines = [drawn(f"S{number}", f"1{number}:00", str(mg)) for number, mg in enumerate(amounts)]
    lines[0] = replace(lines[0], before=Decimal(500))
    mixed = list(lines)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    folded = drug_log.running(mixed)
    assert folded == drug_log.running(lines)
    assert folded[-1].after == Decimal(500 - sum(amounts))
