"""Answers: five states, what is kept beside them, how they read, and what an earlier visit brings back."""

from datetime import date
from decimal import Decimal

import pytest

from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import AnswerState, Level, Quantity, TimeValue
from tests.desk.visit import PASSWORD, Visit, local


def shown(visit: Visit, item: str) -> str:
    answer = visit.now.answer(item)
    assert answer is not None
    return visit.desk.shown(visit.now, answer)


@pytest.mark.parametrize("state", [AnswerState.DECLINED, AnswerState.NOT_APPLICABLE])
def test_declined_and_not_applicable_need_a_reason(visit: Visit, state: AnswerState) -> None:
    with pytest.raises(NotUnderstood, match="write the reason"):
        visit.desk.answer(visit.session, "asq.1", "", state=state)
    assert visit.now.answer("asq.1") is None
    visit.desk.answer(visit.session, "asq.1", "", state=state, reason="Too upset")
    answer = visit.now.answer("asq.1")
    assert answer is not None
    assert (answer.state, answer.value, answer.reason) == (state, None, "Too upset")


def test_each_state_reads_as_its_own_word(visit: Visit) -> None:
    def said(state: AnswerState, reason: str = "") -> str:
        visit.desk.answer(visit.session, "fasting.solids", "", state=state, reason=reason)
        return shown(visit, "fasting.solids")

    assert said(AnswerState.UNKNOWN) == "Not known"
    assert said(AnswerState.DECLINED, "embarrassed") == "Declined: embarrassed"
    assert said(AnswerState.NOT_APPLICABLE, "fed by tube") == "Does not apply: fed by tube"
    assert said(AnswerState.UNANSWERED) == "Not answered"


def test_an_unknown_meal_holds(answered: Visit) -> None:
    answered.desk.answer(answered.session, "fasting.solids", "", state=AnswerState.UNKNOWN)
    finding = next(one for one in answered.now.findings if one.key == "fasting.solids")
    assert finding.level is Level.HOLD


def test_clearing_an_answer_asks_it_again_and_keeps_the_old_one(visit: Visit) -> None:
    visit.fast()
    snapshot = visit.desk.answer(visit.session, "fasting.solids", "", state=AnswerState.UNANSWERED)
    assert "fasting.solids" in {item.id for item in snapshot.clearance.missing}
    assert [one.state for one in snapshot.record.history[visit.desk.protocol.item("fasting.solids").id]] == [
        AnswerState.ANSWERED,
        AnswerState.UNANSWERED,
    ]


def test_the_history_is_newest_first_with_who_and_when(visit: Visit) -> None:
    visit.answer(fasting__solids="yesterday 21:30")
    visit.clock.advance(minutes=5)
    visit.desk.unlock("lee", PASSWORD)
    visit.answer(fasting__solids="07:20")
    assert visit.desk.history(visit.now, "fasting.solids") == (
        "Today 07:20 · S. Lee, RN 10:47",
        "Tue 17-Nov 21:30 · R. Ortiz, RN 10:42",
    )
    assert visit.desk.history(visit.now, "fasting.fluids") == ()


def test_the_history_names_the_day_when_it_is_read_on_another(visit: Visit) -> None:
    visit.answer(fasting__fatty="no")
    visit.clock.advance(days=1)
    assert visit.desk.history(visit.now, "fasting.fatty") == ("No · R. Ortiz, RN Yesterday 10:42",)


