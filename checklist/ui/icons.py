"""Icons: shipped SVG files, tinted with a token."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from checklist import resources
from checklist.ui.style import TOKENS, scaled


def icon(name: str, tint: str = "ink", size: int = 20) -> QIcon:
    """`resources/icons/<name>.svg` in the colour of the token `tint`, `size` px at 100 %. Raises ResourceMissing."""
    return QIcon(pixmap(name, tint, size))


def pixmap(name: str, tint: str = "ink", size: int = 20) -> QPixmap:
    """The icon as a picture that is sharp on this screen."""
    # QtSvg is another 10 ms at start, and the sign-in window has no icon.
    from PySide6.QtSvg import QSvgRenderer

    text = resources.read_text(f"icons/{name}.svg").replace("currentColor", TOKENS[tint])
    ratio = _pixel_ratio()
    side = round(scaled(size) * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _pixel_ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
