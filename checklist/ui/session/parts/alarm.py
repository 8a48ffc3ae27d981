"""What calls for a provider once the order is written: shown where it cannot be overlooked, with the decision below."""

from PySide6.QtWidgets import QWidget

from checklist.levels import Level
from checklist.snapshot import Finding, Snapshot
from checklist.ui.widgets.notice import VerdictBanner

DISCHARGE = "discharge."


def to_decide_now(snapshot: Snapshot) -> list[Finding]:
    """Findings of the order and of monitoring that a provider decides, or has decided; and what calls by now."""
    later = {view.step.id for view in snapshot.steps if view.step.phase != "before"}
    calls = {one.key for one in snapshot.calls}
    return [one for one in snapshot.findings if one.key in calls or _is_decided_here(one, later)]


def _is_decided_here(one: Finding, later: set[str]) -> bool:
    return one.step in later and not one.key.startswith(DISCHARGE) and one.level.rank >= Level.REVIEW.rank


class Alarm(VerdictBanner):
    """What calls for a provider, in large words until it is decided; quieter once the values are good again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        found = snapshot.calls
        self.setVisible(bool(found))
        if found:
            titles = ". ".join(one.title for one in found)
            actions = " ".join(dict.fromkeys(one.action for one in found))
            calm = all(one.eased for one in found)
            level, title = (Level.REVIEW, "Tell the provider") if calm else (Level.STOP, "Call the provider now")
            self.show_verdict(level, title, f"{titles}. {actions}")
