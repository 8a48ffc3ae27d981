"""Backups, journal and support details under Settings, with their use cases of the desk."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from checklist.desk import FieldError
from checklist.errors import KnownError, NotSaved
from checklist.model import Role
from checklist.paper import JournalList
from checklist.times import written_date, written_time
from checklist.ui.pages.backup_card import ONLY_ADMINISTRATORS, BackupCard
from checklist.ui.safekeeping import Safekeeper
from checklist.ui.tasks import Worker

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.ui.pages.journal import JournalPageView


class SafePages(QObject):
    """Signals:
    front_wished(QWidget): put this page in front.
    settings_wished(): back to the settings.
    not_saved(str, callable): for the red bar with Retry.
    """

    front_wished = Signal(object)
    settings_wished = Signal()
    not_saved = Signal(str, object)

    def __init__(self, desk: "Desk", keeper: Safekeeper, worker: Worker, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._keeper = keeper
        self._worker = worker
        self._host = host
        self._card: BackupCard | None = None
        self.journal: JournalPageView | None = None
        keeper.told.connect(self._on_told)
        keeper.changed.connect(self.refresh)
        keeper.work.progressed.connect(self._on_progress)

    def attach(self, card: BackupCard) -> None:
        """The card of the settings page, once it is made."""
        self._card = card
        card.folders_submitted.connect(self._on_folders)
        card.backup_wished.connect(self._keeper.back_up)
        card.check_wished.connect(self._keeper.check)
        card.stop_wished.connect(self._keeper.work.stop)
        self.refresh()

    def refresh(self) -> None:
        """Draw folders and status anew, e.g. for another person."""
        if self._card is None:
            return
        if self._desk.practice:
            from checklist.desk.backup import PRACTICE_BACKUPS

            self._card.show_status("")
            self._card.show_folders((), (), PRACTICE_BACKUPS)
            return
        try:
            folders = self._desk.backup_folders()
            self._card.show_status(self._desk.backup_status().text)
        except KnownError as failure:
            self._card.show_status(failure.sentence)
            return
        same = [folder for folder in folders if self._desk.same_disk(folder)]
        reason = "" if Role.ADMINISTRATOR in self._desk.me.roles else ONLY_ADMINISTRATORS
        self._card.show_folders(folders, same, reason)

    def show_journal(self) -> None:
        from checklist.ui.pages.journal import JournalPageView

        if self.journal is None:
            self.journal = JournalPageView(self._desk.journal_page, self._desk.find_patients, self._host)
            self.journal.left.connect(self.settings_wished)
            self.journal.print_wished.connect(self._on_print)
        self.journal.begin(self._desk.staff())
        self.front_wished.emit(self.journal)

    def show_support(self) -> None:
        from checklist.ui.support import SupportDialog, details_of

        SupportDialog(details_of(self._desk, self._folder), self._host).open()

    @property
    def _folder(self) -> Path:
        return self._desk.data_folder

    def _on_folders(self, folders: Sequence[str]) -> None:
        assert self._card is not None
        try:
            self._desk.set_backup_folders(folders)
        except FieldError as refused:
            self._card.show_refusal(refused.sentence)
        except NotSaved as failure:
            self.not_saved.emit(failure.sentence, lambda: self._on_folders(folders))
        except KnownError as failure:
            self._card.show_refusal(failure.sentence)
        else:
            self._card.folders_saved()
            self.refresh()
            self._keeper.changed.emit()

    def _on_told(self, sentence: str) -> None:
        if self._card is not None:
            self._card.show_said(sentence)

    def _on_progress(self, what: str, thousandths: int) -> None:
        if self._card is not None:
            self._card.show_busy(what, thousandths)

    def _on_print(self, lines: Sequence[Any], asked: str) -> None:
        from checklist.ui.pages.journal_print import JournalPrint, as_rows

        now = self._desk.now()
        printed = f"Printed {written_date(now.local.date())} {written_time(now)} by {self._desk.me.signed_name}"
        listed = JournalList(as_rows(lines), asked, printed, self._desk.practice)
        JournalPrint(listed, self._desk.clinic, self._worker, self._host).open()
