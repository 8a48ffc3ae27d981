"""A drawing as SVG for the screen, in the font that the screen has."""

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing

from checklist.paper import fonts


def text_of(drawing: Drawing) -> str:
    """SVG that Qt's renderer reads; the family is the one the program installs for its windows."""
    hacks = {
        fonts.name(bold): {"family": f"'{fonts.SCREEN_FAMILY}'", "weight": "700" if bold else "400"}
        for bold in (False, True)
    }
    return str(renderSVG.drawToString(drawing, fontHacks=hacks))
