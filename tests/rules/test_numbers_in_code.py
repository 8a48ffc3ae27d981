"""No clinical number in code: what a rule compares with is a limit of the protocol, or the definition of a score."""

import ast
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "checklist" / "rules"
ARITHMETIC = {-1, 0, 1, 2, 60, 100}
"""Signs, places, halves and pairs; minutes of an hour; per cent."""
DEFINITIONS: dict[str, dict[str, str]] = {
    "news2.py": {
        "_RR": "NEWS2 (RCP 2017)", "_SPO2_SCALE_1": "NEWS2", "_SPO2_SCALE_2": "NEWS2", "_SPO2_SCALE_2_OXYGEN": "NEWS2",
        "_SBP": "NEWS2",
        "_PULSE": "NEWS2", "_TEMP": "NEWS2", "_ABOVE": "NEWS2", "_TEMP_ABOVE, OXYGEN, NOT_ALERT": "NEWS2",
        "MEDIUM_FROM, HIGH_FROM, SINGLE": "NEWS2", "MOAAS_VOICE": "MOAA/S 3 is the V of ACVPU",
    },
    "dose.py": {
        "CM_PER_INCH": "exact", "DEVINE_BASE_KG": "Devine", "DEVINE_KG_PER_INCH": "Devine",
        "ADJUSTED_PART": "adjusted weight", "rate_mcg_kg_min": "micrograms of a milligram",
        "check_fingerprint": "length of a hash",
    },
    "dose_warnings.py": {"_amount": "decimals of mg/kg shown"},
    "facts.py": {"_asq_positive": "numbers of the ASQ questions", "fingerprint": "length of a hash"},
    "interval.py": {"assess": "hours of a day"},
    "followup.py": {"SATURDAY": "place of the day in a week that begins on Monday"},
    "forms.py": {"PHQ9": "PHQ-9", "GAD7": "GAD-7"},
    "labs.py": {"_alt": "decimals of a multiple shown"},
    "allergies.py": {"_LONGEST": "letters that a title repeats"},
    "consent.py": {"expires": "months of a year"},
    "departure.py": {"_NAMED": "how many points a finding names"},
    "verdict.py": {"_NAMED": "how many items a sentence names"},
    "recovery.py": {"_NAMED": "how many criteria a sentence names"},
    "views.py": {"_vitals": "how many signs a summary names"},
    "questionnaires.py": {
        "ITEM_NINE": "PHQ-9", "_PHQ9": "PHQ-9", "_GAD7": "GAD-7", "phq9_band": "PHQ-9", "gad7_band": "GAD-7",
        "phq9": "PHQ-9", "COUNTS": "questions of the PHQ-9 and the GAD-7",
        "total_of": "answers 0 to 3", "phq9_course": "response and remission (reference 7.7)",
        "stop_bang_risk": "STOP-Bang",
    },
}  # fmt: skip
"""File and name of the function or constant, and what it defines. Scores are shown by `checklist protocol show`."""


def numbers(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and text of each literal number that is no plain arithmetic, `Decimal("0.5")` as well."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in ARITHMETIC:
            found.append((node.lineno, str(node.value)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Decimal" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.append((node.lineno, first.value))
    return found


def name_of(part: ast.stmt) -> str:
    match part:
        case ast.FunctionDef() | ast.ClassDef():
            return part.name
        case ast.Assign():
            return ", ".join(ast.unparse(target).strip("()") for target in part.targets)
        case ast.AnnAssign():
            return ast.unparse(part.target)
        case _:
            return ""


def undefined(file: str, source: str) -> list[str]:
    known = DEFINITIONS.get(file, {})
    return [
        f"{file}:{line}: {number} in {name_of(part) or 'the module'}"
        for part in ast.parse(source).body
        if name_of(part) not in known
        for line, number in numbers(part)
    ]


@pytest.mark.parametrize("file", sorted(RULES.glob("*.py")), ids=lambda file: file.name)
def test_a_rule_holds_no_number_of_its_own(file: Path) -> None:
    assert undefined(file.name, file.read_text(encoding="utf-8")) == []


def test_every_definition_that_is_allowed_is_still_there_and_holds_a_number() -> None:
    for file, names in DEFINITIONS.items():
        parts = {name_of(part): part for part in ast.parse((RULES / file).read_text(encoding="utf-8")).body}
        assert {name for name in names if name not in parts or not numbers(parts[name])} == set(), file


@pytest.mark.parametrize(
    "line",
    [
        "HOLD = 160",
        'def hold(sbp): return sbp >= Decimal("160")',
        "def hold(sbp: int) -> bool:\n    return sbp > 159.5",
    ],
)
def test_a_number_that_slips_in_is_noticed(line: str) -> None:
    assert undefined("baseline.py", line) != []
