"""The sheet for the sealed envelope: a code that opens the data, what it is for, how to use it. It names no one."""

from checklist.model import Clinic
from checklist.paper.frame import Frame, build
from checklist.paper.kinds import PaperSize
from checklist.paper.layout import Block, Cell, Row, Rule, gap
from checklist.paper.text import INK, INK_2, text
from checklist.times import Moment, written_date, written_time

TITLES = {"recovery": "Recovery sheet", "emergency": "Emergency account"}
_WHAT = {
    "recovery": (
        "When no administrator can sign in any more, this code lets one of them in with a new password.",
        "It opens everything that stands in the clinic's data. It opens once; make a new sheet after that.",
        "A new sheet makes this one useless. Until then keep it as you keep the keys of the drug cabinet.",
    ),
    "emergency": (
        "When nobody who can sign in is there, this code lets a nurse go on with the patients of the day.",
        "It decides nothing that needs a provider, and changes nobody's way in.",
        "Each use is shown to everybody on Today, with name and reason, until an administrator has looked at it.",
    ),
}
_HOW = {
    "recovery": (
        "Start the program. Under the password choose “Recovery sheet…”.",
        "Type the code, choose the administrator, choose a new password.",
        "Under Settings make a new recovery sheet, seal it, destroy this one.",
    ),
    "emergency": (
        "Start the program. Under the password choose “Emergency account…”.",
        "Type the code, your own name, and why.",
        "The same code signs, wherever a password is asked.",
        "Afterwards an administrator looks at what was done and seals a new code.",
    ),
}
_SIZE = 12.0
_CODE_SIZE = 22.0


def render(
    kind: str, clinic: Clinic, code: str, made: Moment, made_by: str, size: PaperSize, *, practice: bool
) -> bytes:
    """`kind`: recovery or emergency. The code is set in groups, large enough to be read by lamp light."""
    when = f"Made {written_date(made.local.date())} {written_time(made)} by {made_by}"
    blocks: list[Block] = [
        *(Row((Cell(text(line, size=_SIZE)),), Rule.NONE, 2, 4) for line in _WHAT[kind]),
        gap(8),
        Row((Cell(text(code.replace("-", "  "), bold=True, size=_CODE_SIZE)),), above=16, below=16, framed=INK),
        gap(8),
        *(_step(number, line) for number, line in enumerate(_HOW[kind], 1)),
        gap(14),
        _blank("Sealed by"),
        _blank("Kept where"),
        _blank("Opened by, when, why"),
    ]
    title = TITLES[kind]
    return build(
        Frame(clinic, title, when, (), "Names no patient", f"{title} · {when}", practice=practice), blocks, size
    )


def _step(number: int, line: str) -> Row:
    cells = (Cell(text(f"{number}.", bold=True, size=_SIZE), 0, 0.055), Cell(text(line, size=_SIZE), 0.055, 1))
    return Row(cells, Rule.NONE, 3, 3)


def _blank(label: str) -> Row:
    """A line to be filled in with a pen."""
    cells = (Cell(text(label, size=_SIZE, colour=INK_2), 0, 0.27), Cell(text(" ", size=_SIZE), 0.27, 1))
    return Row(cells, above=10, below=6)
