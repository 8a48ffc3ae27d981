"""Colours, fonts and sizes. The only place that sets a style sheet; the sheet itself is resources/style.qss."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from checklist import resources

TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#16202A",
        "ink2": "#4A5663",
        "ink3": "#66717D",
        "paper": "#FFFFFF",
        "ground": "#F2F4F6",
        "line": "#D3DAE0",
        "control": "#9AA6B1",
        "brand": "#0B5C7A",
        "brand_tint": "#E3EFF4",
        "clear": "#1B6E3C",
        "clear_tint": "#E4F2E9",
        "note": "#245CA8",
        "note_tint": "#E6EEF9",
        "review": "#8A5200",
        "review_tint": "#FFF1D2",
        "stop": "#A3161C",
        "stop_tint": "#FBE5E5",
    }
)
BASE_PX = 15
STYLE = "fusion"
# Figures of one width everywhere: columns of numbers stand under each other, and a ticking clock does not shake.
FAMILY = "Atkinson Hyperlegible Next Tabular"
_USED = re.compile(r"@(px\d+|[a-z][a-z0-9_]*)")


def color(token: str) -> QColor:
    """The colour of a token of TOKENS; KeyError on any other name."""
    return QColor(TOKENS[token])


def scaled(px: int) -> int:
    """Pixels at 100 % as pixels at the font size in use."""
    in_use = QApplication.font().pixelSize()
    return round(px * in_use / BASE_PX) if in_use > 0 else px


def set_role(widget: QWidget, role: str) -> None:
    """Name the look that style.qss gives this widget."""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that style.qss matches on. Qt reads such properties only when a widget is polished."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has never been shown: Qt reads the property when it is
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def apply(app: QApplication, font_percent: int = 100) -> None:
    """Give the program its fonts, colours and style sheet. `font_percent`: 100 is 15 px."""
    wanted, font = sheet(font_percent), round(BASE_PX * font_percent / 100)
    if app.styleSheet() == wanted and app.font().pixelSize() == font:
        return  # setting the same sheet again would dress every widget anew
    register(FAMILY)
    # Windows and Linux draw their own widgets differently; Fusion is the same everywhere and takes the sheet well.
    if app.style().name() != STYLE:
        app.setStyle(STYLE)
    app.setPalette(_palette())
    app.setFont(_font(font, ()))
    app.setStyleSheet(wanted)


def register(family: str) -> None:
    """Load the shipped files of one family, once. The program keeps the list: asking Qt for its families is slow."""
    app = QApplication.instance()
    loaded = [] if app is None else app.property("fonts") or []
    if app is None or family in loaded:
        return
    app.setProperty("fonts", [*loaded, family])
    for file in _files(family):
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{file}")))


def register_other_scripts() -> None:
    """Load the fonts for names in other scripts. They are 12 MB: called once the first window stands."""
    families = _fallback()
    for family in families:
        register(family)
    QApplication.setFont(_font(QApplication.font().pixelSize(), families))


def sheet(font_percent: int) -> str:
    """The style sheet with its tokens and sizes filled in. An unknown token raises KeyError."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("px"):
            return f"{round(int(name[2:]) * font_percent / 100)}px"
        return TOKENS[name]

    return _USED.sub(filled, resources.read_text("style.qss"))


def _font(pixels: int, fallback: tuple[str, ...]) -> QFont:
    font = QFont()
    font.setFamilies([FAMILY, *fallback])
    font.setPixelSize(pixels)
    return font


def _palette() -> QPalette:
    palette = QPalette(color("ground"))
    for role, token in (
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.Base, "paper"),
        (QPalette.ColorRole.Highlight, "brand"),
        (QPalette.ColorRole.HighlightedText, "paper"),
        (QPalette.ColorRole.PlaceholderText, "ink3"),
        (QPalette.ColorRole.ToolTipBase, "paper"),
        (QPalette.ColorRole.ToolTipText, "ink"),
    ):
        palette.setColor(role, color(token))
    return palette


def _fallback() -> tuple[str, ...]:
    """The families of fonts.toml in the order in which they are asked for a character."""
    import tomllib  # late, like the fonts themselves

    listed: list[str] = tomllib.loads(resources.read_text("fonts/fonts.toml"))["fallback"]
    return tuple(listed)


def _files(family: str) -> tuple[str, ...]:
    """The shipped files of a family: its name without spaces, a dash, the weight."""
    start = family.replace(" ", "")
    return tuple(name for name in resources.names("fonts") if name.partition("-")[0] == start)
