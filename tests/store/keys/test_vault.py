"""Signing in: who may, who may not, and what somebody with the file but no password gets."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import DataFileError, NotSaved, NotUnderstood, SignInFailed
from checklist.model import StaffId
from checklist.store.names import checksum
from checklist.store.vault import KEYS_NAME, STANDARD, DataKey, Vault, VaultUser, wait_after
from checklist.times import ManualClock, Moment
from tests.store.keys.people import CHEAP, CHEN, ORTIZ, OTHER, RIGHT


def fail(vault: Vault, clock: ManualClock, times: int) -> SignInFailed:
    """Try wrong passwords, each after any pause is over; the last refusal, whose pause begins now."""
    for _ in range(times):
        clock.advance(seconds=300)
        with pytest.raises(SignInFailed) as refusal:
            vault.unlock("rortiz", "not this one", clock)
    return refusal.value


def edit(path: Path, **changes: Any) -> None:
    """Change the first slot by hand, as somebody with an editor could."""
    data = json.loads(path.read_bytes())
    data["slots"][0] |= changes
    put(path, data)


def put(path: Path, data: dict[str, Any]) -> None:
    """Write the key file with the checksum that belongs to it: whoever edits it can compute that too."""
    path.write_text(json.dumps(data | {"check": checksum(data)}))


def test_the_right_password_gives_the_data_key(path: Path, key: DataKey, clock: ManualClock) -> None:
    assert Vault.open(path).unlock("rortiz", RIGHT, clock) == key
    assert len(key.secret) == 32


def test_two_clinics_have_two_keys(tmp_path: Path, key: DataKey) -> None:
    _, other = Vault.create(tmp_path / "other.keys", ORTIZ, RIGHT, CHEAP)
    assert other.secret != key.secret


def test_user_names_ignore_capitals_and_blanks(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    assert vault.unlock("  ROrtiz ", RIGHT, clock) == key


def test_a_password_with_accents_opens_however_the_keyboard_writes_them(tmp_path: Path, clock: ManualClock) -> None:
    vault, key = Vault.create(tmp_path / KEYS_NAME, ORTIZ, "caf\u00e9 at nine", CHEAP)
    assert vault.unlock("rortiz", "cafe\u0301 at nine", clock) == key


def test_everybody_with_a_slot_can_be_listed_before_signing_in(path: Path, vault: Vault, key: DataKey) -> None:
    vault.add(key, VaultUser(" LChen", CHEN.staff_id, " Dr L. Chen "), OTHER, CHEAP)
    assert Vault.open(path).users() == (CHEN, ORTIZ)


def test_a_wrong_password_says_so(vault: Vault, clock: ManualClock) -> None:
    with pytest.raises(SignInFailed) as refusal:
        vault.unlock("rortiz", RIGHT + " ", clock)
    assert refusal.value.sentence == "This name and this password do not belong together. Try again."
    assert refusal.value.wait_seconds == 0


def test_an_unknown_user_is_named_as_typed(vault: Vault, clock: ManualClock) -> None:
    with pytest.raises(SignInFailed, match=r"There is no user “Nobody” on this PC"):
        vault.unlock(" Nobody ", RIGHT, clock)


def test_pauses_grow_from_the_third_wrong_password_and_end_at_five_minutes(vault: Vault, clock: ManualClock) -> None:
    waits = [fail(vault, clock, 1).wait_seconds for _ in range(13)]
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@given(st.integers(0, 10**9))
def test_a_pause_never_shrinks_with_more_failures_nor_passes_five_minutes(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1) <= 300


def test_the_refusal_counts_the_tries_and_names_the_pause(vault: Vault, clock: ManualClock) -> None:
    third = fail(vault, clock, 3)
    fourth = fail(vault, clock, 1)
    assert "This was try 3 in a row. Wait 1 second, then try again." in third.sentence
    assert "This was try 4 in a row. Wait 2 seconds, then try again." in fourth.sentence


def test_even_the_right_password_has_to_wait(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    fail(vault, clock, 5)
    with pytest.raises(SignInFailed, match=r"After 5 wrong passwords there is a pause. Wait 4 seconds") as wait:
        vault.unlock("rortiz", RIGHT, clock)
    assert wait.value.wait_seconds == 4
    clock.advance(seconds=3.5)
    with pytest.raises(SignInFailed, match=r"Wait 1 second,"):
        vault.unlock("rortiz", RIGHT, clock)
    clock.advance(seconds=0.5)
    assert vault.unlock("rortiz", RIGHT, clock) == key


def test_a_try_during_the_pause_does_not_lengthen_it(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    fail(vault, clock, 5)
    for _ in range(3):
        clock.advance(seconds=1)
        with pytest.raises(SignInFailed, match=r"After 5 wrong passwords"):
            vault.unlock("rortiz", RIGHT, clock)
    clock.advance(seconds=1)
    assert vault.unlock("rortiz", RIGHT, clock) == key


def test_setting_the_clock_forward_does_not_shorten_the_pause(vault: Vault, clock: ManualClock) -> None:
    fail(vault, clock, 5)
    clock.jump(days=1)
    with pytest.raises(SignInFailed, match=r"Wait 4 seconds"):
        vault.unlock("rortiz", RIGHT, clock)


def test_starting_the_program_again_keeps_the_count_and_the_pause(path: Path, clock: ManualClock) -> None:
    vault, key = Vault.create(path, ORTIZ, RIGHT, CHEAP)
    fail(vault, clock, 5)
    again = Vault.open(path)
    clock.advance(seconds=1)
    with pytest.raises(SignInFailed, match=r"After 5 wrong passwords there is a pause. Wait 3 seconds"):
        again.unlock("rortiz", RIGHT, clock)
    clock.advance(seconds=3)
    assert again.unlock("rortiz", RIGHT, clock) == key


def test_after_a_restart_of_the_pc_the_pause_counts_from_the_start(path: Path, clock: ManualClock) -> None:
    vault, key = Vault.create(path, ORTIZ, RIGHT, CHEAP)
    fail(vault, clock, 12)
    rebooted = ManualClock(clock.now().plus(days=3))
    rebooted.advance(seconds=299)
    with pytest.raises(SignInFailed, match=r"Wait 1 second,"):
        vault.unlock("rortiz", RIGHT, rebooted)
    rebooted.advance(seconds=1)
    assert vault.unlock("rortiz", RIGHT, rebooted) == key


def test_a_success_forgets_the_failures(vault: Vault, clock: ManualClock) -> None:
    fail(vault, clock, 5)
    clock.advance(seconds=4)
    vault.unlock("rortiz", RIGHT, clock)
    assert fail(vault, clock, 1).wait_seconds == 0


def test_failures_of_one_person_do_not_slow_another(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    vault.add(key, CHEN, OTHER, CHEAP)
    fail(vault, clock, 5)
    assert vault.unlock("lchen", OTHER, clock) == key


def test_a_try_that_cannot_be_counted_is_not_judged(path: Path, vault: Vault, clock: ManualClock) -> None:
    path.with_name(KEYS_NAME + ".new").mkdir()
    with pytest.raises(NotSaved, match=r"What was there before is kept"):
        vault.unlock("rortiz", RIGHT, clock)


def test_signing_asks_for_the_password_again(vault: Vault, clock: ManualClock) -> None:
    assert vault.verify("ROrtiz", RIGHT, clock) == ORTIZ


def test_wrong_passwords_at_signing_count_as_at_sign_in(vault: Vault, clock: ManualClock) -> None:
    for _ in range(2):
        with pytest.raises(SignInFailed):
            vault.verify("rortiz", "not this one", clock)
    assert fail(vault, clock, 1).wait_seconds == 1


def test_a_second_person_opens_the_same_data(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    vault.add(key, CHEN, OTHER, CHEAP)
    assert vault.unlock("lchen", OTHER, clock) == vault.unlock("rortiz", RIGHT, clock) == key


def test_a_user_name_belongs_to_one_person(vault: Vault, key: DataKey) -> None:
    with pytest.raises(DataFileError, match=r"The user name “rortiz” is taken"):
        vault.add(key, VaultUser("ROrtiz", StaffId("staff-9"), "Ray Ortiz"), OTHER, CHEAP)
    assert vault.users() == (ORTIZ,)


def test_nobody_is_added_with_the_key_of_other_data(vault: Vault) -> None:
    with pytest.raises(DataFileError, match=r"belongs to other data"):
        vault.add(DataKey(bytes(32)), CHEN, OTHER, CHEAP)


@pytest.mark.parametrize("password", ["", "1234567"])
def test_a_short_password_is_refused(vault: Vault, key: DataKey, password: str) -> None:
    with pytest.raises(NotUnderstood, match=r"needs at least 8 characters"):
        vault.add(key, CHEN, password, CHEAP)
    assert vault.users() == (ORTIZ,)


def test_a_user_needs_a_name(path: Path) -> None:
    with pytest.raises(NotUnderstood, match=r"needs a name to sign in with"):
        Vault.create(path, VaultUser("  ", StaffId("staff-1"), "R. Ortiz"), RIGHT, CHEAP)
    assert not path.exists()


def test_a_new_password_replaces_the_old_one_and_forgets_failures(
    vault: Vault, key: DataKey, clock: ManualClock
) -> None:
    fail(vault, clock, 5)
    vault.set_password(key, ORTIZ, OTHER, CHEAP)
    assert vault.unlock("rortiz", OTHER, clock) == key
    with pytest.raises(SignInFailed):
        vault.unlock("rortiz", RIGHT, clock)


def test_somebody_who_left_cannot_sign_in(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    vault.add(key, CHEN, OTHER, CHEAP)
    vault.remove("LChen")
    with pytest.raises(SignInFailed, match=r"There is no user"):
        vault.unlock("lchen", OTHER, clock)
    assert vault.users() == (ORTIZ,)
    with pytest.raises(DataFileError, match=r"There is no user “lchen”. Nothing was changed"):
        vault.remove("lchen")


def test_somebody_who_comes_back_gets_a_slot_anew(vault: Vault, key: DataKey, clock: ManualClock) -> None:
    vault.set_password(key, CHEN, OTHER, CHEAP)
    assert vault.unlock("lchen", OTHER, clock) == key


def test_the_last_person_cannot_be_removed(vault: Vault) -> None:
    with pytest.raises(DataFileError, match=r"“rortiz” is the only user who can open the data"):
        vault.remove("rortiz")
    assert vault.users() == (ORTIZ,)


def test_an_existing_key_file_is_never_overwritten(path: Path, vault: Vault) -> None:
    before = path.read_bytes()
    with pytest.raises(DataFileError, match=r"already exists"):
        Vault.create(path, CHEN, OTHER, CHEAP)
    assert path.read_bytes() == before


def test_a_missing_key_file_says_what_to_do(path: Path) -> None:
    with pytest.raises(DataFileError, match=r"is missing .* Bring it back from a backup"):
        Vault.open(path)


def test_an_unreadable_key_file_says_so(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataFileError, match=r"cannot be read"):
        Vault.open(path)


def test_a_key_file_of_a_newer_program_is_refused(path: Path, vault: Vault) -> None:
    put(path, json.loads(path.read_bytes()) | {"format": 3})
    with pytest.raises(DataFileError, match=r"written by a newer version"):
        Vault.open(path)


def test_a_key_file_without_users_is_refused(path: Path, vault: Vault) -> None:
    put(path, json.loads(path.read_bytes()) | {"slots": []})
    with pytest.raises(DataFileError, match=r"names no user"):
        Vault.open(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b'{"format": null}'])
def test_a_damaged_key_file_says_so(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"is damaged. Nothing was changed. Bring it back from a backup"):
        Vault.open(path)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "?"},
        {"salt": ""},
        {"wrapped": "AAAA"},
        {"failures": "many"},
        {"argon2id": {"memory_kib": 64, "time": 1}, "name": None, "user": None, "failures": None},
        {"argon2id": {"memory_kib": 64, "time": 1, "lanes": 1, "speed": 9}},
        {"argon2id": {"memory_kib": 2**40, "time": 1, "lanes": 1}},
        {"argon2id": {"memory_kib": 7, "time": 1, "lanes": 1}},
        {"argon2id": {"memory_kib": 64, "time": 0, "lanes": 1}},
        {"argon2id": {"memory_kib": 640, "time": 1, "lanes": 65}},
        {"argon2id": [64, 1, 1]},
    ],
    ids=str,
)
def test_a_damaged_slot_says_so(path: Path, vault: Vault, change: dict[str, Any]) -> None:
    edit(path, **change)
    with pytest.raises(DataFileError, match=r"is damaged"):
        Vault.open(path)


@pytest.mark.parametrize(
    "change",
    [
        {"staff_id": "staff-2"},
        {"user": "lchen"},
        {"argon2id": {"memory_kib": 128, "time": 1, "lanes": 1}},
        {"argon2id": {"memory_kib": 64, "time": 2, "lanes": 1}},
    ],
    ids=str,
)
def test_a_slot_changed_by_hand_opens_nothing(
    path: Path, vault: Vault, clock: ManualClock, change: dict[str, Any]
) -> None:
    edit(path, **change)
    with pytest.raises(SignInFailed, match=r"do not belong together"):
        vault.unlock(str(change.get("user", "rortiz")), RIGHT, clock)


def test_a_slot_does_not_open_under_another_data_keys_name(path: Path, vault: Vault, clock: ManualClock) -> None:
    put(path, json.loads(path.read_bytes()) | {"key_name": DataKey(bytes(32)).name})
    with pytest.raises(SignInFailed):
        vault.unlock("rortiz", RIGHT, clock)


def test_the_key_file_tells_neither_key_nor_password(path: Path, vault: Vault, key: DataKey) -> None:
    raw = path.read_bytes()
    assert key.secret not in raw
    assert key.secret.hex().encode() not in raw
    assert RIGHT.encode() not in raw
    assert key.secret.hex() not in repr(key)
    assert "secret" not in repr(key)


def test_only_the_owner_may_read_the_key_file(path: Path, vault: Vault) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_the_ordinary_cost_is_64_mib_three_passes_four_lanes(path: Path, clock: ManualClock) -> None:
    vault, key = Vault.create(path, ORTIZ, RIGHT)
    assert json.loads(path.read_bytes())["slots"][0]["argon2id"] == {
        "memory_kib": 65536,
        "time": 3,
        "lanes": 4,
    }
    assert STANDARD.memory_kib == 64 * 1024
    assert vault.unlock("rortiz", RIGHT, clock) == key


def test_the_clock_of_the_day_plays_no_part(vault: Vault, key: DataKey) -> None:
    long_ago = ManualClock(Moment.stored("1999-01-01T00:00:00+00:00[UTC]"))
    assert vault.unlock("rortiz", RIGHT, long_ago) == key


LATE_IMPORTS = """
import sys
import checklist.store.vault
heavy = {"sqlite_utils", "sqlcipher3", "sqlite3", "cryptography", "argon2"} & set(sys.modules)
sys.exit(", ".join(sorted(heavy)) or 0)
"""


def test_the_sign_in_screen_shows_before_the_cryptography_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LATE_IMPORTS], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")
