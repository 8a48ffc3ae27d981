"""Stretches of the pump, another rate, another pump, and drug in the tissue (reference 12.10-12.13)."""

from decimal import Decimal

from checklist.model import Event, EventKind, Level
from checklist.rules import dose, dose_warnings, schedule
from checklist.rules.criteria import standings
from tests.rules.build import Said, event
from tests.rules.visit import STARTED, STOPPED, by_key, infusion, recovery

PAUSED = event(EventKind.PAUSED, "11:20", infused_ml="25")
SLOWER = event(EventKind.RESUMED, "11:20", rate="50")
LOST: dict[str, Said] = {"iv.infiltrated": True, "iv.site": "left forearm, swollen", "iv.lost_ml": Decimal(5)}


def ends(*events: Event, now: str = "11:25") -> str:
    at = schedule.predicted_end(infusion(events=(STARTED, *events), now=now))
    assert at is not None
    return at.local.strftime("%H:%M:%S")


def test_planned_and_actual_rate_of_each_stretch() -> None:
    stop = event(EventKind.STOPPED, "11:50", infused_ml="50")
    first, second = dose.segments(infusion(events=(STARTED, PAUSED, SLOWER, stop)))
    assert (first.infused_ml, first.set_ml_h, first.actual_ml_h) == (Decimal(25), Decimal(75), Decimal(75))
    assert (second.infused_ml, second.set_ml_h, second.actual_ml_h) == (Decimal(25), Decimal(50), Decimal(50))


def test_a_power_failure_without_a_number_leaves_the_stretch_unknown() -> None:
    failed = event(EventKind.PAUSED, "11:20", code="pump_failure")
    (one,) = dose.segments(infusion(events=(STARTED, failed)))
    assert (one.infused_ml, one.actual_ml_h) == (None, None)


def test_the_sum_of_the_stretches_is_what_was_given_with_another_pump() -> None:
    other = event(EventKind.RESUMED, "11:24", infused_ml="0")
    stop = event(EventKind.STOPPED, "11:44", infused_ml="20")
    of = infusion(events=(STARTED, PAUSED, other, stop))
    got = dose.given(of)
    assert got is not None
    assert (got.infused_ml, got.given_mg) == (Decimal(45), Decimal("31.5"))
    assert [one.infused_ml for one in dose.segments(of)] == [Decimal(25), Decimal(20)]


def test_the_end_follows_the_new_rate() -> None:
    """25 mL are left at 11:20; at 50 mL/h they take half an hour."""
    assert ends() == "11:40:00"
    assert ends(PAUSED, SLOWER) == "11:50:00"


def test_a_pause_at_the_new_rate_moves_the_end() -> None:
    again = event(EventKind.PAUSED, "11:35", infused_ml="37.5")
    assert ends(PAUSED, SLOWER, again, now="11:35") == "11:50:00"
    assert ends(PAUSED, SLOWER, again, now="11:40") == "11:55:00"
    assert ends(PAUSED, SLOWER, again, event(EventKind.RESUMED, "11:40"), now="11:45") == "11:55:00"


def test_a_rate_holds_through_a_later_pause() -> None:
    again = (event(EventKind.PAUSED, "11:35", infused_ml="37.5"), event(EventKind.RESUMED, "11:40"))
    assert dose.segments(infusion(events=(STARTED, PAUSED, SLOWER, *again)))[1].set_ml_h == Decimal(50)


def test_a_stretch_without_length_has_no_rate() -> None:
    at_once = event(EventKind.PAUSED, "11:00", infused_ml="0")
    assert dose.segments(infusion(events=(STARTED, at_once)))[0].actual_ml_h is None


def test_drug_in_the_tissue_makes_the_given_amount_uncertain() -> None:
    got = dose.given(recovery(said=LOST))
    assert got is not None
    assert got.uncertain == "uncertain: about 5 mL lost at left forearm, swollen"
    one = by_key(dose_warnings.findings(recovery(said=LOST)))["dose.uncertain"]
    assert (one.level, one.step) == (Level.REVIEW, "discharge")
    assert one.title == f"Infiltration: dose given 35 mg by the pump, {got.uncertain}"


def test_not_known_whether_it_ran_into_the_tissue_is_uncertain_too() -> None:
    from tests.rules.build import UNKNOWN

    assert dose.uncertain(recovery(said={"iv.infiltrated": UNKNOWN})) == "uncertain: infiltration not excluded"
    assert dose.uncertain(recovery(said={"iv.infiltrated": True})) == "uncertain: an unknown volume lost"
    assert dose.uncertain(recovery(said={"iv.infiltrated": False})) == ""


def test_the_drug_is_accounted_for_by_what_left_the_pump() -> None:
    """What ran into the tissue was given by the pump: it is not missing from the vial."""
    said: dict[str, Said] = {**LOST, "waste.drawn_mg": Decimal(35), "waste.wasted_mg": Decimal(0)}
    waste = next(one for one in standings(recovery(said=said, events=(STARTED, STOPPED))) if one.key == "waste")
    assert waste.met == "met"
    assert "given 35 mg (uncertain: about 5 mL lost at left forearm, swollen)" in waste.detail
