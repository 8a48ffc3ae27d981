"""The papers attached to a visit: a list, and the program's own preview of each."""

import logging

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from checklist.attached import Attachment
from checklist.errors import FileRefused, KnownError
from checklist.model import RowId
from checklist.pictures import page_jpegs
from checklist.snapshot import Snapshot
from checklist.times import Moment, written_clock, written_date, written_time
from checklist.ui.chosen_file import size_words
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import below_banner, give_back, place_below_banner
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.page_view import PageView
from checklist.ui.widgets.text import rule, text_label

_LOG = logging.getLogger(__name__)


def file_words(one: Attachment) -> str:
    """`PDF, 2 pages, 143 KB`"""
    pages = f", {one.pages} pages" if one.pages > 1 else ""
    return f"{one.media.word}{pages}, {size_words(one.length)}"


def paper_words(one: Attachment, snapshot: Snapshot) -> str:
    """`PDF, 2 pages, 143 KB · time on paper 11:05 to 11:40 · R. Ortiz, RN 18-Nov-2026 12:40 · 3F2A91C2D05E`"""

    def clock(moment: Moment | None) -> str:
        return written_clock(moment, snapshot.now.local.date()) if moment else "not known"

    times = "not known"
    if one.paper_from or one.paper_to:
        times = f"{clock(one.paper_from)} to {clock(one.paper_to)}"
    who = f"{snapshot.name_of(one.by)} {written_date(one.entered.local.date())} {written_time(one.entered)}"
    return f"{file_words(one)} · time on paper {times} · {who} · {one.mark}"


class PapersList(QWidget):
    """Each attached paper with a button that opens it; a struck one is read and not opened.

    Signals:
        opened(str): the row of a paper.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(6))
        self._shown: tuple[Attachment, ...] = ()
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        papers = snapshot.record.attachments
        if papers == self._shown:
            return
        self._shown = papers
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, one in enumerate(papers):
            if place:
                self._column.addWidget(rule(self))
            self._column.addWidget(self._row(one, snapshot))
        self.setVisible(bool(papers))

    def _row(self, one: Attachment, snapshot: Snapshot) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(one.title, "struck" if one.error else "strong", box, wrap=True))
        if one.error:
            words.addWidget(text_label(one.error.capitalize(), "plain", box, wrap=True))
        words.addWidget(text_label(paper_words(one, snapshot), "help", box, wrap=True))
        row.addLayout(words, 1)
        if not one.error:
            button = Button("Open", box)
            button.setObjectName(f"paper.{one.row}")
            button.setAccessibleName(f"Open {one.title}")
            button.clicked.connect(lambda: self.opened.emit(one.row))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return box


class PapersCard(Card):
    """The list under its title; hidden while there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("papers")
        self.body.addWidget(text_label("Attached papers", "heading", self))
        self.list = PapersList(self)
        self.body.addWidget(self.list)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.list.show_snapshot(snapshot)
        self.setVisible(bool(snapshot.record.attachments))


class PaperViewer(QDialog):
    """One attached paper, page by page. Drawn in the worker; nothing of it is written to the disk."""

    def __init__(self, live: LiveSession, worker: Worker, row: str, parent: QWidget) -> None:
        super().__init__(parent)
        one = next(each for each in live.snapshot.record.attachments if each.row == row)
        self.setWindowTitle(one.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        area = below_banner(parent)
        self.resize(min(area.width(), max(scaled(760), int(area.width() * 0.7))), area.height())
        place_below_banner(self)
        self._build(one, live.snapshot)
        self._load(live, worker, one)

    def done(self, result: int) -> None:
        super().done(result)
        give_back(self)

    def _build(self, one: Attachment, snapshot: Snapshot) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(10), scaled(14), scaled(10))
        column.setSpacing(scaled(8))
        column.addWidget(text_label(one.title, "heading", self, wrap=True))
        column.addWidget(text_label(paper_words(one, snapshot), "help", self, wrap=True))
        self.message = MessageBar("review", self)
        column.addWidget(self.message)
        self.pages = text_label("Drawing…", "help", self)
        self._view = PageView(self.pages, self)
        column.addWidget(self._view, 1)
        foot = QHBoxLayout()
        close = Button("Close", self)
        foot.addWidget(self.pages)
        foot.addWidget(text_label("Page Up, Page Down turn the pages", "help", self), 1)
        foot.addWidget(close)
        column.addLayout(foot)
        close.clicked.connect(self.reject)
        close.setFocus()

    def _load(self, live: LiveSession, worker: Worker, one: Attachment) -> None:
        try:
            data = live.desk.attached_bytes(live.session_id, RowId(one.row))
        except KnownError as failure:
            self.pages.setText("")
            self.message.show_message(failure.sentence)
            return

        def work() -> list[QImage]:
            return [QImage.fromData(jpeg) for jpeg in page_jpegs(one.media, data)]

        worker.run(work, self._on_drawn, self._on_failed)

    def _on_drawn(self, images: list[QImage]) -> None:
        if isValid(self):
            self._view.show_images(images)

    def _on_failed(self, error: Exception) -> None:
        _LOG.error("an attached paper could not be drawn: %s", type(error).__name__)
        if isValid(self):
            self.pages.setText("")
            why = error.sentence if isinstance(error, FileRefused) else "It could not be drawn."
            self.message.show_message(f"{why} The attachment is kept as it is.")

    @property
    def page_count(self) -> int:
        return self._view.page_count

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 0; stays within the paper."""
        self._view.show_page(number)
