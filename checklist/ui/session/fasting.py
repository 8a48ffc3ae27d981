"""Fasting: the questions, and under them the line from the last meal to the planned start."""

from checklist.snapshot import Snapshot
from checklist.ui.session.parts.ask import plan_dialog
from checklist.ui.session.parts.figure import Figure
from checklist.ui.session.side import before_start
from checklist.ui.session.step_page import StepPage
from checklist.ui.widgets.buttons import Button


def _fasting_svg(snapshot: Snapshot, width: float) -> str:
    from checklist.paper import fasting_svg

    return fasting_svg(snapshot, width)


class FastingPage(StepPage):
    """Questions and the picture. The planned start can be moved from here."""

    def build(self) -> None:
        super().build()
        self._move = Button("Move the start", self, keys="Alt+M")
        self._move.clicked.connect(self._ask_start)
        self.head.add_button(self._move)
        name, empty = "From the last meal and drink to the planned start", "The line is drawn once a time is known."
        self.figure = Figure(_fasting_svg, name, empty, self.worker, self)
        self.body.addWidget(self.figure)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self._move.setVisible(before_start(snapshot))
        answers = tuple(snapshot.answer(item) for item in ("fasting.solids", "fasting.fatty", "fasting.fluids"))
        self.figure.show_figure(snapshot, (answers, snapshot.record.session.planned, snapshot.earliest_start))

    def _ask_start(self) -> None:
        plan_dialog(self.live, self).open()
