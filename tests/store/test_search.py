"""What a nurse types into the search field finds the patient meant, however the name, date or number is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.model import Json, PatientId
from checklist.store.datafile import DataFile
from checklist.store.search import fold, name_key, typed_words
from tests.store.drafts import patient

PATIENTS: list[dict[str, Json]] = [
    {"family": "Okafor", "given": "Amara", "preferred": "Mara", "title": "Ms"},
    {"family": "Nguyễn", "given": "Thị Hồng", "born": "1990-01-05", "mrn": "A-0731", "phone": ""},
    {"family": "Wójcik", "given": "Łukasz", "born": "1979-12-31", "mrn": "0812", "phone": "+48 601 234 567"},
    {"family": "محمد", "given": "أحمد", "born": "1961-07-02", "mrn": "0913", "phone": ""},
    {"family": "王", "given": "小明", "born": "1985-10-09", "mrn": "1014", "phone": ""},
    {"family": "O'Brien-Smith", "given": "Seán", "born": "1959-02-28", "mrn": "1115", "phone": ""},
    {"family": "Straßer", "given": "Bjørn", "born": "1944-04-30", "mrn": "1216", "phone": ""},
    {"family": "김", "given": "서연", "born": "2001-06-06", "mrn": "1317", "phone": ""},
    {"family": "Rosa 🌸", "given": "X Æ", "born": "1999-09-09", "mrn": "1418", "phone": ""},
    {"family": "van der Berg", "given": "Đorđe", "born": "1971-11-11", "mrn": "1519", "phone": ""},
]


@pytest.fixture
def desk(data: DataFile) -> DataFile:
    data.journal.append(*[patient(number, **changes) for number, changes in enumerate(PATIENTS, 1)])
    return data


def found(desk: DataFile, text: str) -> list[int]:
    return [int(one.id.removeprefix("patient-")) for one in desk.index.find_patients(text)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("oka", 1), ("OKAFOR, Amara (Ms)", 1), ("amara okafor", 1), ("okafor,amara", 1), ("ama o", 1), ("mara", 1),
        ("nguyen", 2), ("NGUYỄN", 2), ("thi hong", 2), ("ho ng", 2),
        ("lukasz", 3), ("Łukasz", 3), ("wojcik", 3),
        ("محمد", 4), ("احمد", 4), ("مح", 4),
        ("王", 5), ("小", 5), ("明", 5), ("王小明", 5), ("小明", 5),
        ("o'b", 6), ("obrien", 6), ("brien", 6), ("smith", 6), ("O’Brien-Sm", 6),
        ("sean o'brien", 6), ("sean o brien", 6),
        ("strasser", 7), ("straß", 7), ("bjorn", 7),
        ("김", 8), ("서연", 8), ("연", 8), ("김서연", 8),
        ("rosa", 9), ("🌸", 9), ("x ae", 9), ("æ", 9),
        ("vanderberg", 10), ("berg van", 10), ("dorde", 10), ("đorđe", 10),
    ],
)  # fmt: skip
def test_a_patient_is_found_by_name_as_people_type_it(desk: DataFile, typed: str, number: int) -> None:
    assert found(desk, typed) == [number]


@pytest.mark.parametrize(
    "typed",
    ["1986", "14-Mar-1986", "14/03/1986", "03/14/1986", "3/14/1986", "1986-03-14", "14031986", "14.03.1986",
     "14 mar 1986", "March 14, 1986", "mar 1986", "14mar", "3/14/86", "14/3/86", "19860314", "14-march-1986"],
)  # fmt: skip
def test_a_patient_is_found_by_birth_date_as_people_type_it(desk: DataFile, typed: str) -> None:
    assert found(desk, typed) == [1]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("004417", 1), ("4417", 1), ("0731", 2), ("a-07", 2), ("A0731", 2), ("731", 2),
     ("(555) 010-2233", 1), ("5550102233", 1), ("2233", 1), ("555-010", 1), ("+48 601", 3), ("601 234 567", 3)],
)  # fmt: skip
def test_a_patient_is_found_by_number_and_telephone(desk: DataFile, typed: str, number: int) -> None:
    assert found(desk, typed) == [number]


@pytest.mark.parametrize("typed", ["", "  ", '"', "*", "(", ")", "'", "-", "%", ",;", "''", "\x00", "(*)", "\ud83c"])
def test_punctuation_alone_finds_nobody_and_breaks_nothing(desk: DataFile, typed: str) -> None:
    assert found(desk, typed) == []


@pytest.mark.parametrize(
    "typed", ['"okafor"', "okafor*", "(okafor", "'okafor", "okafor -", "okafor'); --", "*okafor", "family:okafor"]
)
def test_punctuation_around_a_name_does_no_harm(desk: DataFile, typed: str) -> None:
    assert found(desk, typed) == ([1] if "family" not in typed else [])


@pytest.mark.parametrize("typed", ["NEAR", "okafor NEAR brien", "okafor OR brien", "NOT okafor", "%", "_kafor", "o?a"])
def test_query_words_are_only_words(desk: DataFile, typed: str) -> None:
    assert found(desk, typed) == []


@pytest.mark.parametrize("typed", ["okafor brien", "kafor", "okaforx", "mohammed", "14/03/1987", "77777"])
def test_what_does_not_fit_finds_nobody(desk: DataFile, typed: str) -> None:
    assert found(desk, typed) == []


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_and_words_are_never_empty(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(typed_words(text))
    assert len(typed_words(text * 20)) <= 8


def test_family_names_come_before_other_matches_and_each_by_name(data: DataFile) -> None:
    data.journal.append(
        patient(1, family="Adams", given="Mary"),
        patient(2, family="Marsh", given="Tom"),
        patient(3, family="Márquez", given="Ana"),
        patient(4, family="Zed", given="Zoe", born="1970-03-01"),
        patient(5, family="Young", given="Zoe", born="1970-04-01"),
    )
    assert found(data, "mar") == [3, 2, 1, 4]


def test_no_more_are_listed_than_asked_for(data: DataFile) -> None:
    data.journal.append(*[patient(number, given=f"Amara {number:02d}") for number in range(1, 61)])
    assert len(data.index.find_patients("oka")) == 50
    first = data.index.find_patients("oka", limit=3)
    assert [one.given for one in first] == ["Amara 01", "Amara 02", "Amara 03"]


def test_after_a_change_of_name_only_the_new_one_is_found(desk: DataFile) -> None:
    desk.journal.append(patient(1, family="Okafor-Hill", phone=""))
    assert found(desk, "hill") == [1]
    assert found(desk, "2233") == []
    desk.journal.append(patient(1, family="Hill", phone=""))
    assert found(desk, "okafor") == []
    changed = desk.index.patient(PatientId("patient-1"))
    assert changed is not None
    assert changed.family == "Hill"


@pytest.mark.parametrize(
    ("family", "given", "born", "numbers"),
    [
        ("OKAFOR", "amara", date(1986, 3, 14), ["patient-1"]),
        ("Okafor", "Amara", date(1986, 3, 15), []),
        ("Amara", "Okafor", date(1986, 3, 14), []),
        ("Nguyen", "Thi-Hong", date(1990, 1, 5), ["patient-2"]),
        ("O Brien Smith", "Sean", date(1959, 2, 28), ["patient-6"]),
        ("Obrie", "nSmith Sean", date(1959, 2, 28), []),
    ],
)
def test_the_same_person_is_recognised_though_spelled_otherwise(
    desk: DataFile, family: str, given: str, born: date, numbers: list[str]
) -> None:
    assert [one.id for one in desk.index.same_name_and_birth(family, given, born)] == numbers


def test_the_key_of_a_name_keeps_family_and_given_name_apart() -> None:
    assert name_key("Van Dam", "Jo") == "vandam jo"
    assert name_key("Van", "Dam Jo") == "van damjo"