@pytest.mark.parametrize(
    ("item", "typed", "expected"),
    [
        ("consent.on_file", "y", "Yes"),
        ("consent.on_file", " N ", "No"),
        ("transport.plan", "rideshare_alone", "Ride alone"),
        ("consent.date", "1 oct 2026", "01-Oct-2026"),
        ("fasting.solids", "last night 10", "Tue 17-Nov 22:00"),
        ("fasting.solids", "around 0630", "Approx Today 06:30"),
        ("vitals.weight", "68.4", "68.4 kg"),
        ("vitals.weight", "68,4 kg", "68.4 kg"),
        ("vitals.weight", "150.8 lb", "68.4 kg (150.8 lb)"),
        ("vitals.height", "5'5\"", "165.1 cm (5'5\")"),
        ("dose.mg_per_kg", "0.75", "0.75 mg/kg"),
        ("dose.mg_per_kg", "0.125", "0.125 mg/kg"),
        ("dose.mg", "34.25 mg", "34.25 mg"),
        ("dose.minutes", "40 min", "40 min"),
        ("dose.total_ml", "50 ml", "50 mL"),
        ("fasting.glucose", "5.5 mmol/L", "99 mg/dL (5.5 mmol/L)"),
        ("dose.expiry", "31-Dec-2027", "31-Dec-2027"),
        ("transport.phone", "5185550142", "518-555-0142"),
        ("transport.name", "<b>Chidi</b> & co", "<b>Chidi</b> & co"),
    ],
)
def test_an_answer_reads_as_people_say_it(visit: Visit, item: str, typed: str, expected: str) -> None:
    visit.answer_all({item: typed})
    assert shown(visit, item) == expected


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("consent.on_file", "maybe"),
        ("consent.on_file", ""),
        ("transport.plan", "bus"),
        ("transport.name", "   "),
        ("transport.phone", "5550142"),
        ("fasting.solids", "18-Nov 23:59"),
        ("fasting.solids", "noonish"),
        ("consent.date", "31 feb 2026"),
        ("consent.date", "01-Jan-2027"),
        ("vitals.weight", "684"),
        ("vitals.weight", "heavy"),
        ("transport.name", "x" * 10_001),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(visit: Visit, item: str, typed: str) -> None:
    before = visit.now.record
    with pytest.raises(NotUnderstood) as refused:
        visit.answer_all({item: typed})
    assert refused.value.sentence
    assert visit.now.record == before


@pytest.mark.parametrize(
    ("item", "typed"), [("fasting.solids", "14-Nov 08:00"), ("vitals.weight", "201"), ("dose.mg_per_kg", "0.9")]
)
def test_the_unusual_is_asked_once(visit: Visit, item: str, typed: str) -> None:
    with pytest.raises(NeedsConfirmation):
        visit.desk.answer(visit.session, item, typed)
    assert visit.desk.answer(visit.session, item, typed, confirmed=True).answer(item) is not None


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh",
        "Владимир",
        "محمد علي",
        "山田 太郎",
        "<b>Bold</b>",
        "O'Brien; DROP TABLE",
        "👍🏽 Ada",
        "x" * 10_000,
    ],
)
def test_words_are_kept_as_typed(visit: Visit, name: str) -> None:
    visit.answer(transport__name=name)
    answer = visit.now.answer("transport.name")
    assert answer is not None
    assert answer.value == name


def test_a_quantity_keeps_full_precision_and_what_was_typed(visit: Visit) -> None:
    visit.answer(vitals__weight="150.8 lb")
    answer = visit.now.answer("vitals.weight")
    assert answer is not None
    assert isinstance(answer.value, Quantity)
    assert answer.value == Quantity(Decimal("150.8") * Decimal("0.45359237"), "kg", "150.8 lb")


def test_an_estimated_time_is_marked(visit: Visit) -> None:
    visit.answer(fasting__solids="approx. yesterday 21:30")
    answer = visit.now.answer("fasting.solids")
    assert answer is not None
    assert answer.value == TimeValue(local("2026-11-17 21:30"), estimated=True)


def test_an_escort_may_come_later_and_a_meal_may_not(visit: Visit) -> None:
    visit.answer(transport__plan="named_adult", transport__where="reached", transport__back_at="12:30")
    assert shown(visit, "transport.back_at") == "Today 12:30"
    with pytest.raises(NotUnderstood, match="still to come"):
        visit.answer(fasting__solids="18-Nov 12:30")


def test_labels_and_introductions_are_filled_in(visit: Visit) -> None:
    desk, snapshot = visit.desk, visit.arrange_transport()
    protocol = desk.protocol
    assert desk.label(snapshot, protocol.item("screening.change")) == (
        "Change since 11-Nov-2026: health, fever, memory, bladder?"
    )
    assert desk.label(snapshot, protocol.item("discharge.escort")).startswith("Chidi Okafor is here")
    assert desk.help(snapshot, protocol.item("fasting.fatty")) == "Needs 8 hours instead of 6."
    assert "no solids for 6 h" in desk.intro(snapshot, protocol.step_of("fasting.solids"))


def test_the_same_as_last_time_brings_the_escort_back_as_new_answers(visit: Visit) -> None:
    snapshot = visit.desk.same_as_last(visit.session, "transport")
    name, where = snapshot.answer("transport.name"), snapshot.answer("transport.where")
    assert name is not None
    assert (name.value, name.by, name.entered) == ("Chidi Okafor", visit.desk.me.id, visit.clock.now())
    assert where is None  # where the escort is now is asked anew


