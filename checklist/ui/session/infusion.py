"""Dose and infusion: the order and its check; then the running infusion with its clock and readings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.model import EventKind, Stage
from checklist.snapshot import Snapshot
from checklist.times import Moment
from checklist.ui.session.parts.alarm import to_decide_now
from checklist.ui.session.parts.ask import plan_dialog
from checklist.ui.session.parts.decide import DecisionsCard
from checklist.ui.session.parts.monitor import Monitor
from checklist.ui.session.parts.order import OrderCard, given_words
from checklist.ui.session.parts.verify import VerifyCard
from checklist.ui.session.side import before_start
from checklist.ui.session.step_page import StepPage
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button, ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import text_label


class StartCard(Card):
    """What still bars the start, in words, and the button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._blockers = text_label("", "plain", self, wrap=True)
        self._blockers.setObjectName("start.blockers")
        self.body.addWidget(self._blockers)
        self._warnings = text_label("", "problem", self, wrap=True)
        self._warnings.setObjectName("start.warnings")
        self._warnings.hide()
        self.body.addWidget(self._warnings)
        self.start = ReasonedButton("Start the infusion", self)
        self.start.button.setObjectName("start")
        self.body.addWidget(self.start)

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """What does not bar the start and has to be known: another infusion runs."""
        self._warnings.setText("\n".join(warnings))
        self._warnings.setVisible(bool(warnings))

    def show_blockers(self, blockers: tuple[str, ...]) -> None:
        self._blockers.setText("\n".join(f"• {reason}" for reason in blockers))
        self._blockers.setVisible(len(blockers) > 1)
        more = f" And {len(blockers) - 1} more, listed above." if len(blockers) > 1 else ""
        self.start.show_reason(f"{blockers[0]}{more}" if blockers else "")


class InfusionPage(StepPage):
    """Before the start the order; from the start on the monitor, with the order beneath it."""

    def build(self) -> None:
        self.move_start = Button("Move the start", self, keys="Alt+M")
        self.move_start.clicked.connect(lambda: plan_dialog(self.live, self).open())
        self.head.add_button(self.move_start)
        self.monitor = Monitor(self.live, self.worker, self)
        self.head.add_button(self.monitor.buttons)
        self.make_low()
        self._given = text_label("", "heading", self, wrap=True)
        self._given.setObjectName("given")
        self.order = OrderCard(self.live, self)
        self.check = VerifyCard(self.live, self)
        self.start_card = StartCard(self)
        self._before = QWidget(self)
        column = QVBoxLayout(self._before)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(12))
        column.addWidget(self.check)
        column.addWidget(self.start_card)
        self.decisions = DecisionsCard(self.live, self)
        shown = (self._given, self.decisions, self.monitor, self.items, self.order, self._before)
        for widget in shown:
            self.body.addWidget(widget)
        self.items.finished.disconnect()
        self.items.finished.connect(self._after_items)
        self.check.verified.connect(self._after_items)
        self.decisions.decided.connect(self._after_items)
        self.monitor.passed.connect(self.finished)
        self.start_card.start.clicked.connect(self._start)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        started = snapshot.record.event(EventKind.STARTED) is not None
        self.decisions.show_findings(to_decide_now(snapshot), snapshot)
        self.move_start.setVisible(before_start(snapshot))
        self.intro.setVisible(not started)  # it is about the order
        self.monitor.buttons.setVisible(started)
        self.monitor.setVisible(started)
        self._before.setVisible(not started)
        self.order.show_order(snapshot)
        words = given_words(self.live.desk.given(snapshot), self.live.desk.dose(snapshot))
        self._given.setText(words)
        self._given.setVisible(bool(words))
        if started:
            self.monitor.show_snapshot(snapshot, Stage.INFUSION)
        else:
            self.check.show_snapshot(snapshot, self._order_open())
            self.start_card.show_warnings(self.live.desk.start_warnings())
            self.start_card.show_blockers(self.live.desk.start_blockers(snapshot))

    def tick(self, now: Moment) -> None:
        self.monitor.tick(now)

    def focus_first(self) -> None:
        record = self.live.snapshot.record
        if record.event(EventKind.STOPPED) is not None:
            self.finished.emit()
        elif record.event(EventKind.STARTED) is not None:
            self.monitor.line.field.setFocus()
        elif not self.items.focus_first():
            self._after_items()

    def focus_vitals(self) -> bool:
        if self.live.snapshot.record.event(EventKind.STARTED) is None:
            return False
        self.monitor.line.field.setFocus()
        return True

    def stamp(self) -> None:
        if self.live.snapshot.record.event(EventKind.STARTED) is not None:
            self.monitor.line.stamp()

    def _order_open(self) -> int:
        """Questions of the order itself that still wait; the readiness question may come after the check."""
        answers = self.live.snapshot.record.answers
        wanted = [item.id for item in self.step.items if item.group == "Order"]
        return sum(1 for item in wanted if item not in answers)

    def _after_items(self) -> None:
        if self.live.snapshot.record.event(EventKind.STARTED) is not None:
            self.monitor.line.field.setFocus()
        elif self.decisions.focus_open():
            return
        elif not self.check.agrees and self.check.ask_button.button.isEnabled():
            self.check.ask_button.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.start_card.start.button.isEnabled():
            self.start_card.start.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.finished.emit()

    def _start(self) -> None:
        sentence = self.live.start()
        if sentence:
            self.message.show_message(sentence)
        else:
            self.message.clear_message()
            self.verticalScrollBar().setValue(0)
            self.monitor.line.field.setFocus()
