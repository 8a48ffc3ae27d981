"""Which backups stay: the newest of each of the last 14 days, 8 weeks and 24 months that have one."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklist.store.backup import Backup, backups_in, remove_backup


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months keep a backup."""

    days: int = 14
    weeks: int = 8
    months: int = 24


USUAL = Keep()


def to_remove(backups: Sequence[Backup], keep: Keep = USUAL) -> tuple[Backup, ...]:
    """Those that no rule keeps. Days without a backup do not count, so a holiday costs no old backup."""
    newest_first = sorted(backups, key=lambda backup: backup.made, reverse=True)
    kept: set[Path] = {backup.path for backup in newest_first[:1]}
    for number, period in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        kept |= _newest_of_each(newest_first, period, number)
    return tuple(backup for backup in newest_first if backup.path not in kept)


def rotate(folder: Path, key_name: str, *, practice: bool, keep: Keep = USUAL) -> int:
    """Remove what no rule keeps, of this clinic alone. Gives how many went; one that resists is left for next time."""
    ours = [
        backup
        for backup in backups_in(folder)
        if backup.manifest.key_name == key_name and backup.manifest.practice == practice
    ]
    gone = 0
    for backup in to_remove(ours, keep):
        try:
            remove_backup(backup)
        except OSError:
            continue
        gone += 1
    return gone


def _newest_of_each(newest_first: Sequence[Backup], period: Callable[[Backup], Hashable], number: int) -> set[Path]:
    first: dict[Hashable, Path] = {}
    for backup in newest_first:
        first.setdefault(period(backup), backup.path)
    return set(list(first.values())[:number])


def _day(backup: Backup) -> Hashable:
    return backup.made.local.date()


def _week(backup: Backup) -> Hashable:
    return backup.made.local.isocalendar()[:2]


def _month(backup: Backup) -> Hashable:
    return (backup.made.local.year, backup.made.local.month)
