"""Reasons not to start: fasting, findings that a provider decides, and those that nobody can."""

import pytest

from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood, SignInFailed
from checklist.model import Choice, EntryKind, Level, Meaning, SessionState
from checklist.snapshot import VerdictKind
from checklist.times import written_time
from tests.desk.visit import PASSWORD, Visit


def prepared_with_alprazolam(visit: Visit) -> str:
    """BP 142/88 and alprazolam this morning; the key of the alprazolam finding."""
    visit.prepare("142/88 76 98 14 36.7")
    visit.desk.add_medicine(visit.session, "alprazolam 0.5 mg", "06:00")
    return next(one.key for one in visit.now.clearance.open_findings if one.key.startswith("med."))


def test_solids_at_0720_hold_a_start_planned_for_1042_until_1320(answered: Visit) -> None:
    snapshot = answered.fast(solids="07:20")
    assert snapshot.state is SessionState.HELD
    assert snapshot.clearance.kind is VerdictKind.HELD
    expected = "Cannot start before 13:20: last solid food 07:20 (6hr). All else is ready."
    assert snapshot.clearance.sentence == expected
    assert snapshot.earliest_start is not None
    assert written_time(snapshot.earliest_start) == "13:20"


def test_a_held_patient_is_planned_for_the_earliest_time_and_waits_without_a_hold(answered: Visit) -> None:
    answered.fast(solids="07:20")
    assert answered.desk.plan_start(answered.session, "13:20").clearance.passes
    answered.clock.advance(hours=2, minutes=38)
    blockers = answered.desk.start_blockers(answered.now)
    assert any(one.startswith("Vital signs are 2hr 38min old") for one in blockers)
    blockers = answered.desk.start_blockers(answered.read("126/80 70 98 14 36.6"))
    assert not any("Vital signs" in one for one in blockers)


def test_a_start_cannot_be_planned_for_a_time_that_has_passed(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="has passed"):
        visit.desk.plan_start(visit.session, "10:00")
    assert visit.desk.plan_start(visit.session, "now").record.session.planned == visit.clock.now()


def test_a_running_infusion_has_no_planned_start_any_more(started: Visit) -> None:
    with pytest.raises(NotAllowed, match="has started"):
        started.desk.plan_start(started.session, "13:00")


def test_blood_pressure_and_alprazolam_wait_for_a_provider(visit: Visit) -> None:
    prepared_with_alprazolam(visit)
    levels = {one.key: one.level for one in visit.now.clearance.open_findings}
    assert set(levels.values()) == {Level.REVIEW}
    assert len(levels) == 2
    assert visit.now.state is SessionState.WAITING_FOR_PROVIDER
    assert visit.desk.board().summary == "1 session · 1 in the clinic · 1 needs a provider · 1 call due"
    assert visit.decide_all().clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW


def test_a_decision_is_void_when_the_blood_pressure_changes(visit: Visit) -> None:
    prepared_with_alprazolam(visit)
    visit.decide_all()
    visit.clock.advance(minutes=5)
    snapshot = visit.read("150/92 80 98 14 36.7")
    assert [one.step for one in snapshot.clearance.open_findings] == ["vitals"]
    assert snapshot.clearance.kind is VerdictKind.WAITING


