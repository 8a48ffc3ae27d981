"""Vital signs in one line, with the time observed and the time entered; side effects in a few letters."""

from decimal import Decimal

import pytest

from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import RowId, Stage
from checklist.times import written_time
from tests.desk.visit import Visit, local


def test_a_whole_set_in_one_line(visit: Visit) -> None:
    reading = visit.read("142/88 76 98 14 36.7 s5 n1").record.readings[0]
    numbers = (reading.sbp, reading.dbp, reading.hr, reading.spo2, reading.rr, reading.temp_c)
    assert numbers == (142, 88, 76, 98, 14, Decimal("36.7"))
    assert (reading.moaas, reading.nausea, reading.stage) == (5, 1, Stage.BASELINE)
    assert reading.typed == "142/88 76 98 14 36.7 s5 n1"
    assert reading.observed == reading.entered == visit.clock.now()


def test_a_leading_time_says_when_it_was_observed(visit: Visit) -> None:
    reading = visit.read("1030 142/88 76 98 14 36.7").record.readings[0]
    assert (reading.observed, reading.entered) == (local("2026-11-18 10:30"), visit.clock.now())


def test_a_stamp_says_when_it_was_observed_and_a_typed_time_goes_before_it(visit: Visit) -> None:
    stamp = visit.clock.now()
    visit.clock.advance(minutes=7, seconds=20)
    visit.desk.record_reading(visit.session, "142/88 76 98 14 36.7", observed=stamp.plus(seconds=40))
    visit.desk.record_reading(visit.session, "1035 140/86 74 98 14 36.7", observed=stamp)
    first, second = visit.now.record.readings
    assert [written_time(one.observed) for one in (first, second)] == ["10:35", "10:42"]
    assert second.observed == stamp
    assert written_time(second.entered) == "10:49"


def test_a_late_entry_lands_in_the_stage_in_which_it_was_observed(started: Visit) -> None:
    started.clock.advance(minutes=40)
    started.desk.stop(started.session, "50")
    started.clock.advance(minutes=10)
    for line in (
        "1041 130/80 70 98 14",
        "1042 131/80 70 98 14 s5",
        "1121 140/85 80 97 14 s4",
        "1122 138/84 78 97 14 s4",
    ):
        started.read(line)
    stages = {
        written_time(one.observed): one.stage for one in started.now.record.readings if one.typed[0:2] in ("10", "11")
    }
    assert stages == {
        "10:41": Stage.BASELINE,
        "10:42": Stage.INFUSION,
        "11:21": Stage.INFUSION,
        "11:22": Stage.RECOVERY,
    }


@pytest.mark.parametrize("line", ["", "hello", "400/88 76 98 14 36.7", "142/88 76 198 14"])
def test_an_impossible_line_never_lands(visit: Visit, line: str) -> None:
    with pytest.raises(NotUnderstood):
        visit.read(line)
    assert visit.now.record.readings == ()


@pytest.mark.parametrize("line", ["230/88 76 98 14 36.7", "1200 230/88 76 98 14 36.7"])
def test_an_unusual_line_is_asked_once(visit: Visit, line: str) -> None:
    with pytest.raises(NeedsConfirmation):
        visit.read(line)
    assert len(visit.now.record.readings) == 0
    snapshot = visit.desk.record_reading(visit.session, "230/88 76 98 14 36.7", confirmed=True)
    assert [one.sbp for one in snapshot.record.readings] == [230]


@pytest.mark.parametrize("line", ["", "1", "142", "142/", "142/88 76 98 14 36.7", "999999999", "\x00", "<b>", "🩺"])
def test_the_preview_never_raises_and_writes_nothing(visit: Visit, line: str) -> None:
    before = visit.now.record
    visit.desk.preview_reading(visit.now, line)
    assert visit.now.record == before


