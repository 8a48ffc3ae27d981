"""A table of rows that one walks with the arrow keys and opens with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QSizePolicy, QTableView, QWidget

from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.cell_painter import DENSE_PAD, PAD, CellPainter
from checklist.ui.widgets.rows import Cell, Column, Look, TableRow, level_cell

__all__ = ["Cell", "Column", "Look", "RowTable", "TableRow", "level_cell"]

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
# A shared column narrower than this makes yielding columns give way.
NARROW_PX = 150


class RowModel(QAbstractTableModel):
    """The rows as Qt asks for them; each cell gives its words and its Cell."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[TableRow, ...] = ()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), ()
        self.endResetModel()

    def redraw(self, rows: Sequence[TableRow]) -> None:
        """The same rows with other words, e.g. a minute later."""
        self.rows = tuple(rows)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()].cells[index.column()]
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.spoken
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowTable(QTableView):
    """Rows of cells. One row is current; refreshing keeps it.

    Signals:
        chosen(str): key of the row a person opened: Enter, double click, or a click on its painted button.
    """

    chosen = Signal(str)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        parent: QWidget,
        *,
        fit_rows: bool = False,
        row_px: int = 57,
        least_px: int = 0,
        air: int = 10,
    ) -> None:
        """`least_px`: where room is short the rows scroll, but so much of them stays in sight."""
        super().__init__(parent)
        self._rows = RowModel(columns, self)
        self._painter = CellPainter(self, scaled(row_px), air)
        self._fit_rows = fit_rows
        self._least_px = least_px
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setAccessibleDescription("Arrow keys walk, Enter opens")
        self._dress()
        self.doubleClicked.connect(self._choose_index)
        self.selectionModel().currentRowChanged.connect(lambda: self._bring_row())

    def show_columns(self, columns: Sequence[Column], *, dense: bool) -> None:
        """Other columns, for another width; the rows have to be shown anew. `dense` leaves less room between them."""
        if tuple(columns) != self._rows.columns:
            self._painter.pad = DENSE_PAD if dense else PAD
            set_look(self.horizontalHeader(), "dense", dense)
            self._rows.show_columns(columns)
            self._share_width()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Draw the rows. The current row stays current where its key is still there."""
        if tuple(rows) == self._rows.rows:
            return
        kept, before = self.current_key(), [row.key for row in self._rows.rows]
        if before == [row.key for row in rows] and before:
            self._rows.redraw(rows)
        else:
            self._rows.show_rows(rows)
            self.set_current(kept or "")
        self._fit()

    def current_key(self) -> str | None:
        index = self.currentIndex()
        return self._rows.rows[index.row()].key if index.isValid() else None

    def set_current(self, key: str) -> None:
        """Make the row with this key current, else the first."""
        keys = [row.key for row in self._rows.rows]
        if keys:
            self.setCurrentIndex(self._rows.index(keys.index(key) if key in keys else 0, 0))

    def cell(self, key: str, column: int) -> Cell:
        """A cell as shown; StopIteration when no row has the key."""
        return next(row for row in self._rows.rows if row.key == key).cells[column]

    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self._rows.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            if not is_held(event):
                self._choose_index(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._on_button(index, event.position().toPoint()):
            self._choose_index(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.set_current("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as its rows, so that the page below a short table stays empty."""
        return QSize(scaled(400), self._full_height())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(scaled(24))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(scaled(24))
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._fit_rows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _share_width(self) -> None:
        columns = self._rows.columns
        shares = sum(column.share for column in columns if not column.width)
        free = self.viewport().width() - sum(scaled(column.width) for column in columns)
        narrow = free < scaled(NARROW_PX) * sum(not column.width for column in columns)
        if narrow:
            free += sum(scaled(column.width) for column in columns if column.yields)
        for position, column in enumerate(columns):
            self.setColumnHidden(position, narrow and column.yields)
            shared = max(scaled(96), free * column.share // max(1, shares))
            self.setColumnWidth(position, scaled(column.width) or shared)

    def _fit(self) -> None:
        self.resizeRowsToContents()
        if self._fit_rows:
            self.setFixedHeight(self._full_height())
        elif self._least_px:
            self.setMinimumHeight(min(self._full_height(), scaled(self._least_px)))
        self.updateGeometry()

    def _bring_row(self) -> None:
        """A table as high as its rows does not scroll: the page around it brings the current row into sight."""
        around = self.parentWidget() if self._fit_rows and self.hasFocus() else None
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self, 0, scaled(48))  # of a table Qt takes the current row

    def _full_height(self) -> int:
        rows = sum(self.rowHeight(row) for row in range(self._rows.rowCount()))
        header = self.horizontalHeader()
        return rows + (0 if header.isHidden() else header.sizeHint().height())

    def _on_button(self, index: QModelIndex, place: QPoint) -> bool:
        cell = self._rows.rows[index.row()].cells[index.column()]
        return cell.look is Look.BUTTON and self._painter.button_rect(self.visualRect(index), cell.text).contains(place)

    def _choose_index(self, index: QModelIndex) -> None:
        self.chosen.emit(self._rows.rows[index.row()].key)
