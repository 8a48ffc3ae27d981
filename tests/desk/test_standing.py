"""A provider clears a daily medicine for later visits: the review becomes a note until medicine or dose change."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from checklist.errors import NotAllowed, NotUnderstood, SignInFailed
from checklist.model import Choice, Level, Meaning, RowId
from checklist.snapshot import Finding, Snapshot
from checklist.times import ManualClock
from tests.desk.stages import Stage, minutes_at, opened
from tests.desk.visit import MORNING, PASSWORD, Visit

BENZO = "alprazolam 0.5 mg"


def with_alprazolam(answered: Visit) -> Finding:
    return of_medicine(answered.desk.add_medicine(answered.session, BENZO, "06:00"))


def of_medicine(snapshot: Snapshot, word: str = "ALPRAZolam") -> Finding:
    return next(one for one in snapshot.findings if one.key.startswith("med.") and word in one.title)


def decide(visit: Visit, found: Finding, choice: Choice = Choice.PROCEED, *, standing: bool = True) -> Snapshot:
    return visit.desk.decide(
        visit.session, found.key, choice, "Daily, low dose", user="menon", password=PASSWORD, standing=standing
    )


def next_week(visit: Visit) -> Visit:
    """The visit is finished as usual, and the patient comes again a week later."""
    visit.decide_all()
    visit.sign()
    visit.order()
    visit.check_dose()
    visit.desk.start(visit.session)
    visit.run()
    visit.recover()
    visit.sign(Meaning.DISCHARGE)
    visit.clock.advance(days=7, minutes=-80)
    again = Visit.begin(visit.desk, visit.clock)
    again.prepare()
    return again


@pytest.fixture(scope="module")
def week_later(stages: Mapping[str, Stage], tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Alprazolam was cleared for later visits; a week later everything is answered again. Written once: copy it."""
    folder, clock = tmp_path_factory.mktemp("week") / "later", ManualClock(MORNING)
    visit = opened(stages["answered"], folder, clock)
    decide(visit, with_alprazolam(visit))
    session = next_week(visit).session
    visit.desk.close()
    return Stage(folder, session, minutes_at(clock))


@pytest.fixture
def again(week_later: Stage, clock: ManualClock, tmp_path: Path) -> Iterator[Visit]:
    visit = opened(week_later, tmp_path / "again", clock)
    yield visit
    visit.desk.close()


def test_a_standing_clearance_makes_the_review_a_note_at_the_next_visit(answered: Visit) -> None:
    found = with_alprazolam(answered)
    assert found.level is Level.REVIEW
    decided = decide(answered, found)
    assert decided.record.decisions[-1].standing
    again = next_week(answered)
    later = of_medicine(again.now)
    assert later.level is Level.NOTE
    assert later.detail.startswith("Cleared for later visits on 18-Nov-2026: “Daily, low dose”. Benzodiazepine")
    assert later.action == "Same medicine and dose as cleared. If either has changed, correct the entry."
    assert again.now.clearance.passes
    level, _, _, action = again.now.medicine_levels[later.key.removeprefix("med.")]
    assert (level, action) == (Level.NOTE, later.action)


@pytest.mark.parametrize("entry", ["alprazolam 1 mg", "Xanax 0.5 mg", "lorazepam 0.5 mg"])
def test_another_dose_or_medicine_is_a_review_again(again: Visit, entry: str) -> None:
    row = of_medicine(again.now).key.removeprefix("med.")
    listed = next(one for one in again.now.record.medicines if one.id == row)
    again.desk.remove_medicine(again.session, listed.id)
    snapshot = again.desk.add_medicine(again.session, entry, "06:00")
    assert Level.REVIEW in {one.level for one in snapshot.clearance.open_findings}


def test_a_decision_for_today_alone_does_not_stand(answered: Visit) -> None:
    decide(answered, with_alprazolam(answered), standing=False)
    assert of_medicine(next_week(answered).now).level is Level.REVIEW


def test_a_clearance_stands_over_several_visits(again: Visit) -> None:
    third = next_week(again)
    assert of_medicine(third.now).level is Level.NOTE


