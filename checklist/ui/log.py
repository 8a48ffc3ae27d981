"""The log without patient data, and what happens when we made a mistake."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from checklist import __version__

BYTES, FILES = 256_000, 3
LOG_FOLDER, LOG_NAME = "log", "checklist.log"
SENTENCE = (
    "The program made a mistake and stopped what it was doing. Everything that showed “Saved” is safe. "
    "Try again; if it happens again, close the program, start it anew, and write on paper meanwhile."
)


def open_log(folder: Path) -> logging.Handler | None:
    """Write warnings and errors to `folder`/log/checklist.log. Without a writable folder there is no log: None."""
    try:
        (folder / LOG_FOLDER).mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_FOLDER / LOG_NAME, maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("checklist")
    logger.addHandler(handler)
    # A line of its own, once a start, so that each fault below it has its version and system.
    handler.emit(logger.makeRecord(logger.name, logging.INFO, "", 0, "start: %s", (about(),), None))
    return handler


def about() -> str:
    """`0.1.0, Linux 6.1 x86_64, Python 3.11.7`"""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"{__version__}, {system}, Python {platform.python_version()}"


def catch_mistakes(tell: Callable[[str], None]) -> None:
    """From now on an unexpected error goes to the log, and a plain sentence to `tell`."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logging.getLogger("checklist").error("%s\n%s", kind.__name__, without_values(trace))
        tell(SENTENCE)

    sys.excepthook = hook


def without_values(trace: TracebackType | None) -> str:
    """Where it happened, line by line. The error's own text is left out: it may quote what was typed."""
    frames = traceback.extract_tb(trace)
    return "\n".join(f"  {Path(one.filename).name}:{one.lineno} {one.name}" for one in frames)
