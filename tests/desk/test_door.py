"""The front door: the first run, signing in, a clinic's own protocol, and what happens when the door stays shut."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checklist import resources
from checklist.desk import ClinicDraft, FieldError, FrontDoor, NewStaff
from checklist.errors import DataFileError, KnownError, NotAllowed, NotSaved, NotUnderstood, ProtocolError, SignInFailed
from checklist.model import EntryKind, Role, StaffId
from checklist.protocol import files
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.journal import Journal
from checklist.store.vault import KEYS_NAME, Vault, VaultUser
from checklist.times import ManualClock
from tests.desk.visit import CHEAP, PASSWORD, Visit, front_door
from tests.desk.written import CLINIC, NURSE

SHIPPED = resources.read_text(files.SHIPPED)


@pytest.fixture
def empty(tmp_path: Path, clock: ManualClock) -> FrontDoor:
    return front_door(tmp_path / "new" / "clinic", clock)


def test_the_first_person_is_an_administrator_too(empty: FrontDoor, clock: ManualClock) -> None:
    assert empty.is_new
    desk = empty.create(CLINIC, NURSE, PASSWORD)
    assert desk.me.roles == {Role.NURSE, Role.ADMINISTRATOR}
    assert (desk.clinic.name, desk.clinic.zone, desk.clinic.paper) == (CLINIC.name, "America/New_York", "letter")
    desk.close()
    assert front_door(empty.folder, clock).is_new is False
    assert [person.name for person in empty.people()] == ["R. Ortiz"]


def test_signing_in_is_an_entry(door: FrontDoor) -> None:
    desk = door.sign_in(" Ortiz ", PASSWORD)
    last = desk._file.journal.entries(kinds=[EntryKind.SIGN_IN])[-1]
    assert (last.by, last.body["user"], last.entered) == (desk.me.id, "ortiz", desk.now())
    desk.close()


def test_a_wrong_password_opens_nothing_and_the_right_one_still_does(door: FrontDoor) -> None:
    with pytest.raises(SignInFailed):
        door.sign_in("ortiz", "wrong password")
    with pytest.raises(SignInFailed):
        door.sign_in("nobody", PASSWORD)
    door.sign_in("ortiz", PASSWORD).close()


def test_one_program_at_a_time(door: FrontDoor) -> None:
    desk = door.sign_in("ortiz", PASSWORD)
    with pytest.raises(DataFileError):
        door.sign_in("lee", PASSWORD)
    desk.close()
    door.sign_in("lee", PASSWORD).close()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": " "}),
        ("zone", {"zone": "Atlantis/Capital"}),
        ("zone", {"zone": ""}),
        ("zone", {"zone": "../../etc/passwd"}),
        ("paper", {"paper": "papyrus"}),
        ("fasting_profile", {"fasting_profile": "none"}),
        ("address", {"address": "x" * 301}),
        ("phone", {"phone": "1" * 41}),
    ],
)
def test_a_clinic_s_form_names_the_field(empty: FrontDoor, field: str, change: dict[str, str]) -> None:
    with pytest.raises(FieldError) as refused:
        empty.create(replace(CLINIC, **change), NURSE, PASSWORD)
    assert refused.value.field == field
    assert empty.is_new


@pytest.mark.parametrize(
    ("person", "password"), [(NewStaff("", "R. Ortiz", "", frozenset()), PASSWORD), (NURSE, "short")]
)
def test_a_refused_first_run_leaves_nothing_behind(empty: FrontDoor, person: NewStaff, password: str) -> None:
    with pytest.raises(NotUnderstood):
        empty.create(CLINIC, person, password)
    assert empty.is_new
    empty.create(CLINIC, NURSE, PASSWORD).close()


def test_a_set_up_that_the_disk_refuses_can_be_tried_again(empty: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is filled by refusing the first append: a real full disk needs a file system of its own."""
    with monkeypatch.context() as full:
        full.setattr(Journal, "append", disk_full)
        with pytest.raises(NotSaved):
            empty.create(CLINIC, NURSE, PASSWORD)
    assert empty.is_new
    assert not (empty.folder / DATA_NAME).exists()
    empty.create(CLINIC, NURSE, PASSWORD).close()


def disk_full(*_: object) -> None:
    raise NotSaved("The disk is full. Nothing was saved. Free some space, then try again.")


def test_a_data_file_without_its_keys_is_not_touched(folder: Path, clock: ManualClock) -> None:
    (folder / KEYS_NAME).unlink()
    content = (folder / DATA_NAME).read_bytes()
    with pytest.raises(DataFileError, match="already exists"):
        front_door(folder, clock).create(CLINIC, NURSE, PASSWORD)
    assert (folder / DATA_NAME).read_bytes() == content
    assert not (folder / KEYS_NAME).exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotSaved, match="cannot be made"):
        front_door(tmp_path / "file" / "clinic", clock).create(CLINIC, NURSE, PASSWORD)


