"""Under the banner: what providers asked for with their decisions, until somebody has done it."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.snapshot import DueState, Snapshot, Task
from checklist.times import Moment, written_clock, written_length
from checklist.ui.live import LiveSession
from checklist.ui.widgets.bars import MessageBar

KEYS = "Alt+K"
_TONES = {DueState.COMING: "note", DueState.LATE: "stop"}


class ConditionBars(QWidget):
    """A bar for each open condition, the earliest first; Alt K marks that one done."""

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._tasks: list[Task] = []
        self._bars: list[MessageBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        shortcut = QShortcut(QKeySequence(KEYS), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._first_done)
        self.setObjectName("conditions")
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._tasks = [one for one in snapshot.tasks if one.state.is_open]
        while len(self._bars) < len(self._tasks):
            self._bars.append(MessageBar("note", self))
            self._column.addWidget(self._bars[-1])
        for bar in self._bars[len(self._tasks) :]:
            bar.clear_message()
        self.setVisible(bool(self._tasks))
        self.tick(snapshot.now)

    def tick(self, now: Moment) -> None:
        for place, (bar, task) in enumerate(zip(self._bars, self._tasks, strict=False)):
            bar.show_tone(_TONES.get(task.state, "review"))
            keys = "" if place else f"  {KEYS.replace('+', ' ')}"
            bar.show_message(sentence(task, now), f"Done{keys}", partial(self._done, task))

    def sentences(self) -> list[str]:
        """What the bars say."""
        return [bar.sentence() for bar in self._bars if bar.sentence()]

    def _first_done(self) -> None:
        if self._tasks:
            self._done(self._tasks[0])

    def _done(self, task: Task) -> None:
        self._live.condition_done(task.seq)


def sentence(task: Task, now: Moment) -> str:
    """`Condition of Dr. A. Menon's decision: re-check BP by 11:02 · in 12min`"""
    said = f"Condition of {task.provider}'s decision: {task.what} by {written_clock(task.at, now.local.date())}"
    if now < task.at:
        return f"{said} · in {written_length(task.at.since(now))}"
    word = {DueState.LATE: "late", DueState.OVERDUE: "overdue"}.get(task.state)
    return f"{said} · {word} by {written_length(now.since(task.at))}" if word else f"{said} · due now"
