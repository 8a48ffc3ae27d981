"""Finding a patient while typing: the field in the top bar with its list below, and the rows both lists share."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checklist.desk import PatientRow
from checklist.times import written_date, years_between
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.fields import TextField
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

SAME_NAME = "Similar name: check birth date"
SHOWN = 8
LONG_HINT, SHORT_HINT, KEYS = "Find a patient by name, birth date or MRN", "Find", "Ctrl F"


def born_text(born: date, today: date) -> str:
    """`14-Mar-1986 (40y)`."""
    return f"{written_date(born)} ({years_between(born, today)}y)"


def found_rows(found: Sequence[PatientRow], today: date, *, headed: bool = False) -> list[TableRow]:
    """Name, birth date and MRN: two identifiers always together. `headed`: a heading above says which is the MRN."""
    return [
        TableRow(
            row.patient.id,
            (
                Cell(row.patient.display_name, Look.STRONG, mark=SAME_NAME if row.same_name else "", photo=row.photo),
                Cell(born_text(row.patient.born, today)),
                Cell(_mrn(row.patient.mrn, headed=headed), Look.MUTED),
            ),
        )
        for row in found
    ]


def _mrn(mrn: str, *, headed: bool) -> str:
    if headed:
        return mrn or "Not known"
    return f"MRN {mrn or 'not known'}"


class FoundList(QFrame):
    """The patients found, over whatever lies below.

    Signals:
        chosen(str): patient id.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.table = RowTable(
            (Column("Patient"), Column("Born", 190), Column("MRN", 150)),
            "Patients found",
            self,
            fit_rows=True,
            row_px=44,
        )
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nobody = text_label("Nobody found. Add the patient under Patients.", "help", self)
        self._nobody.setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10))
        column.addWidget(self.table)
        column.addWidget(self._nobody)
        self.table.clicked.connect(lambda _index: self.choose())
        self.hide()

    def show_found(self, found: Sequence[PatientRow], today: date) -> None:
        self.table.show_rows(found_rows(found[:SHOWN], today))
        self.table.set_current("")
        self.table.setVisible(bool(found))
        self._nobody.setVisible(not found)

    def move_current(self, by: int) -> None:
        keys, current = self.table.keys(), self.table.current_key()
        if keys and current:
            self.table.set_current(keys[min(max(keys.index(current) + by, 0), len(keys) - 1)])

    def choose(self) -> None:
        key = self.table.current_key()
        if key and not self.table.isHidden():
            self.chosen.emit(key)


class FindField(TextField):
    """Type three letters, Enter. Arrows choose another line, Esc goes back to where one was.

    Signals:
        typed(str): a person changed the text.
        moved(int): up or down in the list.
        entered(): of TextField: take the current line.
        left(): Esc, or the focus went elsewhere.
    """

    typed = Signal(str)
    moved = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "Find a patient",
            parent,
            placeholder=SHORT_HINT,
            description="Key Ctrl F",
        )
        self.setObjectName("find")
        set_look(self, "look", "find")
        self.setMinimumWidth(scaled(150))
        self.setMaximumWidth(scaled(364))
        self._before: QWidget | None = None
        self.textEdited.connect(self.typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setPlaceholderText(self._hint())

    def _hint(self) -> str:
        """What to type, and at the right end the key: a placeholder knows no tab, so blanks stand between."""
        width = self.fontMetrics().horizontalAdvance
        room = self.width() - scaled(30) - width(KEYS)
        words = LONG_HINT if width(f"{LONG_HINT}   ") < room else SHORT_HINT
        return f"{words}{' ' * max(3, (room - width(words)) // width(' '))}{KEYS}"

    def begin(self) -> None:
        """Take the focus and remember where it was."""
        window = self.window()
        before = window.focusWidget()
        if before is not self:
            self._before = before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back()
        elif event.key() in ENTER and is_held(event):
            return
        elif event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _go_back(self) -> None:
        self.clear()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()


def place_below(popup: QWidget, field: QWidget, width: int, banner: QWidget | None) -> None:
    """Put the list under its field, inside the same window; under the banner of the open record, if there is one."""
    host = popup.parentWidget()
    top_left = field.mapTo(host, QPoint(0, field.height() + 2)) if host else QPoint()
    if host is not None and banner is not None:
        top_left.setY(max(top_left.y(), banner.mapTo(host, QPoint(0, banner.height())).y()))
    popup.move(top_left)
    popup.setFixedWidth(width)
    popup.adjustSize()
    popup.raise_()
