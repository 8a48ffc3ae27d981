"""Medication review: type each medicine, walk the list with single keys, then the questions."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from checklist.model import AnswerState, Level, MedicineRow, RowId
from checklist.snapshot import Snapshot
from checklist.times import written_clock
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.session.parts.end_standing import EndStandingDialog
from checklist.ui.session.parts.keyed_table import KeyedTable
from checklist.ui.session.parts.medicine_details import MedicineDialog
from checklist.ui.session.parts.medicine_entry import MedicineEntry
from checklist.ui.session.parts.medicine_strip import MedicineStrip
from checklist.ui.session.step_page import StepPage
from checklist.ui.style import scaled
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.table import Cell, Column, Look, TableRow, level_cell
from checklist.ui.widgets.text import text_label

_COLUMNS = (Column("Medicine", 0), Column("Class", 132), Column("Last taken", 108), Column("Finding", 0))
_NARROW = (Column("Medicine", 0), Column("Last taken", 96), Column("Finding", 0))
NARROW_PX = 640
_KEYS = {
    Qt.Key.Key_Y: "confirm",
    Qt.Key.Key_C: "confirm",
    Qt.Key.Key_T: "taken",
    Qt.Key.Key_U: "unknown",
    Qt.Key.Key_M: "name",
    Qt.Key.Key_D: "details",
    Qt.Key.Key_E: "end",
    Qt.Key.Key_Delete: "remove",
}
_HINT = (
    "On a row: Y as listed · T last taken · U not known when · M which name · D dose, route, held today · "
    "E end a clearance · Delete no longer taken"
)
_DOSE = re.compile(r"\s+\d.*$")


def table_row(row: MedicineRow, snapshot: Snapshot, *, narrow: bool) -> TableRow:
    """A medicine as the table shows it; what was typed stays beside what was understood."""
    level, name, class_name, what = snapshot.medicine_levels.get(
        row.id, (Level.REVIEW, f"“{row.typed}”", "Not recognised", "Identify it, or ask the provider")
    )
    if name == f"“{row.typed}”":
        class_name = ""  # what it may be stands in its finding; nothing of it is known
    class_name = class_name or "Not recognised"
    notes = [class_name] if narrow else []
    notes += [f"typed: {row.typed}"] if row.typed.casefold() != name.casefold() else []
    notes += [part for part in (row.dose, *snapshot.medicine_notes.get(row.id, ())) if part]
    cells = (
        Cell(name, Look.STRONG, note=" · ".join(notes), mark="" if row.confirmed else "Y?"),
        *(() if narrow else (Cell(class_name),)),
        Cell(_taken_text(row, snapshot)),
        level_cell(level, _first_words(what)),
    )
    return TableRow(row.id, cells)


def _first_words(what: str) -> str:
    """The first thing to do; the whole of it stands in the findings."""
    return re.split(r"[;.]", what, maxsplit=1)[0].strip()


def _taken_text(row: MedicineRow, snapshot: Snapshot) -> str:
    if row.last_taken is not None:
        today = snapshot.now.local.date()
        words = written_clock(row.last_taken, today)
        return f"Today {words}" if row.last_taken.local.date() == today else words
    return "Not known" if row.last_taken_state is AnswerState.UNKNOWN else "Not asked"


class MedicinesPage(StepPage):
    """Entry, list, questions."""

    def build(self) -> None:
        self._pending: tuple[str, str] = ("", "")
        self._asked = self._then_entry = False
        self._sending = False
        self.entry = MedicineEntry(self.live.desk.suggest_medicines, self)
        self.undo = MessageBar("note", self)
        self.undo.hide()
        self._card = Card(self)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self._narrow = False
        self.table = KeyedTable(_COLUMNS, "Medicines", _KEYS, self._card)
        self.table.setObjectName("medicines.table")
        self._card.body.addWidget(self.table)
        self._hint = text_label(_HINT, "help", self, wrap=True)
        self.strip = MedicineStrip(self)
        parts: tuple[QWidget, ...] = (self.entry, self.undo, self._card, self._hint, self.strip, self.items)
        for part in parts:
            self.body.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self.entry.added.connect(self._add)
        self.entry.passed.connect(self._after_list)
        self.table.keyed.connect(self._on_keyed)
        self.table.chosen.connect(lambda row: self._ask_taken(row))
        self.strip.taken.connect(self._on_taken)
        self.strip.named.connect(self._on_named)
        self.strip.confirmed.connect(self._on_confirmed)
        self.strip.closed.connect(self._back_to_table)
        self.live.asked.connect(self._on_asked)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self._show_rows(snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the class goes under the name."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < scaled(NARROW_PX)
        if narrow != self._narrow:
            self._narrow = narrow
            self.table.show_columns(_NARROW if narrow else _COLUMNS, dense=narrow)
            self._show_rows(self.live.snapshot)

    def _show_rows(self, snapshot: Snapshot) -> None:
        rows = snapshot.record.current_medicines
        self.table.show_rows([table_row(row, snapshot, narrow=self._narrow) for row in rows])
        self._card.setVisible(bool(rows))
        self._hint.setVisible(bool(rows))

    def focus_first(self) -> None:
        """Unconfirmed rows first, then the entry of an empty list, then the questions."""
        if self._focus_unconfirmed():
            return
        if not self._rows():
            self.entry.field.setFocus()
        else:
            self._after_list()

    def after_same(self) -> None:
        self.focus_first()

    # the list

    def _rows(self) -> tuple[MedicineRow, ...]:
        return self.live.snapshot.record.current_medicines

    def _row(self, row_id: str) -> MedicineRow:
        return next(row for row in self._rows() if row.id == row_id)

    def _name(self, row_id: str) -> str:
        row = self._row(row_id)
        known = self.live.snapshot.medicine_levels.get(row_id)
        return known[1] if known else row.typed

    def _focus_unconfirmed(self) -> bool:
        for row in self._rows():
            if not row.confirmed:
                self.table.set_current(row.id)
                self.table.setFocus()
                return True
        return False

    def _after_list(self) -> None:
        if not self.items.focus_first():
            self.finished.emit()

    def _add(self, text: str) -> None:
        self.undo.clear_message()
        sentence = self.live.add_medicine(text)
        if sentence:
            self.entry.show_problem(sentence)
            return
        self.entry.clear()
        self._ask_taken(self._rows()[-1].id, then_entry=True)

    def _on_keyed(self, row: str, word: str) -> None:
        self.undo.clear_message()
        match word:
            case "confirm":
                self._confirm(row)
            case "taken":
                self._ask_taken(row)
            case "unknown":
                if not self.live.medicine_taken(RowId(row), "", AnswerState.UNKNOWN):
                    self._focus_unconfirmed()
            case "name":
                self._ask_name(row)
            case "details":
                self._ask(MedicineDialog(self.live, self._row(row), self._name(row), self))
            case "end":
                self._ask_end(row)
            case _:
                self._remove(row)

    def _ask(self, dialog: VisitDialog) -> None:
        dialog.finished.connect(self._back_to_table)
        dialog.open()

    def _ask_end(self, row: str) -> None:
        cleared = self.live.snapshot.standing.get(row)
        if cleared is None:
            self.undo.show_message(f"{self._name(row)} has no clearance for later visits that could be ended.")
            return
        self._ask(EndStandingDialog(self.live, RowId(row), self._name(row), cleared, self))

    def _confirm(self, row: str) -> None:
        if not self.live.confirm_medicine(RowId(row)) and not self._focus_unconfirmed():
            self._after_list()

    def _remove(self, row: str) -> None:
        typed, name = self._row(row).typed, self._name(row)
        if self.live.remove_medicine(RowId(row)):
            return
        self.undo.show_message(f"{name} was taken off the list.", "Undo", lambda: self._put_back(typed))
        if self._rows():
            self.table.setFocus()
        else:
            self.entry.field.setFocus()

    def _put_back(self, typed: str) -> None:
        self.undo.clear_message()
        self.live.add_medicine(typed)

    # the strip

    def _ask_taken(self, row: str, *, then_entry: bool = False) -> None:
        self._then_entry = then_entry
        self.strip.ask_taken(row, self._name(row))

    def _ask_name(self, row: str) -> None:
        medicine = self._row(row)
        names = [one.label for one in self.live.desk.did_you_mean(medicine)]
        if not names:
            names = [one.text for one in self.live.desk.suggest_medicines(_DOSE.sub("", medicine.typed))]
        self._then_entry = False
        self.strip.ask_name(row, medicine.typed, list(dict.fromkeys(names)))

    def _on_taken(self, row: str, text: str) -> None:
        self._pending = (row, text)
        unknown = text.casefold() in ("u", "unknown")
        self._settle(AnswerState.UNKNOWN if unknown else AnswerState.ANSWERED, confirmed=False)

    def _on_confirmed(self) -> None:
        self._settle(AnswerState.ANSWERED, confirmed=True)

    def _settle(self, state: AnswerState, *, confirmed: bool) -> None:
        row, text = self._pending
        self._sending, self._asked = True, False
        shown = "" if state is AnswerState.UNKNOWN else text
        sentence = self.live.medicine_taken(RowId(row), shown, state, confirmed=confirmed)
        self._sending = False
        if not sentence:
            self._back_to_table()
        elif not self._asked:
            self.strip.show_problem(sentence)

    def _on_asked(self, where: str, sentence: str, _retry: object) -> None:
        if where == "medicines.taken" and self._sending:
            self._asked = True
            self.strip.show_question(sentence)

    def _on_named(self, row: str, name: str) -> None:
        if not name or not self.live.medicine_named(RowId(row), name):
            self._back_to_table()

    def _back_to_table(self) -> None:
        self.strip.close_strip()
        if self._then_entry:
            self.entry.field.setFocus()
        elif not self._focus_unconfirmed():
            self.table.setFocus()
