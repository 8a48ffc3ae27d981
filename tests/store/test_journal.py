"""What is written comes back as it was, in order, once, with who, when and where; all of it or nothing."""

from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist import __version__
from checklist.model import Draft, EntryKind, Json, PatientId, SessionId, StaffId
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.journal import _OF_VISIT
from checklist.store.migrations import OF_ORDERS, OF_VIALS
from checklist.store.slots import DataKey
from checklist.times import ManualClock, Moment
from tests.store.drafts import NURSE, answer, clinic, member, patient, raw_connection, session


def test_an_answer_comes_back_as_it_was_given(data: DataFile, clock: ManualClock) -> None:
    (written,) = data.journal.append(answer("y", item="transport.escort"))
    assert written.seq == 1
    assert written.kind is EntryKind.ANSWER
    assert written.entered == clock.now()
    assert written.entered.zone == "America/New_York"
    assert (written.by, written.patient, written.session) == (NURSE, "patient-1", "session-1")
    assert written.item == "transport.escort"
    assert written.body == {"state": "answered", "typed": "y"}
    assert data.journal.entries() == (written,)


def test_entries_are_there_after_the_program_is_started_again(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    written = data.journal.append(clinic(), member(), patient(), session(), answer())
    data.close()
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.journal.entries() == written
        assert opened.journal.last_seq == 5
        assert opened.verify().ok


def test_the_line_keeps_the_workstation_the_program_and_the_zone(data: DataFile, folder: Path, key: DataKey) -> None:
    data.journal.append(answer())
    raw = raw_connection(folder / DATA_NAME, key)
    row = raw.execute("SELECT workstation, version, entered FROM entries").fetchone()
    raw.close()
    assert row == ("front-desk", __version__, "2026-11-18T10:42:07.123456-05:00[America/New_York]")


def test_several_drafts_get_numbers_in_their_order_and_one_time(data: DataFile, clock: ManualClock) -> None:
    first = data.journal.append(answer("1"), answer("2"), answer("3"))
    clock.advance(seconds=5)
    second = data.journal.append(answer("4"))
    assert [(entry.seq, entry.body["typed"]) for entry in first + second] == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
        (4, "4"),
    ]
    assert len({entry.entered for entry in first}) == 1
    assert second[0].entered.since(first[0].entered).total_seconds() == 5


def test_nothing_to_write_writes_nothing(data: DataFile) -> None:
    assert data.journal.append() == ()
    assert data.journal.last_seq == 0


def test_when_one_draft_cannot_be_written_none_is(data: DataFile) -> None:
    data.journal.append(patient())
    with pytest.raises(sqlcipher.IntegrityError):
        data.journal.append(answer(), patient(2), session(of_patient=99))
    assert data.journal.last_seq == 1
    assert data.index.patient(PatientId("patient-2")) is None
    assert data.verify().ok


@pytest.mark.parametrize(
    "body",
    [
        {"dose": 0.5},
        {"doses": [1, [2, {"x": 0.5}]]},
        {"at": datetime(2026, 11, 18)},  # noqa: DTZ001 - any object will do
        {"pair": (1, 2)},
        {"by number": {1: "x"}},
        {"dose": float("nan")},
        {"raw": b"x"},
    ],
    ids=str,
)
def test_a_body_that_is_not_plain_json_is_refused_and_nothing_is_written(
    data: DataFile, body: dict[str, object]
) -> None:
    with pytest.raises(TypeError, match=r"a body"):
        data.journal.append(answer(), Draft(EntryKind.ANSWER, NURSE, cast("dict[str, Json]", body)))
    assert data.journal.last_seq == 0


def test_entries_are_found_by_visit_patient_kind_and_number(data: DataFile) -> None:
    data.journal.append(patient(1), patient(2), session(1, 1), session(2, 2), answer("a", 1), answer("b", 2))

    def numbers(**wanted: object) -> list[int]:
        return [entry.seq for entry in data.journal.entries(**wanted)]  # type: ignore[arg-type]

    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert numbers(session=SessionId("session-2")) == [4, 6]
    assert numbers(patient=PatientId("patient-1")) == [1, 3, 5]
    assert numbers(patient=PatientId("patient-2")) == [2, 4]
    assert numbers(patient=PatientId("patient-2"), kinds=[EntryKind.PATIENT]) == [2]
    assert numbers(patient=PatientId("patient-2"), kinds=[EntryKind.SESSION]) == [4]
    assert numbers(kinds={EntryKind.PATIENT, EntryKind.SESSION}) == [1, 2, 3, 4]
    assert numbers(after_seq=4) == [5, 6]
    assert numbers(kinds=()) == []
    assert numbers(
        session=SessionId("session-1"), patient=PatientId("patient-1"), kinds=[EntryKind.ANSWER], after_seq=3
    ) == [5]
    assert numbers(session=SessionId("session-9")) == []


