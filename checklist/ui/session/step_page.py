"""The page of one step: title, introduction, questions. Steps with a panel of their own build on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from checklist.protocol import Carry, Step
from checklist.snapshot import Snapshot
from checklist.times import Moment
from checklist.ui.live import LiveSession
from checklist.ui.session.item_list import ItemList
from checklist.ui.session.parts.head import StepHead
from checklist.ui.session.side import before_start
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.text import text_label


class StepPage(ScrollPage):
    """One step. Subclasses put their panel above or below the questions in `build`.

    Signals:
        finished(): nothing needed is open here; the focus belongs on Next.
        preview_wished(str): a document to look at ("checklist", "record", "instructions").
    """

    finished = Signal()
    preview_wished = Signal(str)

    def __init__(self, live: LiveSession, step: Step, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self.live = live
        self.step = step
        self.worker = worker
        self.body.setContentsMargins(scaled(26), scaled(18), scaled(26), scaled(20))
        self.body.setSpacing(scaled(12))
        self.head = StepHead(step.title, self)
        self.body.addWidget(self.head)
        self.intro = text_label("", "subtitle", self, wrap=True)
        self.body.addWidget(self.intro)
        self.message = MessageBar("review", self)
        self.message.hide()
        self.body.addWidget(self.message)
        self.items = ItemList(live, step.id, self)
        self.items.finished.connect(self.finished)
        self._same = self._same_button()
        self.build()
        self.body.addStretch(1)
        live.refused.connect(self._on_refused)

    def make_low(self) -> None:
        """Less room between the parts, so that clocks, line, chart and table stand in one view."""
        edge = scaled(26)
        self.body.setContentsMargins(edge, scaled(10), edge, scaled(12))
        self.body.setSpacing(scaled(8))

    def build(self) -> None:
        """Put the parts of the page into `body`."""
        self.body.addWidget(self.items)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.intro.setText(self.live.desk.intro(snapshot, self.step))
        last = self.live.desk.last_visit_text(snapshot)
        if self._same is not None:
            self._same.setVisible(bool(last) and before_start(snapshot))
            self._same.show_text(f"Same as last session ({last[:6]})")
        self.items.show_snapshot(snapshot)

    def focus_first(self) -> None:
        """Focus what is to be done first here."""
        if not self.items.focus_first():
            self.finished.emit()

    def tick(self, now: Moment) -> None:
        """A second passed."""

    def focus_vitals(self) -> bool:
        """Ctrl+R: focus the line for vital signs; False when this step has none."""
        return False

    def stamp(self) -> None:
        """F8: the vital signs are being taken now."""

    @property
    def open_count(self) -> int:
        return self.items.open_count

    # same as last session

    def _same_button(self) -> Button | None:
        if self.step.panel != "medicines" and all(item.carry is not Carry.SAME for item in self.step.items):
            return None
        button = Button("Same as last session", self, keys="Alt+S")
        button.setObjectName("same")
        button.clicked.connect(self._bring_back)
        # S alone works wherever no text is being typed: text fields take printable keys before shortcuts do.
        shortcut = QShortcut(QKeySequence("S"), self)
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        self.head.add_button(button)
        return button

    def _bring_back(self) -> None:
        self.message.clear_message()
        if self._same is not None and self._same.isVisible() and not self.live.same_as_last(self.step.id):
            self.after_same()

    def after_same(self) -> None:
        self.focus_first()

    def _on_refused(self, where: str, sentence: str) -> None:
        if where in ("same", "plan") and self.isVisible():
            self.message.show_message(sentence)
