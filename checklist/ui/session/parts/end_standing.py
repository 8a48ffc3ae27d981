"""A provider takes back the clearance of a medicine for later visits."""

from PySide6.QtWidgets import QWidget

from checklist.model import Decision, Role, RowId
from checklist.times import written_date
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.text import text_label


class EndStandingDialog(VisitDialog):
    """Who gave the clearance, the reason why it ends, and the provider's password."""

    def __init__(self, live: LiveSession, row: RowId, name: str, cleared: Decision, parent: QWidget) -> None:
        super().__init__("End the clearance for later visits", parent)
        self._live, self._row = live, row
        who = cleared.verbal_from or live.snapshot.name_of(cleared.provider or cleared.by)
        given = f"{name}: cleared by {who} on {written_date(cleared.at.local.date())}, “{cleared.why}”."
        self.column.addWidget(text_label(given, "strong", self, wrap=True))
        words = "From now on a provider decides at each visit again. It says nothing about taking the medicine."
        self.column.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.reason = TextField("Reason", self, placeholder="Why the clearance ends, as the provider gives it")
        self.reason.setObjectName("standing.reason")
        self.column.addWidget(LabelledField("Reason", self.reason, self))
        self.credentials = Credentials(live.desk.people_with(Role.PROVIDER), "Sign", self)
        self.column.addWidget(self.credentials)
        self.reason.entered.connect(self.credentials.setFocus)
        self.credentials.submitted.connect(self._on_submitted)
        self.reason.setFocus()

    def _on_submitted(self, user: str, password: str) -> None:
        sentence = self._live.end_standing(self._row, self.reason.text(), user, password)
        self.credentials.show_problem(sentence)
        self.fit()
        if not sentence:
            self.accept()
