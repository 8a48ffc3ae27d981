"""Old backups go by a rule of days, weeks and months; the newest always stays."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.store.backup import Backup
from checklist.store.manifest import Manifest
from checklist.store.rotation import Keep, rotate, to_remove
from checklist.store.slots import DataKey
from checklist.store.verify import Contents
from checklist.times import ManualClock, Moment
from tests.store.copies import MADE, backed_up, set_up


def backup(made: Moment) -> Backup:
    contents = Contents(2, 0, "", 0, 0, 0)
    return Backup(Path(made.store()), Manifest(made.store(), "k", False, "pc", "0", contents, {}))


def kept_of(moments: list[Moment], keep: Keep) -> list[str]:
    backups = [backup(moment) for moment in moments]
    gone = to_remove(backups, keep)
    return [f"{one.made.local:%d-%b %H}" for one in backups if one not in gone]


def test_of_each_day_the_last_one_stays() -> None:
    moments = [MADE.plus(hours=-hours) for hours in (0, 3, 24, 27, 48)]
    assert kept_of(moments, Keep(days=2, weeks=0, months=0)) == ["18-Nov 18", "17-Nov 18"]


def test_days_weeks_and_months_of_a_year_of_daily_backups() -> None:
    moments = [MADE.plus(days=-day) for day in range(400)]
    gone = {one.made for one in to_remove([backup(moment) for moment in moments])}
    kept = [moment for moment in moments if moment not in gone]
    assert len(kept) == 14 + 6 + 12  # the two newest weeks and months begin with days that are kept anyway
    assert kept[:14] == moments[:14]


def test_a_holiday_of_three_weeks_costs_no_backup() -> None:
    moments = [MADE] + [MADE.plus(days=-day) for day in range(21, 34)]
    assert len(kept_of(moments, Keep(days=14, weeks=0, months=0))) == 14


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 20_000), max_size=40), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_the_newest_always_stays(hours: list[int], days: int, weeks: int, months: int) -> None:
    backups = [backup(MADE.plus(hours=-hour)) for hour in set(hours)]
    gone = to_remove(backups, Keep(days, weeks, months))
    if backups:
        assert max(backups, key=lambda one: one.made) not in gone
    assert len(backups) - len(gone) <= max(1, days + weeks + months + 1)


@pytest.mark.parametrize("practice", [False, True])
def test_only_our_own_backups_go(
    folder: Path, tmp_path: Path, key: DataKey, clock: ManualClock, practice: bool
) -> None:
    set_up(folder, key, clock).close()
    other = DataKey(bytes(32))
    set_up(tmp_path / "other", other, clock).close()
    drive = tmp_path / "drive"
    for days in range(3):
        backed_up(folder, key, drive, MADE.plus(days=-days))
        backed_up(tmp_path / "other", other, drive, MADE.plus(days=-days))
    gone = rotate(drive, key.name, practice=practice, keep=Keep(1, 0, 0))
    assert gone == (0 if practice else 2)
    assert len(list(drive.iterdir())) == 6 - gone
