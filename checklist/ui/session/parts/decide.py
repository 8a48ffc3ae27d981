"""A provider's decisions: proceed or postpone on each open finding, with a reason, signed once for all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from checklist.model import Choice
from checklist.protocol import DecisionReason
from checklist.snapshot import Finding, Snapshot, Task
from checklist.times import written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.decide_dialog import DecideDialog, Draft
from checklist.ui.session.parts.decide_reason import ReasonFields
from checklist.ui.shapes import ShapeIcon
from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.buttons import ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.segmented import Segment, Segmented
from checklist.ui.widgets.text import rule, text_label

_CHOICES = (Segment("proceed", "Proceed", "P"), Segment("postpone", "Postpone", "O"))
_STANDING = "standing"
# The review of a known medicine has one choice more: it is then a note at later visits, until the dose changes.
_MEDICINE_CHOICES = (_CHOICES[0], Segment(_STANDING, "Proceed, later visits too", "L"), _CHOICES[1])


def task_words(task: Task) -> str:
    """`Condition: re-check BP by 11:02, done 11:03`"""
    became = f"done {written_time(task.done.at)}" if task.done else "not yet done"
    return f"Condition: {task.what} by {written_time(task.at)}, {became}"


class DecisionRow(QWidget):
    """One finding and what is decided on it. The draft lives in its fields until it is signed.

    Signals:
        edited(): choice, reason or condition changed.
        passed(): Enter in the reason, or at the end of the condition.
    """

    edited = Signal()
    passed = Signal()

    def __init__(
        self, reasons: Sequence[DecisionReason], understood: Callable[[str, str], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self.why = ReasonFields(reasons, understood, self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8))
        self._box.setSpacing(scaled(12))
        self._box.addLayout(self._texts(), 1)
        self._box.addLayout(self._controls(), 1)

    def _texts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        self._shape = ShapeIcon(self, 13)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._title = text_label("", "strong", self, wrap=True)
        self._detail = text_label("", "help", self, wrap=True)
        self._decided = text_label("", "strong", self, wrap=True)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        texts.addWidget(self._decided)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        return row

    def _controls(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(scaled(4))
        self._plain = Segmented(_CHOICES, "Provider's decision", self)
        self._medicine = Segmented(_MEDICINE_CHOICES, "Provider's decision", self, loose=True)
        self.choice = self._plain
        self.reason = self.why.words
        column.addWidget(self._plain, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._medicine)
        column.addWidget(self.why)
        self._nobody = text_label("Nobody can pass this. It must be put right.", "problem", self, wrap=True)
        column.addWidget(self._nobody)
        for choice in (self._plain, self._medicine):
            choice.chosen.connect(self._on_chosen)
            choice.passed.connect(self.reason.setFocus)
        self.why.edited.connect(self.edited)
        self.why.passed.connect(self.passed)
        return column

    def show_finding(self, finding: Finding, snapshot: Snapshot) -> None:
        """The draft is kept for the same finding, and dropped when the finding became another one."""
        before = self._finding
        if before is None or (before.key, before.fingerprint) != (finding.key, finding.fingerprint):
            self.clear_draft()
        self._finding = finding
        self._shape.show_level(finding.level)
        self._title.setText(finding.title)
        self._detail.setText(f"{snapshot.step(finding.step).step.title} · {finding.detail or finding.action}")
        self.choice = self._medicine if finding.can_stand else self._plain
        self.choice.setObjectName(f"decide.{finding.key}")
        self.why.name(finding.key)
        for widget in (self._plain, self._medicine):
            widget.setVisible(widget is self.choice and not finding.nobody_overrides)
        self.why.setVisible(not finding.nobody_overrides)
        self._nobody.setVisible(finding.nobody_overrides)
        self._show_decision(finding, snapshot)

    def _show_decision(self, finding: Finding, snapshot: Snapshot) -> None:
        decision = finding.decision
        if decision is None:
            self._decided.hide()
            return
        who = decision.verbal_from or snapshot.name_of(decision.by)
        verbal = f" (by telephone, taken by {snapshot.name_of(decision.by)})" if decision.verbal_from else ""
        word = f"{decision.choice.value.capitalize()}{', later visits too' if decision.standing else ''}"
        tone = "clear" if decision.choice is Choice.PROCEED else "stop"
        task = next((one for one in snapshot.tasks if one.seq == decision.seq), None)
        asked = f" · {task_words(task)}" if task else ""
        self._decided.setText(f"{word}: {decision.why} · {who} {written_time(decision.at)}{verbal}{asked}")
        set_look(self._decided, "tone", tone)
        self._decided.show()

    @property
    def is_undecided(self) -> bool:
        finding = self._finding
        return finding is not None and not finding.nobody_overrides and finding.decision is None

    @property
    def draft(self) -> Draft | None:
        """What stands in the fields, when both are filled."""
        choice, why = self.choice.choice(), self.why
        if self._finding is None or choice is None or why.missing:
            return None
        standing = choice == _STANDING
        return Draft(
            self._finding.key,
            Choice.PROCEED if standing else Choice(choice),
            why.code,
            why.words.text().strip(),
            why.why,
            why.condition.text().strip(),
            why.by.text().strip(),
            standing,
        )

    def clear_draft(self) -> None:
        for choice in (self._plain, self._medicine):
            choice.show_choice(None)
        self.why.clear()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The controls beside the words; below them where it is narrow, and while the reasons need the width."""
        below = self.why.is_open or self.width() < scaled(520)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)

    def _on_chosen(self, choice: str) -> None:
        self.choice.show_choice(choice)
        self.why.show_open(True)
        self._place()
        self.why.focus_code()
        self.edited.emit()


