"""Allergies of the patient's record: never asked is a hold, an allergy to ketamine itself is a stop."""

from collections.abc import Iterator

from checklist.medicines import find
from checklist.model import AllergyState, Level
from checklist.rules.facts import Facts, finding
from checklist.snapshot import Finding

STEP = "identity"
KEY = "patient.allergies"
GIVEN = ("ketamin", "ketalar", "spravato")
"""How the drug of this clinic is written, esketamine and other languages included."""


def findings(facts: Facts) -> Iterator[Finding]:
    state, text = facts.patient.allergy_state, facts.patient.allergies
    if state is AllergyState.NOT_ASKED:
        yield _finding(facts, Level.HOLD, "Allergies not asked", "", "Ask, then edit the patient's allergies.")
    elif state is AllergyState.LISTED and names_ketamine(facts, text):
        yield _finding(facts, Level.STOP, "Allergy to ketamine listed", text, "Not today; the provider decides.")


def names_ketamine(facts: Facts, text: str) -> bool:
    """True when the text names ketamine or esketamine, by a brand or slightly misspelt, too."""
    named = [one.name for match in find(facts.medicines, text) for one in match.ingredients]
    return any(word in name.casefold() for name in (text, *named) for word in GIVEN)


def _finding(facts: Facts, level: Level, title: str, detail: str, action: str) -> Finding:
    patient = facts.patient
    inputs = (("allergies", patient.allergies), ("state", patient.allergy_state.value))
    return finding(KEY, level, title, detail, action, STEP, inputs=inputs)
