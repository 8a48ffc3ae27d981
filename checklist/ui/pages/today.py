"""The Today board: who comes, who is here, what is due."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.desk import Board, BoardNotice, BoardRow, CallRow
from checklist.model import Level, SessionState
from checklist.times import written_date, written_time
from checklist.ui.finder import SAME_NAME
from checklist.ui.shapes import Shape, ShapeIcon, tone_of
from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.notice import Notice
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow, level_cell
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from checklist.desk.backup import BackupStatus

COLUMNS = (
    Column("Time", 68),
    Column("Patient", share=11),
    Column("Born", 123),
    Column("Session", 112, yields=True),
    Column("Status", 160),
    Column("Now", share=10),
    Column("", 138),
)
CALL_PX = 46
CALL_COLUMNS = (
    Column("Follow-up call", share=9),
    Column("Born", 123),
    Column("Session", 112, yields=True),
    Column("Status", 160),
    Column("Now", share=12),
    Column("", 110),
)

URGENT = (Column("Now", 160), Column("Patient", share=5), Column("What waits", share=8), Column("", 138))


class TodayPage(ScrollPage):
    """The sessions of the day first, then what waits. Every list is as high as its rows; the page scrolls as a whole.

    Signals:
        opened(str): session id: a person wants to go on with it.
        call_opened(str): session id: a person wants to make its follow-up call.
        new_session_wished(): a person wants to book or begin one.
        place_wished(str): a person wants to go where a notice is dealt with.
    """

    opened = Signal(str)
    place_wished = Signal(str)
    call_opened = Signal(str)
    new_session_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = PageHead("Today", self)
        self._new = Button("New session", self, kind="primary", hint="Ctrl+N")
        self._head.add_button(self._new)
        self.table = RowTable(COLUMNS, "Sessions of today", self, fit_rows=True)
        self._card = _framed(self.table, self)
        self.urgent = RowTable(
            URGENT, "Needs somebody now, the heaviest risk first", self, fit_rows=True, row_px=CALL_PX
        )
        self.urgent.setObjectName("today.urgent")
        self._urgent = _framed(self.urgent, self)
        self._urgent.hide()
        self.calls = RowTable(CALL_COLUMNS, "Follow-up calls that are due", self, fit_rows=True, row_px=CALL_PX)
        self._calls_card = _framed(self.calls, self)
        self._empty = self._make_empty()
        self._backup = QWidget(self)
        self._backup_shape = ShapeIcon(self._backup)
        self.backup_text = text_label("", "subtitle", self._backup, wrap=True)
        self.backup_text.setObjectName("backup status")
        self._lay_out_backup()
        self._notices = QVBoxLayout()
        self._notices.setSpacing(scaled(8))
        self._shown: tuple[BoardNotice, ...] = ()
        self.body.addWidget(self._head)
        self.body.addLayout(self._notices)
        for part in (self._card, self._empty, self._urgent, self._calls_card, self._backup):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for before, after in pairwise((self._new, self.table, self.urgent, self.calls)):
            self.setTabOrder(before, after)
        self.table.chosen.connect(self.opened)
        self.calls.chosen.connect(self.call_opened)
        self.urgent.chosen.connect(self.opened)
        self._new.clicked.connect(self._on_new)

    def focus_first(self) -> None:
        """The list, or with an empty list the one thing there is to do."""
        lists = ((self._card, self.table), (self._calls_card, self.calls))
        first = next((table for card, table in lists if not card.isHidden()), self._new)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_board(self, board: Board) -> None:
        self._head.show_title("Today", board.summary if board.rows else "")
        self._show_notices(board.notices)
        self.table.show_rows([board_row(row, board) for row in board.rows])
        self._urgent.setVisible(len(board.urgent) > 1)  # one alone stands out in the list itself
        self.urgent.show_rows([urgent_row(row) for row in board.urgent])
        self._card.setVisible(bool(board.rows))
        self._empty.setVisible(not board.rows)
        self.calls.show_rows([call_row(row) for row in board.calls])
        self._calls_card.setVisible(bool(board.calls))

    def _show_notices(self, notices: tuple[BoardNotice, ...]) -> None:
        """The board is drawn every few seconds: widgets are made anew only when something changed."""
        if notices == self._shown:
            return
        self._shown = notices
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in notices:
            self._notices.addWidget(self._made(one))

    def _made(self, one: BoardNotice) -> Notice:
        notice = Notice(self, buttons_beside=True)  # two lines each: the sessions stay in sight
        notice.show_notice(one.level, one.title, one.detail)
        if one.place:
            button = notice.add_button(one.button)
            button.clicked.connect(lambda _=False, place=one.place: self.place_wished.emit(place))
        return notice

    def show_backup(self, status: "BackupStatus") -> None:
        """One line: how old the last proven backup is, or what somebody has to do."""
        self.backup_text.setText(status.text)
        set_look(self.backup_text, "tone", "muted" if status.level is Level.CLEAR else tone_of(status.level))
        self._backup_shape.show_level(status.level)
        self._backup.setVisible(bool(status.text))

    def _lay_out_backup(self) -> None:
        row = QHBoxLayout(self._backup)
        row.setContentsMargins(scaled(4), 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self._backup_shape)
        row.addWidget(self.backup_text, 1)
        self._backup.hide()

    def _make_empty(self) -> Card:
        card = Card(self)
        card.body.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(24))
        card.body.addWidget(text_label("No sessions yet today", "heading", card))
        words = (
            "Press Ctrl N and type the first three letters of the patient's name. A patient who is new to the clinic "
            "is added under Patients first. A session booked for later stands here with its time."
        )
        card.body.addWidget(text_label(words, "subtitle", card, wrap=True))
        return card

    def _on_new(self) -> None:
        self.new_session_wished.emit()


def _framed(table: RowTable, parent: QWidget) -> Card:
    """The list in a card of its own, with a hair of the card's edge around it."""
    card = Card(parent)
    card.body.setContentsMargins(1, 1, 1, 1)
    card.body.addWidget(table)
    return card


