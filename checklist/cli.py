"""The command line. No Qt, no database until a window or a data file is wanted."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checklist import __version__
from checklist.errors import FileMistake, KnownError

if TYPE_CHECKING:
    from checklist.commands.outcome import Outcome
    from checklist.desk import FrontDoor
    from checklist.times import Clock

EXIT_FAILED = 1
EXIT_MISTAKE = 2
PRACTICE_OUTPUT = "practice-output"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. Every error is one sentence on standard error, never a traceback."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except FileMistake as mistake:
        print(mistake.sentence, file=sys.stderr)
        return EXIT_MISTAKE
    except KnownError as error:
        print(error.sentence, file=sys.stderr)
        return EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="checklist",
        description="Checklist for nurses of a ketamine-infusion clinic. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"checklist {__version__}")
    parser.add_argument("--data", type=Path, help="folder of the data file (default: this user's data folder)")
    parser.add_argument("--practice", action="store_true", help="open the practice file with invented patients")
    parser.add_argument("--font-percent", type=_percent, default=100, help="size of all text, 80 to 200 (default 100)")
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    tour = commands.add_parser("tour", help="walk invented patients through the program; leave pictures and PDFs")
    tour.add_argument("out", type=Path, help="folder for the pictures, PDFs and tour.json")
    tour.add_argument("--size", type=_size, default=(1366, 768), help="window size, e.g. 1366x768")
    # SUPPRESS: a default here would overrule what was said before the command's name.
    tour.add_argument("--font-percent", type=_percent, default=argparse.SUPPRESS, help="size of all text, 80 to 200")
    tour.set_defaults(command=_tour)
    _assess_parser(commands.add_parser("assess", help="what the rules say of a case, or of a folder of cases"))
    _protocol_parsers(commands.add_parser("protocol", help="check, show or compare protocol files"))
    from checklist.commands.arguments import add_backup_commands

    add_backup_commands(commands, _backup_command)
    _medicines_parser(commands.add_parser("medicines", help="what is recognised of a medicine as typed"))
    return parser


def _assess_parser(parser: argparse.ArgumentParser) -> None:
    parser.description = "Judge a case (JSON, see docs/protocol.md) under the shipped protocol or a clinic's own."
    parser.add_argument("case", type=Path, metavar="CASE.json|FOLDER", help="a case, or a folder of cases")
    parser.add_argument(
        "--protocol", type=Path, metavar="FILE", help="the clinic's protocol (default: the shipped one)"
    )
    parser.add_argument("--at", metavar="TIME", help="judge at this time, e.g. 13:20 or “2026-11-18 13:20”")
    parser.add_argument("--text", action="store_true", help="for people instead of JSON")
    parser.set_defaults(command=_assess)


def _protocol_parsers(parser: argparse.ArgumentParser) -> None:
    parsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = parsers.add_parser("check", help="explain every mistake with its line and its mend")
    check.add_argument("file", type=Path)
    check.set_defaults(command=_protocol_check)
    show = parsers.add_parser("show", help="all limits, settings and bounds as tables")
    show.add_argument("file", type=Path, nargs="?", help="default: the shipped protocol")
    show.set_defaults(command=_protocol_show)
    diff = parsers.add_parser("diff", help="say in words what changed clinically")
    diff.add_argument("before", type=Path)
    diff.add_argument("after", type=Path)
    diff.set_defaults(command=_protocol_diff)


def _medicines_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "texts", nargs="*", metavar="TEXT", help="a medicine as heard, with dose and misspelt if need be"
    )
    parser.add_argument("--seal", action="store_true", help="seal the medicines files, changed on purpose")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of text for people")
    parser.set_defaults(command=_medicines)


def _percent(text: str) -> int:
    if not text.isdecimal() or not 80 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"“{text}” is not a percentage from 80 to 200")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) >= 800 and int(height) >= 600):
        raise argparse.ArgumentTypeError(f"“{text}” is not a size of at least 800x600, e.g. 1366x768")
    return int(width), int(height)


def has_display() -> bool:
    """True when a window can be shown: a screen, or a Qt platform that the caller chose."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def data_folder(options: argparse.Namespace) -> Path:
    """Where the data file is: as asked, or this user's data folder; the practice file has a folder of its own."""
    if options.data is not None:
        return Path(options.data)
    from platformdirs import user_data_path

    base = user_data_path("ketamine-checklist", appauthor=False)
    return base / ("practice" if options.practice else "clinic")


def _run(options: argparse.Namespace) -> int:
    if not has_display():
        print("There is no display here, so the practice walk-through runs instead and leaves its pictures and PDFs:")
        out = Path(PRACTICE_OUTPUT)
        return _walk(out, (1366, 768), options.font_percent)
    from checklist.times import SystemClock
    from checklist.ui.app import run
    from checklist.ui.zone import system_zone

    folder, clock = data_folder(options), SystemClock(system_zone())
    door = _door(options, folder, clock)
    door.finish_restore()
    door.check_protocol()
    return run(door, font_percent=options.font_percent)


def _door(options: argparse.Namespace, folder: Path, clock: "Clock") -> "FrontDoor":
    """The clinic's own data, or the practice file, which is written when it is first asked for."""
    from checklist.desk import FrontDoor

    if not options.practice:
        return FrontDoor(folder, clock=clock, practice=False, workstation=workstation())
    from checklist.desk import practice

    is_there = (folder / "clinic.keys").exists()
    make = practice.front_door if is_there else practice.create
    return make(folder, clock, workstation())


def _backup_command(options: argparse.Namespace) -> int:
    """No display is needed: the worst day may have none."""
    from checklist.commands import backup
    from checklist.desk import FrontDoor
    from checklist.times import SystemClock

    folder, clock = data_folder(options), SystemClock("UTC")
    door = FrontDoor(folder, clock=clock, practice=options.practice, workstation=workstation())
    door.finish_restore()
    work = {"backup": backup.backup, "restore": backup.restore, "verify": backup.verify}[options.work]
    return _print(work(door, options.place, options.user, options.password_file))


def _tour(options: argparse.Namespace) -> int:
    return _walk(options.out, options.size, options.font_percent)


def _walk(out: Path, size: tuple[int, int], font_percent: int) -> int:
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from checklist.ui.tour import walk

    for path in walk(out, size=size, font_percent=font_percent):
        print(path)
    return 0


def _assess(options: argparse.Namespace) -> int:
    from checklist.commands.assess import assess

    return _print(assess(options.case, options.protocol, options.at, text=options.text))


def _protocol_check(options: argparse.Namespace) -> int:
    from checklist.commands import protocol

    return _print(protocol.check(options.file))


def _protocol_show(options: argparse.Namespace) -> int:
    from checklist.commands import protocol

    return _print(protocol.show(options.file))


def _protocol_diff(options: argparse.Namespace) -> int:
    from checklist.commands import protocol

    return _print(protocol.diff(options.before, options.after))


def _medicines(options: argparse.Namespace) -> int:
    from checklist.commands.medicines import medicines, seal_files

    if options.seal:
        return _print(seal_files())
    return _print(medicines(options.texts, as_json=options.json))


def _print(outcome: "Outcome") -> int:
    sys.stdout.write(outcome.said)
    for complaint in outcome.complaints:
        print(complaint, file=sys.stderr)
    return outcome.code


def workstation() -> str:
    """The name of this PC, kept with every entry."""
    return platform.node() or "unnamed PC"
