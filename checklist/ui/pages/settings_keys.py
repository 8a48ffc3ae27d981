"""Settings, the cards about the way in: my password, the recovery sheet, the emergency account."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from checklist.desk.keys import EmergencyUse
from checklist.levels import Level
from checklist.times import Moment, written_date, written_time
from checklist.ui.widgets.buttons import Button, ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.notice import Notice
from checklist.ui.widgets.text import text_label

ONLY_ADMINISTRATORS = "Only an administrator can do this."
NO_RECOVERY = "There is none. When the last password is lost, nobody can open the data."
NO_EMERGENCY = "It is not sealed. When nobody who can sign in is here, nobody can open the data."


class OwnCard(Card):
    """Who I am here.

    Signals:
        change_wished(): a new password of my own.
    """

    change_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.body.addWidget(text_label("You", "heading", self))
        self._who = text_label("", "strong", self, wrap=True)
        self._last = text_label("", "help", self, wrap=True)
        self.change = Button("Change my password…", self)
        self.change.setObjectName("change_password")
        self.change.clicked.connect(self.change_wished)
        for part in (self._who, self._last):
            self.body.addWidget(part)
        self.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_me(self, name: str, last_sign_in: str) -> None:
        self._who.setText(name)
        self._last.setText(last_sign_in or "This is your first sign-in.")


class SealedCard(Card):
    """The two envelopes.

    Signals:
        recovery_wished(): make a recovery sheet.
        emergency_wished(): seal the emergency account.
        seen_wished(): every use of the emergency account was looked at.
    """

    recovery_wished = Signal()
    emergency_wished = Signal()
    seen_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.body.addWidget(text_label("Sealed envelopes", "heading", self))
        self._recovery = text_label("", "", self, wrap=True)
        self._emergency = text_label("", "", self, wrap=True)
        self.recovery = ReasonedButton("Recovery sheet…", self, kind="plain")
        self.emergency = ReasonedButton("Emergency account…", self, kind="plain")
        self._uses = Notice(self)
        self.seen = self._uses.add_button("I have looked at it…")
        for part in (self._recovery, self.recovery, self._emergency, self.emergency, self._uses):
            self.body.addWidget(part)
        self.recovery.clicked.connect(self.recovery_wished)
        self.emergency.clicked.connect(self.emergency_wished)
        self.seen.clicked.connect(self.seen_wished)

    def show_sealed(
        self, recovery: Moment | None, emergency: Moment | None, uses: Sequence[EmergencyUse], *, may: bool
    ) -> None:
        """`may`: this person is an administrator."""
        self._recovery.setText(f"Recovery sheet: {_made(recovery)}" if recovery else f"Recovery sheet: {NO_RECOVERY}")
        self._emergency.setText(
            f"Emergency account: {_made(emergency)}" if emergency else f"Emergency account: {NO_EMERGENCY}"
        )
        for button in (self.recovery, self.emergency):
            button.show_reason("" if may else ONLY_ADMINISTRATORS)
        self._uses.setVisible(bool(uses))
        if uses:
            self._uses.show_notice(Level.REVIEW, "The emergency account was used", "\n".join(map(use_text, uses)))
            self.seen.setVisible(may)


def use_text(use: EmergencyUse) -> str:
    """`Wed 18-Nov-2026 18:02, Jo Reed: fire alarm, nobody else is here`"""
    return f"{use.at.local:%a} {written_date(use.at.local.date())} {written_time(use.at)}, {use.name}: {use.reason}"


def _made(at: Moment) -> str:
    return f"made {written_date(at.local.date())}. A new one makes it useless."
