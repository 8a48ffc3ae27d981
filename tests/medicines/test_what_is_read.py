"""What is understood of each entry, word for word: medicines, questions, what is left over, and how much it weighs."""

from functools import cache, partial

import pytest

from checklist.medicines import Match, MedicineTable, class_level, entry_findings, entry_level, find
from checklist.resources import read_text
from tests.approved import approved
from tests.medicines.typed import TYPED, file_of


def written(table: MedicineTable, typed: str) -> str:
    return "\n".join(written_match(table, match) for match in find(table, typed)) or "no medicine"


def written_match(table: MedicineTable, match: Match) -> str:
    """`“Lexapro 10” exact: escitalopram (Lexapro), info`, and beneath it what a person must know or answer."""
    names = " + ".join(one.display for one in match.ingredients) or "nothing"
    brand = f" ({match.brand})" if match.brand else ""
    level, shown = class_level(table, match), entry_level(table, match)
    lines = [
        f"“{_plain(match.text)}” {match.certainty}: {names}{brand}, {level}{'' if shown is level else f', now {shown}'}"
    ]
    for each in match.questions:
        lines.append(
            f"{each.kind}: {_plain(each.text)} [{_plain(each.heard)}: {'; '.join(o.label for o in each.options)}]"
        )
    lines += [f"not understood: {', '.join(map(_plain, match.not_understood))}"] if match.not_understood else []
    lines += ["acting on"] if match.continuous else []
    lines += [f"looks like {', '.join(match.look_alikes)}"] if match.look_alikes else []
    lines += [f"presumed: {', '.join(match.presumed_class_ids)}"] if match.presumed_class_ids else []
    presumed = [each for each in entry_findings(table, match) if each.presumed]
    lines += [f"reckoned with: {', '.join(each.interaction.id for each in presumed)}"] if presumed else []
    return "\n  ".join(lines)


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else f"\\{ord(char):x}" for char in text.replace("\n", "⏎"))


@cache
def _table() -> MedicineTable:
    return MedicineTable.load(read_text)


SAID = {
    file_of(topic): {_plain(typed): partial(lambda typed: written(_table(), typed), typed) for typed in TYPED[topic]}
    for topic in TYPED
}


@pytest.mark.parametrize(("topic", "typed"), [(topic, typed) for topic in TYPED for typed in TYPED[topic]])
def test_an_entry_is_read_word_for_word_as_approved(table: MedicineTable, topic: str, typed: str) -> None:
    assert written(table, typed) == approved(file_of(topic))[_plain(typed)]


@pytest.mark.parametrize("topic", TYPED)
def test_every_approved_entry_is_still_typed(topic: str) -> None:
    assert list(approved(file_of(topic))) == [_plain(typed) for typed in TYPED[topic]]
