"""`checklist backup`, `restore` and `verify` as a script or a tired person types them."""

import getpass
import shutil
from pathlib import Path

import pytest

from checklist import cli
from checklist.commands import backup as commands
from checklist.errors import NotUnderstood
from checklist.model import EntryKind
from checklist.store.datafile import DATA_NAME
from checklist.store.slots import DataKey
from checklist.store.vault import Vault
from checklist.times import ManualClock
from tests.desk.visit import MORNING, PASSWORD, front_door
from tests.desk.written import write_clinic
from tests.store.copies import flip
from tests.store.drafts import raw_connection


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "clinic"
    write_clinic(folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "clinic é"))


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    (tmp_path / "USB").mkdir()
    return tmp_path / "USB"


@pytest.fixture
def password(tmp_path: Path) -> str:
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    return str(path)


def run(folder: Path, *arguments: str) -> int:
    return cli.main(["--data", str(folder), *arguments])


def test_the_round_trip_from_backup_to_a_new_pc(
    folder: Path, drive: Path, tmp_path: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ("--user", "ortiz", "--password-file", password)
    assert run(folder, "backup", str(drive), *who) == 0
    said = capsys.readouterr().out
    assert said.startswith("Proven ")
    assert "6 patients, " in said
    assert run(folder, "verify", str(drive / next(drive.iterdir()).name), *who) == 0
    assert capsys.readouterr().out.startswith("Proven: 6 patients, 1 visit, ")
    new = tmp_path / "new pc"
    assert run(new, "restore", str(drive), *who) == 0
    captured = capsys.readouterr()
    assert captured.out.endswith("is back.\n")
    assert captured.err.startswith("Backup of ")
    assert run(new, "verify", *who) == 0
    assert capsys.readouterr().out.startswith("The data file is whole: ")


def test_a_backup_is_noted_and_in_an_open_clinic_it_says_that_it_is_not(
    folder: Path, drive: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ("--user", "lee", "--password-file", password)
    assert run(folder, "backup", str(drive), *who) == 0
    desk = front_door(folder, ManualClock(MORNING)).sign_in("ortiz", PASSWORD)
    noted = desk._file.journal.entries(kinds=[EntryKind.BACKUP])
    assert [desk._staff[entry.by].user for entry in noted] == ["lee"]
    assert noted[0].entered.zone == "America/New_York"
    capsys.readouterr()
    assert run(folder, "backup", str(drive), *who) == 0
    assert "It is not noted in the journal: The clinic's data is already open" in capsys.readouterr().out
    assert run(folder, "verify", *who) == 0
    desk.close()
    assert len(list(drive.iterdir())) >= 1


def test_a_changed_entry_is_named_with_exit_code_1(
    folder: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = _key(folder)
    raw = raw_connection(folder / DATA_NAME, key)
    raw.execute("DROP TRIGGER entries_are_kept")
    raw.execute("DELETE FROM entries WHERE seq = 12")
    raw.close()
    for place in ((), (str(folder),), (str(folder / DATA_NAME),)):
        assert run(folder, "verify", *place, "--user", "ortiz", "--password-file", password) == cli.EXIT_FAILED
        captured = capsys.readouterr()
        assert (captured.out, captured.err) == ("", "Entry 12 is missing.\n")


def _key(folder: Path) -> DataKey:
    return Vault.open(folder / "clinic.keys").unlock("ortiz", PASSWORD, ManualClock(MORNING))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup", "/nowhere/at/all"), "is not there. Plug the drive in"),
        (("restore", "/nowhere/at/all"), "cannot be read. Plug the drive in"),
        (("verify", "/nowhere/at/all"), "/nowhere/at/all is not there. Nothing was read."),
    ],
)
def test_a_wrong_place_is_one_sentence(
    folder: Path, password: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert run(folder, *arguments, "--user", "ortiz", "--password-file", password) == cli.EXIT_FAILED
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_a_wrong_password_opens_nothing(
    folder: Path, drive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong").write_text("not it\n")
    who = ("--user", "ortiz", "--password-file", str(tmp_path / "wrong"))
    for arguments in (("backup", str(drive)), ("verify",)):
        assert run(folder, *arguments, *who) == cli.EXIT_FAILED
        assert "do not belong together" in capsys.readouterr().err
    assert list(drive.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_password_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "password"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotUnderstood, match=r"password file .* cannot be read"):
        commands._password(path, "ortiz")


def test_where_nobody_can_type_the_options_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", ended)
    with pytest.raises(NotUnderstood, match="--password-file"):
        commands._password(None, "ortiz")
    with pytest.raises(NotUnderstood, match="--user"):
        commands._only_user((("a", "A"), ("b", "B")), ended)
    assert commands._only_user((("a", "A"),), ended) == "a"
    assert commands._only_user((("a", "A"), ("b", "B")), lambda _prompt: "b") == "b"


def test_a_damaged_backup_is_not_brought_back(
    folder: Path, drive: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ("--user", "ortiz", "--password-file", password)
    assert run(folder, "backup", str(drive), *who) == 0
    backup = next(drive.iterdir())
    flip(backup / DATA_NAME, 9000)
    before = (folder / DATA_NAME).read_bytes()
    capsys.readouterr()
    assert run(folder, "verify", str(backup), *who) == cli.EXIT_FAILED
    assert "the file clinic.db is not as it was written" in capsys.readouterr().err
    assert run(folder, "restore", str(drive), *who) == cli.EXIT_FAILED
    assert "the file clinic.db is not as it was written" in capsys.readouterr().err
    assert (folder / DATA_NAME).read_bytes() == before


def test_real_backups_do_not_become_practice_data(
    folder: Path, drive: Path, password: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ("--user", "ortiz", "--password-file", password)
    assert run(folder, "backup", str(drive), *who) == 0
    assert cli.main(["--practice", "--data", str(tmp_path / "p"), "restore", str(drive), *who]) == cli.EXIT_FAILED
    assert "holds backups of practice data only, or only of real data" in capsys.readouterr().err


def test_a_folder_with_neither_data_nor_a_backup_is_said_so(
    folder: Path, tmp_path: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    who = ("--user", "ortiz", "--password-file", password)
    assert run(folder, "verify", str(tmp_path / "empty"), *who) == cli.EXIT_FAILED
    assert "holds neither a clinic's data nor a backup." in capsys.readouterr().err


def test_restore_over_a_live_clinic_is_the_administrators(
    folder: Path, drive: Path, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ("--user", "lee", "--password-file", password)
    assert run(folder, "backup", str(drive), *who) == 0
    before = (folder / DATA_NAME).read_bytes()
    capsys.readouterr()
    assert run(folder, "restore", str(drive), *who) == cli.EXIT_FAILED
    assert capsys.readouterr().err.endswith(
        "S. Lee, RN has no administrator role and may not bring back a backup. Nothing was changed. "
        "Ask an administrator.\n"
    )
    assert (folder / DATA_NAME).stat().st_size >= len(before)
    assert list(folder.glob("before-restore-*")) == []


def test_wrong_guesses_against_a_backup_meet_the_same_pause(
    folder: Path, drive: Path, password: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "backup", str(drive), "--user", "ortiz", "--password-file", password) == 0
    (tmp_path / "wrong").write_text("not it\n")
    new = tmp_path / "new pc"
    for work in ("verify", "restore", "verify", "restore"):
        place = str(next(drive.iterdir())) if work == "verify" else str(drive)
        assert run(new, work, place, "--user", "ortiz", "--password-file", str(tmp_path / "wrong")) == cli.EXIT_FAILED
    assert "After 3 wrong passwords there is a pause" in capsys.readouterr().err