def test_what_the_caller_changes_afterwards_does_not_change_the_entry(data: DataFile) -> None:
    inner: list[Json] = [1]
    body: dict[str, Json] = {"values": inner, "more": {"list": inner}}
    (written,) = data.journal.append(Draft(EntryKind.ROW, NURSE, body))
    inner.append(2)
    body["values"] = [2]
    assert written.body == {"values": [1], "more": {"list": [1]}}


def test_a_clock_set_back_by_more_than_a_minute_is_written_down_first(data: DataFile, clock: ManualClock) -> None:
    data.journal.append(answer("before"))
    clock.jump(minutes=-90)
    returned = data.journal.append(answer("after"), answer("after too"))
    assert [entry.seq for entry in returned] == [3, 4]
    note = data.journal.entries(kinds=[EntryKind.CLOCK])[0]
    assert note.seq == 2
    assert note.by == NURSE
    assert note.body == {
        "last": "2026-11-18T10:42:07.123456-05:00[America/New_York]",
        "now": "2026-11-18T09:12:07.123456-05:00[America/New_York]",
        "seconds_back": 5400,
    }
    data.journal.append(answer("later"))
    assert len(data.journal.entries(kinds=[EntryKind.CLOCK])) == 1
    assert data.verify().ok


@pytest.mark.parametrize(("seconds", "notes"), [(-60, 0), (-61, 1), (3600, 0), (0, 0)])
def test_a_minute_back_is_the_time_server_more_is_somebodys_doing(
    data: DataFile, clock: ManualClock, seconds: int, notes: int
) -> None:
    data.journal.append(answer())
    clock.jump(seconds=seconds)
    data.journal.append(answer())
    assert len(data.journal.entries(kinds=[EntryKind.CLOCK])) == notes


def test_the_autumn_hour_that_comes_twice_is_not_a_clock_set_back(data: DataFile, clock: ManualClock) -> None:
    night = Moment.stored("2026-11-01T01:50:00-04:00[America/New_York]")
    clock.jump(seconds=night.since(clock.now()).total_seconds())
    first = data.journal.append(answer())[0]
    clock.advance(minutes=20)
    second = data.journal.append(answer())[0]
    assert (first.entered.local.hour, second.entered.local.hour) == (1, 1)
    assert data.journal.entries(kinds=[EntryKind.CLOCK]) == ()
    assert data.journal.entries()[1].entered.since(first.entered).total_seconds() == 1200


NAMES = ["Nguyễn", "Łukasz", "محمد", "王小明", "Amara 🌸", "O'Brien", 'Anne "Annie"', "Robert'); DROP TABLE entries;--"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_back_letter_by_letter(data: DataFile, name: str) -> None:
    data.journal.append(patient(family=name))
    found = data.index.patient(PatientId("patient-1"))
    assert found is not None
    assert found.family == name
    assert data.journal.entries()[0].body["family"] == name
    assert data.verify().ok


def test_a_note_of_ten_thousand_characters_comes_back_whole(data: DataFile) -> None:
    note = "Ă💉\n" * 3334
    data.journal.append(patient(notes=note))
    found = data.index.patient(PatientId("patient-1"))
    assert found is not None
    assert found.notes == note


def test_half_an_emoji_pasted_from_elsewhere_is_not_lost(data: DataFile) -> None:
    data.journal.append(patient(family="Okafor \ud83c", notes="\x00"))
    assert data.journal.entries()[0].body["family"] == "Okafor \ud83c"
    (found,) = data.index.find_patients("okafor")
    assert found.family == "Okafor \ufffd"
    assert data.verify().ok


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.text(), plain_json, max_size=5), item=st.text(max_size=20))
def test_any_body_comes_back_equal_and_the_chain_holds(data: DataFile, body: dict[str, Json], item: str) -> None:
    (written,) = data.journal.append(Draft(EntryKind.ROW, StaffId("staff-1"), body, item=item))
    assert written.body == body
    assert data.journal.entries(after_seq=written.seq - 1) == (written,)
    assert written.item == item
    assert data.journal.verify().ok


def test_orders_and_vials_of_all_years_are_found_by_lists_of_their_own(data: DataFile) -> None:
    visit = (PatientId("patient-1"), SessionId("session-1"))
    data.journal.append(patient(), session(), answer("V7", item="dose.vial"), answer("KT-1", item="dose.lot"))
    data.journal.append(
        Draft(EntryKind.ORDER, NURSE, {"text": "hold"}, *visit, "menon"),
        Draft(EntryKind.DECISION, NURSE, {"verbal_from": ""}, *visit),
        Draft(EntryKind.DECISION, NURSE, {"verbal_from": "Dr. A. Menon"}, *visit),
        Draft(EntryKind.SIGNATURE, NURSE, {"meaning": "authenticated", "covers": [5]}, *visit, "authenticated"),
        Draft(EntryKind.SIGNATURE, NURSE, {"meaning": "discharge"}, *visit, "discharge"),
        Draft(EntryKind.AMENDMENT, NURSE, {"value": "V8"}, *visit, "dose.vial"),
    )
    assert [entry.seq for entry in data.journal.orders()] == [5, 7, 8]
    assert [entry.seq for entry in data.journal.vials()] == [3, 10]