def test_who_cannot_come_in_leaves_the_door_free(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(Journal, "append", disk_full)
        with pytest.raises(NotSaved):
            door.sign_in("ortiz", PASSWORD)
    door.sign_in("ortiz", PASSWORD).close()


def test_without_a_key_file_nobody_is_named(empty: FrontDoor) -> None:
    with pytest.raises(DataFileError):
        empty.people()


def test_the_clinic_s_fasting_profile_is_the_one_that_counts(empty: FrontDoor, clock: ManualClock) -> None:
    desk = empty.create(replace(CLINIC, fasting_profile="CLINIC_4_6"), NURSE, PASSWORD)
    assert desk.protocol.setting("fasting_profile") == "CLINIC_4_6"
    desk.close()


def test_the_clinic_s_zone_rules_whatever_the_pc_says(empty: FrontDoor, clock: ManualClock) -> None:
    desk = empty.create(replace(CLINIC, zone="America/Los_Angeles"), NURSE, PASSWORD)
    assert desk.now().zone == "America/Los_Angeles"
    assert f"{desk.now().local:%H:%M}" == "07:42"
    assert desk.clock.monotonic() == clock.monotonic()
    desk.close()


@pytest.mark.parametrize("encode", [lambda text: text.encode(), lambda text: ("\ufeff" + text).encode()])
def test_a_clinic_s_own_protocol_is_read(door: FrontDoor, encode: Callable[[str], bytes]) -> None:
    own = SHIPPED.replace('version = "1"', 'version = "1 Riverside"').replace("Weight today", "Weight, shoes off")
    (door.folder / "protocol.toml").write_bytes(encode(own))
    desk = door.sign_in("ortiz", PASSWORD)
    assert desk.protocol.item("vitals.weight").label == "Weight, shoes off"
    visit = Visit.begin(desk, ManualClock(desk.now()))
    assert visit.now.record.session.protocol_version == "1 Riverside"
    desk.close()


def test_a_mistake_in_a_clinic_s_protocol_stops_the_sign_in_with_its_line(door: FrontDoor) -> None:
    line = next(n for n, text in enumerate(SHIPPED.splitlines(), 1) if text == 'id = "vitals.weight"')
    (door.folder / "protocol.toml").write_text(SHIPPED.replace('"vitals.weight"', '"vitals.wieght"'), encoding="utf-8")
    with pytest.raises(ProtocolError) as mistake:
        door.sign_in("ortiz", PASSWORD)
    assert "vitals.weight" in mistake.value.sentence
    assert line > 1


def test_a_protocol_in_another_encoding_names_its_line(door: FrontDoor) -> None:
    broken = SHIPPED.replace("Riverside", "").encode().replace(b"Weight today", b"Gewicht f\xfcr heute")
    line = next(n for n, text in enumerate(SHIPPED.splitlines(), 1) if "Weight today" in text)
    (door.folder / "protocol.toml").write_bytes(broken)
    with pytest.raises(ProtocolError, match=f"line {line}: this is not UTF-8"):
        door.protocol()


def test_a_protocol_that_cannot_be_read_is_a_sentence(door: FrontDoor) -> None:
    (door.folder / "protocol.toml").mkdir()
    with pytest.raises(ProtocolError, match="cannot be read"):
        door.protocol()


def test_the_desk_is_named_late_and_nothing_else_is() -> None:
    import checklist.desk as package

    assert package.Desk.__name__ == "Desk"
    with pytest.raises(AttributeError, match="Desc"):
        package.Desc  # noqa: B018


@pytest.mark.parametrize("draft", [ClinicDraft("A", "", "", "UTC")])
def test_a_clinic_may_be_named_in_one_letter(empty: FrontDoor, draft: ClinicDraft) -> None:
    empty.create(draft, NURSE, PASSWORD).close()


def test_every_error_of_the_door_is_a_sentence_for_people(door: FrontDoor) -> None:
    with pytest.raises(KnownError) as error:
        door.sign_in("ortiz", "wrong password")
    assert error.value.sentence.endswith(".")


def test_a_key_without_a_member_of_staff_opens_nothing_and_leaves_the_door_free(door: FrontDoor) -> None:
    """As after a power cut between the key file and the journal, while a colleague was being added."""
    desk = door.sign_in("ortiz", PASSWORD)
    desk._vault.add(desk._key, VaultUser("kim", StaffId("nobody"), "J. Kim"), PASSWORD, CHEAP)
    desk.close()
    with pytest.raises(NotAllowed, match="not an active member of staff"):
        door.sign_in("kim", PASSWORD)
    door.sign_in("ortiz", PASSWORD).close()


def test_a_data_file_that_names_no_clinic_is_refused(empty: FrontDoor, clock: ManualClock) -> None:
    empty.folder.mkdir(parents=True)
    who = VaultUser("ortiz", StaffId("s"), "R. Ortiz")
    _, key = Vault.create(empty.folder / KEYS_NAME, who, PASSWORD, CHEAP)
    DataFile.create(empty.folder, key, clock, "front-desk").close()
    for _ in range(2):  # the second time shows that the first left the file closed
        with pytest.raises(DataFileError, match="names no clinic"):
            empty.sign_in("ortiz", PASSWORD)
