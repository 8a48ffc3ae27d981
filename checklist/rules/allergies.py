"""Allergies of the patient's record: never asked is a hold, ketamine itself a stop, what the clinic touches a note."""

from collections.abc import Iterator

from checklist.model import AllergyState, Level
from checklist.rules.facts import Facts, finding
from checklist.snapshot import Finding

STEP = "identity"
KEY = "patient.allergies"
GIVEN = ("ketamin", "ketalar", "spravato")
"""How the drug of this clinic is written, esketamine and other languages included."""
_TOUCHED = (
    ("latex", ("latex", "rubber")),
    ("adhesive", ("adhesive", "tape", "plaster", "band-aid", "bandaid", "tegaderm")),
    ("chlorhexidine", ("chlorhex", "hibiclens", "chloraprep")),
    ("iodine", ("iodine", "betadine", "povidone")),
    ("alcohol wipes", ("alcohol wipe", "alcohol swab", "isopropyl")),
    (
        "an antiemetic",
        (
            *("ondansetron", "zofran", "granisetron", "metoclopramide", "reglan", "promethazine", "phenergan"),
            *("prochlorperazine", "compazine", "droperidol", "antiemetic", "anti-nausea"),
        ),
    ),
)
"""What touches every patient here (reference 3.2, row 2), and how people write it."""
_LONGEST = 90  # characters of the list that a title repeats; the banner and the paper hold it whole


def findings(facts: Facts) -> Iterator[Finding]:
    state, text = facts.patient.allergy_state, " ".join(facts.patient.allergies.split())
    if state is AllergyState.NOT_ASKED:
        yield _finding(facts, Level.HOLD, "Allergies not asked", "", "Ask, then edit the patient's allergies.")
    elif state is AllergyState.LISTED:
        yield _listed(facts, text)


def _listed(facts: Facts, text: str) -> Finding:
    """What the text names, by a brand or slightly misspelt, too."""
    ingredients = [one.name for match in facts.read(text) for one in match.ingredients]
    written = " ".join((text, *ingredients)).casefold()
    if any(word in written for word in GIVEN):
        return _finding(facts, Level.STOP, "Allergy to ketamine listed", text, "Not today; the provider decides.")
    touched = [name for name, words in _TOUCHED if any(word in written for word in words)]
    if touched:
        title = f"Allergy to {' and '.join(touched)}"
        return _finding(facts, Level.NOTE, title, text, "Use something else; tell everybody who treats the patient.")
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return _finding(facts, Level.INFO, f"Allergies: {shown}", "", "")


def _finding(facts: Facts, level: Level, title: str, detail: str, action: str) -> Finding:
    patient = facts.patient
    inputs = (("allergies", patient.allergies), ("state", patient.allergy_state.value))
    return finding(KEY, level, title, detail, action, STEP, inputs=inputs)
