"""Records: orders that wait for a provider, and the closed records with their version, status and paper."""

from collections import Counter
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from checklist.desk.values import OrderRow, RecordRow, Records
from checklist.times import Moment, written_clock, written_date, written_day, written_length, written_time
from checklist.ui.session.parts.keyed_table import KeyedTable
from checklist.ui.shapes import Shape
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow, level_cell
from checklist.ui.widgets.text import text_label

ORDER_COLUMNS = (
    Column("Provider", 170),
    Column("Order", share=3),
    Column("Given", 150),
    Column("Patient", share=2),
    Column("", 90),
)
RECORD_COLUMNS = (
    Column("Day", 160),
    Column("Patient", share=3),
    Column("Record", 150, yields=True),
    Column("Status", 210),
    Column("Paper", share=2),
    Column("", 90),
)
MORE_DAYS = 14


class RecordsPage(ScrollPage):
    """Signals:
    opened(str): session id.
    filed(str): session id: its signed paper lies in the patient's file.
    more_wished(int): show this many days.
    """

    opened = Signal(str)
    filed = Signal(str)
    more_wished = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.days = 0  # as many as the protocol says, until more are wished
        self._head = PageHead("Records", self)
        self.more = Button("14 days more", self, keys="Alt+M")
        self._head.add_button(self.more)
        self._orders_title = text_label("Orders by telephone that wait for their provider", "heading", self)
        self.orders = RowTable(ORDER_COLUMNS, "Orders that wait", self, fit_rows=True)
        self._orders_card = self._boxed(self.orders)
        self._title = text_label("", "heading", self, wrap=True)
        self.table = KeyedTable(RECORD_COLUMNS, "Records", {Qt.Key.Key_F: "filed"}, self)
        self._records_card = self._boxed(self.table)
        self._hint = text_label("On a row: Enter opens · F the signed paper is filed", "help", self)
        self._none = text_label("No closed record in this time.", "subtitle", self)
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.hide()
        for part in (self._head, self._orders_title, self._orders_card, self._title, self._records_card):
            self.body.addWidget(part)
        for part in (self._hint, self._none, self.problem):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.orders.chosen.connect(self._on_order)
        self.table.chosen.connect(self.opened)
        self.table.keyed.connect(lambda key, _word: self.filed.emit(key))
        self.more.clicked.connect(lambda: self.more_wished.emit(self.days + MORE_DAYS))

    def _boxed(self, table: RowTable) -> Card:
        card = Card(self)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(table)
        return card

    def focus_first(self) -> None:
        """Where somebody waits; else the records."""
        for table in (self.orders, self.table):
            if table.isVisibleTo(self):
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_records(self, records: Records, now: Moment) -> None:
        self.days = records.days
        self._head.show_title("Records", summary(records))
        self._title.setText(f"Closed records of the last {records.days} days, and visits left open")
        self.orders.show_rows([order_row(row, now) for row in records.orders])
        self.table.show_rows([record_row(row, now.local.date()) for row in records.rows])
        for widget in (self._orders_title, self._orders_card):
            widget.setVisible(bool(records.orders))
        for widget in (self._records_card, self._hint):
            widget.setVisible(bool(records.rows))
        self._none.setVisible(not records.rows)

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _on_order(self, key: str) -> None:
        self.opened.emit(key.partition(" ")[0])


def summary(records: Records) -> str:
    """`2 orders wait for Dr. A. Menon, MD · 1 not closed · 3 not filed`"""
    waiting = Counter(row.order.provider_name for row in records.orders)
    parts = [f"{count} order{' waits' if count == 1 else 's wait'} for {name}" for name, count in waiting.items()]
    for words in ("Not closed", "Amendment not signed", "Changed after signing"):
        count = sum(row.status == words for row in records.rows)
        parts += [f"{count} {words.lower()}"] if count else []
    unfiled = sum(row.paper not in ("Filed", "–") for row in records.rows)
    return " · ".join([*parts, f"{unfiled} not filed"] if unfiled else parts)


def order_row(row: OrderRow, now: Moment) -> TableRow:
    """The key begins with the session, which Enter opens."""
    order, born = row.order, row.patient.born
    waits = f"waits {written_length(now.since(order.since))}"
    return TableRow(
        f"{row.session.id} {order.seq}",
        (
            Cell(order.provider_name),
            Cell(order.words, Look.STRONG),
            Cell(written_clock(order.since, now.local.date()), note=waits),
            Cell(row.patient.display_name, note=f"Born {written_date(born)}"),
            Cell("Open", Look.BUTTON),
        ),
    )


def record_row(row: RecordRow, today: date) -> TableRow:
    planned = row.session.planned
    day = "Today" if planned.local.date() == today else written_day(planned.local.date())
    version = f" v{row.version}" if row.version > 1 else ""
    muted = row.level.rank <= 1 and row.status != "Signed"
    status = Cell(row.status, Look.CHIP, "muted", Shape.RING) if muted else level_cell(row.level, row.status)
    return TableRow(
        row.session.id,
        (
            Cell(day, note=written_time(planned)),
            Cell(row.patient.display_name, Look.STRONG, note=f"Born {written_date(row.patient.born)}"),
            Cell(f"{row.session.record_id}{version}", Look.MUTED),
            status,
            Cell(row.paper),
            Cell("Open", Look.BUTTON),
        ),
    )
