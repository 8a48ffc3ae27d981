"""What happened, line by line with its time: worries, interruptions, calls, the emergency; and the dialogs for them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from checklist.beside import ClockChange, Gap
from checklist.desk.words import stamp_text
from checklist.happened import Stamp, StampKind
from checklist.model import RowId
from checklist.snapshot import Snapshot
from checklist.times import written_clock, written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.session.parts.keyed_table import KeyedTable
from checklist.ui.style import scaled
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.table import Cell, Column, Look, TableRow
from checklist.ui.widgets.text import text_label

_COLUMNS = (Column("Time", 74), Column("What happened", 0))
_KEYS = {Qt.Key.Key_W: "words", Qt.Key.Key_Delete: "remove"}
_KINDS = (
    Segment(StampKind.WORRY, "I am worried", "1"),
    Segment(StampKind.HELP_ASKED, "Patient asks for help", "2"),
    Segment(StampKind.LEAVING, "Wants to leave", "3"),
    Segment(StampKind.DRIVING, "Wants to drive", "4"),
    Segment("reached", "Escort called: reached", "5"),
    Segment("no_answer", "Escort called: no answer", "6"),
    Segment("message_left", "Escort called: message left", "7"),
)
_CALLS = ("reached", "no_answer", "message_left")


class MomentsCard(Card):
    """The lines so far. W writes words to a line, Delete strikes it with a reason."""

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self.body.setSpacing(scaled(4))
        self.body.addWidget(text_label("What happened", "heading", self))
        self.table = KeyedTable(_COLUMNS, "What happened", _KEYS, self)
        self.table.setObjectName("moments.table")
        self.body.addWidget(self.table)
        self.body.addWidget(text_label("On a line: W write about it · Delete entered by mistake", "help", self))
        self.table.keyed.connect(self._on_keyed)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        rows = [(one.at, _row(one, snapshot)) for one in snapshot.record.stamps]
        rows += [(one.begin, _gap_row(one, snapshot)) for one in snapshot.gaps]
        rows += [(one.at, _clock_row(one, snapshot)) for one in snapshot.clock_changes]
        rows.sort(key=lambda pair: pair[0].utc)
        self.table.show_rows([row for _, row in rows])
        self.setVisible(bool(rows))

    def _on_keyed(self, row: str, word: str) -> None:
        found = next((one for one in self._live.snapshot.record.stamps if one.id == row), None)
        if found is not None and not found.removed:
            ask = describe_dialog if word == "words" else remove_dialog
            ask(self._live, found, self).open()


def _row(stamp: Stamp, snapshot: Snapshot) -> TableRow:
    look = Look.MUTED if stamp.removed else Look.PLAIN
    time = written_clock(stamp.at, snapshot.now.local.date())
    return TableRow(stamp.id, (Cell(time, look), Cell(stamp_text(stamp, snapshot), look)))


def _gap_row(gap: Gap, snapshot: Snapshot) -> TableRow:
    """The program was not running: nobody can write about this line or strike it."""
    begin, end = (written_clock(at, snapshot.now.local.date()) for at in (gap.begin, gap.end))
    return TableRow(f"gap:{gap.begin.store()}", (Cell(begin, Look.MUTED), Cell(gap.words(begin, end), Look.MUTED)))


def _clock_row(change: ClockChange, snapshot: Snapshot) -> TableRow:
    at = written_clock(change.at, snapshot.now.local.date())
    by, answered = change.by, change.answered
    who = f" ({snapshot.name_of(by)} {written_time(answered)})" if by and answered else ""
    return TableRow(f"clock:{change.seq}", (Cell(at, Look.MUTED), Cell(f"{change.words(at)}{who}", Look.MUTED)))


def describe_dialog(live: LiveSession, stamp: Stamp, parent: QWidget) -> AskDialog:
    """Words to a moment that was stamped in a hurry."""
    dialog = AskDialog(
        stamp_text(stamp, live.snapshot),
        "The time stays as it was stamped.",
        (AskField("words", "What happened"),),
        "Save",
        lambda values: live.describe_stamp(stamp.id, values["words"]),
        parent,
    )
    dialog.form.show_values({"words": stamp.words})
    return dialog


def remove_dialog(live: LiveSession, stamp: Stamp, parent: QWidget) -> AskDialog:
    return AskDialog(
        f"Strike: {stamp_text(stamp, live.snapshot)}",
        "It stays in the record, struck through, with your reason.",
        (AskField("reason", "Why is it not right?", help="For example: wrong key."),),
        "Strike it",
        lambda values: live.remove_stamp(stamp.id, values["reason"]),
        parent,
    )


class HappenedDialog(AskDialog):
    """F7: one figure says what, words and number may follow.

    Signals:
        wishes_to_go(): the patient wants to leave or drive; its questions stand in the step Discharge.
    """

    wishes_to_go = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        fields = (
            AskField("kind", "What happened?", choices=_KINDS),
            AskField("words", "In words", help="May stay empty.", submits=True),
            AskField(
                "number", "Number called", help="Only when it is not the escort's number on record.", submits=True
            ),
            AskField("time", "At", help="Empty means now.", submits=True),
        )
        super().__init__("Something happened", "A worry calls the provider, whatever the numbers say.", fields,
                         "Record it", self._record, parent)  # fmt: skip
        self._visit = live

    def _record(self, values: Mapping[str, str]) -> str:
        kind = values["kind"]
        if not kind:
            return "Choose what happened. Nothing was saved yet."
        if kind in _CALLS:
            return self._visit.escort_call(kind, values["number"], values["words"], values["time"])
        sentence = self._visit.stamp(StampKind(kind), values["words"], values["time"])
        if not sentence and kind in (StampKind.LEAVING, StampKind.DRIVING):
            self.wishes_to_go.emit()
        return sentence


def missed_dialog(live: LiveSession, row: RowId, parent: QWidget) -> AskDialog | None:
    """Why a due reading was not taken; None for a row that is no missed reading."""
    due = next((one for one in live.snapshot.schedule if f"missed:{one.at.store()}" == row), None)
    if due is None:
        return None
    return AskDialog(
        f"Reading missed at {written_clock(due.at, live.snapshot.now.local.date())}",
        "The row stays in the record as missed. It is never filled in.",
        (AskField("reason", "Why?", help="For example: with another patient."),),
        "Save",
        lambda values: live.explain_missed(due.at, values["reason"]),
        parent,
    )
