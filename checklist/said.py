"""What is said of a medicine beside its name and last dose. Part of the model, in a file of its own for its length."""

from dataclasses import dataclass
from enum import StrEnum


class TodayPlan(StrEnum):
    """What was said of a medicine for today (reference 3.3). The program records it and never proposes one."""

    NOT_ASKED = ""
    CONTINUE = "continue"
    HOLD_TODAY = "hold_today"
    PROVIDER_ASKED = "provider_asked"


class SinceLast(StrEnum):
    """Whether a medicine was changed since the last visit, as the patient says."""

    NOT_ASKED = ""
    UNCHANGED = "unchanged"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class MedicineDetails:
    """What else is known of a medicine (reference 3.3). Empty: not asked. `held_by` is on whose advice it is held."""

    route: str = ""
    frequency: str = ""
    since_last: SinceLast = SinceLast.NOT_ASKED
    today: TodayPlan = TodayPlan.NOT_ASKED
    held_by: str = ""


NOTHING_SAID = MedicineDetails()