def board_row(row: BoardRow, board: Board) -> TableRow:
    """One line of the board."""
    planned = row.session.planned
    day = planned.local.date()
    return TableRow(
        row.session.id,
        (
            Cell(written_time(planned), note="" if day == board.day else written_date(day)[:6]),
            Cell(row.patient.display_name, Look.STRONG, mark=SAME_NAME if row.same_name else "", photo=row.photo),
            Cell(written_date(row.patient.born)),
            Cell(row.session.count_text),
            status_cell(row),
            Cell(row.now_text),
            Cell(row.action, Look.BUTTON),
        ),
    )


def _call_status(row: CallRow) -> Cell:
    is_coming = row.level is Level.INFO
    return Cell(row.status, Look.CHIP, "muted", Shape.RING) if is_coming else level_cell(row.level, row.status)


def call_row(row: CallRow) -> TableRow:
    """One follow-up call."""
    return TableRow(
        row.session.id,
        (
            Cell(row.patient.display_name, Look.STRONG, mark=SAME_NAME if row.same_name else "", photo=row.photo),
            Cell(written_date(row.patient.born)),
            Cell(row.session.count_text),
            _call_status(row),
            Cell(row.now_text),
            Cell(row.action, Look.BUTTON),
        ),
    )


def urgent_row(row: BoardRow) -> TableRow:
    """One line of what waits for somebody."""
    level = Level.STOP if row.risk > 2 else row.level
    name = Cell(row.patient.display_name, Look.STRONG, mark=SAME_NAME if row.same_name else "", photo=row.photo)
    return TableRow(row.session.id, (level_cell(level, row.status), name, Cell(row.why), Cell("Open", Look.BUTTON)))


def status_cell(row: BoardRow) -> Cell:
    """What is only expected or over without a result is grey: it is no state of care."""
    if row.level is Level.INFO:
        ring = Shape.RING if row.state is SessionState.EXPECTED else None
        return Cell(row.status, Look.CHIP, "muted", ring)
    return level_cell(row.level, row.status)
