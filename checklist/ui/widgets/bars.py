"""Bars that speak: a message, a question in its place, and the stripes of practice."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from checklist.ui.shapes import Shape, ShapeIcon
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.buttons import Button, is_held
from checklist.ui.widgets.text import text_label


class MessageBar(QFrame):
    """A sentence with one thing to do about it; hidden while there is nothing to say. `tone`: note, review, stop."""

    def __init__(self, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        set_look(self, "tone", tone)
        self._action: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8))
        row.setSpacing(scaled(12))
        self._sentence = text_label("", "", self, wrap=True)
        self._button = Button("Close", self, kind="small")
        row.addWidget(self._sentence, 1)
        row.addWidget(self._button)
        self._button.clicked.connect(self._act)
        self.hide()

    def show_message(self, sentence: str, button_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Say it. With `action` a button with `button_text` stands beside it."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._action = action
        self._button.show_text(button_text)
        self._button.setVisible(action is not None)
        self.show()

    def show_tone(self, tone: str) -> None:
        """The words have the colour that is read on their ground: they are dressed anew with it."""
        if self.property("tone") != tone:
            set_look(self, "tone", tone)
            set_look(self._sentence, "on", tone)

    def clear_message(self) -> None:
        self._action = None
        self.hide()

    def sentence(self) -> str:
        """What stands on the bar; empty while it is hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def _act(self) -> None:
        if self._action is not None:
            self._action()


class QuestionBar(QFrame):
    """A question asked once, in place. Enter alone never says yes to it: Y does, or the button.

    Signals:
        confirmed(): yes, that is right.
        rejected(): no, it is to be changed.
    """

    confirmed = Signal()
    rejected = Signal()

    def __init__(self, parent: QWidget, *, yes: str = "Yes, that is right", no: str = "No, change it") -> None:
        super().__init__(parent)
        set_role(self, "question")
        mark = ShapeIcon(self, 14)
        mark.show_shape(Shape.TRIANGLE, "review")
        self._sentence = text_label("", "strong", self, wrap=True)
        self._no = Button(no, self, kind="small")
        self._yes = Button(yes, self, kind="small")
        # The letters are written on the buttons; they work only while the question has the focus.
        self._no.setText(f"{no}  N")
        self._yes.setText(f"{yes}  Y")
        self._lay_out(mark)
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._say_no)
        self.hide()

    def _lay_out(self, mark: QWidget) -> None:
        """The sentence first; the answers beside it, or below it where it is narrow."""
        words, answers = QWidget(self), QWidget(self)
        for box, parts in ((words, (mark, self._sentence)), (answers, (self._no, self._yes))):
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(scaled(10))
            for part in parts:
                row.addWidget(part, 1 if part is self._sentence else 0)
        answers.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        both = Beside(560, self)
        both.add(words, 1)
        both.add(answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8))
        column.addWidget(both)

    def show_question(self, sentence: str) -> None:
        """Ask, and take the keys."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self._no.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        """The whole sentence, not only the button with the focus; asked for once the words are laid out."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.isVisible():
            above.ensureWidgetVisible(self, 0, scaled(12))

    def clear_message(self) -> None:
        self.hide()

    def sentence(self) -> str:
        return "" if self.isHidden() else self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_held(event):
            return
        if event.key() == Qt.Key.Key_Y:
            self._say_yes()
        elif event.key() in (Qt.Key.Key_N, Qt.Key.Key_Escape):
            self._say_no()
        else:
            super().keyPressEvent(event)

    def _say_yes(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _say_no(self) -> None:
        self.hide()
        self.rejected.emit()