class DecisionsCard(Card):
    """All findings that a provider must decide, or has decided.

    Signals:
        decided(): decisions were signed.
    """

    decided = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._findings: Sequence[Finding] = ()
        self.rows: list[DecisionRow] = []
        self.body.setContentsMargins(1, scaled(4), 1, scaled(8))
        self.body.setSpacing(0)
        self.sign = ReasonedButton("Provider signs the decisions…", self, kind="plain")
        self.sign.button.setObjectName("decide.sign")
        self.sign.setContentsMargins(scaled(12), scaled(6), scaled(12), 0)
        self.body.addWidget(self.sign)
        self.sign.clicked.connect(self._ask)

    def show_findings(self, findings: Sequence[Finding], snapshot: Snapshot) -> None:
        self._findings = findings
        self.setVisible(bool(findings))
        while len(self.rows) < len(findings):
            self._add_row()
        for row, finding in zip(self.rows, findings, strict=False):
            row.show_finding(finding, snapshot)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(findings))
        self._show_reason()

    def focus_open(self) -> bool:
        """Focus the first finding without a decision."""
        for row in self._shown():
            if row.is_undecided:
                row.choice.setFocus()
                return True
        return False

    def _add_row(self) -> None:
        row = DecisionRow(self._live.desk.protocol.reasons, self._live.condition_words, self)
        row.edited.connect(self._show_reason)
        row.passed.connect(lambda: self._pass(row))
        if self.rows:
            self.body.insertWidget(self.body.count() - 1, rule(self))
        self.rows.append(row)
        self.body.insertWidget(self.body.count() - 1, row)

    def _shown(self) -> list[DecisionRow]:
        return self.rows[: len(self._findings)]

    def _drafts(self) -> list[Draft]:
        return [draft for row in self._shown() if (draft := row.draft) is not None]

    def _show_reason(self) -> None:
        open_count = sum(1 for row in self._shown() if row.is_undecided)
        reason = "" if self._drafts() else "Choose Proceed or Postpone, then choose or write the reason."
        self.sign.setVisible(bool(open_count or self._drafts()))
        self.sign.show_reason(reason)

    def _pass(self, row: DecisionRow) -> None:
        shown = self._shown()
        for after in shown[shown.index(row) + 1 :]:
            if after.is_undecided and after.draft is None:
                after.choice.setFocus()
                return
        if self.sign.button.isEnabled():
            self.sign.button.setFocus()

    def _ask(self) -> None:
        drafts = self._drafts()
        titles = {one.key: one.title for one in self._findings}
        dialog = DecideDialog(self._live, drafts, [titles[draft.finding] for draft in drafts], self)
        dialog.accepted.connect(self._on_signed)
        dialog.open()

    def _on_signed(self) -> None:
        for row in self.rows:
            if not row.is_undecided:
                row.clear_draft()
        self._show_reason()
        self.decided.emit()
