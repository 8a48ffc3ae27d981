"""What keeps a patient from starting beside the numbers of the set: word for word."""

from dataclasses import replace

import pytest

from checklist.model import EventKind, RowId, Stage
from checklist.rules import before_start
from tests.approved import approved
from tests.rules.build import BASELINE, event, reading
from tests.rules.test_what_is_said_before import took
from tests.rules.told import said_by

STARTED_AT = event(EventKind.STARTED, "10:20")
PAIN = reading("128/80", "10:30", symptoms=("chest_pain",))
BEFORE_START = {
    "a good set": took(BASELINE),
    "chest pain, then a good reading": took(PAIN, reading("124/78", "10:40")),
    "two symptoms, then a seizure": took(
        reading("128/80", "10:25", symptoms=("chest_pain", "apnoea")), reading(hr=80, at="10:35", symptoms=("seizure",))
    ),
    "a symptom outside the list": took(reading("128/80", "10:30", symptoms=("itchy nose",))),
    "one outside the list and one of an emergency": took(
        reading("128/80", "10:30", symptoms=("itchy nose",)), replace(PAIN, id=RowId("r9"))
    ),
    "dissociation 1": took(reading("118/76", dissociation=1)),
    "dissociation 2": took(reading("118/76", dissociation=2)),
    "dissociation 3, then 0": took(reading("118/76", "10:30", dissociation=3), reading("118/76", dissociation=0)),
    "dissociation 3, then not scored": took(reading("118/76", "10:30", dissociation=3), reading("118/76")),
    "agitation 1": took(reading("118/76", agitation=1)),
    "agitation 2": took(reading("118/76", agitation=2)),
    "nausea 1": took(reading("118/76", nausea=1)),
    "nausea 2": took(reading("118/76", nausea=2)),
    "a struck chest pain": took(replace(PAIN, artefact="meant the patient before")),
    "a struck pressure": took(reading("190/120", artefact="cuff slipped")),
    "a struck symptom outside the list": took(reading("128/80", symptoms=("itchy nose",), artefact="nothing there")),
    "a struck chest pain of the infusion": took(
        replace(PAIN, artefact="meant the patient before", stage=Stage.INFUSION), events=(STARTED_AT,)
    ),
}

SAID = {"before_start": said_by(before_start.findings, BEFORE_START)}


@pytest.mark.parametrize("case", SAID["before_start"])
def test_what_keeps_from_starting_is_said_word_for_word(case: str) -> None:
    assert SAID["before_start"][case]() == approved("before_start")[case]


def test_every_approved_text_still_has_its_case() -> None:
    assert list(approved("before_start")) == list(SAID["before_start"])
