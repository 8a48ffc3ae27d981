"""Settings, Backups: where they go, the last proven one, and what can be done at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button, ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.progress import WorkProgress
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

COLUMNS = (Column("Folder"), Column("", 250), Column("", 120))
SAME_DISK = "same disk as the data"
HELP = (
    "A backup is made at the first start of each day and when the program is closed. It is read back wholly before it "
    "counts as proven. 14 days, 8 weeks and 24 months are kept. Use at least one drive that is unplugged at night."
)
ONLY_ADMINISTRATORS = "Only an administrator can choose the folders."
FIELD_HELP = "A folder on a USB drive or a network drive. Enter adds it."


class BackupCard(Card):
    """Signals:
    folders_submitted(list): all folders as they shall be.
    backup_wished(): now.
    check_wished(): read the whole data file.
    stop_wished(): the work under way shall stop.
    """

    folders_submitted = Signal(list)
    backup_wished = Signal()
    check_wished = Signal()
    stop_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._folders: tuple[str, ...] = ()
        self.status = text_label("", "strong", self, wrap=True)
        self.table = RowTable(COLUMNS, "Backup folders; Enter removes one", self, fit_rows=True, row_px=44)
        self.field = TextField("Backup folder", self)
        self.field.setObjectName("backup folder")
        self._labelled = LabelledField("Add a folder", self.field, self, help=FIELD_HELP)
        self.browse = Button("Browse…", self)
        self.add = ReasonedButton("Add folder", self, kind="plain")
        self.now = Button("Back up now", self)
        self.check = Button("Check the data now", self)
        self.progress = WorkProgress(self)
        self.said = text_label("", "", self, wrap=True)
        self.said.setObjectName("backup said")
        self._lay_out()
        self.field.entered.connect(self._add)
        self.add.clicked.connect(self._add)
        self.browse.clicked.connect(self._ask)
        self.table.chosen.connect(self._remove)
        self.now.clicked.connect(self.backup_wished)
        self.check.clicked.connect(self.check_wished)
        self.progress.stop_wished.connect(self.stop_wished)

    def show_status(self, sentence: str) -> None:
        self.status.setText(sentence)
        self.status.setVisible(bool(sentence))

    def show_folders(self, folders: Sequence[str], on_same_disk: Sequence[str], reason: str) -> None:
        """`reason`: why they cannot be changed by this person."""
        self._folders = tuple(folders)
        rows = [_row(folder, SAME_DISK if folder in on_same_disk else "") for folder in folders]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.add.show_reason(reason)
        self.now.setEnabled(bool(rows))

    def show_refusal(self, sentence: str) -> None:
        self._labelled.show_problem(sentence)
        self.field.setFocus()

    def folders_saved(self) -> None:
        self._labelled.show_problem("")
        self.field.clear()
        self.field.let_go()

    def show_busy(self, what: str, thousandths: int) -> None:
        self.progress.show_progress(what, thousandths)

    def show_said(self, sentence: str) -> None:
        """What came of it; the work is over."""
        self.progress.clear()
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def choose(self, folder: str) -> None:
        """A folder was chosen in the system's dialog: it stands in the field, for Enter."""
        self.field.setText(folder)
        self.field.setFocus()

    def _add(self) -> None:
        if self.add.button.isEnabled():
            self.field.let_go()
            self.folders_submitted.emit([*self._folders, self.field.text()])

    def _remove(self, folder: str) -> None:
        if self.add.button.isEnabled():
            self.folders_submitted.emit([one for one in self._folders if one != folder])

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Backup folder", self.field.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    def _lay_out(self) -> None:
        body = self.body
        body.addWidget(text_label("Backups", "heading", self))
        body.addWidget(self.status)
        body.addWidget(text_label(HELP, "help", self, wrap=True))
        body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self._labelled, 1)
        row.addWidget(self.browse)
        body.addLayout(row)
        buttons = FlowLayout(None, scaled(8))
        for button in (self.now, self.check):
            buttons.addWidget(button)
        both = QHBoxLayout()
        both.addLayout(buttons, 1)
        both.addWidget(self.add)
        body.addLayout(both)
        body.addWidget(self.progress)
        body.addWidget(self.said)
        self.said.hide()
        self.table.hide()


def _row(folder: str, remark: str) -> TableRow:
    return TableRow(folder, (Cell(folder, Look.STRONG), Cell(remark), Cell("Remove", Look.BUTTON)))
