"""The second person's independent check: everything read and typed anew, the first entry out of sight."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from checklist.model import Role, Staff
from checklist.snapshot import Snapshot
from checklist.times import written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.banner import PatientBanner, born_text
from checklist.ui.session.parts.blind import Blind
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.buttons import ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.chip import Chip
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.segmented import YES_NO, Segment
from checklist.ui.widgets.text import text_label

_DRUGS = (
    Segment("ketamine", "Ketamine", "1"),
    Segment("esketamine", "Esketamine", "2"),
    Segment("other", "Other", "3"),
)
_FIELDS = (
    ("weight", "Weight, with kg (k) or lb"),
    ("mg", "Dose, mg"),
    ("concentration", "Vial strength, mg/mL"),
    ("total_ml", "Volume of the bag, mL"),
    ("rate", "Pump rate, mL/h"),
)
SIMILAR = "Somebody of a similar name comes today: type or scan it."


class VerifyDialog(VisitDialog):
    """Patient, drug, weight, four numbers, name and password of the second person.

    Nothing of the order is shown, neither here nor behind.
    """

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__("Independent check", parent, width=720)
        self._live = live
        column = self.column
        snapshot = live.snapshot
        mrn = f", MRN {snapshot.patient.mrn}" if snapshot.patient.mrn else ""
        who = f"{snapshot.patient.display_name}, born {born_text(snapshot)}{mrn}"
        column.addWidget(text_label(who, "strong", self, wrap=True))
        words = "Enter what you read yourself on wristband, vial, scale, order, bag and pump."
        column.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.form = Form(self)
        self.form.begin_row()
        self._add_patient()
        self._add_choice("drug", "Drug on the vial", _DRUGS, then="weight")
        self.form.end_row()
        for row in (_FIELDS[:3], _FIELDS[3:]):
            self.form.begin_row()
            for name, label in row:
                self.form.add_text(name, label)
            self.form.end_row()
        column.addWidget(self.form)
        people = second_people(live)
        self.credentials = Credentials(people, "Check and sign", self)
        column.addWidget(self.credentials)
        self.form.submitted.connect(self.credentials.setFocus)
        self.credentials.submitted.connect(self._on_submitted)
        self.form.focus("patient")
        self._blind = self._hide_behind(parent.window().findChild(PatientBanner))

    def _hide_behind(self, banner: PatientBanner | None) -> Blind | None:
        page = banner.parentWidget() if banner is not None else None
        if banner is None or page is None:
            return None
        blind = Blind(banner, page)
        self.finished.connect(blind.deleteLater)
        return blind

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._blind is not None and not event.spontaneous():
            self._blind.cover()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._blind is not None and not event.spontaneous():
            self._blind.uncover()

    def _add_patient(self) -> None:
        if self._live.desk.asks_identifier(self._live.session_id):
            self.form.add_text("patient", "Birth date or MRN on the wristband", help=SIMILAR)
        else:
            self._add_choice("patient", "Wristband: name, birth date, MRN are these", YES_NO, then="drug")

    def _add_choice(self, name: str, label: str, segments: Sequence[Segment], *, then: str) -> None:
        """One key chooses and goes on."""
        field = self.form.add_choice(name, label, segments)
        field.chosen.connect(lambda _: self.form.focus(then, Qt.FocusReason.TabFocusReason))

    def _on_submitted(self, user: str, password: str) -> None:
        values: Mapping[str, str] = self.form.values()
        sentence = self._live.verify_dose(values, user, password)
        self.credentials.show_problem(sentence)
        self.fit()
        if not sentence:
            self.accept()


def second_people(live: LiveSession) -> tuple[Staff, ...]:
    """Nurses and providers other than the one who is signed in; the desk refuses whoever entered the order."""
    people = {one.id: one for role in (Role.NURSE, Role.PROVIDER) for one in live.desk.people_with(role)}
    return tuple(one for one in people.values() if one.id != live.desk.me.id)


class VerifyCard(Card):
    """Whether a second person has checked.

    Signals:
        verified(): the check agrees and is on disk.
    """

    verified = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self.body.addWidget(text_label("Independent check by a second person", "strong", self))
        self._who = text_label("", "help", self, wrap=True)
        self._chip = Chip(self)
        self.body.addWidget(self._who)
        self.body.addWidget(self._chip)
        self.ask_button = ReasonedButton("Second person checks…", self, kind="plain")
        self.ask_button.button.setObjectName("verify")
        self.body.addWidget(self.ask_button)
        self.ask_button.clicked.connect(self.ask)

    def show_snapshot(self, snapshot: Snapshot, open_count: int) -> None:
        checks = snapshot.record.verifications
        last = checks[-1] if checks else None
        self._who.setText(f"{snapshot.name_of(last.by)} at {written_time(last.at)}" if last else "Not done yet.")
        self._chip.setVisible(last is not None)
        if last is not None:
            self._chip.show_chip("Agrees" if last.agrees else "Does not agree", "clear" if last.agrees else "stop")
        reason = "The order is complete first." if open_count else ""
        if not reason and not second_people(self._live):
            reason = "Nobody else can sign: an administrator adds a second person."
        self.ask_button.show_reason(reason)

    @property
    def agrees(self) -> bool:
        checks = self._live.snapshot.record.verifications
        return bool(checks) and checks[-1].agrees

    def ask(self) -> None:
        dialog = VerifyDialog(self._live, self)
        dialog.accepted.connect(self.verified)
        dialog.open()
