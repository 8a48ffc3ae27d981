"""Why the PC's clock was set: asked by a line of the board, never in the middle of somebody's typing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from checklist.beside import CLOCK_REASONS
from checklist.errors import KnownError
from checklist.times import written_clock
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.widgets.segmented import Segment

if TYPE_CHECKING:
    from checklist.desk.board import Desk

_REASONS = tuple(Segment(code, words, str(place)) for place, (code, words) in enumerate(CLOCK_REASONS.items(), 1))


def clock_dialog(desk: "Desk", parent: QWidget) -> AskDialog:
    """Every jump that nobody has explained yet, one reason for all of them."""
    today = desk.now().local.date()
    told = "; ".join(f"{one.what}, to {written_clock(one.at, today)}" for one in desk.clock_changes())
    fields = (
        AskField("reason", "Why?", choices=_REASONS),
        AskField("words", "In words", help="“Other” needs them; else they may stay empty.", submits=True),
    )

    def save(values: Mapping[str, str]) -> str:
        try:
            desk.explain_clock(values["reason"], values["words"])
        except KnownError as refusal:
            return refusal.sentence
        return ""

    return AskDialog("The PC's clock was set", f"{told[:1].upper()}{told[1:]}.", fields, "Save", save, parent)
