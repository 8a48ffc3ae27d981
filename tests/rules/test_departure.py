"""Leaving against advice and wanting to drive (reference 12.14, 12.15)."""

from dataclasses import replace

import pytest

from checklist.model import EventKind, Level, StampKind
from checklist.rules import departure, gates
from checklist.rules.facts import Facts
from checklist.rules.recovery import missing_items
from tests.rules.build import Said, event, facts
from tests.rules.happening import stamp, with_stamps
from tests.rules.visit import STARTED, STOPPED, after, by_key, recovery

LEAVING = stamp(StampKind.LEAVING, "11:55")
AWAKE = after("118/76 72 98 14", "11:50", moaas=5, dissociation=1)
ABLE: dict[str, Said] = dict.fromkeys(departure.CAPACITY, True)


def wants(reading: object = AWAKE, said: dict[str, Said] | None = None) -> Facts:
    return with_stamps(recovery(reading, said={**ABLE, **(said or {})}), LEAVING)  # type: ignore[arg-type]


def test_nothing_is_asked_of_a_patient_who_stays() -> None:
    assert not [item for item in missing_items(recovery()) if item.id.startswith("ama.")]
    assert list(departure.findings(recovery())) == []


def test_who_wants_to_leave_opens_fourteen_points() -> None:
    of = with_stamps(recovery(AWAKE), LEAVING)
    open_ones = [item for item in missing_items(of) if item.id.startswith("ama.")]
    assert len(open_ones) == 14
    one = by_key(departure.findings(of))["departure.record"]
    assert (one.level, one.title) == (Level.NOTE, "Wants to leave against advice: 14 of 14 points still to record")


def test_who_has_left_is_still_completed_afterwards() -> None:
    left = replace(event(EventKind.ENDED, "12:00"), detail={"kind": "left_ama", "reason": "ran out"})
    one = by_key(departure.findings(recovery(events=(STARTED, STOPPED, left))))["departure.record"]
    assert one.title == "Left against advice: 14 of 14 points still to record"


def test_a_nurse_may_judge_a_patient_who_is_awake_and_lucid() -> None:
    assert departure.doubt(wants()) == ""


@pytest.mark.parametrize(
    ("moaas", "dissociation", "why"),
    [
        (5, 1, ""),
        (4, 0, "MOAA/S was 4 at 11:50."),
        (5, 2, "Dissociation was 2 at 11:50."),
        (None, None, "MOAA/S was not recorded since the start."),
    ],
)
def test_below_moaas_5_or_from_dissociation_2_a_provider_judges(
    moaas: int | None, dissociation: int | None, why: str
) -> None:
    of = wants(after("118/76 72 98 14", "11:50", moaas=moaas, dissociation=dissociation))  # type: ignore[arg-type]
    assert departure.doubt(of) == why
    assert ("departure.capacity" in by_key(departure.findings(of))) is bool(why)


@pytest.mark.parametrize("item", departure.CAPACITY)
def test_each_of_the_four_points_not_shown_stops(item: str) -> None:
    of = wants(said={item: False})
    one = by_key(departure.findings(of))["departure.capacity"]
    assert one.level is Level.STOP
    assert f"Not shown that the patient {departure.CAPACITY[item]} (no)." in one.title


def test_before_the_start_nobody_is_drowsy_of_it() -> None:
    assert departure.doubt(with_stamps(facts(ABLE), LEAVING)) == ""


def test_the_iv_left_in_place_stops_and_alone_is_reviewed() -> None:
    found = by_key(gates.findings(wants(said={"ama.iv_out": False, "ama.escort": "alone"})))
    assert found["ama.iv_out"].level is Level.STOP
    assert found["ama.escort"].level is Level.REVIEW


def test_who_drove_away_is_an_incident_for_the_provider() -> None:
    of = with_stamps(recovery(said={"drive.keys": "kept", "drive.outcome": "drove"}), stamp(StampKind.DRIVING, "12:00"))
    found = by_key(gates.findings(of))
    assert (found["drive.keys"].level, found["drive.outcome"].level) == (Level.NOTE, Level.REVIEW)
    assert {item.id for item in missing_items(of) if item.id.startswith("drive.")} == {"drive.told_by", "drive.police"}
