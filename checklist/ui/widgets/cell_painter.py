"""Draws the cells of a table: words, chips with their shape, a button, the mark of the current row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from checklist.ui.shapes import paint_shape, tint_color, tone_color
from checklist.ui.style import color, scaled
from checklist.ui.widgets.portrait import paint_portrait
from checklist.ui.widgets.rows import Cell, Look

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
CENTER = int(Qt.AlignmentFlag.AlignCenter)
PAD, DENSE_PAD = 12, 7
BESIDE = 6
SPARE = 2  # px: words in a box of exactly their width wrap at some letter sizes
PHOTO_WIDTH, PHOTO_HEIGHT = 32, 40
TALL = 100_000


class CellPainter(QStyledItemDelegate):
    """Cells as mock 1 shows them; rows grow with words that wrap."""

    def __init__(self, table: QTableView, row_height: int, air: int = 10) -> None:
        """`air`: px at 100 % above and below the words of a row that grows with them."""
        super().__init__(table)
        self._table = table
        self._row_height = row_height
        self._air = air
        self.pad = PAD

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = _cell_of(index)
        width = self._table.columnWidth(index.column()) - 2 * scaled(self.pad) - _indent(cell)
        return QSize(width, max(self._row_height, self._content_height(cell, width) + 2 * scaled(self._air)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        self._paint_ground(painter, option, index, rect)
        cell = _cell_of(index)
        area = rect.adjusted(scaled(self.pad), 0, -scaled(self.pad), 0)
        match cell.look:
            case Look.CHIP:
                self._paint_chip(painter, area, cell)
            case Look.BUTTON:
                self._paint_button(painter, rect, cell)
            case _:
                self._paint_photo(painter, area, cell)
                self._paint_words(painter, area.adjusted(_indent(cell), 0, 0, 0), cell)
        painter.restore()

    def button_rect(self, rect: QRect, text: str) -> QRect:
        """Where a cell's button is painted."""
        width = QFontMetrics(_font(13, bold=True)).horizontalAdvance(text) + scaled(26)
        height = scaled(34)
        return QRect(rect.right() - scaled(self.pad) - width + 1, rect.center().y() - height // 2, width, height)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected) and self._table.hasFocus()
        painter.fillRect(rect, color("brand_tint" if current else "paper"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        if current and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), color("brand"))

    def _content_height(self, cell: Cell, width: int) -> int:
        if cell.look is Look.BUTTON or not cell.text:
            return 0
        if cell.look is Look.CHIP:
            inner = width - scaled(16) - (scaled(18) if cell.shape else 0)
            return _height(_font(13, bold=True), cell.text, inner) + scaled(6)
        height = _height(_words_font(cell, width), cell.text, width)
        if _mark_below_photo(cell, width):
            height = max(height, scaled(PHOTO_HEIGHT)) + self._mark_height(cell, width + _indent(cell)) + scaled(3)
        elif cell.mark and not self._mark_fits_beside(cell, width):
            height += self._mark_height(cell, width) + scaled(3)
        return height + (_height(_font(13), cell.note, width) if cell.note else 0)

    def _mark_fits_beside(self, cell: Cell, width: int) -> bool:
        words = QFontMetrics(_words_font(cell, width)).horizontalAdvance(cell.text)
        mark = QFontMetrics(_font(13, bold=True)).horizontalAdvance(cell.mark) + scaled(16) + SPARE
        return words + scaled(BESIDE) + mark <= width

    def _mark_height(self, cell: Cell, width: int) -> int:
        return _height(_font(13, bold=True), cell.mark, width - scaled(16)) + scaled(5)

    def _paint_words(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        font = _words_font(cell, area.width())
        top = area.center().y() - self._content_height(cell, area.width()) // 2
        height = _height(font, cell.text, area.width())
        painter.setFont(font)
        painter.setPen(color("ink2" if cell.look is Look.MUTED else "ink"))
        painter.drawText(QRect(area.left(), top, area.width(), height), WRAP, cell.text)
        below = top + height
        if _mark_below_photo(cell, area.width()):
            tall = max(height, scaled(PHOTO_HEIGHT))
            whole = area.adjusted(-_indent(cell), 0, 0, 0)
            below = top + tall + self._paint_mark(painter, whole, cell, top, tall, below=True)
        elif cell.mark:
            below += self._paint_mark(painter, area, cell, top, height)
        if cell.note:
            painter.setFont(_font(13))
            painter.setPen(color("ink2"))
            painter.drawText(QRect(area.left(), below, area.width(), TALL), WRAP, cell.note)

    def _paint_photo(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        if cell.photo is not None:
            place = QRectF(area.left(), 0, scaled(PHOTO_WIDTH), scaled(PHOTO_HEIGHT))
            room = area.width() - _indent(cell)
            tall = self._content_height(cell, room) if _mark_below_photo(cell, room) else place.height()
            place.moveTop(area.center().y() - tall // 2)
            paint_portrait(painter, place, cell.photo)

    def _paint_mark(
        self, painter: QPainter, area: QRect, cell: Cell, top: int, height: int, *, below: bool = False
    ) -> int:
        """Draw the warning chip beside the words or below them; gives the height it added."""
        metrics = QFontMetrics(_font(13, bold=True))
        size = QSize(metrics.horizontalAdvance(cell.mark) + scaled(16) + SPARE, scaled(23))
        if not below and self._mark_fits_beside(cell, area.width()):
            words = QFontMetrics(_words_font(cell, area.width())).horizontalAdvance(cell.text)
            place = QRect(area.left() + words + scaled(BESIDE), 0, size.width(), size.height())
            place.moveTop(top + (height - size.height()) // 2)
            added = 0
        else:
            tall = self._mark_height(cell, area.width())
            place = QRect(area.left(), top + height + scaled(2), min(size.width(), area.width()), tall)
            added = tall + scaled(3)
        _fill(painter, place, "review")
        painter.setFont(_font(13, bold=True))
        painter.setPen(color("review"))
        inside = place.adjusted(scaled(8), 0, -scaled(8), 0)
        painter.drawText(inside, CENTER | int(Qt.TextFlag.TextWordWrap), cell.mark)
        return added

    def _paint_chip(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        if not cell.text:
            return
        font = _font(13, bold=True)
        lead = scaled(18) if cell.shape else 0
        inner = area.width() - scaled(16) - lead
        words = QFontMetrics(font).boundingRect(QRect(0, 0, inner, TALL), WRAP, cell.text)
        box = QRect(area.left(), 0, words.width() + scaled(17) + lead, words.height() + scaled(5))
        box.moveTop(area.center().y() - box.height() // 2)
        _fill(painter, box, cell.tone or "muted")
        if cell.shape:
            side = scaled(12)
            place = QRectF(box.left() + scaled(8), box.center().y() - side / 2 + 0.5, side, side)
            paint_shape(painter, place, cell.shape, tone_color(cell.tone))
        painter.setFont(font)
        painter.setPen(_chip_ink(cell.tone))
        left = box.left() + scaled(8) + lead
        painter.drawText(QRect(left, box.top() + scaled(2), inner, words.height()), WRAP, cell.text)

    def _paint_button(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if not cell.text:
            return
        box = self.button_rect(rect, cell.text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("control"), 1))
        painter.setBrush(color("paper"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(_font(13, bold=True))
        painter.setPen(color("ink"))
        painter.drawText(box, CENTER, cell.text)


def _cell_of(index: Index) -> Cell:
    cell: Cell = index.data(Qt.ItemDataRole.UserRole)
    return cell


def _indent(cell: Cell) -> int:
    """The room that a photograph takes before the words."""
    return scaled(PHOTO_WIDTH + PAD) if cell.photo is not None else 0


def _mark_below_photo(cell: Cell, width: int) -> bool:
    """In a narrow column the mark would break into many lines beside the photograph: it takes the whole width below."""
    mark = QFontMetrics(_font(13, bold=True)).horizontalAdvance(cell.mark) + scaled(16)
    return cell.photo is not None and bool(cell.mark) and mark > width


def _font(px: int, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(scaled(px))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _words_font(cell: Cell, width: int) -> QFont:
    """A name is never cut: where its longest word is wider than the column, it is drawn smaller."""
    font = _font(15, bold=cell.look is Look.STRONG)
    metrics = QFontMetrics(font)
    widest = max((metrics.horizontalAdvance(word) for word in cell.text.split()), default=0)
    if widest > width > 0:
        font.setPixelSize(max(scaled(9), font.pixelSize() * width // widest))
    return font


def _height(font: QFont, text: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), TALL), WRAP, text).height()


def _chip_ink(tone: str) -> QColor:
    return color("ink2") if tone in ("", "muted") else tone_color(tone)


def _fill(painter: QPainter, box: QRect, tone: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint_color(tone))
    painter.drawRoundedRect(QRectF(box), 4, 4)
