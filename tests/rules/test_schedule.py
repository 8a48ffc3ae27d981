"""When readings are due and how long the patient is observed (reference 6.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checklist.model import EventKind, Meaning, Stage
from checklist.rules import schedule
from checklist.rules.facts import Facts
from checklist.snapshot import DueState
from checklist.times import Moment, written_time
from tests.rules.build import UNKNOWN, event, facts, moment, signature, with_setting
from tests.rules.visit import ORDER, STARTED, STOPPED, after, during, fields, infusion, recovery, vectors

DONE, COMING, DUE, OVERDUE, LATE, MISSED = DueState


def times(moments: tuple[Moment, ...]) -> str:
    return " ".join(written_time(one) for one in moments)


def plan(of: Facts) -> str:
    return " ".join(f"{written_time(due.at)} {due.state}" for due in schedule.planned(of))


def states(of: Facts) -> dict[str, DueState]:
    return {written_time(due.at): due.state for due in schedule.planned(of)}


class TestVectors:
    @pytest.mark.parametrize(("given", "expected"), vectors("schedule"))
    def test_schedule(self, given: str, expected: str) -> None:
        values = fields(given)
        start = moment(values["start"])
        end = start.plus(minutes=int(values["minutes"]))
        running = times(schedule.infusion_times(start, end, int(values["during"])))
        recovering = times(schedule.recovery_times(end, int(values["after"]), int(values["n_after"])))
        assert f"{running} | {recovering}" == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("earliest_discharge"))
    def test_earliest_discharge(self, given: str, expected: str) -> None:
        values = fields(given)
        minutes = int(values["rule"].split()[0])
        assert written_time(schedule.earliest_discharge(moment(values["end"]), minutes)) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("DST_autumn_observation"))
    def test_the_hour_that_comes_twice(self, given: str, expected: str) -> None:
        values = fields(given)
        start = moment(values["start"].removesuffix(" EDT").replace("T", " "), values["zone"])
        ready = schedule.earliest_discharge(start, int(values["plus_min"]))
        assert f"{written_time(ready)} ({ready.utc:%H:%M}Z)" == expected


class TestPlan:
    def test_no_plan_before_the_start(self) -> None:
        assert schedule.planned(facts(ORDER)) == ()
        assert schedule.clocks(facts(ORDER)) is None
        assert schedule.predicted_end(facts(ORDER)) is None

    def test_from_the_start_to_the_end_of_the_minimum_observation(self) -> None:
        due = schedule.planned(infusion(now="11:00"))
        assert times(tuple(one.at for one in due)) == "11:00 11:10 11:20 11:30 11:40 11:55 12:10"
        assert [one.stage for one in due[3:6]] == [Stage.INFUSION, Stage.INFUSION, Stage.RECOVERY]

    def test_a_pause_moves_the_end_and_not_the_readings(self) -> None:
        events = (STARTED, event(EventKind.PAUSED, "11:12"), event(EventKind.RESUMED, "11:20"))
        running = infusion(now="11:21", events=events)
        assert schedule.predicted_end(running) == moment("11:48")
        assert list(states(running)) == ["11:00", "11:10", "11:20", "11:30", "11:40", "11:48", "12:03", "12:18"]

    def test_a_pause_that_goes_on_moves_the_end_with_the_clock(self) -> None:
        paused = infusion(now="11:20", events=(STARTED, event(EventKind.PAUSED, "11:12")))
        assert schedule.predicted_end(paused) == moment("11:48")
        assert schedule.is_paused(paused)

    def test_a_second_press_on_pause_changes_nothing(self) -> None:
        twice = (STARTED, event(EventKind.PAUSED, "11:12"), event(EventKind.PAUSED, "11:15"))
        assert schedule.predicted_end(infusion(now="11:20", events=twice)) == moment("11:48")

    def test_a_stop_ends_the_pause(self) -> None:
        events = (STARTED, event(EventKind.PAUSED, "11:12"), event(EventKind.STOPPED, "11:20"))
        stopped = infusion(now="11:30", events=events)
        assert not schedule.is_paused(stopped)
        assert schedule.paused_for(stopped) == timedelta(minutes=8)

    def test_not_paused_before_the_start_nor_after_an_end(self) -> None:
        assert not schedule.is_paused(facts(ORDER))
        assert schedule.is_paused(
            infusion(events=(STARTED, event(EventKind.PAUSED, "11:12"), event(EventKind.ENDED, "11:20")))
        )

    def test_the_stop_makes_the_end(self) -> None:
        early = infusion(now="11:26", events=(STARTED, event(EventKind.STOPPED, "11:25", infused_ml="30")))
        assert list(states(early)) == ["11:00", "11:10", "11:20", "11:25", "11:40", "11:55"]

    def test_a_reading_just_before_the_stop_merges_with_the_set_at_the_stop(self) -> None:
        stop = event(EventKind.STOPPED, "11:24")
        assert "11:20" not in states(infusion(now="11:26", events=(STARTED, stop)))

    def test_a_stop_at_once_keeps_start_and_end(self) -> None:
        stop = event(EventKind.STOPPED, "11:02")
        assert list(states(infusion(now="11:03", events=(STARTED, stop))))[:2] == ["11:00", "11:02"]

    def test_a_pump_that_runs_on_is_still_watched(self) -> None:
        assert list(states(infusion(now="12:03")))[:8] == [
            "11:00", "11:10", "11:20", "11:30", "11:40", "11:50", "12:00", "12:10",
        ]  # fmt: skip

    def test_at_the_predicted_end_the_next_time_is_already_planned_once(self) -> None:
        due = schedule.planned(infusion(now="11:40"))
        assert times(tuple(one.at for one in due))[:41] == "11:00 11:10 11:20 11:30 11:40 11:50 11:55"

    def test_without_ordered_minutes_the_next_reading_is_still_planned(self) -> None:
        unknown = infusion(now="11:12", said={"dose.minutes": UNKNOWN})
        assert list(states(unknown)) == ["11:00", "11:10", "11:20"]

    def test_recovery_goes_on_until_the_patient_leaves(self) -> None:
        assert list(states(recovery(now="12:40")))[-2:] == ["12:40", "12:55"]

    def test_nothing_is_planned_after_discharge(self) -> None:
        left = recovery(now="13:30", signatures=(signature(Meaning.DISCHARGE, "12:12"),))
        assert list(states(left))[-1] == "11:55"
        assert states(left)["11:55"] is MISSED

    @pytest.mark.parametrize(("left_at", "last"), [("12:15", "11:55"), ("12:16", "12:10")])
    def test_a_reading_late_at_the_discharge_was_missed(self, left_at: str, last: str) -> None:
        left = recovery(now="13:30", signatures=(signature(Meaning.DISCHARGE, left_at),))
        assert [at for at, state in states(left).items() if state is MISSED][-1] == last

    def test_a_reading_before_the_discharge_stays_in_the_plan(self) -> None:
        left = recovery(
            after("118/76 72 98 14", "12:10"), now="13:30", signatures=(signature(Meaning.DISCHARGE, "12:12"),)
        )
        assert states(left)["12:10"] is DONE


class TestStates:
    @pytest.mark.parametrize(
        ("now", "state"),
        [
            *(("11:09", COMING), ("11:10", DUE), ("11:12", DUE), ("11:13", OVERDUE), ("11:15", OVERDUE)),
            *(("11:16", LATE), ("11:19", LATE), ("11:20", MISSED)),
        ],
    )
    def test_due_overdue_late_missed(self, now: str, state: DueState) -> None:
        assert states(infusion(now=now))["11:10"] is state

    @pytest.mark.parametrize(("at", "done"), [("11:04", False), ("11:05", False), ("11:06", True), ("11:15", True)])
    def test_half_an_interval_to_the_nearest(self, at: str, done: bool) -> None:
        taken = infusion(during("118/76 72 98 14", "11:00"), during("118/76 72 98 14", at), now="11:16")
        assert (states(taken)["11:10"] is DONE) is done

    def test_in_recovery_half_an_interval_is_longer(self) -> None:
        assert states(recovery(after("118/76 72 98 14", "12:02"), now="12:05"))["11:55"] is DONE
        assert states(recovery(after("118/76 72 98 14", "12:03"), now="12:05"))["12:10"] is DONE

    def test_a_baseline_just_before_the_start_is_the_reading_at_zero(self) -> None:
        of = facts(ORDER, now="11:01", readings=(replace(during("118/76 72 98 14", "10:57"), stage=Stage.BASELINE),))
        running = replace(of, record=replace(of.record, events=(STARTED,)))
        assert states(running)["11:00"] is DONE

    def test_a_repeat_of_the_blood_pressure_alone_is_not_the_set(self) -> None:
        assert states(infusion(during("118/76", "11:10"), now="11:12"))["11:10"] is DUE

    def test_an_artefact_satisfies_nothing(self) -> None:
        wrong = replace(during("118/76 72 98 14", "11:10"), artefact="cuff off")
        assert states(infusion(wrong, now="11:12"))["11:10"] is DUE

    def test_of_two_readings_the_nearer_one_counts(self) -> None:
        near, far = during("118/76 72 98 14", "11:11"), during("120/76 72 98 14", "11:14")
        for order in ((near, far), (far, near)):
            due = next(one for one in schedule.planned(infusion(*order, now="11:16")) if one.at == moment("11:10"))
            assert due.reading is near


class TestClocks:
    def test_while_the_pump_runs_nothing_is_observed_yet(self) -> None:
        clocks = schedule.clocks(infusion(during("118/76 72 98 14", "11:00"), now="11:05"))
        assert clocks is not None
        assert clocks.observed == timedelta(0)
        assert clocks.ready_at is None
        assert clocks.next_due is not None
        assert clocks.next_due.at == moment("11:10")

    def test_observed_since_the_end(self) -> None:
        clocks = schedule.clocks(recovery(now="11:58"))
        assert clocks is not None
        assert clocks.observed == timedelta(minutes=18)
        assert clocks.needed == timedelta(minutes=30)
        assert clocks.ready_at == moment("12:10")

    def test_a_clinic_may_count_from_the_start(self) -> None:
        protocol = with_setting("observation_from", "start")
        clocks = schedule.clocks(recovery(now="11:58", protocol=protocol))
        assert clocks is not None
        assert clocks.observed == timedelta(minutes=58)
        assert clocks.needed == timedelta(minutes=120)
        assert clocks.ready_at == moment("13:00")

    def test_from_the_start_a_long_infusion_is_observed_to_its_end(self) -> None:
        long = infusion(
            now="13:30",
            events=(STARTED, event(EventKind.STOPPED, "13:20")),
            protocol=with_setting("observation_from", "start"),
        )
        assert schedule.ready_at(long) == moment("13:20")

    def test_the_clock_stands_once_the_patient_has_left(self) -> None:
        left = recovery(now="15:00", signatures=(signature(Meaning.DISCHARGE, "12:20"),))
        clocks = schedule.clocks(left)
        assert clocks is not None
        assert clocks.observed == timedelta(minutes=40)
        assert clocks.next_due is None

    def test_an_end_before_the_signature_closes_the_visit(self) -> None:
        both = recovery(
            now="15:00",
            events=(STARTED, STOPPED, event(EventKind.ENDED, "12:05")),
            signatures=(signature(Meaning.DISCHARGE, "12:20"),),
        )
        assert schedule.closed(both) == moment("12:05")

    def test_the_night_the_clocks_go_back_observation_keeps_its_length(self) -> None:
        start = event(EventKind.STARTED, "2026-11-01 00:50")
        stop = event(EventKind.STOPPED, "2026-11-01 01:35")
        night = infusion(now="2026-11-01 00:51", events=(start, stop))
        ready = schedule.ready_at(night)
        assert ready is not None
        assert ready.since(stop.at) == timedelta(minutes=30)
        assert written_time(ready) == "01:05 EST"


def test_a_repeat_stands_in_the_plan_until_its_sign_is_taken_again() -> None:
    high = during("185/90 72 98 14", "11:12", moaas=5)
    here = infusion(high, now="11:14")
    assert [(one.repeats, f"{one.at.local:%H:%M}", one.state) for one in schedule.repeats(here)] == [
        ("BP", "11:17", DueState.COMING)
    ]
    assert [one.at for one in schedule.due(here)] == sorted(one.at for one in schedule.due(here))
    assert schedule.repeats(infusion(high, during("", "11:15", hr=70), now="11:16")) != ()
    assert schedule.repeats(infusion(high, during("150/80", "11:17"), now="11:18")) == ()


def test_nothing_is_repeated_once_the_patient_has_left() -> None:
    left = replace(signature(Meaning.DISCHARGE), at=moment("12:02"))
    assert schedule.repeats(recovery(after("185/90 72 98 14", "12:00"), signatures=(left,))) == ()
