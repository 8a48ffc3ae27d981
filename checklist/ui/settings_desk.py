"""The settings page with its use cases of the desk: staff, passwords, sealed envelopes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from checklist.desk import FieldError, NewStaff
from checklist.desk.board import Desk
from checklist.desk.keys import SealedCode, SlotKind
from checklist.errors import KnownError, NotSaved
from checklist.model import Role
from checklist.ui.pages.settings import SettingsPage
from checklist.ui.pages.staff_dialogs import change_password_dialog, given_password_dialog, person_dialog, tried
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.tasks import Worker


class SettingsDesk(QObject):
    """Signals:
    not_saved(str, callable): for the red bar with Retry.
    failed(str): for the red bar.
    board_changed(): what stands on Today may be another.
    """

    not_saved = Signal(str, object)
    failed = Signal(str)
    board_changed = Signal()

    def __init__(self, desk: Desk, worker: Worker, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._worker = worker
        self.page = SettingsPage(desk.protocol, host)
        self.page.staff_submitted.connect(self._on_staff_submitted)
        self.page.person_wished.connect(self._ask_person)
        self.page.own.change_wished.connect(self._ask_change)
        sealed = self.page.sealed
        sealed.recovery_wished.connect(lambda: self._ask_seal("Recovery sheet", desk.make_recovery_sheet))
        sealed.emergency_wished.connect(lambda: self._ask_seal("Emergency account", desk.seal_emergency))
        sealed.seen_wished.connect(self._ask_seen)

    def show(self) -> None:
        """Everything as it stands."""
        self.page.show_clinic(self._desk.clinic)
        self.show_me()

    def show_me(self) -> None:
        """Who is signed in, and what that person may do here."""
        desk, page = self._desk, self.page
        page.show_staff(desk.staff(), desk.me)
        page.own.show_me(desk.me.signed_name, desk.last_sign_in())
        page.sealed.show_sealed(
            desk.sealed_since(SlotKind.RECOVERY),
            desk.sealed_since(SlotKind.EMERGENCY),
            desk.emergency_uses(),
            may=Role.ADMINISTRATOR in desk.me.roles,
        )

    def _on_staff_submitted(self, person: NewStaff, password: str) -> None:
        try:
            self._desk.add_staff(person, password)
        except FieldError as refused:
            self.page.show_refusal(refused)
        except NotSaved as failure:
            self.not_saved.emit(failure.sentence, lambda: self._on_staff_submitted(person, password))
        except KnownError as failure:
            self.page.show_problem(failure.sentence)
        else:
            self.page.staff_added()
            self.show_me()

    def _ask_change(self) -> None:
        change_password_dialog(self._desk, self.page).open()

    def _ask_person(self, staff_id: str) -> None:
        person = next(one for one in self._desk.staff() if one.id == staff_id)
        dialog = person_dialog(self._desk, person, self._show_code, self.page)
        dialog.accepted.connect(self.show_me)
        dialog.open()

    def _show_code(self, title: str, code: str) -> None:
        """After the dialog that asked for it has closed."""
        QTimer.singleShot(0, self, lambda: given_password_dialog(title, code, self.page).open())

    def _ask_seal(self, title: str, make: Callable[..., SealedCode]) -> None:
        words = "A new code is made. The one made before opens nothing any more."
        made: list[SealedCode] = []
        self._ask_own(title, words, "Make it", lambda own: made.append(make(password=own)), lambda: self._sealed(made))

    def _sealed(self, made: list[SealedCode]) -> None:
        from checklist.ui.pages.sealed_dialog import SealedDialog

        QTimer.singleShot(0, self, lambda: SealedDialog(self._desk, made.pop(), self._worker, self.page).open())

    def _ask_seen(self) -> None:
        words = "Every use until now was looked at. Then seal a new code."
        self._ask_own(
            "Emergency account", words, "I have looked at it", lambda own: self._desk.emergency_seen(password=own)
        )

    def _ask_own(
        self,
        title: str,
        words: str,
        action: str,
        call: Callable[[str], object],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Ask for the person's own password and do it."""
        fields = (AskField("password", "Your own password", password=True),)
        dialog = AskDialog(
            title, words, fields, action, lambda values: tried(lambda: call(values["password"])), self.page
        )
        dialog.accepted.connect(self.show_me)
        dialog.accepted.connect(self.board_changed)
        dialog.accepted.connect(then)
        dialog.open()
