"""The chart of vital signs: the same drawing as on paper."""

from PySide6.QtWidgets import QWidget

from checklist.snapshot import Snapshot
from checklist.ui.session.parts.figure import Figure
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker

# Points; with the zoom of the screen a fifth of its height, so that the table stands beneath without scrolling.
HEIGHT = 120.0


def _chart_svg(snapshot: Snapshot, width: float) -> str:
    from checklist.paper import chart_svg

    return chart_svg(snapshot, width, HEIGHT)


class VitalsChart(Figure):
    """Blood pressure, heart rate and SpO2 over the infusion and after it."""

    def __init__(self, worker: Worker, parent: QWidget) -> None:
        super().__init__(_chart_svg, "Chart of blood pressure, heart rate and SpO2", "No chart yet.", worker, parent)
        self.body.setContentsMargins(scaled(12), scaled(4), scaled(12), scaled(4))

    def show_chart(self, snapshot: Snapshot) -> None:
        # The minute stands in it too: what is past and what is to come are shaded apart.
        shown = (snapshot.record.readings, snapshot.record.events, snapshot.now.to_minute())
        self.show_figure(snapshot, shown)
