"""Everything after the sign-in: top bar, navigation, and the page in front. It only navigates."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checklist.errors import KnownError, MustChangePassword, NotSaved, SignInFailed
from checklist.model import PatientId, SessionId
from checklist.ui.curtain import CURTAIN_KEY, Curtain
from checklist.ui.desk_pages import Beside, DeskPages, Page
from checklist.ui.finder import FoundList, place_below
from checklist.ui.half_typed import HalfTyped
from checklist.ui.keys import show_keys
from checklist.ui.lock import LockPage
from checklist.ui.nav import Nav
from checklist.ui.reminders import Reminders, title_text
from checklist.ui.safe_pages import SafePages
from checklist.ui.safekeeping import Safekeeper
from checklist.ui.style import scaled, set_role
from checklist.ui.tasks import Worker
from checklist.ui.top_bar import TopBar
from checklist.ui.whereabouts import Whereabouts
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.practice_bar import PracticeBar

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.ui.session.page import SessionPage

T = TypeVar("T")
# The board shows minutes: looking at it this often is never more than a blink late.
BOARD_SECONDS = 10


class MainWindow(QWidget):
    """The shell around the pages. One record is open at a time.

    Signals:
        titled(str): what the window's title says.
    """

    titled = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.worker = Worker(self)
        self.session: SessionPage | None = None
        self.beside: Beside | None = None  # an open record that is no visit: a call, a course
        self._whereabouts = Whereabouts()
        self._half_typed = HalfTyped()
        self._reminders = Reminders(self)
        self._shell = QWidget(self)
        set_role(self._shell, "ground")
        self.top = TopBar(desk.clinic.name, self._shell)
        self.nav = Nav(self._shell)
        self.bar = MessageBar("stop", self._shell)
        self._stack = QStackedWidget(self._shell)
        self.keeper = Safekeeper(desk, self)
        safe = SafePages(desk, self.keeper, self.worker, self._stack)
        self.pages = DeskPages(desk, self.worker, self._stack, safe)
        self.found = FoundList(self._shell)
        self.lock_page = LockPage(desk.clinic.name, self, practice=desk.practice)
        self.curtain = Curtain(desk.clinic.name, self)
        self._cover = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tick)
        self._seconds.start()
        self._since_board = 0
        self._failed_again = False
        self.top.show_person(desk.me.signed_name)
        self.top.show_now(desk.now())
        self.show_place("today")
        if desk.file_problems:
            self.show_failure(" ".join(desk.file_problems))
        QTimer.singleShot(0, self, self.keeper.look)  # the window stands first

    # going places

    def show_place(self, place: str) -> None:
        """today, patients, records, settings: leaves an open record first."""
        self.close_session()
        self.nav.show_place(place)
        self._front(self.pages.show_place(place))

    def open_session(self, session_id: str) -> None:
        """Open a visit; the one that was open is left."""
        from checklist.ui.live import LiveSession
        from checklist.ui.session.page import SessionPage

        self.close_session()
        live = self._tried(
            lambda: LiveSession(self.desk, SessionId(session_id), self), lambda: self.open_session(session_id)
        )
        if live is None:
            return
        page = SessionPage(live, self.worker, self._stack)
        live.setParent(page)
        page.left.connect(lambda: self.show_place("today"))
        page.not_saved.connect(self.show_not_saved)
        page.saved.connect(self.bar.clear_message)
        page.handed_over.connect(self._show_me)
        self.session = page
        self.nav.show_place("today")
        self._note_opened()
        self._mark_same_name()
        self._front(page)

    def open_call(self, session_id: str) -> None:
        """Open the follow-up call of a visit that is over."""
        self._open_beside(
            lambda: self.pages.call_page(SessionId(session_id)),
            "today",
            lambda: self.show_place("today"),
            lambda: self.open_call(session_id),
        )

    def open_course(self, patient_id: str) -> None:
        """Open the course that a patient's latest visit belongs to."""
        self._open_beside(
            lambda: self.pages.course_page(PatientId(patient_id), self.worker),
            "patients",
            lambda: self.open_patient(patient_id),
            lambda: self.open_course(patient_id),
        )

    def _open_beside(
        self, make: Callable[[], "Beside | None"], place: str, leave: Callable[[], object], again: Callable[[], object]
    ) -> None:
        self.close_session()
        page = self._tried(make, again)
        if page is None:
            return
        page.left.connect(leave)
        page.not_saved.connect(self.show_not_saved)
        page.saved.connect(self.bar.clear_message)
        self.beside = page
        self.nav.show_place(place)
        self._note_opened()
        self._mark_same_name()
        self._front(page)

    def _note_opened(self) -> None:
        shown = self.session or self.beside
        if shown is not None:
            self._tried(lambda: self.desk.opened(shown.live.session_id), self._note_opened)

    def _mark_same_name(self) -> None:
        board = self._tried(self.desk.board, self._mark_same_name)
        shown = self.session or self.beside
        if shown is not None and board is not None:
            marked = [row.session.id for row in board.rows if row.same_name]
            marked += [row.session.id for row in board.calls if row.same_name]
            shown.show_same_name(shown.live.session_id in marked)

    def close_session(self) -> None:
        """Put the open record away; what was typed in the field with the focus is committed first."""
        page = self.session or self.beside
        self.session = self.beside = None
        if page is None:
            return
        focus = page.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()

    def new_session(self) -> None:
        self.close_session()
        self.nav.show_place("today")
        self._front(self.pages.new_session_page())

    def open_patient(self, patient_id: str) -> None:
        self.close_session()
        self.found.hide()
        self.nav.show_place("patients")
        page = self._tried(
            lambda: self.pages.patient_page(PatientId(patient_id)), lambda: self.open_patient(patient_id)
        )
        if page is not None:
            self._front(page)

    # messages

    def show_not_saved(self, sentence: str, retry: Callable[[], object]) -> None:
        """The red bar. Retry does the same again and takes the bar away when it went well."""

        self._failed_again = True

        def again() -> None:
            self._failed_again = False
            retry()
            if not self._failed_again:
                self.bar.clear_message()

        self.bar.show_message(f"Not saved. {sentence}", "Retry", again)

    def show_failure(self, sentence: str) -> None:
        """Something else went wrong: say it, with nothing to retry."""
        self.bar.show_message(sentence, "Close", self.bar.clear_message)

    # the lock

    @property
    def is_locked(self) -> bool:
        return self._cover.currentWidget() is self.lock_page

    def lock(self) -> None:
        """Cover everything. What is being typed stays in its field; nothing is committed."""
        if self.is_locked:
            return
        if self._cover.currentWidget() is self._shell:
            self._whereabouts.remember(self.window())
        self._cover.setCurrentWidget(self.lock_page)
        self.lock_page.show_locked([one for one in self.desk.staff() if one.active], self.desk.me.user)
        self._tried(self.desk.lock, self.desk.lock)

    def _show_me(self) -> None:
        """Another person may be at the desk: after the lock, after a handover."""
        self.top.show_person(self.desk.me.signed_name)
        self.pages.show_me()

    def unlock(self, user: str, password: str) -> None:
        try:
            self._unlocked(user, password)
        except SignInFailed as refused:
            self.lock_page.show_problem(refused.sentence, refused.wait_seconds)
        except MustChangePassword as first:
            self._ask_own_password(first.sentence, user, password)
        except KnownError as failure:
            self.lock_page.show_problem(failure.sentence)

    def _unlocked(self, user: str, password: str, new_password: str = "") -> None:
        before = self.desk.me.id
        self.desk.unlock(user, password, new_password)
        self.lock_page.clear()
        if self.desk.me.id != before:
            self._half_typed.put_aside(before, self.window())
            if self.session is not None:
                self.session.redraw()
            self._note_opened()
        self._show_me()
        self._come_back()
        for text in self._half_typed.bring_back(self.desk.me.id):
            self.show_failure(f"You had begun to type “{text}”. Its field is no longer open; nothing of it was saved.")

    def _ask_own_password(self, why: str, user: str, password: str) -> None:
        from checklist.ui.pages.staff_dialogs import tried
        from checklist.ui.pages.ways_in import own_password_dialog

        def choose(new: str) -> str:
            return tried(lambda: self._unlocked(user, password, new))

        own_password_dialog(why, choose, self.lock_page).open()

    def _come_back(self) -> None:
        self._cover.setCurrentWidget(self._shell)
        self._whereabouts.come_back()

    # the curtain

    def draw_curtain(self) -> None:
        """Hide every name until F12 or Escape. The idle lock goes on counting behind it."""
        if self._cover.currentWidget() is self._shell:
            self._whereabouts.remember(self.window())
            self._cover.setCurrentWidget(self.curtain)
            self.curtain.setFocus(Qt.FocusReason.OtherFocusReason)

    def raise_curtain(self) -> None:
        if self._cover.currentWidget() is self.curtain:
            self._come_back()

    # time

    def tick(self) -> None:
        """A second passed."""
        self.top.show_now(self.desk.now())
        self._since_board += 1
        if self._since_board >= BOARD_SECONDS:
            self.refresh_board()

    def refresh_board(self) -> None:
        self._since_board = 0
        board = self._tried(self.desk.board, self.refresh_board)
        if board is not None:
            self.pages.today.show_board(board)
            self.pages.today.show_backup(self.desk.backup_status())
            waiting = self._reminders.show_board(board)
            self.curtain.show_due(waiting)
            self.titled.emit(title_text(self.desk.clinic.name, waiting))

    def close_desk(self) -> None:
        """The window closes: let go of the record, the worker and the data file."""
        self._seconds.stop()
        self.close_session()
        self.keeper.close()
        self.worker.close()
        self.desk.note_closed()
        self.desk.close()

    # parts

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self._shell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        if self.desk.practice:
            column.addWidget(PracticeBar(self._shell))
        column.addWidget(self.bar)
        column.addLayout(middle, 1)
        self._cover.addWidget(self._shell)
        self._cover.addWidget(self.lock_page)
        self._cover.addWidget(self.curtain)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._cover)

    def _connect(self) -> None:
        self.nav.went.connect(self.show_place)
        self.top.lock_wished.connect(self.lock)
        self.lock_page.submitted.connect(self.unlock)
        self.curtain.raised.connect(self.raise_curtain)
        self.top.finder.typed.connect(self._on_find)
        self.top.finder.moved.connect(self.found.move_current)
        self.top.finder.entered.connect(self.found.choose)
        self.top.finder.left.connect(self.found.hide)
        self.found.chosen.connect(self._on_found)
        self.pages.session_wished.connect(self.open_session)
        self.pages.place_wished.connect(self.show_place)
        self.pages.front_wished.connect(self._front)
        self.pages.not_saved.connect(self.show_not_saved)
        self.pages.failed.connect(self.show_failure)
        self.pages.call_wished.connect(self.open_call)
        self.pages.course_wished.connect(self.open_course)
        self.pages.today.new_session_wished.connect(self.new_session)
        self.pages.board_changed.connect(self.refresh_board)
        self.keeper.changed.connect(self.refresh_board)
        self.keeper.alarmed.connect(self.show_failure)
        for keys, slot in self._keys():
            shortcut = QShortcut(QKeySequence(keys), self._shell)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(slot)

    def _keys(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (
            ("Ctrl+F", self.top.finder.begin),
            ("Ctrl+N", self.new_session),
            ("Ctrl+L", self.lock),
            (CURTAIN_KEY, self.draw_curtain),
            ("F1", lambda: show_keys(self)),
        )

    def _front(self, page: "Page | SessionPage | Beside") -> None:
        """Put a page in front and go to its first field."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.focus_first()

    def _on_find(self, text: str) -> None:
        if not text.strip():
            self.found.hide()
            return
        rows = self._tried(lambda: self.desk.find_patients(text), lambda: self._on_find(text))
        if rows is not None:
            self.found.show_found(rows, self._today())
            self.found.show()
            opened = self.session or self.beside
            place_below(self.found, self.top.finder, scaled(640), opened.banner if opened is not None else None)

    def _on_found(self, patient_id: str) -> None:
        self.top.finder.clear()
        self.open_patient(patient_id)

    def _today(self) -> date:
        return self.desk.now().local.date()

    def _tried(self, call: Callable[[], T], again: Callable[[], object]) -> T | None:
        """Do it, or say in the red bar why not; its Retry does `again`: all that the person had asked for."""
        try:
            return call()
        except NotSaved as failure:
            self.show_not_saved(failure.sentence, again)
        except KnownError as failure:
            self.show_failure(failure.sentence)
        return None
