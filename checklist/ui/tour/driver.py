"""Drives the real windows by key presses, as a person would, and keeps count.

Keys go to the window that has the focus, through Qt's own event path: shortcuts, focus and validation all take part.
The driver never touches a widget's value; it only looks at widgets to know where it is.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from checklist.errors import KnownError

PATIENCE_SECONDS = 10.0
LAYOUT_PASSES = 4  # a choice that moves below its label has its height only a few passes later
SPECIAL = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Backtab": Qt.Key.Key_Backtab,
    "Esc": Qt.Key.Key_Escape,
    "Space": Qt.Key.Key_Space,
    "Down": Qt.Key.Key_Down,
    "Up": Qt.Key.Key_Up,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Delete": Qt.Key.Key_Delete,
    "Backspace": Qt.Key.Key_Backspace,
    "F1": Qt.Key.Key_F1,
    "F4": Qt.Key.Key_F4,
    "F8": Qt.Key.Key_F8,
}
MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class TourStopped(KnownError):
    """The walk-through could not go on: what was expected, and what was there instead."""


@dataclass(slots=True)
class Leg:
    """What one part of the walk took."""

    name: str
    presses: int = 0
    password_presses: int = 0
    clicks: int = 0
    milliseconds: float = 0.0
    slowest_press_ms: float = 0.0
    dialogs: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


class Driver:
    """The hands and eyes of the walk-through."""

    def __init__(self, application: QApplication, window: QWidget, out: Path, *, after: "Driver | None" = None) -> None:
        self._application = application
        self._window = window
        self._out = out
        self.is_still: Callable[[], bool] = lambda: True  # nothing is being drawn in the background
        self._picture: int = after._picture if after else 0
        self.legs: list[Leg] = list(after.legs) if after else []
        self._leg = Leg("start")

    @contextmanager
    def leg(self, name: str) -> Iterator[Leg]:
        """Count presses and time of one part under this name."""
        self._leg = Leg(name)
        self.legs.append(self._leg)
        start = time.perf_counter()
        yield self._leg
        self._leg.milliseconds = (time.perf_counter() - start) * 1000

    # ---- hands

    def press(self, *keys: str) -> None:
        """Press keys by name: `Y`, `Enter`, `Ctrl+R`, `Alt+S`."""
        for key in keys:
            self._one(key, secret=False)

    def type(self, text: str, *, secret: bool = False) -> None:
        """Type a text character by character."""
        for char in text:
            self._one(char, secret=secret)

    def _one(self, key: str, *, secret: bool) -> None:
        *names, last = key.split("+") if len(key) > 1 else [key]
        modifiers = Qt.KeyboardModifier.NoModifier
        for name in names:
            modifiers |= MODIFIERS[name]
        target = self._target()
        before = time.perf_counter()
        if last in SPECIAL:
            QTest.keyClick(target, SPECIAL[last], modifiers)
        elif names:
            QTest.keyClick(target, Qt.Key(ord(last.upper())), modifiers)
        else:
            QTest.keyClicks(target, last)
        took = (time.perf_counter() - before) * 1000
        self._leg.presses += not secret
        self._leg.password_presses += secret
        self._leg.slowest_press_ms = max(self._leg.slowest_press_ms, took)
        self._settle()
        self._note_dialog()

    def _target(self) -> QWidget:
        """Where a key press goes: the focus of the active window."""
        self.wait_until(lambda: self._active() is not None, "a window with the focus")
        widget = self._application.focusWidget() or self._active()
        if widget is None:
            raise TourStopped("No window has the focus.")
        return widget

    def _active(self) -> QWidget | None:
        """The active window. Without a window manager nobody hands the focus back after a dialog: ask for it."""
        active = self._application.activeWindow()
        if active is None:
            self._window.activateWindow()
        return active

    def _settle(self) -> None:
        """Let posted events and paints happen, as they would between two key presses."""
        QTest.qWait(0)

    def _note_dialog(self) -> None:
        window = self._application.activeWindow()
        if isinstance(window, QDialog):
            title = window.windowTitle() or window.objectName()
            if not self._leg.dialogs or self._leg.dialogs[-1] != title:
                self._leg.dialogs.append(title)

    # ---- eyes

    def dialog(self) -> QDialog | None:
        """The dialog in front, or None."""
        window = self._application.activeWindow()
        return window if isinstance(window, QDialog) else None

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Let events happen until the condition holds. Raises TourStopped with `what` after ten seconds."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            self._active()
            if time.monotonic() > deadline:
                self.picture_now("stopped")
                raise TourStopped(f"Waited in vain for: {what}. The focus is on “{self.focus_name()}”.")
            QTest.qWait(5)

    def focus_name(self) -> str:
        """The object name of the focused widget or of its nearest named parent."""
        widget = self._application.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def expect_focus(self, name: str) -> None:
        """Stop the walk when the focus is not where a nurse would find it."""
        self.wait_until(lambda: self.has_focus(name), f"the focus on “{name}”")

    def has_focus(self, name: str) -> bool:
        """True when the focused widget or one of its parents bears this name."""
        widget = self._application.focusWidget()
        while widget is not None:
            if widget.objectName() == name:
                return True
            widget = widget.parentWidget()
        return False

    def picture(self, name: str) -> Path:
        """A numbered PNG of the window, with the dialog that stands over it."""
        self.wait_until(lambda: self._active() is not None, "an active window")
        self._settle()
        self.wait_until(self.is_still, "drawings that are under way")
        for _ in range(LAYOUT_PASSES):
            self._settle()
        return self.picture_now(name)

    def picture_now(self, name: str) -> Path:
        """A numbered PNG without waiting, also when the walk cannot go on."""
        dialog = self._application.activeWindow()
        self._picture += 1
        path = self._out / f"{self._picture:02d}-{name}.png"
        pixmap = self._window.grab()
        if isinstance(dialog, QDialog):
            _paint_over(pixmap, self._window, dialog)
        if not pixmap.save(str(path), "PNG"):
            raise TourStopped(f"The picture {path} could not be written. Check that the folder is writable.")
        self._leg.pictures.append(path.name)
        return path


def _paint_over(pixmap: QPixmap, window: QWidget, dialog: QDialog) -> None:
    """A dialog is a window of its own: it is drawn where it stands over the main window."""
    painter = QPainter(pixmap)
    painter.drawPixmap(window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.grab())
    painter.end()
