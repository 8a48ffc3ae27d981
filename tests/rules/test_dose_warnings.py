"""What is unusual about an order, and what keeps the infusion from starting (reference 5.4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import EventKind, ItemId, Level, Meaning
from checklist.rules import dose, dose_warnings
from checklist.rules.evaluate import RULES, evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Record, Verdict, VerdictKind
from tests.rules import build
from tests.rules.build import (
    BASELINE,
    DECLINED,
    PROTOCOL,
    UNKNOWN,
    event,
    facts,
    moment,
    ready,
    signature,
    with_setting,
)
from tests.rules.visit import ORDER, STARTED, by_key, checked, fields, infusion, recovery, vectors

WEIGHT = ItemId("vitals.weight")
PASSES = Verdict(VerdictKind.CLEARED, "Ready to start", "Ready.")
LEVELS = {"CONFIRM": Level.NOTE, "REVIEW": Level.REVIEW, "DO_NOT_START": Level.STOP}


def found(said: dict[str, build.Said], **more: object) -> dict[str, Finding]:
    return by_key(dose_warnings.findings(facts({**ORDER, **said}, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("given", "expected"), vectors("dose_warning"))
def test_warning_vectors(given: str, expected: str) -> None:
    values = fields(given)
    level = dose_warnings.warning(
        Decimal(values["mg_per_kg"]),
        Decimal(values["dose_mg"]),
        Decimal(values["minutes"]),
        values["indication"],
        PROTOCOL,
    )
    assert level is LEVELS[expected]


class TestAmount:
    @pytest.mark.parametrize(
        ("mg_per_kg", "level"),
        [
            ("0.09", Level.NOTE),
            ("0.1", Level.CLEAR),
            ("0.75", Level.CLEAR),
            ("0.76", Level.NOTE),
            ("1", Level.NOTE),
            ("1.01", Level.REVIEW),
            ("2", Level.REVIEW),
            ("2.01", Level.STOP),
        ],
    )
    def test_steps_for_mood(self, mg_per_kg: str, level: Level) -> None:
        assert dose_warnings.warning(Decimal(mg_per_kg), Decimal(60), Decimal(40), "mood", PROTOCOL) is level

    def test_pain_has_no_review_step(self) -> None:
        assert dose_warnings.warning(Decimal("1.5"), Decimal(90), Decimal(60), "pain", PROTOCOL) is Level.NOTE

    @pytest.mark.parametrize(("mg", "level"), [("200", Level.CLEAR), ("200.1", Level.STOP)])
    def test_200_mg_is_the_most(self, mg: str, level: Level) -> None:
        assert dose_warnings.warning(Decimal("0.7"), Decimal(mg), Decimal(60), "pain", PROTOCOL) is level

    @pytest.mark.parametrize(("minutes", "level"), [("60", Level.STOP), ("61", Level.NOTE), (None, Level.STOP)])
    def test_a_long_infusion_may_be_larger(self, minutes: str | None, level: Level) -> None:
        length = Decimal(minutes) if minutes else None
        assert dose_warnings.warning(Decimal("2.5"), Decimal(210), length, "pain", PROTOCOL) is level

    @pytest.mark.parametrize(
        ("minutes", "level"), [("29", Level.REVIEW), ("30", Level.NOTE), ("39", Level.NOTE), ("40", Level.CLEAR)]
    )
    def test_short_infusions(self, minutes: str, level: Level) -> None:
        assert dose_warnings.warning(Decimal("0.5"), Decimal(35), Decimal(minutes), "mood", PROTOCOL) is level
        finding = found({"dose.minutes": Decimal(minutes)}).get("dose.minutes")
        assert (finding.level if finding else Level.CLEAR) is level

    def test_the_finding_names_dose_and_limit(self) -> None:
        finding = found({"dose.mg_per_kg": Decimal("1.1"), "dose.mg": Decimal(77)})["dose.amount"]
        assert finding.level is Level.REVIEW
        assert finding.title == "Dose 1.1 mg/kg, 77 mg"
        assert finding.detail == "A dose above this for mood is reviewed: 1 mg/kg."
        assert finding.source == "clinic policy"

    def test_a_confirmation_is_a_question(self) -> None:
        finding = found({"dose.mg_per_kg": Decimal("0.8"), "dose.mg": Decimal(56)})["dose.amount"]
        assert finding.level is Level.NOTE
        assert finding.action == "Is this as ordered? Read the order again."
        assert finding.source == "Andrade 2017, dosing"

    def test_the_arithmetic_is_judged_while_nothing_is_ordered(self) -> None:
        said: dict[str, build.Said] = {"dose.mg_per_kg": Decimal("2.5"), "dose.mg": build.UNANSWERED}
        assert found(said)["dose.amount"].title == "Dose 2.5 mg/kg, 175 mg"

    def test_no_weight_and_no_mg_is_not_judged_yet(self) -> None:
        said: dict[str, build.Said] = {"vitals.weight": DECLINED, "dose.mg": build.UNANSWERED}
        assert "dose.amount" not in found(said)

    def test_without_mg_per_kg_it_is_computed_from_todays_weight(self) -> None:
        said: dict[str, build.Said] = {"dose.mg_per_kg": UNKNOWN, "dose.mg": Decimal(150)}
        finding = found(said)["dose.amount"]
        assert (finding.level, finding.title) == (Level.STOP, "Dose 2.143 mg/kg, 150 mg")

    def test_without_mg_per_kg_and_weight_the_mg_alone_are_judged(self) -> None:
        said: dict[str, build.Said] = {"dose.mg_per_kg": UNKNOWN, "vitals.weight": DECLINED, "dose.mg": Decimal(201)}
        finding = found(said)["dose.amount"]
        assert (finding.level, finding.title) == (Level.STOP, "Dose 201 mg")

    def test_a_usual_order_has_no_finding(self) -> None:
        assert found({}) == {}

    def test_no_order_has_no_finding(self) -> None:
        assert list(dose_warnings.findings(facts())) == []


def earlier(mg_per_kg: build.Said, *, infused: bool = True) -> Record:
    return facts({"dose.mg_per_kg": mg_per_kg}, events=(STARTED,) if infused else ()).record


class TestRaised:
    @pytest.mark.parametrize(
        ("before", "now", "raised"),
        [("0.4", "0.5", False), ("0.4", "0.501", True), ("1.2", "1.45", False), ("1.2", "1.451", True)],
    )
    def test_more_than_25_percent_or_a_quarter_mg(self, before: str, now: str, raised: bool) -> None:
        said: dict[str, build.Said] = {"dose.mg_per_kg": Decimal(now)}
        assert ("dose.raised" in found(said, last=earlier(Decimal(before)))) is raised

    def test_the_finding_names_both_doses(self) -> None:
        finding = found({"dose.mg_per_kg": Decimal("0.7")}, last=earlier(Decimal("0.5")))["dose.raised"]
        assert finding.title == "Dose raised from 0.5 to 0.7 mg/kg since the last infusion"
        assert finding.level is Level.NOTE

    def test_a_visit_without_infusion_is_not_the_last_dose(self) -> None:
        cancelled, real = earlier(Decimal("0.7"), infused=False), earlier(Decimal("0.5"))
        said: dict[str, build.Said] = {"dose.mg_per_kg": Decimal("0.7")}
        assert "dose.raised" in found(said, last=cancelled, course=(real, cancelled))

    def test_an_unknown_earlier_dose_is_not_compared(self) -> None:
        assert "dose.raised" not in found({}, last=earlier(UNKNOWN))

    def test_an_unwritten_dose_is_not_compared(self) -> None:
        said: dict[str, build.Said] = {"dose.mg_per_kg": UNKNOWN}
        assert "dose.raised" not in found(said, last=earlier(Decimal("0.5")))


class TestDiffers:
    @pytest.mark.parametrize(
        ("ordered", "differs"), [("33.25", False), ("33.24", True), ("36.75", False), ("36.76", True)]
    )
    def test_more_than_5_percent(self, ordered: str, differs: bool) -> None:
        assert ("dose.differs" in found({"dose.mg": Decimal(ordered)})) is differs

    @pytest.mark.parametrize(("ordered", "differs"), [("62.5", False), ("62.51", True)])
    def test_more_than_two_and_a_half_mg(self, ordered: str, differs: bool) -> None:
        said: dict[str, build.Said] = {"vitals.weight": Decimal(120), "dose.mg": Decimal(ordered)}
        assert ("dose.differs" in found(said)) is differs

    def test_the_finding_shows_both(self) -> None:
        finding = found({"dose.mg": Decimal(50)})["dose.differs"]
        assert finding.level is Level.REVIEW
        assert finding.title == "Ordered 50 mg, the arithmetic gives 35 mg"
        assert finding.detail.startswith("0.5 mg/kg for 70 kg (actual weight).")


class TestOtherFindings:
    def test_ideal_weight_without_a_height_is_for_the_provider(self) -> None:
        finding = found({"dose.weight_basis": "ideal"})["dose.weight_basis"]
        assert finding.level is Level.REVIEW
        assert finding.title == "The ideal weight cannot be computed"

    def test_ideal_weight_with_a_height_is_fine(self) -> None:
        said: dict[str, build.Said] = {"dose.weight_basis": "ideal", "vitals.height": Decimal(170)}
        assert "dose.weight_basis" not in found(said)

    @pytest.mark.parametrize("diluent", ["none", UNKNOWN, build.UNANSWERED])
    def test_100_mg_per_ml_without_a_diluent_is_blocked(self, diluent: build.Said) -> None:
        finding = found({"dose.concentration": "100", "dose.diluent": diluent})["dose.undiluted"]
        assert finding.level is Level.STOP
        assert finding.nobody_overrides

    @pytest.mark.parametrize(("strength", "diluent"), [("100", "saline"), ("100", "dextrose"), ("50", "none")])
    def test_a_diluted_or_weaker_vial_is_not(self, strength: str, diluent: str) -> None:
        assert "dose.undiluted" not in found({"dose.concentration": strength, "dose.diluent": diluent})

    @pytest.mark.parametrize(("day", "expired"), [(17, True), (18, False)])
    def test_a_vial_is_good_on_its_last_day(self, day: int, expired: bool) -> None:
        assert ("dose.expired" in found({"dose.expiry": date(2026, 11, day)})) is expired

    def test_an_expired_vial_holds(self) -> None:
        finding = found({"dose.expiry": date(2026, 10, 31)})["dose.expired"]
        assert finding.level is Level.HOLD
        assert finding.title == "The vial expired on 31-Oct-2026"

    def test_more_than_the_bag_cannot_have_run(self) -> None:
        finding = found({}, events=(STARTED, event(EventKind.STOPPED, "11:40", infused_ml="51")), now="12:00")
        assert finding["dose.infused"].step == "discharge"
        assert finding["dose.infused"].title == "The pump's numbers do not fit: 51 mL of 50 mL"

    def test_a_counter_does_not_run_backwards(self) -> None:
        pause = event(EventKind.PAUSED, "11:10", infused_ml="30")
        events = (STARTED, pause, event(EventKind.RESUMED, "11:12"), event(EventKind.STOPPED, "11:40", infused_ml="20"))
        assert "dose.infused" in found({}, events=events, now="12:00")

    def test_a_second_pause_at_once_gives_nothing_and_is_no_contradiction(self) -> None:
        pauses = [event(EventKind.PAUSED, at, infused_ml="30") for at in ("11:10", "11:13")]
        resumes = [event(EventKind.RESUMED, at) for at in ("11:12", "11:15")]
        events = (STARTED, *pauses, *resumes, event(EventKind.STOPPED, "11:40", infused_ml="50"))
        assert "dose.infused" not in found({}, events=events, now="12:00")

    def test_fitting_numbers_have_no_finding(self) -> None:
        assert "dose.infused" not in by_key(dose_warnings.findings(recovery()))


def start_ready(of: Facts | None = None) -> Facts:
    here = of or facts(ORDER, signatures=(signature(Meaning.CHECKED),))
    return checked(replace(here, now=moment("10:58")))


class TestStart:
    def test_everything_there_nothing_blocks(self) -> None:
        assert dose_warnings.start_blockers(start_ready(), PASSES, ()) == ()

    def test_who_starts_earlier_than_planned_moves_the_planned_start_first(self) -> None:
        early = replace(start_ready(), now=moment("10:54"))
        told = ("Planned for 11:00. Move the planned start to now first.",)
        assert dose_warnings.start_blockers(early, PASSES, ()) == told
        assert dose_warnings.start_blockers(replace(early, now=moment("10:55")), PASSES, ()) == ()

    def test_the_clearance_must_be_signed(self) -> None:
        blockers = dose_warnings.start_blockers(start_ready(facts(ORDER)), PASSES, ())
        assert blockers == ("The clearance is not signed yet.",)

    def test_a_clinic_may_want_the_provider_always(self) -> None:
        protocol = with_setting("provider_signature", "always")
        nurse = signature(Meaning.CHECKED)
        alone = start_ready(facts(ORDER, protocol=protocol, signatures=(nurse,)))
        both = (nurse, signature(Meaning.PROVIDER_CLEARED))
        assert dose_warnings.start_blockers(alone, PASSES, ()) == ("The clearance is not signed yet.",)
        assert (
            dose_warnings.start_blockers(start_ready(facts(ORDER, protocol=protocol, signatures=both)), PASSES, ())
            == ()
        )

    def test_a_signed_clearance_that_no_longer_passes_blocks(self) -> None:
        held = Verdict(VerdictKind.HELD, "Held", "Cannot start before 13:20.")
        assert dose_warnings.start_blockers(start_ready(), held, ()) == ("Not cleared: Cannot start before 13:20.",)

    def test_missing_answers_are_named_before_the_check(self) -> None:
        said = {**ORDER, "dose.minutes": build.UNANSWERED, "ready.kit": build.UNANSWERED}
        blockers = dose_warnings.start_blockers(
            facts(said, now="10:58", signatures=(signature(Meaning.CHECKED),)), PASSES, ()
        )
        kit = PROTOCOL.item("ready.kit").label
        assert blockers == (f"Still to answer: Over how many minutes, {kit}.",)

    def test_an_unchecked_dose_blocks(self) -> None:
        blockers = dose_warnings.start_blockers(
            facts(ORDER, now="10:58", signatures=(signature(Meaning.CHECKED),)), PASSES, ()
        )
        assert blockers == ("No second person has checked the dose as it stands now.",)

    @pytest.mark.parametrize(("name", "step"), [(name, step) for name, step, _ in RULES])
    def test_a_rule_that_failed_blocks_whatever_it_is_about(self, name: str, step: str) -> None:
        def broken(_: Facts) -> Iterator[Finding]:
            raise ValueError

        here = facts({**ready(), **ORDER}, now="10:58", readings=(BASELINE,), signatures=(signature(Meaning.CHECKED),))
        failed = evaluate(here, ((name, step, broken),))
        (told,) = dose_warnings.start_blockers(checked(here), clearance(here, failed), failed)
        assert "could not be judged" in told

    def test_an_open_finding_of_the_infusion_blocks_until_it_is_decided(self) -> None:
        odd = start_ready(facts({**ORDER, "dose.mg": Decimal(50)}, signatures=(signature(Meaning.CHECKED),)))
        findings = tuple(dose_warnings.findings(odd))
        blockers = dose_warnings.start_blockers(odd, PASSES, findings)
        assert blockers == (
            "Ordered 50 mg, the arithmetic gives 35 mg. "
            "Check weight and order. The provider decides which dose stands.",
        )
        decided = tuple(replace(one, decision=build.decide(one)) for one in findings)
        assert dose_warnings.start_blockers(odd, PASSES, decided) == ()

    def test_findings_of_other_steps_are_the_clearances(self) -> None:
        elsewhere = replace(next(iter(dose_warnings.findings(facts({**ORDER, "dose.mg": Decimal(50)})))), step="vitals")
        assert dose_warnings.start_blockers(start_ready(), PASSES, (elsewhere,)) == ()

    def test_it_starts_once(self) -> None:
        assert dose_warnings.start_blockers(infusion(), PASSES, ()) == ("The infusion has already been started.",)

    def test_an_ended_session_does_not_start(self) -> None:
        ended = facts(ORDER, events=(event(EventKind.ENDED, "10:50"),))
        assert dose_warnings.start_blockers(ended, PASSES, ()) == ("This session has ended.",)

    def test_the_check_is_dated(self) -> None:
        counting = dose.verification(start_ready())
        assert counting is not None
        assert counting.at == moment("10:55")


@pytest.mark.parametrize(
    ("total", "title"), [("0", "Volume of the bag is 0 mL"), ("0.6", "Bag of 0.6 mL for 0.7 mL of drug")]
)
def test_a_bag_that_cannot_hold_the_drug_stops_and_nobody_overrides_it(total: str, title: str) -> None:
    one = found({"dose.total_ml": Decimal(total)}).get("dose.bag")
    assert one is not None
    assert (one.level, one.title, one.nobody_overrides) == (Level.STOP, title, True)
    assert one.action == "Correct the order."


def test_a_bag_as_large_as_the_drug_is_the_drug_undiluted() -> None:
    assert found({"dose.total_ml": Decimal("0.7")}).get("dose.bag") is None
    assert found({"dose.total_ml": Decimal(0), "dose.mg": UNKNOWN}).get("dose.bag") is not None


@pytest.mark.parametrize(
    ("total", "minutes", "level"),
    [
        ("0.6", "40", Level.STOP),
        ("6.6", "40", Level.NOTE),
        ("50", "40", None),
        ("500", "40", Level.NOTE),
        ("1000", "40", Level.STOP),
    ],
)
def test_the_pump_rate_is_judged(total: str, minutes: str, level: Level | None) -> None:
    one = found({"dose.total_ml": Decimal(total), "dose.minutes": Decimal(minutes)}).get("dose.rate")
    assert (one.level if one else None) is level


def test_the_rate_is_told_with_its_limits() -> None:
    one = found({"dose.total_ml": Decimal(1000)}).get("dose.rate")
    assert one is not None
    assert (one.title, one.detail) == ("Pump rate 1500 mL/h", "Usual is 1 to 1200 mL/h.")


class TestOnePersonsWeight:
    """The desk lets it pass only where nobody else could check (reference 5.4)."""

    def entered_by_the_checker(self, here: Facts) -> Facts:
        weight = here.record.answers[WEIGHT]
        by = here.record.verifications[-1].by
        return replace(
            here, record=replace(here.record, answers={**here.record.answers, WEIGHT: replace(weight, by=by)})
        )

    def test_a_weight_checked_by_who_entered_it_is_a_note(self) -> None:
        note = by_key(dose_warnings.findings(self.entered_by_the_checker(checked(facts(ORDER)))))["dose.check_weight"]
        assert (note.level, note.title) == (Level.NOTE, "The weight was checked by the person who entered it")
        assert note.detail == (
            "A second person enters the weight without having seen the first entry. Nobody else could sign here."
        )
        assert note.action == "Weigh the patient again with somebody watching, or let a third person check."
        assert (note.items, note.step) == (("vitals.weight",), "infusion")

    def test_by_another_person_it_is_none(self) -> None:
        assert "dose.check_weight" not in by_key(dose_warnings.findings(checked(facts(ORDER))))

    def test_a_check_that_does_not_count_says_nothing(self) -> None:
        here = self.entered_by_the_checker(checked(facts(ORDER), agrees=False))
        assert "dose.check_weight" not in by_key(dose_warnings.findings(here))