def test_an_artefact_stays_struck_in_the_record_and_the_rules_leave_it_out(visit: Visit) -> None:
    visit.prepare("178/88 76 98 14 36.7")
    assert any(one.step == "vitals" for one in visit.now.clearance.open_findings)
    visit.read("126/80 70 98 14 36.6")
    wrong = next(one for one in visit.now.record.readings if one.sbp == 178)
    snapshot = visit.desk.strike_reading(visit.session, wrong.id, "Cuff slipped")
    struck = next(one for one in snapshot.record.readings if one.id == wrong.id)
    assert (struck.artefact, struck.sbp, struck.entered) == ("Cuff slipped", 178, wrong.entered)
    assert [one.sbp for one in snapshot.record.valid_readings()] == [126]
    assert snapshot.clearance.passes


def test_striking_needs_a_reason_and_a_reading(visit: Visit) -> None:
    row = visit.read("142/88 76 98 14 36.7").record.readings[0]
    with pytest.raises(NotUnderstood, match="why"):
        visit.desk.strike_reading(visit.session, row.id, " ")
    with pytest.raises(NotAllowed, match="not in the record"):
        visit.desk.strike_reading(visit.session, RowId("nothing"), "Cuff slipped")


@pytest.mark.parametrize(
    ("line", "term", "grade", "action"),
    [
        ("nausea 1", "nausea", 1, ""),
        ("na1", "nausea", 1, ""),
        ("NAUSEA 2 ondansetron 4 mg", "nausea", 2, "ondansetron 4 mg"),
        ("dizz 3: sat down", "dizziness", 3, "sat down"),
        ("panic 2", "anxiety", 2, ""),
        ("iv 1", "iv_site", 1, ""),
        ("other 2 hiccups", "other", 2, "hiccups"),
        ("other hiccups 1", "other", 1, "hiccups"),
        ("other cold feet 1 blanket", "other", 1, "cold feet; blanket"),
    ],
)
def test_a_side_effect_in_a_few_letters(visit: Visit, line: str, term: str, grade: int, action: str) -> None:
    effect = visit.desk.record_effect(visit.session, line).record.effects[0]
    assert (effect.term, effect.grade, effect.action) == (term, grade, action)
    assert (effect.onset, effect.ended) == (visit.clock.now(), None)


OFFERED = {"nausea": "Nausea: 1 no treatment · 2 antiemetic given · 3 cannot take fluids"}
"""While the grade is missing, the words of all grades stand there; which one it is, the nurse says."""


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "Type the side effect and its grade"),
        ("nausea", "Type the side effect and its grade"),
        ("2", "Type the side effect and its grade"),
        ("nausea 0", "Grade 0 is not on the scale"),
        ("nausea 5", "Grade 5 is not on the scale"),
        ("nausea 12", "Grade 12 is not on the scale"),
        ("blood 1", "could be: Blood pressure rise, Blood pressure fall"),
        ("hiccups 1", "not on the list of side effects. Type “other hiccups 1”"),
    ],
)
def test_a_side_effect_that_is_not_clear_is_refused(visit: Visit, line: str, sentence: str) -> None:
    assert visit.desk.preview_effect(line) == OFFERED.get(line, "")
    with pytest.raises(NotUnderstood) as refused:
        visit.desk.record_effect(visit.session, line)
    assert sentence in refused.value.sentence
    assert visit.now.record.effects == ()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("nausea 1", "Nausea, grade 1: no treatment"),
        ("na 2 ondansetron", "Nausea, grade 2: antiemetic given; ondansetron"),
        ("vom 4", "Vomiting, grade 4: life-threatening, urgent help"),
    ],
)
def test_the_preview_says_what_the_grade_means(visit: Visit, line: str, shown: str) -> None:
    assert visit.desk.preview_effect(line) == shown


def test_a_side_effect_ends_and_a_mistaken_one_is_struck(visit: Visit) -> None:
    first = visit.desk.record_effect(visit.session, "nausea 1").record.effects[0]
    second = visit.desk.record_effect(visit.session, "headache 1").record.effects[1]
    visit.clock.advance(minutes=12)
    visit.desk.end_effect(visit.session, first.id)
    record = visit.desk.remove_effect(visit.session, second.id).record
    assert [(one.term, one.ended, one.removed) for one in record.effects] == [
        ("nausea", visit.clock.now(), False),
        ("headache", None, True),
    ]
    assert [one.term for one in record.current_effects] == ["nausea"]
    with pytest.raises(NotAllowed, match="not in the record"):
        visit.desk.end_effect(visit.session, second.id)
