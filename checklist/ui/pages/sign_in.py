"""Who are you: the first window of the day, and the way back from the lock."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField, PasswordField
from checklist.ui.widgets.person_picker import Named, PersonPicker
from checklist.ui.widgets.practice_bar import PracticeBar
from checklist.ui.widgets.text import text_label


class SignInPage(QWidget):
    """A person and a password.

    Signals:
        submitted(str, str): user and password.
        recovery_wished(), emergency_wished(): come in with the code of a sealed envelope.
        restore_wished(): bring back a backup.
        rest_wished(str, str): read what is left of a damaged file, with the same user and password.
    """

    submitted = Signal(str, str)
    recovery_wished = Signal()
    emergency_wished = Signal()
    restore_wished = Signal()
    rest_wished = Signal(str, str)

    def __init__(self, title: str, button_text: str, parent: QWidget, *, practice: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wait = 0
        self._refusal = ""
        self._title = text_label(title, "hero", self, wrap=True)
        self._hint = text_label("", "subtitle", self, wrap=True)
        self.person = PersonPicker(self)
        self.person.setObjectName("person")
        self.password = PasswordField("Password", self)
        self.password.setObjectName("password")
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        self.button = Button(button_text, self, kind="primary")
        self.recovery = Button("Recovery sheet…", self, kind="quiet")
        self.emergency = Button("Emergency account…", self, kind="quiet")
        self.rest = Button("Open what is left, read-only", self)
        self.restore = Button("Bring back a backup", self, kind="quiet")
        self.rest.hide()
        self.restore.hide()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._lay_out(practice)
        self.person.passed.connect(self.password.setFocus)
        self.password.entered.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.recovery.clicked.connect(self.recovery_wished)
        self.emergency.clicked.connect(self.emergency_wished)
        self.rest.clicked.connect(lambda: self.rest_wished.emit(self.person.user(), self.password.text()))
        self.restore.clicked.connect(self.restore_wished)

    def show_other_ways(self, ways: Collection[str]) -> None:
        """The sealed envelopes there are: `recovery`, `emergency`."""
        self.recovery.setVisible("recovery" in ways)
        self.emergency.setVisible("emergency" in ways)

    def show_people(self, people: Sequence[Named], user: str = "", hint: str = "") -> None:
        """Who can sign in; the field to be filled first gets the focus."""
        self.person.show_people(people, user)
        self.show_hint(hint)
        first: QWidget = self.password if user or len(people) < 2 else self.person
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, sentence: str, wait_seconds: float = 0.0) -> None:
        """The refusal in place. While a wait runs the button is off and the seconds are counted down."""
        self._refusal = sentence
        self._wait = max(0, round(wait_seconds))
        self.password.clear()
        self.password.let_go()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_wait()
        if self._wait:
            self._seconds.start()

    def show_hint(self, hint: str) -> None:
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def hint(self) -> str:
        return self._hint.text()

    def offer_restore(self) -> None:
        """The lock has no such button: behind it the data is open."""
        self.restore.show()

    def show_damage(self, sentence: str) -> None:
        """The data file does not read back: what is left can be read, or a backup brought back. The password stays."""
        self._refusal = sentence
        self._show_wait()
        self.rest.show()
        self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        self._seconds.stop()
        self._wait = 0
        self._refusal = ""
        self.password.clear()
        self.password.let_go()
        self._show_wait()

    def problem(self) -> str:
        return self._problem.text()

    def tick(self) -> None:
        """A second of the wait is over."""
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._seconds.stop()
        self._show_wait()

    def _show_wait(self) -> None:
        left = f" {self._wait} s to wait." if self._wait else ""
        self._problem.setText(self._refusal + left)
        self._problem.setVisible(bool(self._refusal))
        self.button.setEnabled(not self._wait)
        self.password.setAccessibleDescription(self._problem.text())

    def _submit(self) -> None:
        if not self._wait:
            self.submitted.emit(self.person.user(), self.password.text())

    def _lay_out(self, practice: bool) -> None:
        card = Card(self)
        card.setFixedWidth(scaled(420))
        card.body.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(28))
        card.body.setSpacing(scaled(14))
        card.body.addWidget(self._title)
        card.body.addWidget(self._hint)
        card.body.addWidget(LabelledField("Person", self.person, card))
        card.body.addWidget(LabelledField("Password", self.password, card))
        card.body.addWidget(self._problem)
        for button in (self.button, self.rest):
            card.body.addWidget(button)
        others = QHBoxLayout()
        for way in (self.restore, self.recovery, self.emergency):
            others.addWidget(way)
        others.addStretch(1)
        card.body.addLayout(others)
        self.show_other_ways(())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if practice:
            column.addWidget(PracticeBar(self))
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
