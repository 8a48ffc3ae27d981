"""To which stage of the visit a reading belongs."""

import pytest

from checklist.model import EventKind, Stage
from checklist.rules.stages import stage_at, stage_now
from tests.rules.build import event, facts, moment

STARTED, STOPPED = event(EventKind.STARTED, "11:00"), event(EventKind.STOPPED, "11:40", infused_ml="50")


@pytest.mark.parametrize(
    ("events", "stage"), [((), Stage.BASELINE), ((STARTED,), Stage.INFUSION), ((STARTED, STOPPED), Stage.RECOVERY)]
)
def test_a_reading_of_now_belongs_to_what_has_happened(events: tuple[object, ...], stage: Stage) -> None:
    assert stage_now(facts(events=events).record) is stage  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        ("10:59", Stage.BASELINE),
        ("11:00", Stage.INFUSION),
        ("11:39", Stage.INFUSION),
        ("11:40", Stage.RECOVERY),
    ],
)
def test_a_reading_with_a_time_of_its_own_belongs_to_that_minute(at: str, stage: Stage) -> None:
    assert stage_at(facts(events=(STARTED, STOPPED)).record, moment(at)) is stage


def test_before_any_start_every_reading_is_the_baseline_and_before_the_stop_none_is_recovery() -> None:
    assert stage_at(facts().record, moment("11:10")) is Stage.BASELINE
    assert stage_at(facts(events=(STARTED,)).record, moment("12:30")) is Stage.INFUSION
