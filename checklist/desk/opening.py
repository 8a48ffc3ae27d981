"""Making and opening a clinic's data file: what happens behind the front door once a password is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from checklist.desk.backup_work import Outcome
from checklist.desk.board import Desk
from checklist.desk.codec import Body
from checklist.desk.entry import ClinicDraft, FieldError, NewStaff, form_field
from checklist.desk.passwords import check_password
from checklist.desk.people import CHANGE_IT, checked_staff, staff_body
from checklist.desk.service import back_up_before_update
from checklist.errors import KnownError, MustChangePassword, NotSaved, NotUnderstood, SignInFailed
from checklist.medicines import MedicineTable
from checklist.model import Clinic, Draft, EntryKind, Role
from checklist.parse import parse_name, parse_text
from checklist.protocol import Protocol
from checklist.store.codes import parse_code
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.place import refuse_network_drive
from checklist.store.vault import CODE_USERS, KEYS_NAME, STANDARD, DataKey, SlotKind, Vault, VaultUser

if TYPE_CHECKING:
    from checklist.desk.door import FrontDoor

PAPERS = ("letter", "a4")
FASTING_PROFILES = ("ASA", "CLINIC_4_6")


def create(door: "FrontDoor", clinic: ClinicDraft, person: NewStaff, password: str) -> Desk:
    """Set up the clinic with its first staff member. Raises FieldError, NotUnderstood (password), NotSaved."""
    first = checked_staff(replace(person, roles=person.roles | {Role.ADMINISTRATOR}))
    values = checked_clinic(clinic)
    if not door.practice:
        form_field("password", lambda: check_password(password, (values.name, first.name, first.user)))
    protocol, medicines = door.protocol(), door.medicines()
    refuse_network_drive(door.folder)
    _make_folder(door.folder)
    who = VaultUser(first.user, first.id, first.name)
    vault, key = Vault.create(door.folder / KEYS_NAME, who, password, door.cost or STANDARD)
    try:
        file = DataFile.create(door.folder, key, door.clock, door.workstation)
    except KnownError:
        vault.path.unlink(missing_ok=True)  # a key without its data file would look like a clinic that is set up
        raise
    try:
        file.journal.append(
            Draft(EntryKind.CLINIC, first.id, clinic_body(values)),
            Draft(EntryKind.STAFF, first.id, staff_body(first)),
        )
    except KnownError:
        file.close()
        (door.folder / DATA_NAME).unlink(missing_ok=True)  # made a moment ago and still empty
        vault.path.unlink(missing_ok=True)
        raise
    with _closed_on_failure(file):
        desk = _desk(door, vault, key, file, protocol, medicines, first.user)
        desk.note_sign_in()
        return desk


def sign_in(door: "FrontDoor", user: str, password: str, new_password: str = "") -> Desk:
    """Open the data file for this person.

    Raises SignInFailed, ProtocolError, DamagedDataFile (`read_what_is_left` and a restore may help), DataFileError;
    MustChangePassword while an administrator's password stands and no `new_password` is given; NotUnderstood when that
    one is easily guessed.
    """
    vault = Vault.open(door.folder / KEYS_NAME)
    refused_before, must_change = vault.failures(user), vault.must_change(user)
    key = vault.unlock(user, password, door.clock)
    if must_change and not new_password:
        raise MustChangePassword(CHANGE_IT)
    with _opened(door, vault, key, user) as desk:
        if must_change:
            desk.change_password_given(password, new_password)
        desk.note_sign_in(refused_before)
        return desk


def recover(door: "FrontDoor", code: str, user: str, new_password: str) -> Desk:
    """Come in with the recovery sheet, as an administrator whose password becomes `new_password`.

    Raises NotUnderstood (code as typed, password), SignInFailed (another code), NotAllowed (no administrator).
    """
    vault = Vault.open(door.folder / KEYS_NAME)
    key = _unlocked_by_code(door, vault, SlotKind.RECOVERY, code)
    with _opened(door, vault, key, user) as desk:
        desk.recovered(new_password)
        desk.note_sign_in(0, {"by_recovery_sheet": True})
        return desk


def emergency(door: "FrontDoor", code: str, name: str, reason: str) -> Desk:
    """Come in with the emergency account; who and why is kept and shown. Raises as `recover` does."""
    who, why = parse_name(name), parse_text(reason, 1000).strip()
    if not why:
        raise NotUnderstood("Write why the emergency account is needed. Nothing was opened yet.")
    vault = Vault.open(door.folder / KEYS_NAME)
    account = CODE_USERS[SlotKind.EMERGENCY]
    refused_before = vault.failures(account)
    key = _unlocked_by_code(door, vault, SlotKind.EMERGENCY, code)
    with _opened(door, vault, key, account) as desk:
        desk.work_as_emergency(who, why, refused_before)
        return desk


def _unlocked_by_code(door: "FrontDoor", vault: Vault, kind: SlotKind, typed: str) -> DataKey:
    code = parse_code(typed)
    if kind.value not in door.other_ways_in():
        raise SignInFailed("There is no such sheet for this clinic's data. Nothing was opened.")
    return vault.unlock(CODE_USERS[kind], code, door.clock)


@contextmanager
def _opened(door: "FrontDoor", vault: Vault, key: DataKey, user: str) -> Iterator[Desk]:
    """The desk behind the data file; closed again when what follows fails."""
    protocol, medicines = door.protocol(), door.medicines()
    refuse_network_drive(door.folder)
    backups: list[Outcome] = []
    file = DataFile.open(
        door.folder,
        key,
        door.clock,
        door.workstation,
        before_update=lambda: backups.extend(back_up_before_update(door, key)),
    )
    with _closed_on_failure(file):
        problems = file.check_start().problems  # before the sign-in itself is the newest entry
        desk = _desk(door, vault, key, file, protocol, medicines, user)
        yield desk
        desk.note_problems(problems)
        if backups:
            desk.note_backups(backups)


def read_what_is_left(door: "FrontDoor", user: str, password: str) -> Desk:
    """Open a damaged data file for reading alone. Raises SignInFailed, DataFileError (nothing can be read)."""
    protocol, medicines = door.protocol(), door.medicines()
    vault = Vault.open(door.folder / KEYS_NAME)
    key = vault.unlock(user, password, door.clock)
    file, salvage = DataFile.open_read_only(door.folder, key, door.clock, door.workstation)
    with _closed_on_failure(file):
        desk = _desk(door, vault, key, file, protocol, medicines, user)
        desk.note_sign_in()
        desk.note_problems([left_words(salvage.read, salvage.lost)])
        return desk


def left_words(read: int, lost: int) -> str:
    """What a person has to know who reads the rest of a damaged file."""
    gone = "None of those before the newest is missing" if not lost else f"{lost:,} are lost or damaged"
    return (
        f"The data file is damaged and open for reading only: {read:,} entries could be read. {gone}; newer ones may "
        "be missing too. Write on paper. Close the program and bring back a backup from the sign-in screen."
    )


def _desk(
    door: "FrontDoor",
    vault: Vault,
    key: DataKey,
    file: DataFile,
    protocol: Protocol,
    medicines: MedicineTable,
    user: str,
) -> Desk:
    return Desk(
        vault=vault,
        key=key,
        file=file,
        protocol=protocol,
        medicines=medicines,
        clock=door.clock,
        user=user,
        practice=door.practice,
        cost=door.cost or STANDARD,
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            f"The folder {folder} cannot be made ({error.strerror}). Nothing was set up. "
            "Choose a folder in which you may write, with --data, and start again."
        ) from error


@contextmanager
def _closed_on_failure(file: DataFile) -> Iterator[None]:
    """Whoever cannot come in leaves the door free: an open data file would refuse the next try."""
    try:
        yield
    except BaseException:
        file.close()
        raise


def checked_clinic(draft: ClinicDraft) -> Clinic:
    """The clinic's values put in order; FieldError names the field that cannot stand."""
    if draft.zone not in available_timezones():
        raise FieldError("zone", f"“{draft.zone}” is not a time zone. Choose one of the list, e.g. America/New_York.")
    if draft.paper not in PAPERS:
        raise FieldError("paper", f"“{draft.paper}” is not a paper size. Choose Letter or A4.")
    if draft.fasting_profile not in FASTING_PROFILES:
        raise FieldError(
            "fasting_profile", f"“{draft.fasting_profile}” is not a fasting profile. Choose one of the list."
        )
    return Clinic(
        name=form_field("name", lambda: parse_name(draft.name)),
        address=form_field("address", lambda: parse_text(draft.address, 300).strip()),
        phone=form_field("phone", lambda: parse_text(draft.phone, 40).strip()),
        zone=draft.zone,
        paper=draft.paper,
        fasting_profile=draft.fasting_profile,
    )


def clinic_body(clinic: Clinic) -> Body:
    return {
        "name": clinic.name,
        "address": clinic.address,
        "phone": clinic.phone,
        "zone": clinic.zone,
        "paper": clinic.paper,
        "fasting_profile": clinic.fasting_profile,
    }
