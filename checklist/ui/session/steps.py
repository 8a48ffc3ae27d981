"""The list of steps on the left: phase, shape, title, one line of summary; the step in work is boxed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from checklist.levels import Level
from checklist.snapshot import StepView
from checklist.ui.shapes import Shape, ShapeIcon, shape_of, tone_of, word_of
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.text import text_label

_PHASES = {"before": "Before the infusion", "infusion": "Infusion", "after": "After the infusion"}


def step_mark(view: StepView, *, current: bool) -> tuple[Shape, str, str]:
    """Shape, tone and word of a step. Only a complete step is ever shown as clear."""
    if view.level.rank >= Level.REVIEW.rank:
        return shape_of(view.level), tone_of(view.level), word_of(view.level)
    if current and not view.complete:
        return Shape.CURRENT, "brand", "Now"
    if view.complete:
        level = Level.CLEAR if view.level is Level.INFO else view.level
        return shape_of(level), tone_of(level), word_of(level)
    return Shape.RING, "muted", "Not done"


class StepRow(QPushButton):
    """One step of the list; clicking opens it. Its height follows its two lines of text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        set_look(self, "kind", "step")
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(12), scaled(3), scaled(8), scaled(3))
        row.setSpacing(scaled(10))
        self.shape = ShapeIcon(self, 12)
        row.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.title = text_label("", "step", self, wrap=True)
        self.summary = text_label("", "small", self, wrap=True)
        texts.addWidget(self.title)
        texts.addWidget(self.summary)
        row.addLayout(texts, 1)
        for label in (self.title, self.summary, self.shape):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, view: StepView, number: int, *, current: bool) -> None:
        shape, tone, word = step_mark(view, current=current)
        self.shape.show_shape(shape, tone)
        self.title.setText(view.step.title)
        self.summary.setText(view.summary)
        self.summary.setVisible(bool(view.summary))
        set_role(self.title, "step-current" if current else "step")
        set_look(self, "current", current)
        self.setAccessibleName(f"Step {number}: {view.step.title}. {word}. {view.summary}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout else super().heightForWidth(width)


class StepList(ScrollPage):
    """All steps of the visit.

    Signals:
        step_wished(str): a person chose this step.
        end_wished(): a person wants to end the visit here, with a reason.
        left(): back to Today.
    """

    step_wished = Signal(str)
    end_wished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "steps")
        inside = self.widget()
        if inside is not None:
            set_role(inside, "steps-ground")
        self.body.setContentsMargins(scaled(8), scaled(8), scaled(8), scaled(6))
        self.body.setSpacing(scaled(1))
        self._rows: dict[str, StepRow] = {}
        self._current = ""
        self._foot = QWidget(self)
        foot = FlowLayout(self._foot, 0)
        for text, signal in (("Today", self.left), ("End this visit…", self.end_wished)):
            button = Button(text, self._foot, kind="quiet")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())
            foot.addWidget(button)

    def show_steps(self, views: Sequence[StepView], current: str) -> None:
        if list(self._rows) != [view.step.id for view in views]:
            self._build(views)
        for number, view in enumerate(views, 1):
            self._rows[view.step.id].show_step(view, number, current=view.step.id == current)
        if current != self._current:
            self._current = current
            QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        """With large letters the list is longer than the screen: the step in work stays in sight."""
        row = self._rows.get(self._current)
        if row is not None:
            self.ensureWidgetVisible(row, 0, scaled(40))

    def _build(self, views: Sequence[StepView]) -> None:
        phase = ""
        for number, view in enumerate(views, 1):
            if view.step.phase != phase:
                phase = view.step.phase
                heading = text_label(_PHASES.get(phase, phase), "phase", self)
                self.body.addWidget(heading)
            row = StepRow(self)
            row.setObjectName(f"step.{view.step.id}")
            row.setToolTip(f"Ctrl+{number % 10}")
            row.clicked.connect(lambda _=False, step_id=view.step.id: self.step_wished.emit(step_id))
            self._rows[view.step.id] = row
            self.body.addWidget(row)
        self.body.addStretch(1)
        self.body.addWidget(self._foot)
