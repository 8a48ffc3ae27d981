"""Who signs, and the password: used wherever a signature or a second person is needed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.fields import LabelledField, PasswordField
from checklist.ui.widgets.person_picker import Named, PersonPicker
from checklist.ui.widgets.text import text_label


class Credentials(QWidget):
    """A person, a password, a button.

    Signals:
        submitted(str, str): user and password, by Enter in the password or the button.
    """

    submitted = Signal(str, str)

    def __init__(self, people: Sequence[Named], button_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._person = PersonPicker(self)
        self._person.setObjectName("person")
        self._person.setMinimumWidth(scaled(180))
        self.password = PasswordField("Password", self, description="Your own password signs")
        self.password.setObjectName("password")
        self.button = Button(button_text, self, kind="primary")
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        self._lay_out()
        self.show_people(people)
        self.password.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._person.passed.connect(self.password.setFocus)

    def show_people(self, people: Sequence[Named], chosen_user: str = "") -> None:
        """Who can be chosen. With one person there is nothing to choose and Tab passes by."""
        self._person.show_people(people, chosen_user)
        self.setFocusProxy(self.password if len(people) < 2 or chosen_user else self._person)

    def user(self) -> str:
        return self._person.user()

    def show_problem(self, sentence: str) -> None:
        """A refusal in place: the password is emptied, the field takes the focus. Empty: nothing wrong."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            self.password.clear()
            self.password.setFocus()

    def problem(self) -> str:
        return self._problem.text()

    def clear(self) -> None:
        self.password.clear()
        self.show_problem("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(LabelledField("Person", self._person, self), 3)
        row.addWidget(LabelledField("Password", self.password, self), 3)
        beside = QVBoxLayout()
        beside.addSpacing(scaled(21))
        beside.addWidget(self.button)
        beside.addStretch(1)
        row.addLayout(beside)
        column.addLayout(row)
        column.addWidget(self._problem)

    def _submit(self) -> None:
        self.submitted.emit(self.user(), self.password.text())
