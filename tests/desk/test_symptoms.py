"""Symptoms behind a `!` in the line of vital signs."""

import pytest

from checklist.errors import NotUnderstood
from checklist.model import Level
from checklist.rules.signs import EMERGENCY_SYMPTOMS
from tests.desk.visit import Visit

SET = "184/112 96 97 16 s4"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("! chest pain", ("chest_pain",)),
        ("! ch", ("chest_pain",)),
        ("!headache", ("severe_headache",)),
        ("! sight, chest", ("vision_loss", "chest_pain")),
        ("! chest ! sei", ("chest_pain", "seizure")),
        ("! APNOEA", ("apnoea",)),
        ("! chest, chest pain", ("chest_pain",)),
        ("", ()),
    ],
)
def test_first_letters_name_the_symptom(visit: Visit, typed: str, ids: tuple[str, ...]) -> None:
    reading = visit.desk.record_reading(visit.session, f"{SET} {typed}", confirmed=True).record.readings[-1]
    assert reading.symptoms == ids
    assert (reading.sbp, reading.moaas) == (184, 4)
    assert reading.typed == f"{SET} {typed}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("! hiccups", "“hiccups” is not on the list of symptoms: Chest pain, Severe headache"),
        ("! se", "“se” could be: Severe headache, Seizure. Type one letter more."),
        ("!", "Type the symptom after the “!”: Chest pain"),
    ],
)
def test_what_is_not_one_symptom_is_refused_and_nothing_is_kept(visit: Visit, typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        visit.desk.record_reading(visit.session, f"{SET} {typed}", confirmed=True)
    assert said in refused.value.sentence
    assert visit.now.record.readings == ()
    preview = visit.desk.preview_reading(visit.now, f"128/80 72 98 14 36.6 {typed}")
    assert said in preview.problem
    assert preview.draft is None


def test_the_preview_names_the_symptom_in_full(visit: Visit) -> None:
    preview = visit.desk.preview_reading(visit.now, "128/80 72 98 14 36.6 ! ch")
    assert preview.text.endswith(" · ! Chest pain")
    assert preview.problem == ""


def test_every_symptom_of_the_rules_has_its_words_in_the_protocol(visit: Visit) -> None:
    texts = visit.desk.protocol.texts
    assert {one: texts[f"symptom_{one}"] for one in EMERGENCY_SYMPTOMS} == EMERGENCY_SYMPTOMS


def test_a_symptom_during_the_infusion_calls_the_provider_at_once(started: Visit) -> None:
    started.clock.advance(minutes=10)
    snapshot = started.read("128/80 76 98 14 s5 ! chest pain")
    called = [one for one in snapshot.findings if one.level is Level.STOP and "Chest pain" in one.title]
    assert called
