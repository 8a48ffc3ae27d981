"""What calls for a provider once the order is written: shown where it cannot be overlooked, with the decision below."""

from PySide6.QtWidgets import QWidget

from checklist.levels import Level
from checklist.snapshot import Finding, Snapshot
from checklist.ui.widgets.notice import VerdictBanner

MONITOR, DISCHARGE = "monitor.", "discharge."


def to_decide_now(snapshot: Snapshot) -> list[Finding]:
    """Findings of the order and of monitoring that a provider decides, or has decided."""
    later = {view.step.id for view in snapshot.steps if view.step.phase != "before"}
    return [
        one
        for one in snapshot.findings
        if one.step in later and not one.key.startswith(DISCHARGE) and one.level.rank >= Level.REVIEW.rank
    ]


class Alarm(VerdictBanner):
    """An escalation in large words. Hidden while monitoring does not call for the provider."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        found = [one for one in snapshot.findings if one.key.startswith(MONITOR) and one.level is Level.STOP]
        self.setVisible(bool(found))
        if found:
            titles = ". ".join(one.title for one in found)
            actions = " ".join(dict.fromkeys(one.action for one in found))
            self.show_verdict(Level.STOP, "Call the provider now", f"{titles}. {actions}")
