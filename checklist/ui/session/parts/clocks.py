"""Large clocks: how long it has run or been watched, and how long until the next reading."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import EventKind
from checklist.snapshot import Due, DueState, Record, Snapshot
from checklist.times import Moment, written_time
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.text import text_label


def counted(length: timedelta) -> str:
    """`38:12`, and `1:02:05` from an hour on; never negative."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def ran(record: Record, now: Moment) -> timedelta:
    """How long the pump has run: from the start to the stop or now, without the pauses."""
    total, since = timedelta(0), None
    for event in record.events:
        if event.kind in (EventKind.STARTED, EventKind.RESUMED):
            since = event.at
        elif event.kind in (EventKind.PAUSED, EventKind.STOPPED) and since is not None:
            total, since = total + event.at.since(since), None
    return total + now.since(since) if since is not None else total


def next_due(snapshot: Snapshot) -> Due | None:
    """The reading or repeat that is due or comes next."""
    return next((due for due in snapshot.schedule if due.state.is_open), None)


def due_words(due: Due | None, now: Moment) -> tuple[str, str, str]:
    """The clock, its words, and the role of its label: until the next reading, or since it was due."""
    if due is None:
        return "", "", "clock-brand"
    at = written_time(due.at)
    if now < due.at:
        return counted(due.at.since(now)), f"to {due.what} {at}", "clock-brand"
    if due.state is DueState.LATE:
        return counted(now.since(due.at)), f"late: {due.what} {at}", "clock-stop"
    word = "overdue" if due.state is DueState.OVERDUE else "due now"
    return counted(now.since(due.at)), f"{word}: {due.what} {at}", "clock-review"


class ClockLabel(QWidget):
    """A large number with small words after it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        self.clock = text_label("", "clock", self)
        self.words = text_label("", "subtitle", self)
        row.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBaseline)

    def show_clock(self, clock: str, words: str, role: str = "clock") -> None:
        if clock != self.clock.text():
            self.clock.setText(clock)
        if words != self.words.text():
            self.words.setText(words)
            self.setAccessibleName(f"{self._name}: {words}")
        set_role(self.clock, role)
        self.setVisible(bool(clock))


class Clocks(Beside):
    """Two clocks in a line and what goes with them at the right; below each other where it is narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(560, parent)
        clocks = QWidget(self)
        flow = FlowLayout(clocks, scaled(24))
        self.length = ClockLabel("Time", clocks)
        self.due = ClockLabel("Next vital signs", clocks)
        flow.addWidget(self.length)
        flow.addWidget(self.due)
        self.note = text_label("", "help", self, wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.add(clocks)
        self.add(self.note, 1)

    def show_note(self, words: str) -> None:
        """How often it is measured, when it ends."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_clocks(self, length: str, words: str, due: Due | None, now: Moment) -> None:
        self.length.show_clock(length, words)
        self.due.show_clock(*due_words(due, now))
