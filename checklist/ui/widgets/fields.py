"""Text fields that keep what a person is typing, whatever is drawn meanwhile."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.text import buddy_label, text_label


class TextField(QLineEdit):
    """A line of text.

    Signals:
        committed(str): a person changed the text and pressed Enter or left the field.
        entered(): Enter, after the text was committed.
    """

    committed = Signal(str)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget, *, placeholder: str = "", description: str = "") -> None:
        super().__init__(parent)
        self._refused: str | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setPlaceholderText(placeholder)
        self.editingFinished.connect(self._commit)

    def show_text(self, text: str) -> None:
        """Draw the text, unless a person is typing here: typing is never lost."""
        if self.is_being_edited() or self.text() == text:
            return
        at_end = self.hasSelectedText()
        self.setText(text)
        self.setCursorPosition(0)
        if at_end and self.hasFocus():
            self.selectAll()

    def keep_typed(self, text: str) -> None:
        """The text could not be taken: put it back as typed and not saved. Enter sends it again, leaving does not."""
        self.setText(text)
        self.setModified(True)
        self._refused = text
        self.show_refused(True)

    def let_go(self) -> None:
        """What stands here was taken: the record may be drawn over it again."""
        self._refused = None
        self.setModified(False)
        self.show_refused(False)

    def show_refused(self, refused: bool) -> None:
        set_look(self, "refused", refused)

    def is_being_edited(self) -> bool:
        return self.isModified()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        if is_held(event):
            return
        # Not QLineEdit's own Enter: it would commit before Enter is known, and again on leaving.
        self._refused = None
        self._commit()
        self.entered.emit()

    def _commit(self) -> None:
        if not self.isModified() or self.text() == self._refused:
            return
        self.let_go()
        self.committed.emit(self.text())


class PasswordField(TextField):
    """A line that shows dots. It does not commit on leaving: a password goes with its button."""

    def __init__(self, name: str, parent: QWidget, *, description: str = "") -> None:
        super().__init__(name, parent, description=description)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)


class LabelledField(QWidget):
    """A label above its field, and below it the sentence that says what is wrong with it."""

    def __init__(self, label: str, field: QWidget, parent: QWidget, *, help: str = "") -> None:
        super().__init__(parent)
        self._field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(buddy_label(label, "field", field, self))
        column.addWidget(field)
        self._help = text_label("", "help", self, wrap=True)
        column.addWidget(self._help)
        self.show_help(help)
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)
        self.setFocusProxy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)

    def show_help(self, words: str) -> None:
        """How it is typed; empty: nothing to say."""
        self._help.setText(words)
        self._help.setVisible(bool(words))
        if words:
            self._field.setAccessibleDescription(words)

    def show_problem(self, sentence: str) -> None:
        """What is wrong, in red with a mark of its own; empty: nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if isinstance(self._field, TextField):
            self._field.show_refused(bool(sentence))

    def problem(self) -> str:
        return self._problem.text()
