"""Signing: the statement, who signs, the password; and the card that shows a signature once it is there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import Meaning, Staff
from checklist.paper.words import BROKEN, manifestation
from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.chip import Chip
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.text import text_label

Sign = Callable[[str, str], str]


class SignDialog(VisitDialog):
    """A statement and a password. It stays open, with the reason, until the signature is taken."""

    def __init__(
        self, title: str, statement: str, people: Sequence[Staff], chosen: str, sign: Sign, parent: QWidget
    ) -> None:
        super().__init__(title, parent)
        self._sign = sign
        column = self.column
        if statement:
            column.addWidget(text_label(f"“{statement}”", "subtitle", self, wrap=True))
        self.credentials = Credentials(people, "Sign", self)
        self.credentials.show_people(people, chosen)
        column.addWidget(self.credentials)
        self.credentials.submitted.connect(self._on_submitted)
        self.credentials.setFocus()

    def _on_submitted(self, user: str, password: str) -> None:
        sentence = self._sign(user, password)
        self.credentials.show_problem(sentence)
        self.fit()
        self.fit()
        if not sentence:
            self.accept()


class SignCard(Card):
    """Who signs what, and that it was signed.

    Signals:
        signed(): the signature is on disk.
    """

    signed = Signal()

    def __init__(self, title: str, meaning: Meaning, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._meaning, self._live = title, meaning, live
        self._people: Sequence[Staff] = ()
        self._chosen = ""
        self.body.setSpacing(scaled(6))
        self.body.addWidget(text_label(title, "heading", self))
        self._statement = text_label("", "help", self, wrap=True)
        self.body.addWidget(self._statement)
        row = QHBoxLayout()
        self._who = text_label("", "strong", self, wrap=True)
        self._chip = Chip(self)
        row.addWidget(self._who, 1)
        row.addWidget(self._chip)
        self.body.addLayout(row)
        self._manifest = text_label("", "small", self, wrap=True)
        self._manifest.setObjectName(f"manifest.{meaning.value}")
        self.body.addWidget(self._manifest)
        self.button = ReasonedButton("Sign…", self, kind="plain")
        self.button.button.setObjectName(f"sign.{meaning.value}")
        self.body.addWidget(self.button)
        self.body.addStretch(1)
        self.button.clicked.connect(self.ask)

    def show_signature(self, snapshot: Snapshot, people: Sequence[Staff], chosen: str, reason: str) -> None:
        """The signature of the record, or the button with the `reason` why it cannot be signed yet."""
        self._people, self._chosen = people, chosen
        self._statement.setText(f"“{self._text(snapshot)}”")
        signature = snapshot.record.signature(self._meaning)
        self._who.setVisible(signature is not None)
        self._chip.setVisible(signature is not None)
        self.button.button.show_text("Sign again…" if signature else f"{self._title} signs…")
        self.button.show_reason(reason)
        # A discharge closes the record: it is signed once. A clearance may have to be signed again after a change.
        self.button.setVisible(signature is None or self._meaning is not Meaning.DISCHARGE)
        self._manifest.setVisible(signature is not None)
        if signature is not None:
            self._who.setText(f"{signature.name} signed {signature.at.local:%H:%M:%S}")
            self._manifest.setText(manifestation(snapshot, signature) if signature.intact else BROKEN)
            word = "Signed" if snapshot.record.version == signature.version else f"Signed v{signature.version}"
            self._chip.show_chip(*((word, "clear") if signature.intact else ("Changed after signing", "stop")))

    @property
    def can_sign(self) -> bool:
        return self.button.button.isEnabled()

    def ask(self) -> None:
        dialog = SignDialog(
            f"{self._title} signs",
            self._text(self._live.snapshot),
            self._people,
            self._chosen,
            lambda user, password: self._live.sign(self._meaning, user, password),
            self,
        )
        dialog.accepted.connect(self.signed)
        dialog.open()

    def _text(self, snapshot: Snapshot) -> str:
        return snapshot.protocol.texts[f"statement_{self._meaning.value}"]
