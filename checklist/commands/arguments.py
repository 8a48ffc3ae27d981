"""The arguments of the commands about backups, kept out of cli.py."""

from pathlib import Path
from typing import Any


def add_backup_commands(commands: Any, run: Any) -> None:
    """`backup`, `restore` and `verify`; `run` gets the options, among them `work`, the name of the command."""
    backup = commands.add_parser("backup", help="make a backup of the clinic's data and prove it")
    backup.add_argument("place", type=Path, metavar="DEST", help="folder for it, e.g. on a USB drive")
    restore = commands.add_parser("restore", help="bring back a backup; what is there now is set aside")
    restore.add_argument("place", type=Path, metavar="FILE", help="a backup, or a folder with backups: the newest")
    verify = commands.add_parser("verify", help="read everything and name the first entry that is wrong")
    verify.add_argument(
        "place", type=Path, nargs="?", metavar="FILE", help="a data folder or a backup (default: the clinic's data)"
    )
    for parser, work in ((backup, "backup"), (restore, "restore"), (verify, "verify")):
        parser.add_argument("--user", default="", help="who opens it (default: asked, when there are several)")
        parser.add_argument("--password-file", type=Path, metavar="FILE", help="its first line is the password")
        parser.set_defaults(command=run, work=work)
