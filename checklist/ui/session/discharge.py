"""Discharge: the questions, a provider's decision on each criterion that is not met, the signature, the prints."""

from PySide6.QtWidgets import QHBoxLayout

from checklist.desk.signing import waste_entered_by
from checklist.model import Meaning, Role, Staff
from checklist.snapshot import Finding, Met, Snapshot
from checklist.ui.session.parts.amendments import AmendmentsCard
from checklist.ui.session.parts.attached import PapersCard, PaperViewer
from checklist.ui.session.parts.decide import DecisionsCard
from checklist.ui.session.parts.ink import InkCard
from checklist.ui.session.parts.sign import SignCard
from checklist.ui.session.step_page import StepPage
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button


def to_decide(snapshot: Snapshot) -> list[Finding]:
    """Criteria that are not met, and those a provider has decided."""
    wanted = (Met.NOT_MET, Met.DECIDED)
    return [one.finding for one in snapshot.criteria if one.met in wanted and one.finding is not None]


def is_witness_asked(snapshot: Snapshot) -> bool:
    """True when some of the drug was wasted: a second person signs for it."""
    return any(one.key == "witness" for one in snapshot.criteria)


class DischargePage(StepPage):
    """The criteria themselves stand on the right."""

    def build(self) -> None:
        self.decisions = DecisionsCard(self.live, self)
        self.witness = SignCard("Witness of the waste", Meaning.WITNESSED_WASTE, self.live, self)
        self.nurse = SignCard("Nurse", Meaning.DISCHARGE, self.live, self)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        self.instructions = Button("Instructions for the patient", self)
        self.record = Button("Record of the visit", self)
        row.addWidget(self.instructions)
        row.addWidget(self.record)
        row.addStretch(1)
        self.amendments = AmendmentsCard(self)
        self.body.addWidget(self.amendments)
        self.papers = PapersCard(self)
        self.body.addWidget(self.papers)
        self.papers.list.opened.connect(self._open_paper)
        self.body.addWidget(self.items)
        self.body.addWidget(self.decisions)
        self.body.addWidget(self.witness)
        self.body.addLayout(row)
        self.ink = InkCard(self.live, self)
        self.body.addWidget(self.ink)
        self.body.addWidget(self.nurse)
        self.instructions.clicked.connect(lambda: self.preview_wished.emit("instructions"))
        self.record.clicked.connect(lambda: self.preview_wished.emit("record"))
        self.items.finished.disconnect()
        self.items.finished.connect(self._after_items)
        self.decisions.decided.connect(self._after_items)
        self.witness.signed.connect(self._after_items)
        self.nurse.signed.connect(self.finished)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self.amendments.show_snapshot(snapshot)
        self.papers.show_snapshot(snapshot)
        self.ink.show_snapshot(snapshot)
        self.decisions.show_findings(to_decide(snapshot), snapshot)
        desk = self.live.desk
        witnesses = self._witnesses(snapshot)
        self.witness.setVisible(is_witness_asked(snapshot))
        nobody = "" if witnesses else "Nobody else can sign: an administrator adds a second person."
        self.witness.show_signature(snapshot, witnesses, "", nobody)
        blockers = desk.discharge_blockers(snapshot)
        reason = blockers[0] if blockers else ""
        self.nurse.show_signature(snapshot, desk.people_with(Role.NURSE), desk.me.user, reason)

    def _witnesses(self, snapshot: Snapshot) -> tuple[Staff, ...]:
        """Nurses and providers, without whoever entered what was drawn up or wasted."""
        entered_by = waste_entered_by(snapshot.record)
        roles = (Role.NURSE, Role.PROVIDER)
        people = {one.id: one for role in roles for one in self.live.desk.people_with(role)}
        return tuple(one for one in people.values() if one.id not in entered_by)

    def _open_paper(self, row: str) -> None:
        PaperViewer(self.live, self.worker, row, self).open()

    def focus_first(self) -> None:
        if not self.items.focus_first():
            self._after_items()

    def _after_items(self) -> None:
        if self.decisions.focus_open():
            return
        snapshot = self.live.snapshot
        waits = is_witness_asked(snapshot) and snapshot.record.signature(Meaning.WITNESSED_WASTE) is None
        if waits and self.witness.can_sign:
            self.witness.button.button.setFocus()
        elif self.nurse.can_sign and snapshot.record.signature(Meaning.DISCHARGE) is None:
            self.nurse.button.button.setFocus()
        else:
            self.finished.emit()
