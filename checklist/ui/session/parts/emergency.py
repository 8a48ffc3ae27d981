"""F6: the timeline of an emergency. Each figure keeps its moment at once; words can be written when there is time."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.happened import EMERGENCY, StampKind
from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.session.parts.moments import MomentsCard
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button, is_held
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.text import text_label

STAMPS = (
    (StampKind.EMS_CALLED, "911 called", "1"),
    (StampKind.EMS_ARRIVED, "Ambulance here", "2"),
    (StampKind.EMS_LEFT, "Patient left", "3"),
    (StampKind.CPR_STARTED, "CPR starts", "4"),
    (StampKind.CPR_STOPPED, "CPR stops", "5"),
    (StampKind.SHOCK, "Shock", "6"),
    (StampKind.AIRWAY, "Airway", "7"),
    (StampKind.DRUG, "Medicine", "8"),
    (StampKind.NOTE, "Other", "9"),
)


class EmergencyDialog(VisitDialog):
    """One press, one line with its time. Esc goes back to the vital signs; F6 opens it again.

    Signals:
        summary_wished(): the sheet for the ambulance.
    """

    summary_wished = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__("Emergency", parent, width=760)
        self.setObjectName("emergency")
        self._live = live
        words = "Press a figure when it happens: the time is kept at once. Esc goes back to the vital signs."
        self.column.addWidget(text_label(words, "subtitle", self, wrap=True))
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        box = QWidget(self)
        flow = FlowLayout(box, scaled(8))
        self._kinds = {key: kind for kind, _, key in STAMPS}
        for kind, label, key in STAMPS:
            button = Button(f"{key}  {label}", box, kind="danger" if kind is StampKind.EMS_CALLED else "plain")
            button.setObjectName(f"emergency.{kind.value}")
            button.clicked.connect(lambda _=False, kind=kind: self._stamp(kind))
            flow.addWidget(button)
        self.column.addWidget(box)
        self.column.addWidget(self._problem)
        self.moments = MomentsCard(live, self)
        self.column.addLayout(self._foot())
        self.column.addWidget(self.moments)  # last: with many lines it goes out of sight, never the summary
        live.changed.connect(self._on_changed)
        self._on_changed(live.snapshot)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.summary = Button("Transfer summary", self, kind="primary", keys="Alt+T")
        self.summary.setObjectName("emergency.summary")
        close = Button("Back", self)
        row.addWidget(close)
        row.addWidget(self.summary)
        close.clicked.connect(self.reject)
        self.summary.clicked.connect(self._on_summary)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        kind = self._kinds.get(event.text())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if kind is not None and plain:
            if not is_held(event):
                self._stamp(kind)
        else:
            super().keyPressEvent(event)

    def _stamp(self, kind: StampKind) -> None:
        sentence = self._live.stamp(kind)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _on_changed(self, snapshot: Snapshot) -> None:
        self.moments.show_snapshot(snapshot)
        self.fit()
        QTimer.singleShot(0, self, self.fit)  # the height of a line that is new is known only once it was shown

    def _on_summary(self) -> None:
        self.accept()
        self.summary_wished.emit()


def has_begun(snapshot: Snapshot) -> bool:
    """True once a line of the timeline stands."""
    return bool(snapshot.record.stamped(*EMERGENCY))
