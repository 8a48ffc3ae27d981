"""The log of the controlled substance: every visit with its vial, what was drawn, given, wasted and is left."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from checklist.snapshot import DrugLine
from checklist.times import written_date, written_time
from checklist.ui.session.parts.order import written
from checklist.ui.style import scaled
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

COLUMNS = (
    Column("When", 128),
    Column("Patient", share=6),
    Column("Lot, vial", 140, yields=True),
    Column("Before", 84, yields=True),
    Column("Drawn", 84),
    Column("Given", 84),
    Column("Wasted", 84),
    Column("After", 84, yields=True),
    Column("What does not add up", share=7),
)
SHOWN_DAYS = 14
"""Two years of visits would make the page wait; older ones come with “more”."""


class DrugLogPage(ScrollPage):
    """Signals:
    file_wished(kind, path): write the log of two years as "csv" or "pdf" to this file.
    more_wished(int): show this many days.
    """

    file_wished = Signal(str, str)
    more_wished = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days = SHOWN_DAYS
        self.body.setSpacing(scaled(14))
        self._head = PageHead("Drug log", self)
        self.more = Button(f"{SHOWN_DAYS} days more", self, keys="Alt+M")
        self.table_button = Button("Save as CSV…", self, keys="Alt+C")
        self.paper = Button("Save as PDF…", self, kind="primary", keys="Alt+P")
        self._head.add_button(self.more)
        self._head.add_button(self.table_button)
        self._head.add_button(self.paper)
        self.body.addWidget(self._head)
        self._words = text_label("", "subtitle", self, wrap=True)
        self._words.setObjectName("druglog.words")
        self.body.addWidget(self._words)
        self.message = MessageBar("note", self)
        self.body.addWidget(self.message)
        self._card = Card(self)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self.table = RowTable(COLUMNS, "Drug log, newest first", self._card, fit_rows=True)
        self.table.setObjectName("druglog.table")
        self._card.body.addWidget(self.table)
        self.body.addWidget(self._card)
        self._empty = text_label("No drug was drawn up in this time.", "subtitle", self)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.more.clicked.connect(lambda: self.more_wished.emit(self.days + SHOWN_DAYS))
        self.table_button.clicked.connect(lambda: self._ask_file("csv"))
        self.paper.clicked.connect(lambda: self._ask_file("pdf"))

    def focus_first(self) -> None:
        first = self.table if self.table.keys() else self.paper
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_log(self, lines: Sequence[DrugLine], days: int) -> None:
        self.days = days
        self._words.setText(
            f"Ketamine in mg, the last {days} days; the files hold two years. "
            "Every line follows from the record of a visit; nothing is written here."
        )
        wrong = sum(bool(one.warnings) for one in lines)
        count = f"{len(lines)} visit{'' if len(lines) == 1 else 's'}"
        self._head.show_title("Drug log", f"{count} · {wrong} to look at" if wrong else count)
        self.message.clear_message()
        self._card.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self.table.show_rows([_row(one) for one in reversed(lines)])

    def _ask_file(self, kind: str) -> None:
        names = {"csv": "Table (*.csv)", "pdf": "PDF (*.pdf)"}
        dialog = QFileDialog(self, "Save the drug log", f"drug-log.{kind}", names[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(lambda path: self.file_wished.emit(kind, path))
        dialog.open()


def _row(one: DrugLine) -> TableRow:
    note = "; ".join(part for part in ("; ".join(one.warnings), one.note) if part)
    amounts = (one.before, one.drawn, one.given, one.wasted, one.after)
    return TableRow(
        one.record_id,
        (
            Cell(written_date(one.at.local.date()), note=written_time(one.at)),
            Cell(one.patient, Look.STRONG, note=f"Born {one.born} · {one.record_id}"),
            Cell(one.lot or "–", note=one.vial),
            *(Cell(_mg(value)) for value in amounts),
            Cell(note, Look.STRONG if one.warnings else Look.PLAIN),
        ),
    )


def _mg(value: Decimal | None) -> str:
    return "–" if value is None else written(value, 2)
