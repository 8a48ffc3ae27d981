"""What can be done with a record as a whole, and the dialog for each: call, handover, amendment, error, filing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.acts import CallDialog, countersign_dialog, handover_dialog
from checklist.ui.session.parts.amend_dialog import AmendDialog, ErrorDialog, other_sessions, signers
from checklist.ui.session.parts.sign import SignDialog


def possible(snapshot: Snapshot) -> frozenset[str]:
    """The acts that the record allows now."""
    record = snapshot.record
    if not record.is_closed:
        return frozenset({"call", "handover", "papers"} | ({"error"} if record.first_nurse else set()))
    acts = {"amend", "papers"} if not record.in_error else set()
    acts |= set() if record.in_error else {"error"}
    return frozenset(acts | ({"filed"} if record.version not in record.filed else set()))


class RecordActs(QObject):
    """Opens the dialogs over a page.

    Signals:
        sheet_wished(): the sheet for a call, on paper.
        handed_over(): another person is at the desk now.
        refused(str): why something was not done.
        papers_wished(): attach a paper, or look at one.
    """

    sheet_wished = Signal()
    handed_over = Signal()
    refused = Signal(str)
    papers_wished = Signal()

    def __init__(self, live: LiveSession, page: QWidget) -> None:
        super().__init__(page)
        self._live = live
        self._page = page

    def do(self, act: str) -> None:
        """One of `steps.ACTS`; what the record does not allow now does nothing."""
        acts: dict[str, Callable[[], None]] = {
            "call": self._call,
            "handover": self._hand_over,
            "amend": lambda: AmendDialog(self._live, self._page).open(),
            "error": self._in_error,
            "filed": self._filed,
            "papers": self.papers_wished.emit,
        }
        if act in possible(self._live.snapshot):
            acts[act]()

    def sign_amendment(self) -> None:
        """The signature that could not be saved when the amendment was."""
        live = self._live
        SignDialog(
            "Sign the amendment",
            live.snapshot.protocol.texts["statement_amendment"],
            signers(live),
            live.desk.me.user,
            live.sign_amendments,
            self._page,
        ).open()

    def countersign(self) -> None:
        if self._live.snapshot.record.outstanding:
            countersign_dialog(self._live, self._page).open()

    def _call(self) -> None:
        dialog = CallDialog(self._live, self._page)
        dialog.sheet_wished.connect(self.sheet_wished)
        dialog.open()

    def _hand_over(self) -> None:
        dialog: QDialog = handover_dialog(self._live, self._page)
        dialog.accepted.connect(self.handed_over)
        dialog.open()

    def _in_error(self) -> None:
        ErrorDialog(self._live, other_sessions(self._live), self._page).open()

    def _filed(self) -> None:
        sentence = self._live.file_paper()
        if sentence:
            self.refused.emit(sentence)
