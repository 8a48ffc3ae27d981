"""A visit that leaves the program as data: whole, and fit to be held against the record."""

import csv
import json
from io import StringIO
from typing import Any

import pytest

from checklist.desk import Desk
from checklist.desk.values import AS_DATA
from checklist.model import EntryKind, SessionId
from checklist.times import ManualClock
from tests.desk.closed import Closed


@pytest.fixture
def closed(desk: Desk, clock: ManualClock) -> Closed:
    return Closed.third(desk, clock)


def as_data(desk: Desk, session: SessionId) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(desk.record_as_data(session))
    return whole


def rows(desk: Desk, session: SessionId) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(desk.record_as_table(session).decode("utf-8-sig"))))


def test_every_entry_of_the_visit_stands_in_both_with_its_hash(closed: Closed, desk: Desk) -> None:
    patient = desk.snapshot(closed.session).patient.id
    of_visit = desk._file.journal.entries(closed.session)
    wanted = {
        entry.seq: entry.hash
        for entry in (*desk._file.journal.entries(patient=patient, kinds=[EntryKind.PATIENT]), *of_visit)
    }
    assert len(of_visit) > 50
    assert {one["entry"]: one["hash"] for one in as_data(desk, closed.session)["entries"]} == wanted
    assert {int(one["entry"]): one["hash"] for one in rows(desk, closed.session)} == wanted


def test_the_data_say_whose_visit_it_was_how_it_stands_and_who_signed(closed: Closed, desk: Desk) -> None:
    whole = as_data(desk, closed.session)
    assert whole["patient"]["family"] == "Okafor"
    assert whole["patient"]["born"] == "1986-03-14"
    assert (whole["visit"]["state"], whole["visit"]["record_version"]) == ("discharged", 1)
    assert whole["made"]["by"] == "R. Ortiz, RN"
    assert [one["meaning"] for one in whole["signatures"] if one["intact"] and not one["void"]]
    snapshot = desk.snapshot(closed.session)
    assert [one["key"] for one in whole["findings"]] == [one.key for one in snapshot.findings]
    assert {one["item"] for one in whole["answers"]} == set(snapshot.record.answers)


def test_a_corrected_answer_has_its_new_value_and_both_entries(closed: Closed, desk: Desk) -> None:
    closed.amend("answer:vitals.weight", "86.4")
    whole = as_data(desk, closed.session)
    (weight,) = [one for one in whole["answers"] if one["item"] == "vitals.weight"]
    assert weight["typed"] == "86.4"
    assert weight["question"] == desk.protocol.item("vitals.weight").label
    written = [(one["kind"], one["body"].get("typed")) for one in whole["entries"] if one["item"] == "vitals.weight"]
    assert written == [("answer", "68.4"), ("amendment", None)]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1 cup", "-1", "@a", "Łukasz, محمد 王小明 😀", 'a "b"; <c> & d'])
def test_whatever_was_typed_survives_and_is_no_formula(closed: Closed, desk: Desk, text: str) -> None:
    closed.amend("answer:vitals.weight", "86.4", reason=text)
    (amendment,) = [one for one in as_data(desk, closed.session)["entries"] if one["kind"] == "amendment"]
    assert amendment["body"]["reason"] == text
    cells = [cell for row in rows(desk, closed.session) for cell in row.values()]
    assert [cell for cell in cells if text in cell]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_copy_as_data_is_no_paper(closed: Closed, desk: Desk) -> None:
    desk.printed(closed.session, AS_DATA)
    (row,) = [one for one in desk.records().rows if one.session.id == closed.session]
    assert row.paper == "Not printed"