def test_a_decision_is_void_when_the_medicine_was_taken_later_than_said(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    visit.decide_all()
    row = visit.now.record.medicines[-1]
    snapshot = visit.desk.medicine_taken(visit.session, row.id, "09:30")
    assert [one.key for one in snapshot.clearance.open_findings] == [key]


def test_a_decision_is_kept_with_its_reason_and_its_provider(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    snapshot = visit.decide(key, reason="  Usual dose, alert  ")
    decision = snapshot.record.decisions[0]
    assert (decision.finding, decision.reason, decision.choice) == (key, "Usual dose, alert", Choice.PROCEED)
    assert snapshot.name_of(decision.by) == "Dr. A. Menon, MD"


def test_a_postponed_finding_stops_the_day(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    snapshot = visit.decide(key, Choice.POSTPONE, "Too sleepy")
    assert snapshot.clearance.kind is VerdictKind.STOPPED
    assert "Too sleepy" in snapshot.clearance.sentence


def test_a_nurse_cannot_decide(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    with pytest.raises(NotAllowed, match="has no provider role"):
        visit.desk.decide(visit.session, key, Choice.PROCEED, "Fine", user="ortiz", password=PASSWORD)
    assert visit.now.record.decisions == ()


def test_a_decision_needs_the_provider_s_own_password(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    with pytest.raises(SignInFailed):
        visit.desk.decide(visit.session, key, Choice.PROCEED, "Fine", user="menon", password="guessed it")
    assert visit.now.record.decisions == ()


def test_a_refused_password_is_noted_in_the_journal(visit: Visit) -> None:
    with pytest.raises(SignInFailed):
        visit.desk.unlock("menon", "guessed it")
    refused = visit.desk._file.journal.entries(kinds=[EntryKind.SIGN_IN_REFUSED])
    assert [one.body["user"] for one in refused] == ["menon"]


def test_a_decision_needs_a_reason(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)
    with pytest.raises(NotUnderstood, match="reason"):
        visit.decide(key, reason="  ")


def test_a_verbal_order_counts_only_when_it_was_read_back(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)

    def order(read_back: bool) -> None:
        visit.desk.decide(
            visit.session,
            key,
            Choice.PROCEED,
            "Go on, watch SpO2",
            user="ortiz",
            password=PASSWORD,
            verbal_from="Dr. A. Menon",
            read_back=read_back,
        )

    with pytest.raises(NotAllowed, match="read back"):
        order(read_back=False)
    order(read_back=True)
    decision = visit.now.record.decisions[0]
    assert (decision.verbal_from, decision.read_back) == ("Dr. A. Menon", True)
    assert visit.now.name_of(decision.by) == "R. Ortiz, RN"


@pytest.mark.parametrize("item", ["identity.name", "identity.born", "consent.on_file"])
def test_nobody_overrides_identity_or_consent(answered: Visit, item: str) -> None:
    answered.answer_all({item: "no"})
    assert answered.now.state is SessionState.STOPPED
    with pytest.raises(NotAllowed, match="cannot be decided by anybody"):
        answered.decide(item)


def test_a_finding_that_has_gone_cannot_be_decided(answered: Visit) -> None:
    with pytest.raises(NotAllowed, match="no longer there"):
        answered.decide("fasting.eaten_yesterday")


def test_the_clearance_is_not_signed_while_something_is_open(visit: Visit) -> None:
    visit.identify()
    with pytest.raises(NotAllowed, match="The clearance cannot be signed yet"):
        visit.sign()


def test_only_a_provider_signs_as_provider(answered: Visit) -> None:
    with pytest.raises(NotAllowed, match="has no provider role"):
        answered.sign(Meaning.PROVIDER_CLEARED, user="lee")
    assert answered.sign(Meaning.PROVIDER_CLEARED, user="menon").record.signatures[0].role == "provider"


def test_a_dose_check_is_not_a_signature_of_this_kind(visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="not signed here"):
        visit.sign(Meaning.DOSE_VERIFIED)


def test_a_signature_says_who_what_and_when(answered: Visit) -> None:
    answered.clock.advance(minutes=3)
    signature = answered.sign().record.signatures[0]
    assert (signature.name, signature.role, signature.meaning) == ("R. Ortiz, RN", "nurse", Meaning.CHECKED)
    assert signature.statement == "I checked each item with the patient."
    assert written_time(signature.at) == "10:45"
    assert len(signature.seal) == 14


@pytest.mark.parametrize(
    "change",
    [
        lambda visit: visit.answer(transport__name="Ngozi Okafor"),
        lambda visit: visit.desk.add_medicine(visit.session, "vitamin C", "07:00"),
        lambda visit: visit.read("126/80 70 98 14 36.6"),
        lambda visit: visit.desk.strike_reading(visit.session, visit.now.record.readings[0].id, "cuff"),
    ],
    ids=["answer", "medicine", "reading", "artefact"],
)
def test_the_clearance_signature_is_void_after_a_later_change(cleared: Visit, change: object) -> None:
    assert callable(change)
    change(cleared)
    assert cleared.now.record.signature(Meaning.CHECKED) is None
    assert cleared.now.record.signatures[0].void
    assert cleared.now.state is not SessionState.CLEARED


@pytest.mark.parametrize(
    "later",
    [
        lambda visit: visit.order(),
        lambda visit: visit.desk.printed(visit.session, "checklist"),
        lambda visit: visit.desk.lock(),
        lambda visit: visit.desk.plan_start(visit.session, "11:30"),
        lambda visit: visit.desk.record_effect(visit.session, "anxiety 1"),
    ],
    ids=["order", "print", "lock", "planned start", "side effect"],
)
def test_what_the_clearance_does_not_cover_leaves_its_signature_alone(cleared: Visit, later: object) -> None:
    assert callable(later)
    later(cleared)
    assert cleared.now.record.signature(Meaning.CHECKED) is not None


def test_a_decision_about_the_room_leaves_the_clearance_signed(cleared: Visit) -> None:
    cleared.order(ready__kit="no")
    cleared.decide("ready.kit", reason="Suction of room 2 stands here")
    assert cleared.now.record.signature(Meaning.CHECKED) is not None


def test_a_decision_before_the_start_after_signing_makes_the_signature_void(visit: Visit) -> None:
    visit.prepare("142/88 76 98 14 36.7")
    visit.decide_all()
    visit.sign()
    finding = next(one for one in visit.now.findings if one.decision is not None)
    visit.decide(finding.key, reason="Looked again")
    assert visit.now.record.signature(Meaning.CHECKED) is None


def test_a_weight_far_from_last_time_is_asked_once(visit: Visit) -> None:
    with pytest.raises(NeedsConfirmation):
        visit.answer(vitals__weight="150.8")
    assert visit.now.answer("vitals.weight") is None
    visit.desk.answer(visit.session, "vitals.weight", "150.8", confirmed=True)
    assert visit.now.answer("vitals.weight") is not None