def test_what_belongs_to_no_patient_is_found_by_its_kind_in_the_order_written(data: DataFile) -> None:
    keys = [Draft(EntryKind.KEYS, NURSE, {"what": str(number)}) for number in range(3)]
    data.journal.append(keys[0], patient(), session(), answer(), keys[1], Draft(EntryKind.LOCKED, NURSE, {}), keys[2])
    assert [entry.seq for entry in data.journal.of_desk_between([EntryKind.KEYS])] == [1, 5, 7]
    assert [entry.seq for entry in data.journal.of_desk_between([EntryKind.KEYS], 5)] == [7]
    condition = "kind IN (?) AND session IS NULL AND patient IS NULL AND seq > ?"
    sql = f"EXPLAIN QUERY PLAN SELECT * FROM entries WHERE {condition} ORDER BY seq"
    plan = [row[3] for row in data.journal._db.execute(sql, ["keys", 5]).fetchall()]
    assert plan == ["SEARCH entries USING INDEX entries_of_desk (kind=? AND seq>?)"]


def test_those_lists_are_read_and_not_the_whole_journal(data: DataFile) -> None:
    for condition, name in ((OF_ORDERS, "entries_of_orders"), (OF_VIALS, "entries_of_vials")):
        plan = data.journal._db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM entries WHERE ({condition}) ORDER BY seq")
        assert [row[3] for row in plan.fetchall()] == [f"SCAN entries USING INDEX {name}"]


def test_only_where_another_visit_begins_is_written_into_the_list_of_visits(data: DataFile) -> None:
    data.journal.append(patient(), session(), answer("a"), answer("b"))
    data.journal.append(session(2), answer("c", 2))
    data.journal.append(answer("d"))
    data.journal.append(Draft(EntryKind.LOCKED, NURSE, {}))
    data.journal.append(Draft(EntryKind.LOCKED, NURSE, {}), answer("e"))
    runs = [(row["first_seq"], row["session"]) for row in data._db.query("SELECT * FROM runs")]
    assert runs == [(2, "session-1"), (5, "session-2"), (7, "session-1"), (8, None), (10, "session-1")]
    assert [entry.seq for entry in data.journal.entries(SessionId("session-1"))] == [2, 3, 4, 7, 10]
    assert [entry.seq for entry in data.journal.of_session(SessionId("session-2"))[0]] == [5, 6]
    assert [entry.seq for entry in data.journal.entries(patient=PatientId("patient-1"))] == [1, 2, 3, 4, 5, 6, 7, 10]
    assert data.verify().ok


def test_a_visit_is_found_by_its_runs_and_not_in_the_whole_journal(data: DataFile) -> None:
    plan = data._db.execute(f"EXPLAIN QUERY PLAN {_OF_VISIT}", ["session-1"]).fetchall()
    steps = [row[3] for row in plan]
    assert "SEARCH runs USING COVERING INDEX runs_of_session (session=?)" in steps
    assert "SEARCH entries USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in steps
    assert not [step for step in steps if step.startswith("SCAN")]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=st.lists(st.sampled_from([None, 1, 2, 3]), max_size=40))
def test_in_whatever_order_people_change_between_visits_each_visit_is_whole(
    data: DataFile, visits: list[int | None]
) -> None:
    before = data.journal.last_seq
    written: dict[int, list[int]] = {1: [], 2: [], 3: []}
    for place, visit in enumerate(visits, start=before + 1):
        data.journal.append(answer("x", visit) if visit else Draft(EntryKind.LOCKED, NURSE, {}))
        if visit:
            written[visit].append(place)
    for visit, wanted in written.items():
        found, altered = data.journal.of_session(SessionId(f"session-{visit}"))
        assert [entry.seq for entry in found if entry.seq > before] == wanted
        assert not altered
    assert data.index.differences(data.journal.each()) == ()


def test_a_visit_is_read_with_the_numbers_that_do_not_fit_their_hash(
    data: DataFile, folder: Path, key: DataKey
) -> None:
    data.journal.append(patient(), session(), answer("a"), answer("b"), session(2), answer("c", 2))
    raw = raw_connection(folder / DATA_NAME, key)
    raw.execute("DROP TRIGGER entries_stay")
    raw.execute("""UPDATE entries SET body = '{"typed":"z"}' WHERE seq = 4""")
    raw.close()
    entries, altered = data.journal.of_session(SessionId("session-1"))
    assert ([entry.seq for entry in entries], altered) == ([2, 3, 4], frozenset({4}))
