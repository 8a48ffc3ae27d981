"""Builds the program's window around a front door: first run or sign-in, then the pages."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QStyle, QWidget
from shiboken6 import isValid

from checklist.desk import PRACTICE_PASSWORD, FrontDoor
from checklist.errors import DamagedDataFile, KnownError, MustChangePassword, SignInFailed
from checklist.ui import style
from checklist.ui.pages.sign_in import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from checklist.desk import ClinicDraft, NewStaff
    from checklist.desk.board import Desk
    from checklist.ui.closing import Closing
    from checklist.ui.idle import IdleWatch
    from checklist.ui.main_window import MainWindow
    from checklist.ui.pages.first_run import FirstRunPage
    from checklist.ui.session.parts.ask import AskDialog

USUAL_SIZE = QSize(1366, 768)
PROGRAM = "Ketamine checklist"


class App(QObject):
    """Owns the window and what stands in it; tests and the tour drive it."""

    def __init__(
        self,
        front_door: FrontDoor,
        font_percent: int = 100,
        *,
        idle_minutes: float | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            style.apply(application, font_percent)
        self._door = front_door
        self.window = QMainWindow()
        self.window.setObjectName("window")
        self.window.setWindowTitle(f"{PROGRAM} (practice)" if front_door.practice else PROGRAM)
        self.window.resize(USUAL_SIZE)
        self._idle_minutes = idle_minutes
        self.idle: IdleWatch | None = None
        self.main: MainWindow | None = None
        self.sign_in: SignInPage | None = None
        self.first_run: FirstRunPage | None = None
        self._waiting: Desk | None = None
        self.closing: Closing | None = None
        self._show_door()

    def show(self, size: QSize | None = None) -> None:
        """Show the window; the fonts of other scripts follow once it stands."""
        if size is not None:
            self.window.resize(size)
        if size is None and not _has_room(self.window):
            self.window.showMaximized()  # a small screen: title bar and taskbar take their part of it
        else:
            self.window.show()
        self.window.activateWindow()  # without a window manager nobody else gives it the keyboard
        self._focus_door()
        QTimer.singleShot(0, self, style.register_other_scripts)

    def raise_window(self) -> None:
        """The program was started a second time."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def tell_mistake(self, sentence: str) -> None:
        """We failed: say so where the person looks."""
        if self.main is not None:
            self.main.show_failure(sentence)
        elif self.sign_in is not None:
            self.sign_in.show_problem(sentence)
        elif self.first_run is not None:
            self.first_run.show_problem(sentence)

    def close(self) -> None:
        """Close the data file and the window."""
        if self.idle is not None:
            self.idle.stop()
        if self.closing is not None:
            self.closing.let_go()
        if self.main is not None:
            self.main.close_desk()
            self.main = None
        if isValid(self.window):  # a second call does nothing
            self.window.close()
            self.window.deleteLater()

    # before the sign-in

    def _show_door(self) -> None:
        if self._door.is_new:
            self._show_first_run()
        else:
            self._show_sign_in()

    def _show_first_run(self) -> None:
        from checklist.ui.pages.first_run import FirstRunPage

        page = FirstRunPage(self.window, practice=self._door.practice)
        page.submitted.connect(self._on_first_run)
        page.restore_wished.connect(self._on_restore_wished)
        self.first_run = page
        self._put(page)

    def _show_sign_in(self) -> None:
        page = SignInPage(PROGRAM, "Sign in", self.window, practice=self._door.practice)
        page.submitted.connect(self._on_sign_in)
        page.recovery_wished.connect(self._ask_recovery)
        page.emergency_wished.connect(self._ask_emergency)
        page.rest_wished.connect(self._on_rest_wished)
        page.restore_wished.connect(self._on_restore_wished)
        page.offer_restore()
        self.sign_in = page
        self._put(page)

    def _focus_door(self) -> None:
        if self.first_run is not None:
            self.first_run.focus_first()
        elif self.sign_in is not None:
            hint = f"Practice: everybody's password is “{PRACTICE_PASSWORD}”." if self._door.practice else ""
            try:
                self.sign_in.show_people(self._door.people(), hint=hint)
                self.sign_in.show_other_ways(self._door.other_ways_in())
            except KnownError as failure:
                self.sign_in.show_problem(failure.sentence)

    def _on_first_run(self, clinic: "ClinicDraft", person: "NewStaff", password: str) -> None:
        from checklist.desk import FieldError

        page = self.first_run
        assert page is not None
        try:
            desk = self._door.create(clinic, person, password)
        except FieldError as refused:
            page.show_refusal(refused)
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            self._enter(desk)

    def _on_sign_in(self, user: str, password: str) -> None:
        page = self.sign_in
        assert page is not None
        try:
            desk = self._door.sign_in(user, password)
        except SignInFailed as refused:
            page.show_problem(refused.sentence, refused.wait_seconds)
        except MustChangePassword as first:
            self._ask_own_password(first.sentence, user, password)
        except DamagedDataFile as damage:
            page.show_damage(damage.sentence)
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            self._enter(desk)

    # other ways in

    def _ask_own_password(self, why: str, user: str, password: str) -> None:
        from checklist.ui.pages.ways_in import own_password_dialog

        self._ask(
            own_password_dialog(why, lambda new: self._come_in(self._door.sign_in, user, password, new), self._page())
        )

    def _ask_recovery(self) -> None:
        from checklist.ui.pages.ways_in import recovery_dialog

        people = self._door.people()
        self._ask(recovery_dialog(people, partial(self._come_in, self._door.recover), self._page()))

    def _ask_emergency(self) -> None:
        from checklist.ui.pages.ways_in import emergency_dialog

        self._ask(emergency_dialog(partial(self._come_in, self._door.emergency), self._page()))

    def _page(self) -> SignInPage:
        assert self.sign_in is not None
        return self.sign_in

    def _ask(self, dialog: "AskDialog") -> None:
        """Once it is answered the window opens; until then the dialog stays and says why not."""
        dialog.accepted.connect(lambda: QTimer.singleShot(0, self, self._enter_waiting))
        dialog.open()

    def _come_in(self, way: "Callable[[str, str, str], Desk]", first: str, second: str, third: str) -> str:
        try:
            self._waiting = way(first, second, third)
        except KnownError as refused:
            return refused.sentence
        return ""

    def _enter_waiting(self) -> None:
        desk, self._waiting = self._waiting, None
        if desk is not None:
            self._enter(desk)

    # backups

    def _on_rest_wished(self, user: str, password: str) -> None:
        page = self.sign_in
        assert page is not None
        try:
            desk = self._door.read_what_is_left(user, password)
        except SignInFailed as refused:
            page.show_problem(refused.sentence, refused.wait_seconds)
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            self._enter(desk)

    def _on_restore_wished(self) -> None:
        from checklist.ui.pages.restore import RestoreDialog

        dialog = RestoreDialog(self._door, self.window)
        dialog.restored.connect(self._on_restored)
        dialog.open()

    def _on_restored(self, sentence: str) -> None:
        """The people of the backup can sign in now."""
        self.first_run = None
        self._show_sign_in()
        self._focus_door()
        if self.sign_in is not None:
            self.sign_in.show_hint(sentence)

    # after it

    def _enter(self, desk: "Desk") -> None:
        from checklist.ui.closing import Closing
        from checklist.ui.main_window import MainWindow

        self.sign_in = self.first_run = None
        self.main = MainWindow(desk, self.window)
        self.main.titled.connect(self._on_titled)
        self._put(self.main)
        self.closing = Closing(self.window, desk, self.main.keeper.work)
        self.main.show_place("today")
        from checklist.ui.idle import IDLE_MINUTES, IdleWatch

        self.idle = IdleWatch(self, self._idle_minutes or IDLE_MINUTES)
        self.idle.idle.connect(self._on_idle)
        handle = self.window.windowHandle()
        if handle is not None:
            self.idle.watch(handle)

    def _put(self, page: QWidget) -> None:
        """QMainWindow deletes the page that was in before.

        The new one is shown at once: a window that becomes active when a dialog closes forgets who has the keyboard
        while that widget is not visible yet.
        """
        self.window.setCentralWidget(page)
        if self.window.isVisible():
            page.show()

    def _on_titled(self, title: str) -> None:
        self.window.setWindowTitle(f"{title} · PRACTICE" if self._door.practice else title)

    def _on_idle(self) -> None:
        if self.main is not None:
            self.main.lock()


def _has_room(window: QMainWindow) -> bool:
    """The usual size with a title bar fits between the bars of the desktop."""
    free = window.screen().availableSize()
    title_bar = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return free.width() >= window.width() and free.height() >= window.height() + title_bar


def run(front_door: FrontDoor, *, size: QSize | None = None, font_percent: int = 100) -> int:
    """Show the program until its window is closed; gives the exit code. A second start only wakes the first."""
    application = QApplication([PROGRAM])
    application.setApplicationName(PROGRAM)
    from checklist.ui.log import catch_mistakes, open_log
    from checklist.ui.single import Single, wake_first

    if wake_first(front_door.folder):
        return 0
    open_log(front_door.folder)
    app = App(front_door, font_percent, parent=application)
    single = Single(front_door.folder, app)
    single.woken.connect(app.raise_window)
    catch_mistakes(app.tell_mistake)
    app.show(size)
    code = application.exec()
    app.close()
    return code
