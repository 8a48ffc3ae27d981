"""Clearance: the verdict, a decision on each finding that is not clear, and the signatures."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from checklist.model import Meaning, Role
from checklist.protocol import Item
from checklist.snapshot import Finding, Snapshot, VerdictKind
from checklist.ui.session.parts.decide import DecisionsCard
from checklist.ui.session.parts.sign import SignCard
from checklist.ui.session.side import verdict_level
from checklist.ui.session.step_page import StepPage
from checklist.ui.style import scaled
from checklist.ui.widgets.notice import VerdictBanner
from checklist.ui.widgets.text import text_label


def to_decide(snapshot: Snapshot) -> list[Finding]:
    """What is open before the start, and what a provider has decided already."""
    open_keys = {one.key for one in snapshot.clearance.open_findings}
    return [one for one in snapshot.findings if one.key in open_keys or _is_decided_before(one, snapshot)]


def _is_decided_before(finding: Finding, snapshot: Snapshot) -> bool:
    return finding.decision is not None and snapshot.step(finding.step).step.phase == "before"


def missing_text(snapshot: Snapshot) -> str:
    """How many questions still wait in each step: `Still open: Fasting 2 · Medical screening 24`."""
    counts = Counter(_step_title(snapshot, item) for item in snapshot.clearance.missing)
    return "Still open: " + " · ".join(f"{step} {count}" for step, count in counts.items()) if counts else ""


def _step_title(snapshot: Snapshot, item: Item) -> str:
    """The step that asks the item; vital signs are asked by their line, not by an item of the protocol."""
    for step in snapshot.protocol.steps:
        if item in step.items:
            return step.title
    return snapshot.step("vitals").step.title


def provider_to_sign(snapshot: Snapshot) -> bool:
    """True while the provider's signature is wanted: after a review, or where the clinic always wants it."""
    reviewed = snapshot.clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW
    wanted = reviewed or snapshot.protocol.setting("provider_signature") == "always"
    return wanted and snapshot.record.signature(Meaning.PROVIDER_CLEARED) is None


class ClearancePage(StepPage):
    """Mock 4."""

    def build(self) -> None:
        self.verdict = VerdictBanner(self)
        self.verdict.setObjectName("clearance.verdict")
        self.body.addWidget(self.verdict)
        self._missing = text_label("", "help", self, wrap=True)
        self.body.addWidget(self._missing)
        self.decisions = DecisionsCard(self.live, self)
        self.body.addWidget(self.decisions)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(scaled(14))
        self.nurse = SignCard("Nurse", Meaning.CHECKED, self.live, self)
        self.provider = SignCard("Provider", Meaning.PROVIDER_CLEARED, self.live, self)
        for card in (self.nurse, self.provider):
            self._cards.addWidget(card, 1)
            card.signed.connect(self.focus_first)
        self.body.addLayout(self._cards)
        self.decisions.decided.connect(self.focus_first)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        verdict = snapshot.clearance
        self.verdict.show_verdict(verdict_level(verdict), verdict.title, verdict.sentence)
        missing = missing_text(snapshot)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        self.decisions.show_findings(to_decide(snapshot), snapshot)
        desk = self.live.desk
        reason = "" if verdict.passes else "Not before everything is answered, and clear or decided."
        self.nurse.show_signature(snapshot, desk.people_with(Role.NURSE), desk.me.user, reason)
        self.provider.show_signature(snapshot, desk.people_with(Role.PROVIDER), "", reason)

    def focus_first(self) -> None:
        """What is to be decided, then who has not signed, then on."""
        if self.decisions.focus_open():
            return
        snapshot = self.live.snapshot
        nurse_to_sign = snapshot.record.signature(Meaning.CHECKED) is None
        waiting = ((self.nurse, nurse_to_sign), (self.provider, provider_to_sign(snapshot)))
        for card, is_waiting in waiting:
            if is_waiting and card.can_sign:
                card.button.button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.finished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(620)
        self._cards.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
