"""Visits of the practice clinic, written once for all tests of paper."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from checklist.desk import practice
from checklist.model import Meaning
from checklist.snapshot import Snapshot
from checklist.times import ManualClock, Moment
from tests.desk.visit import Visit

NOW = Moment.stored("2026-11-18T10:42:00-05:00[America/New_York]")
FIRST_VISITS = ("Delacruz", "Hartley", "Nguyễn", "Lindqvist")
LABS = {"labs.lft_date": "1-Nov-2026", "labs.alt": "130", "labs.ast": "32", "labs.ecg": "normal"}


@pytest.fixture(scope="session")
def visits(written_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Snapshot]]:
    """First visits, and Okafor's next one: nothing new but a blood pressure that was repeated.

    Then the same with a questionnaire begun ("begun"), and with both and laboratory values ("filled in").
    """
    folder, clock = shutil.copytree(written_once, tmp_path_factory.mktemp("paper") / "practice"), ManualClock(NOW)
    desk = practice.front_door(folder, clock).sign_in("ortiz", practice.PASSWORD)
    found = {}
    for name in FIRST_VISITS:
        patient = desk.find_patients(name)[0].patient
        found[name] = desk.open(desk.sessions_of(patient.id)[0].id)
    visit = Visit.begin(desk, clock)
    visit.prepare("142/88 76 98 14 36.7")
    clock.advance(minutes=6)
    visit.read("138/86 74 98 14")
    desk.sign(visit.session, Meaning.CHECKED, user="ortiz", password=practice.PASSWORD)
    found["Okafor"] = visit.now
    found["begun"] = visit.answer_all({f"phq9.{place}": score for place, score in enumerate("11110001", 1)})
    visit.answer_all({"phq9.9": "0", "phq9.difficulty": "1"})
    visit.answer_all({f"gad7.{place}": "2" for place in range(1, 8)})
    found["filled in"] = visit.answer_all(LABS)
    yield found
    desk.close()
