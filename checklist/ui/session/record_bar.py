"""Under the banner: what a record has to say beyond its state, and the one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checklist.snapshot import Snapshot
from checklist.ui.session.parts.acts import standing
from checklist.ui.widgets.bars import MessageBar


class RecordBar(MessageBar):
    """Hidden for a record that has nothing to say.

    Signals:
        sign_wished(): an amendment waits for its signature.
        countersign_wished(): orders by telephone wait for their provider.
    """

    sign_wished = Signal()
    countersign_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("note", parent)
        self.setObjectName("record.bar")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        sentence, record = standing(snapshot), snapshot.record
        if not sentence:
            self.clear_message()
            return
        waits = record.is_changed_after_signing or bool(record.outstanding)
        self.show_tone("stop" if record.broken else "review" if waits or record.in_error else "note")
        if record.is_changed_after_signing:
            self.show_message(sentence, "Sign the amendment…", self.sign_wished.emit)
        elif record.outstanding:
            self.show_message(sentence, "Provider signs…", self.countersign_wished.emit)
        else:
            self.show_message(sentence)