def test_the_same_as_last_time_brings_medicines_back_unconfirmed(visit: Visit) -> None:
    rows = visit.desk.same_as_last(visit.session, "medicines").record.current_medicines
    assert [row.typed for row in rows][:2] == ["sertraline 100 mg", "lisinopril 10 mg"]
    assert {(row.confirmed, row.last_taken) for row in rows} == {(False, None)}
    with pytest.raises(NotAllowed, match="all here already"):
        visit.desk.same_as_last(visit.session, "medicines")


def test_nothing_is_brought_back_for_a_first_visit(visit: Visit) -> None:
    first = Visit.begin(visit.desk, visit.clock, "Lindqvist")
    with pytest.raises(NotAllowed, match="no earlier session"):
        first.desk.same_as_last(first.session, "transport")
    assert first.desk.last_visit_text(first.now) == ""


def test_an_order_is_brought_back_but_not_its_milligrams(visit: Visit) -> None:
    snapshot = visit.desk.same_as_last(visit.session, "infusion")
    per_kg = snapshot.answer("dose.mg_per_kg")
    assert per_kg is not None
    assert isinstance(per_kg.value, Quantity)
    assert per_kg.value.value == Decimal("0.5")
    assert snapshot.answer("dose.mg") is None


def test_a_session_of_nobody_is_refused_in_words(visit: Visit) -> None:
    from checklist.model import PatientId, SessionId

    with pytest.raises(NotAllowed, match="not in the data file"):
        visit.desk.open(SessionId("nowhere"))
    with pytest.raises(NotAllowed, match="not in the data file"):
        visit.desk.patient(PatientId("nobody"))


def test_a_meal_of_last_year_is_written_with_its_year(visit: Visit) -> None:
    visit.clock.advance(seconds=local("2027-01-01 08:00").since(visit.clock.now()).total_seconds())
    visit.answer(fasting__solids="yesterday 21:30", fasting__fluids="30-Dec 20:00")
    assert shown(visit, "fasting.solids") == "Yesterday 21:30"
    assert shown(visit, "fasting.fluids") == "Wed 30-Dec-2026 20:00"


def test_a_month_nobody_knows_the_day_of_is_kept_as_said_and_taken_for_its_last_day(visit: Visit) -> None:
    visit.answer(screening__change="yes", cond__brain="event")
    snapshot = visit.answer(cond__brain_when="Aug 2026")
    answer = snapshot.answer("cond.brain_when")
    assert answer is not None
    assert (answer.value, answer.typed, shown(visit, "cond.brain_when")) == (date(2026, 8, 31), "Aug 2026", "Aug-2026")
    again = visit.answer(cond__brain_when=shown(visit, "cond.brain_when")).answer("cond.brain_when")
    assert again is not None
    assert again.value == answer.value
    found = next(one for one in visit.now.findings if one.key == "cond.brain_when")
    assert (found.level, found.title) == (
        Level.STOP,
        "Stroke, TIA or head injury, last on Aug-2026, taken as 31-Aug-2026",
    )


def test_the_day_of_a_consent_is_never_guessed_from_a_month(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="is not a date"):
        visit.answer(consent__date="Aug 2026")
    with pytest.raises(NotUnderstood, match="still to come"):
        visit.answer(consent__date="19-Nov-2026")


def test_the_questionnaires_of_a_visit_are_scored_and_told_at_the_next(visit: Visit) -> None:
    visit.answer_all({f"phq9.{place}": score for place, score in enumerate("222222111", 1)})
    form = visit.now.questionnaires[0]
    assert (form.name, form.total, form.band, form.due) == ("PHQ-9", 15, "moderately severe", "")
    visit.answer_all({"phq9.9": "0"})
    assert visit.now.questionnaires[0].total == 14


def test_an_answer_to_a_question_of_before_stays_readable(visit: Visit) -> None:
    """`cond.stroke` was the question until it got its date: what was said then is shown with its own words."""
    visit.answer(screening__change="yes")
    snapshot = visit.answer(cond__stroke="older")
    view = next(one for one in snapshot.step("screening").items if one.item.id == "cond.stroke")
    assert view.answer is not None
    assert shown(visit, "cond.stroke") == "Over 3 months ago"
    assert {one.key: one.level for one in snapshot.findings}["cond.stroke"] is Level.REVIEW
    missing = {item.id for item in snapshot.clearance.missing}
    assert "cond.brain" in missing
    assert "cond.stroke" not in missing