def test_only_the_review_of_a_known_medicine_can_stand(visit: Visit) -> None:
    visit.prepare("142/88 76 98 14 36.7")
    pressure = next(one for one in visit.now.findings if one.key == "vitals.bp")
    snapshot = visit.desk.add_medicine(visit.session, "theophylline 300 mg", "06:00")
    stop = of_medicine(snapshot, "theophylline")
    assert stop.level is Level.STOP
    for found, choice in ((pressure, Choice.PROCEED), (stop, Choice.PROCEED)):
        with pytest.raises(NotAllowed, match="Only the review of a known medicine"):
            decide(visit, found, choice)
    benzo = of_medicine(visit.desk.add_medicine(visit.session, BENZO, "06:00"))
    with pytest.raises(NotAllowed, match="Only the review of a known medicine"):
        decide(visit, benzo, Choice.POSTPONE)
    assert visit.now.record.decisions == ()


def test_the_clearance_is_there_again_after_the_program_was_closed(answered: Visit, clock: ManualClock) -> None:
    decide(answered, with_alprazolam(answered))
    log = answered.desk._log(answered.session)
    assert log[-1].body["standing"] is True
    assert clock.now() == log[-1].entered


def take_back(visit: Visit, reason: str = "A fall at home", user: str = "menon", password: str = PASSWORD) -> Snapshot:
    row = RowId(of_medicine(visit.now).key.removeprefix("med."))
    return visit.desk.end_standing(visit.session, row, reason, user=user, password=password)


def test_a_provider_takes_a_clearance_back_and_it_is_a_review_again(again: Visit) -> None:
    (note,) = (again.now.medicine_notes[row] for row in again.now.standing)
    assert note == ("cleared by Dr. A. Menon 18-Nov-2026 until medicine or dose changes",)
    snapshot = take_back(again)
    found = of_medicine(snapshot)
    assert (found.level, found.decision, snapshot.standing) == (Level.REVIEW, None, {})
    assert not snapshot.clearance.passes
    assert snapshot.record.decisions[-1].ends_standing


def test_taking_back_needs_a_clearance_a_reason_and_a_provider(answered: Visit) -> None:
    with_alprazolam(answered)
    with pytest.raises(NotAllowed, match="No provider has cleared this medicine"):
        take_back(answered)
    decide(answered, of_medicine(answered.now))
    again = next_week(answered)
    with pytest.raises(NotUnderstood, match="needs its reason in words"):
        take_back(again, reason="  ")
    with pytest.raises(NotAllowed):
        take_back(again, user="ortiz")
    with pytest.raises(SignInFailed):
        take_back(again, password="wrong")
    assert of_medicine(again.now).level is Level.NOTE


def test_taken_back_during_the_infusion_today_stays_as_it_was_signed(again: Visit) -> None:
    again.decide_all()
    again.sign()
    again.order()
    again.check_dose()
    again.desk.start(again.session)
    again.clock.advance(minutes=5)
    snapshot = take_back(again)
    assert of_medicine(snapshot).level is Level.NOTE
    assert snapshot.record.signature(Meaning.CHECKED) is not None


def booked_again(visit: Visit) -> Visit:
    """This visit ends without an infusion, and the patient comes again two days later."""
    visit.desk.end(visit.session, "cancelled", "Goes home")
    visit.clock.advance(days=2)
    again = Visit.begin(visit.desk, visit.clock)
    again.prepare()
    return again


def test_what_a_provider_decided_at_a_visit_without_an_infusion_is_not_lost(answered: Visit) -> None:
    decide(answered, with_alprazolam(answered))
    again = booked_again(answered)
    snapshot = answered.desk.add_medicine(again.session, BENZO, "06:00")
    assert of_medicine(snapshot).level is Level.NOTE
    take_back(again)
    third = booked_again(again)
    snapshot = answered.desk.add_medicine(third.session, BENZO, "06:00")
    assert of_medicine(snapshot).level is Level.REVIEW
