"""Side effects in a few keys: `nausea 1 ondansetron 4 mg`, with a preview; and the list of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from checklist.model import Effect, RowId
from checklist.snapshot import Snapshot
from checklist.times import written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.keyed_table import KeyedTable
from checklist.ui.session.parts.readings import effect_text
from checklist.ui.session.parts.vitals_line import LineField
from checklist.ui.style import scaled
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.table import Cell, Column, TableRow
from checklist.ui.widgets.text import buddy_label, text_label

_COLUMNS = (Column("Since", 74), Column("Side effect", 0), Column("Ended", 110))
_LABEL = "Side effect: first letters, grade (1 mild to 4), what was done"
_HINT = "On a row: W what was done, outcome, grade · E has ended · Delete entered by mistake"
_KEYS = {Qt.Key.Key_W: "write", Qt.Key.Key_E: "end", Qt.Key.Key_Delete: "remove"}


class EffectsCard(Card):
    """Signals:
    passed(): Enter on the empty line.
    """

    passed = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self.body.setSpacing(scaled(4))
        self.field = LineField(self)
        self.field.setObjectName("effects.line")
        self.field.setAccessibleName("Side effect")
        self.field.setPlaceholderText("nausea 1 ondansetron 4 mg")
        self.body.addWidget(buddy_label(_LABEL, "label", self.field, self, wrap=True))
        self.body.addWidget(self.field)
        self.preview = text_label("", "help", self, wrap=True)
        self.preview.setObjectName("effects.preview")
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        self.table = KeyedTable(_COLUMNS, "Side effects", _KEYS, self)
        self.table.setObjectName("effects.table")
        self._hint = text_label(f"{_HINT}. {live.desk.protocol.texts.get('ctcae_credit', '')}", "help", self, wrap=True)
        for widget in (self.preview, self._problem, self.table, self._hint):
            self.body.addWidget(widget)
        self.field.textEdited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.table.keyed.connect(self._on_keyed)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        effects = snapshot.record.current_effects
        self.table.show_rows([_row(effect, snapshot) for effect in effects])
        self.table.setVisible(bool(effects))
        self._hint.setVisible(bool(effects))

    def _on_edited(self, text: str) -> None:
        self._show_problem("")
        self.preview.setText(self._live.desk.preview_effect(text) if text.strip() else "")

    def _on_entered(self) -> None:
        text = self.field.text().strip()
        if not text:
            self.passed.emit()
            return
        understood = self._live.desk.preview_effect(text)
        sentence = self._live.record_effect(text)
        self._show_problem(sentence)
        if not sentence:
            self.field.clear()
            self.preview.setText(f"Recorded: {understood}")

    def _on_keyed(self, row: str, word: str) -> None:
        if word == "write":
            self._ask(row)
            return
        act = self._live.end_effect if word == "end" else self._live.remove_effect
        self._show_problem(act(RowId(row)))
        if not self._live.snapshot.record.current_effects:
            self.field.setFocus()

    def _ask(self, row: str) -> None:
        from checklist.ui.session.parts.effect_dialog import effect_dialog

        for effect in self._live.snapshot.record.current_effects:
            if effect.id == row:
                effect_dialog(self._live, effect, self).open()

    def _show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


def _row(effect: Effect, snapshot: Snapshot) -> TableRow:
    ended = written_time(effect.ended) if effect.ended else "going on"
    return TableRow(effect.id, (Cell(written_time(effect.onset)), Cell(effect_text(effect, snapshot)), Cell(ended)))
