"""What medicines weigh by their last dose and together, what an answer makes of an entry, and what typing offers."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial

import pytest

from checklist.medicines import Match, MedicineTable, Suggester, combined, confirmed, entry_findings, find
from checklist.medicines.judge import ClassFinding
from checklist.resources import read_text
from tests.approved import approved
from tests.medicines.test_what_is_read import written_match

HOURS = {
    "Xanax": ("not known", "0", "12", "12.01", "24", "24.01", "NaN", "Infinity", "-1"),
    "ambien 10": ("12", "12.1"),
    "wine 2 glasses": ("24", "24.1"),
    "nardil": ("336", "336.1"),
    "clonidine": ("1", "1000"),
    "fentanyl": ("24", "100"),
    "fentanyl patch": ("not known", "100"),
    "Contrave": ("not known", "1000"),
    "Norgesic": ("not known", "1000"),
    "Tylenol": ("not known", "1"),
    "lexipro": ("not known", "1000"),
    "desowenn": ("not known", "1000"),
    "sleeping pill": ("not known", "1000"),
    "antibiotic": ("1",),
    "tonic": ("1",),
}
TOGETHER = (
    "",
    "ambien",
    "ambien@8; gabapentin",
    "ambien@13; gabapentin",
    "ambien@2; zolpidem@2",
    "butisol@24; gabapentin@2",
    "butisol@25; gabapentin@2",
    "Tuxarin",
    "fentanyl patch@60; ambien@2",
    "ambien; gabapentin; Xanax; benadryl",
    "Adderall@3; Sudafed@3",
    "Adderall@30; Sudafed@3",
    "Strattera",
    "Effexor",
    "Strattera; pressure",
    "Effexor; pressure",
    "pressure",
    "zyvox; Zoloft",
    "zyvox; Zoloft; St John's Wort",
    "zyvox; Tylenol",
    "zyvox",
    "tramadol@100; Zoloft; Tylenol",
    "tramadol; mdma",
    "Zoloft; Prozac",
    "dextromethorphan; lithium",
    "lexipro; nardil",
    "tramadol@2; amitriptyline@2; ambien@2; nardil@2; Sudafed@2; pressure",
)
ANSWERS = (
    ("lexipro 20mg", "escitalopram"),
    ("lexipro 20mg", "LEXAPRO"),
    ("lexipro 20mg", " Lexapro (escitalopram) "),
    ("lexipro 20mg", "prozac"),
    ("lexipro 20mg", ""),
    ("sertralinne 50", ""),
    ("sertralinne 50", " ; "),
    ("lexipro, zolpidemm", "zolpidem;Lexapro"),
    ("lexipro, zolpidemm", ";zolpidem;"),
    ("clonidin", "clonazepam"),
    ("clonidin", "clonidine"),
    ("desowenn tonic", "DesOwen"),
    ("percosett", "oxycodone + acetaminophen"),
    ("percosett", "oxycodone"),
    ("pot, Lexapro", "cannabis"),
    ("T3", "liothyronine"),
    ("T3", "Tylenol with codeine"),
    ("Tylenol 31tab", "Tylenol 3"),
    ("Tylenol 31tab", "TYLENOL"),
    ("street drugs", "none"),
    ("fentanil patch", "fentanyl"),
)
PREFIXES = (
    "| |-|a|b|la|lex|LEX|lexapro|lexapro |lexapro 10|xan|ser|met|hyd|ati|kl|sal|perc|pm|wort|st john|st. john's|iron|"
    "advil|pot|ice|coq|co q|5-h|2c|tylenol 3|vitamin d|insulin|zolpidemm|xolpidem|klonopinn|sertralin x|qqq|zz|mol|"
    "hcl|ol p"
).split("|")


def weighed(table: MedicineTable, typed: str, hours: str, continuous: bool) -> str:
    (match,) = find(table, typed)
    found = entry_findings(table, match, None if hours == "not known" else Decimal(hours), continuous)
    lines = []
    for each in found:
        named = ", ".join(one.display for one in each.ingredients) or "nothing named"
        presumed = ", presumed" if each.presumed else ""
        lines.append(f"{each.level} {each.interaction.id}: {named}, {each.timing}{presumed}")
    return "\n".join(lines) or "nothing to judge"


def together(table: MedicineTable, list_of_rows: str) -> str:
    rows: list[tuple[Match, tuple[ClassFinding, ...]]] = []
    typed = [part for part in list_of_rows.split("; ") if part not in ("", "pressure")]
    for each in typed:
        text, _, hours = each.partition("@")
        since = Decimal(hours) if hours else None
        rows += [(match, entry_findings(table, match, since)) for match in find(table, text)]
    found = combined(table, rows, "pressure" in list_of_rows)
    return (
        "\n".join(f"{each.level} {each.rule}\n  {each.title}\n  {each.action}\n  ({each.source})" for each in found)
        or "nothing"
    )


def answered(table: MedicineTable, typed: str, chosen: str) -> str:
    return "\n".join(written_match(table, match) for match in confirmed(find(table, typed), chosen))


def offered(table: MedicineTable, prefix: str, limit: int) -> str:
    return (
        "\n".join(
            f"{each.text} ({each.display}{f', {each.brand}' if each.brand else ''}) {each.level} {each.class_name}: "
            f"{', '.join(one.name for one in each.ingredients)}"
            for each in Suggester(table).suggest(prefix, limit)
        )
        or "nothing"
    )


Say = Callable[[MedicineTable], str]
CASES: dict[str, dict[str, Say]] = {
    "medicines_by_last_dose": {
        **{
            f"{typed}, {hours}{'' if hours == 'not known' else ' h ago'}": partial(
                weighed, typed=typed, hours=hours, continuous=False
            )
            for typed, every in HOURS.items()
            for hours in every
        },
        "fentanyl, 100 h ago, but a patch by the nurse's word": partial(
            weighed, typed="fentanyl", hours="100", continuous=True
        ),
    },
    "medicines_together": {f"list: {rows}": partial(together, list_of_rows=rows) for rows in TOGETHER},
    "medicines_answered": {
        f"{typed} -> {chosen}": partial(answered, typed=typed, chosen=chosen) for typed, chosen in ANSWERS
    },
    "medicines_while_typing": {
        **{f"typed: “{prefix}”": partial(offered, prefix=prefix, limit=8) for prefix in PREFIXES},
        "typed: “a”, three wanted": partial(offered, prefix="a", limit=3),
        "typed: “met”, thirty wanted": partial(offered, prefix="met", limit=30),
    },
}


@cache
def _table() -> MedicineTable:
    return MedicineTable.load(read_text)


def _of_table(say: Say) -> Callable[[], str]:
    return lambda: say(_table())


SAID = {name: {case: _of_table(say) for case, say in cases.items()} for name, cases in CASES.items()}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases])
def test_medicines_are_judged_word_for_word_as_approved(table: MedicineTable, name: str, case: str) -> None:
    assert CASES[name][case](table) == approved(name)[case]


@pytest.mark.parametrize("name", CASES)
def test_every_approved_judgement_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(CASES[name])
