"""Patient and escort sign on the screen: the dialog with the field, and the card that shows what was drawn."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.ink import InkMeaning
from checklist.snapshot import Snapshot
from checklist.times import written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.ink_pad import InkPad
from checklist.ui.widgets.text import text_label

WHO = {InkMeaning.PATIENT_ACKNOWLEDGED: "Patient", InkMeaning.ESCORT_INSTRUCTED: "Escort"}


def name_of(meaning: InkMeaning, snapshot: Snapshot) -> str:
    """Who is asked: the patient, or the escort of this visit. It can be typed over: somebody else may have come."""
    if meaning is InkMeaning.PATIENT_ACKNOWLEDGED:
        return f"{snapshot.patient.given} {snapshot.patient.family}"
    escort = snapshot.answer("transport.name")
    return str(escort.value) if escort is not None and isinstance(escort.value, str) else ""


class InkDialog(VisitDialog):
    """The statement, the name, the field. It stays open, with what was drawn, until the desk has kept it."""

    def __init__(self, live: LiveSession, meaning: InkMeaning, parent: QWidget) -> None:
        super().__init__(f"{WHO[meaning]} signs on the screen", parent, width=560)
        self._live, self._meaning = live, meaning
        statement = live.snapshot.protocol.texts[f"statement_{meaning.value}"]
        self.column.addWidget(text_label(f"\u201c{statement}\u201d", "subtitle", self, wrap=True))
        self.name = TextField("Printed name", self)
        self.name.setObjectName("ink.name")
        self.name.setText(name_of(meaning, live.snapshot))
        self.column.addWidget(LabelledField("Printed name", self.name, self))
        self.pad = InkPad(self)
        self.column.addWidget(LabelledField("Signature, with mouse, finger or pen", self.pad, self))
        help_text = "Without one: close this and let the printed instructions be signed."
        self.column.addWidget(text_label(help_text, "help", self, wrap=True))
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        row = QHBoxLayout()
        self._add(row, "Clear", self.pad.clear)
        row.addStretch(1)
        self._add(row, "Cancel", self.reject)
        self.keep = self._add(row, "Keep the signature", self._on_keep, kind="primary")
        self.column.addLayout(row)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, row: QHBoxLayout, text: str, slot: object, *, kind: str = "plain") -> Button:
        button = Button(text, self, kind=kind)
        button.clicked.connect(slot)
        row.addWidget(button)
        return button

    def _on_keep(self) -> None:
        sentence = self._live.sign_by_hand(self._meaning, self.name.text(), self.pad.strokes())
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.fit()
        if not sentence:
            self.accept()


class InkCard(Card):
    """Who of patient and escort has signed on the screen, and the way to do it. Nobody has to: paper is as good."""

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self.body.setSpacing(scaled(6))
        self.body.addWidget(text_label("Signatures on the screen", "heading", self))
        self._told = text_label("", "help", self, wrap=True)
        self.body.addWidget(self._told)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        self.buttons: dict[InkMeaning, Button] = {}
        for meaning, who in WHO.items():
            button = Button(f"{who} signs\u2026", self)
            button.setObjectName(f"ink.{meaning.value}")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # drawn with a pointer; the way of Enter goes past it
            button.clicked.connect(lambda _=False, meaning=meaning: self.ask(meaning))
            self.buttons[meaning] = button
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        signed = [
            f"{WHO[meaning]}: {ink.name}, {written_time(ink.at)}"
            for meaning in WHO
            if (ink := snapshot.record.ink(meaning)) is not None
        ]
        self._told.setText(" \u00b7 ".join(signed) or "None yet. Or let the printed instructions be signed.")
        for button in self.buttons.values():
            button.setVisible(not snapshot.record.is_closed)

    def ask(self, meaning: InkMeaning) -> None:
        InkDialog(self._live, meaning, self).open()
