"""The follow-up call: banner on top, the questions in the middle, numbers and findings on the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.model import Level
from checklist.snapshot import CallState, Finding, Snapshot
from checklist.ui.live_call import LiveCall
from checklist.ui.session.banner import PatientBanner
from checklist.ui.session.item_list import ItemList
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button, ReasonedButton
from checklist.ui.widgets.notice import Notice
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.text import text_label


class CallPage(QWidget):
    """One follow-up call. Each answer is kept at once; Enter goes on to the next question.

    Signals:
        left(): back to Today.
        not_saved(sentence, retry): for the red bar; `retry()` tries again.
        saved(): the last answer reached the disk.
    """

    left = Signal()
    not_saved = Signal(str, object)
    saved = Signal()

    def __init__(self, live: LiveCall, parent: QWidget) -> None:
        super().__init__(parent)
        self.live = live
        step = live.snapshot.steps[0].step
        self.banner = PatientBanner(self)
        self.banner.show_same_name(False)
        self.banner.facts["Weight"].hide()
        self._page = ScrollPage(self)
        self._head = PageHead("Follow-up call", self._page)
        self._intro = text_label(step.intro, "subtitle", self._page, wrap=True)
        self.message = MessageBar("review", self._page)
        self.items = ItemList(live, step.id, self._page)
        self.close_call = ReasonedButton("Close the call", self._page)
        self.close_call.button.setObjectName("call.close")
        self.side = CallSide(self)
        self._lay_out()
        self._connect()
        self._show(live.snapshot)

    def focus_first(self) -> None:
        """The first question that waits; after a call that a provider must hear of, the one that says so."""
        told = self.live.snapshot.follow_up
        if told is not None and told.state is CallState.TELL and told.in_work and told.in_work.finished:
            self.items.focus_item("call.told")
        else:
            self.focus_open()

    def focus_open(self) -> None:
        """The first needed question without an answer, also one that was passed over; else the end of the call."""
        if not self.items.focus_first():
            self.close_call.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_same_name(self, same_name: bool) -> None:
        """Mark the banner: another patient of today has a similar name."""
        self.banner.show_same_name(same_name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(min(scaled(360), int(self.width() * 0.32)))

    def _lay_out(self) -> None:
        self.message.hide()
        for part in (self._head, self._intro, self.message, self.items, self.close_call):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._page, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(row, 1)
        back = Button("Back to Today", self._head, hint="Esc")
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back.clicked.connect(lambda: self.left.emit())
        self._head.add_button(back)

    def _connect(self) -> None:
        self.items.finished.connect(self.focus_open)
        self.close_call.clicked.connect(self._on_close)
        self.live.changed.connect(self._show)
        self.live.refused.connect(self._on_refused)
        self.live.not_saved.connect(self.not_saved)
        self.live.saved.connect(self.saved)
        self._key("F4", self._show_history)
        self._key("PgDown", lambda: self.side.turn(1))
        self._key("PgUp", lambda: self.side.turn(-1))

    def _key(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def _show(self, snapshot: Snapshot) -> None:
        self.banner.show_snapshot(snapshot)
        self.items.show_snapshot(snapshot)
        self.side.show_call(
            snapshot.findings, self.live.desk.call_phones(snapshot), self.live.desk.call_texts(snapshot)
        )
        self.close_call.show_reason(self.live.desk.call_blocker(snapshot))
        saved = self.live.saved_at
        self._head.show_title("Follow-up call", f"Saved {saved}" if saved else "")

    def _show_history(self) -> None:
        item = self.items.focused_item()
        if item:
            self.items.show_history(item)

    def _on_close(self) -> None:
        if not self.live.finish():
            self.left.emit()

    def _on_refused(self, where: str, sentence: str) -> None:
        if where == "finish":
            self.message.show_message(sentence)


class CallSide(ScrollPage):
    """Whom to call, when it is due, the calls so far, and what the answers mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "side")
        inside = self.widget()
        if inside is not None:
            set_role(inside, "panel")
        self.body.setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16))
        self.body.setSpacing(scaled(10))
        self._phones = text_label("", "strong", self, wrap=True)
        self._phones.setObjectName("call.phones")
        self._texts = text_label("", "subtitle", self, wrap=True)
        self._texts.setObjectName("call.texts")
        self._cards: list[Notice] = []
        for part in (text_label("Who to call", "heading", self), self._phones, self._texts):
            self.body.addWidget(part)
        self.body.addWidget(text_label("What the answers mean", "heading", self))
        self._none = text_label("Nothing to act on so far.", "subtitle", self, wrap=True)
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def turn(self, pages: int) -> None:
        """Page Up and Page Down: with large letters the findings are longer than the screen."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() * 3 // 4)

    def show_call(self, findings: tuple[Finding, ...], phones: tuple[str, ...], texts: tuple[str, ...]) -> None:
        self._phones.setText("\n".join(phones))
        self._texts.setText("\n".join(texts))
        shown = [one for one in findings if one.level.rank >= Level.NOTE.rank]
        while len(self._cards) < len(shown):
            card = Notice(self)
            self._cards.append(card)
            self.body.insertWidget(self.body.count() - 1, card)
        for card, one in zip(self._cards, shown, strict=False):
            card.show_notice(one.level, one.title, " ".join(part for part in (one.detail, one.action) if part))
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(shown))
        self._none.setVisible(not shown)
