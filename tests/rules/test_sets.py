"""Sets that were taken without all that the plan asks for (reference 6.2)."""

from checklist.model import Level
from checklist.rules import sets
from checklist.rules.facts import Facts
from checklist.snapshot import Finding
from tests.rules.build import with_limit
from tests.rules.leaving import SETS, WATCHED, leaving
from tests.rules.visit import after, by_key, during, infusion, recovery

BARE = "118/76 72 98"


def incomplete(of: Facts) -> Finding | None:
    return by_key(sets.findings(of)).get("monitor.incomplete")


def title(of: Facts) -> str:
    found = incomplete(of)
    return found.title if found else ""


def test_a_set_of_three_numbers_keeps_the_time_and_names_what_it_lacks() -> None:
    found = incomplete(infusion(during(BARE, "11:00"), now="11:02"))
    assert found is not None
    assert (found.level, found.title) == (Level.NOTE, "Incomplete set 11:00: no breathing rate, no sedation")
    assert found.action == "Take what is missing now, or with the next set."
    assert found.step == "infusion"


def test_what_is_taken_within_half_the_interval_completes_it() -> None:
    assert title(infusion(during(BARE, "11:00"), during("", "11:05", rr=14, moaas=5), now="11:06")) == ""
    late = during("", "11:06", rr=14, moaas=5)
    assert title(infusion(during(BARE, "11:00"), late, now="11:07")).startswith("Incomplete set 11:00")


def test_several_are_one_note_with_the_last_in_its_title() -> None:
    found = incomplete(infusion(during(BARE, "11:00"), during(f"{BARE} 14", "11:10"), now="11:12"))
    assert found is not None
    assert found.title == "2 incomplete sets, the last 11:10: no sedation"
    assert found.detail.endswith("Also 11:00: no breathing rate, no sedation.")


def test_dissociation_belongs_to_the_sets_at_20_and_40_minutes_and_after_the_stop() -> None:
    plain = [during(f"{BARE} 14", f"11:{minute}", moaas=5) for minute in ("00", "10", "20", "30", "40")]
    here = recovery(*plain, after(f"{BARE} 14", "11:55", moaas=5))
    found = incomplete(here)
    assert found is not None
    assert [at[11:16] for at, _ in found.inputs] == ["11:20", "11:40", "11:55"]
    assert {names for _, names in found.inputs} == {"dissociation"}


def test_a_stop_before_its_time_is_a_full_set_too() -> None:
    from checklist.model import EventKind
    from tests.rules.build import event
    from tests.rules.visit import STARTED

    early = event(EventKind.STOPPED, "11:33", infused_ml="40")
    here = infusion(during(f"{BARE} 14", "11:33", moaas=5), now="11:35", events=(STARTED, early))
    assert title(here) == "Incomplete set 11:33: no dissociation"


def test_the_clinic_may_ask_for_dissociation_with_every_set() -> None:
    often = with_limit("schedule.dissociation_every", 10)
    here = infusion(during(f"{BARE} 14", "11:10", moaas=5), now="11:12", protocol=often)
    assert title(here) == "Incomplete set 11:10: no dissociation"


def test_a_full_visit_lacks_nothing_and_a_missed_set_is_no_incomplete_one() -> None:
    assert incomplete(leaving()) is None
    assert incomplete(infusion(now="11:31")) is None
    assert len(WATCHED) + len(SETS) == 7


def test_before_the_start_nothing_is_planned() -> None:
    from tests.rules.build import facts

    assert incomplete(facts()) is None
