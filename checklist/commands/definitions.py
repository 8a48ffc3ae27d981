"""Scores and formulas that are published as they are: no settings, but shown beside the limits so that all is read."""

from collections.abc import Callable, Iterator

from checklist.rules import dose, news2
from checklist.rules.questionnaires import gad7_band, phq9_band
from checklist.rules.texts import number

Row = tuple[str, str]
HIGHEST = {"PHQ-9": 27, "GAD-7": 21}


def rows() -> Iterator[Row]:
    """Name and definition, read from the rules themselves."""
    yield from _news2()
    yield "PHQ-9", _bands(phq9_band, HIGHEST["PHQ-9"])
    yield "GAD-7", _bands(gad7_band, HIGHEST["GAD-7"])
    bases = ", ".join(f"{sex.value} {number(base)} kg" for sex, base in dose.DEVINE_BASE_KG.items())
    inches = number(dose.DEVINE_FROM_INCHES)
    yield (
        "Ideal weight (Devine)",
        f"{bases}, and {number(dose.DEVINE_KG_PER_INCH)} kg for each inch over {inches} in; none under {inches} in",
    )
    yield "Adjusted weight", f"ideal + {number(dose.ADJUSTED_PART)} x (actual - ideal)"
    yield "Conversions", "1 lb = 0.45359237 kg; 1 in = 2.54 cm; °C = (°F - 32) x 5/9; mg/dL = mmol/L x 18.0182"


def _news2() -> Iterator[Row]:
    for name, unit, steps, above in news2.PUBLISHED:
        said = [f"{points} up to {highest} {unit}" for highest, points in steps]
        yield f"NEWS2 {name}", "; ".join([*said, f"{above} above"])
    yield "NEWS2 oxygen", f"{news2.OXYGEN} on oxygen, 0 on air"
    yield "NEWS2 consciousness", f"0 alert; {news2.NOT_ALERT} confused, voice, pain or unresponsive"
    low_medium = f"a single part of {news2.SINGLE} low-medium"
    yield "NEWS2 risk", f"from {news2.MEDIUM_FROM} medium; from {news2.HIGH_FROM} high; below that low, {low_medium}"


def _bands(band: Callable[[int], str], highest: int) -> str:
    """`0-4 minimal; 5-9 mild …`."""
    totals = range(highest + 1)
    names = list(dict.fromkeys(band(total) for total in totals))
    spans = [[total for total in totals if band(total) == name] for name in names]
    return "; ".join(f"{span[0]}-{span[-1]} {name}" for name, span in zip(names, spans, strict=True))
