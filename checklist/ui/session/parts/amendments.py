"""The amendments of a record as a list: the old value struck through, the new one beside it, why, who and when."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.acts import Amendment, AmendmentKind
from checklist.model import Meaning
from checklist.snapshot import Snapshot
from checklist.times import written_date, written_time
from checklist.ui.style import scaled
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import rule, text_label

KINDS = {
    AmendmentKind.CORRECTION: "Corrected",
    AmendmentKind.LATE_ENTRY: "Late entry",
    AmendmentKind.ADDENDUM: "Addendum",
    AmendmentKind.IN_ERROR: "Entered in error",
    AmendmentKind.RE_ENTERED: "From another record",
}


def struck_words(made: tuple[Amendment, ...]) -> str:
    """The values that an amendment replaced, oldest first."""
    return " → ".join(one.was for one in made if one.was)


def who_words(one: Amendment, snapshot: Snapshot) -> str:
    """`Read from the wrong line. S. Lee, RN 19-Nov-2026 09:12. Happened 18-Nov-2026 11:40. Mark X-4F7A-91C2`"""
    who = f"{snapshot.name_of(one.by)} {written_date(one.entered.local.date())} {written_time(one.entered)}"
    happened = one.happened
    when = f"Happened {written_date(happened.local.date())} {written_time(happened)}" if happened else ""
    parts = (one.reason.rstrip("."), who, when, f"Mark {one.link}" if one.link else "")
    return ". ".join(part for part in parts if part)


def signed_words(snapshot: Snapshot) -> str:
    """Who signed which version."""
    made = [one for one in snapshot.record.signatures if one.meaning is Meaning.AMENDMENT]
    return " · ".join(f"v{one.version} signed by {one.name} {one.at.local:%H:%M:%S}, seal {one.seal}" for one in made)


class AmendmentsCard(Card):
    """Hidden while there are none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("amendments")
        self.body.addWidget(text_label("Amendments", "heading", self))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(scaled(6))
        self.body.addLayout(self._rows)
        self._signed = text_label("", "help", self, wrap=True)
        self.body.addWidget(self._signed)
        self._shown: tuple[Amendment, ...] = ()
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        made = snapshot.record.amendments
        self.setVisible(bool(made))
        self._signed.setText(signed_words(snapshot))
        for one in made[len(self._shown) :]:
            self._add(one, snapshot)
        self._shown = made

    def _add(self, one: Amendment, snapshot: Snapshot) -> None:
        """Amendments are only ever added, so what was drawn stays."""
        if self._rows.count():
            self._rows.addWidget(rule(self))
        title = f"v{one.version}  {KINDS[one.kind]}: {one.label}"
        for words, role in ((title, "strong"), (one.was, "struck"), (one.now, "plain")):
            if words:
                self._rows.addWidget(text_label(words, role, self, wrap=True))
        self._rows.addWidget(text_label(who_words(one, snapshot), "help", self, wrap=True))
