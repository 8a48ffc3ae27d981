"""Bringing back a backup: find it, say who you are, have it proven, then bring it back. Nothing is overwritten."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from checklist.errors import KnownError
from checklist.ui.background import Background
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.fields import LabelledField, PasswordField, TextField
from checklist.ui.widgets.person_picker import PersonPicker
from checklist.ui.widgets.progress import WorkProgress
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from checklist.desk import FrontDoor
    from checklist.desk.backup_door import Opened
    from checklist.desk.restore import Offer

COLUMNS = (Column("Made", 210), Column("Holds"), Column("On", 150))
INTRO = (
    "An administrator brings a backup back; who may sign in here stays as it is. The backup is read wholly before "
    "anything changes. What is on this PC now is kept in a folder of its own; nothing is overwritten."
)
MOST_SHOWN = 60
OUR_MISTAKE = "The work ended with a mistake of the program. Nothing was changed. Try again, or tell support."
OTHER_KIND = "This backup is of practice data and the program runs with real data, or the reverse. Choose another one."


class _Person(NamedTuple):
    user: str
    name: str


class RestoreDialog(VisitDialog):
    """One step after the other; each says what came of it.

    Signals:
        restored(str): it is back; the sentence says what is missing and where the old data is.
    """

    restored = Signal(str)

    def __init__(self, door: "FrontDoor", parent: QWidget) -> None:
        super().__init__("Bring back a backup", parent, width=820)
        self._door = door
        self._offers: dict[str, Offer] = {}
        self._opened: Opened | None = None
        self.work = Background(self)
        self.place = TextField("Where the backup is", self)
        self.place.setObjectName("backup place")
        self._labelled = LabelledField(
            "Folder with the backup", self.place, self, help="The USB drive or network folder. Enter looks into it."
        )
        self.browse = Button("Browse…", self)
        self.table = RowTable(COLUMNS, "Backups found; Enter chooses one", self, fit_rows=False, row_px=44)
        self.person = PersonPicker(self)
        self.password = PasswordField("Password", self)
        self.password.setObjectName("backup password")
        self.said = text_label("", "strong", self, wrap=True)
        self.said.setObjectName("restore said")
        self.progress = WorkProgress(self)
        self.why = text_label("", "help", self, wrap=True)
        self.prove = Button("Check this backup", self)
        self.bring = Button("Bring it back", self, kind="primary")
        self._lay_out()
        self._connect()
        self._show_step()
        self.place.setFocus()

    def done(self, result: int) -> None:
        self.work.close()
        super().done(result)

    def look(self) -> None:
        """Look for backups in the folder that was typed."""
        from checklist.desk.restore import offers_in

        self.place.let_go()
        self._labelled.show_problem("")
        try:
            offers = offers_in(Path(self.place.text().strip()))
        except KnownError as refused:
            self._offers = {}
            self._show_offers(())
            self._labelled.show_problem(refused.sentence)
            self.fit()
            return
        self._offers = {offer.path: offer for offer in offers[:MOST_SHOWN]}
        self._show_offers(tuple(self._offers.values()))
        self.table.setFocus()

    def _show_offers(self, offers: "Sequence[Offer]") -> None:
        self.table.show_rows([_row(offer) for offer in offers])
        self.table.setMinimumHeight(scaled(44) * (min(len(offers), 4) + 1) if offers else 0)
        self._on_current()
        self.fit()

    def _on_current(self) -> None:
        """Another backup is marked: who can open it, and nothing is proven yet."""
        offer = self._offer()
        self._opened = None
        self.said.setText("")
        self.person.show_people(self._people(offer) if offer else [])
        self._show_step()

    def _people(self, offer: "Offer") -> list[_Person]:
        from checklist.desk.backup_door import who_can_open

        try:
            return [_Person(*pair) for pair in who_can_open(self._door, offer.path, to_restore=True)]
        except KnownError as refused:
            self.said.setText(refused.sentence)
            return []

    def _choose(self, _path: str) -> None:
        (self.person if self.person.isEnabled() else self.password).setFocus()

    def _offer(self) -> "Offer | None":
        return self._offers.get(self.table.current_key() or "")

    def _prove(self) -> None:
        from checklist.desk.backup_door import open_to_restore
        from checklist.desk.restore import ProveJob

        offer = self._offer()
        if offer is None or self.work.is_busy:
            return
        if offer.practice != self._door.practice:
            self._say(OTHER_KIND)
            return
        try:
            opened = open_to_restore(self._door, offer.path, self.person.user(), self.password.text())
        except KnownError as refused:
            self._say(refused.sentence)
            self.password.selectAll()
            self.password.setFocus()
            return
        self.password.clear()
        self.password.let_go()

        def proven(sentence: str) -> None:
            self._opened = opened
            self._say(f"{sentence} “Bring it back” puts it in the place of the data on this PC.")
            self.bring.setFocus()

        self.work.start(ProveJob(opened), proven, self._on_failed)
        self._show_step()

    def _bring(self) -> None:
        from checklist.desk.restore import RestoreJob

        if self._opened is None or self.work.is_busy:
            return
        job = RestoreJob(self._opened, self._door.folder, self._door.clock, self._door.workstation)
        self.work.start(job, self._on_restored, self._on_failed)
        self._show_step()

    def _on_restored(self, sentence: str) -> None:
        self.accept()  # first: the keyboard belongs to the page that comes now
        self.restored.emit(sentence)

    def _on_failed(self, error: Exception) -> None:
        self._say(error.sentence if isinstance(error, KnownError) else OUR_MISTAKE)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self._show_step()
        self.fit()

    def _show_step(self) -> None:
        busy, chosen = self.work.is_busy, self._offer() is not None
        self.prove.setEnabled(chosen and not busy)
        self.password.setEnabled(chosen and not busy)
        self.bring.setEnabled(self._opened is not None and not busy)
        first = "It is brought back once it is checked." if chosen else "Name the folder, then choose a backup."
        self.why.setText("" if busy or self._opened is not None else first)
        if not busy:
            self.progress.clear()

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Folder with the backup", self.place.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.place.setText)
        dialog.fileSelected.connect(self.look)
        dialog.open()

    def _connect(self) -> None:
        self.place.entered.connect(self.look)
        self.browse.clicked.connect(self._ask)
        self.table.chosen.connect(self._choose)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.model().modelReset.connect(self._on_current)
        self.person.passed.connect(self.password.setFocus)
        self.password.entered.connect(self._prove)
        self.prove.clicked.connect(self._prove)
        self.bring.clicked.connect(self._bring)
        self.progress.stop_wished.connect(self.work.stop)
        self.work.progressed.connect(self.progress.show_progress)
        self.work.ended.connect(self._show_step)

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(text_label(INTRO, "help", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self._labelled, 1)
        row.addWidget(self.browse)
        column.addLayout(row)
        column.addWidget(self.table)
        who = QHBoxLayout()
        who.setSpacing(scaled(12))
        who.addWidget(LabelledField("Person", self.person, self), 1)
        who.addWidget(LabelledField("Password", self.password, self), 1)
        column.addLayout(who)
        column.addWidget(self.said)
        column.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.setSpacing(scaled(8))
        buttons.addWidget(self.why, 1)
        buttons.addWidget(self.prove)
        buttons.addWidget(self.bring)
        column.addLayout(buttons)


def _row(offer: "Offer") -> TableRow:
    kind = "practice" if offer.practice else ""
    return TableRow(offer.path, (Cell(offer.when, Look.STRONG, mark=kind), Cell(offer.holds), Cell(offer.workstation)))
