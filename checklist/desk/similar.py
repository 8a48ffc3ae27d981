"""Patients who are easily taken for one another."""

from decimal import Decimal
from difflib import SequenceMatcher

from checklist.errors import NotUnderstood
from checklist.model import Patient
from checklist.parse import parse_date
from checklist.protocol import Protocol
from checklist.times import Moment, written_date

SECOND_IDENTIFIER = ("identity.second", "ready.second")
"""Items that take a second identifier, typed or scanned, while somebody of a similar name is expected today."""


def similar(one: Patient, other: Patient, protocol: Protocol) -> bool:
    """Same or nearly the same full name, or the same birth date with the same family name: easily mixed up.

    Nearly: alike by `desk.similar_names` % or more, as Smith and Smyth or Jon and John are on a list.
    """
    if one.id == other.id:
        return False
    same_family = one.family.casefold() == other.family.casefold()
    return (same_family and one.born == other.born) or _are_close(one, other, protocol.limit("desk.similar_names"))


def _are_close(one: Patient, other: Patient, percent: Decimal) -> bool:
    """The upper bounds of the likeness come first: they cost little, and part nearly all names."""
    names = [f"{p.family} {p.given}".casefold() for p in (one, other)]
    matcher = SequenceMatcher(None, names[0], names[1])
    measures = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(measure() * 100 >= percent for measure in measures)


def check_identifier(typed: str, patient: Patient, now: Moment) -> None:
    """Raises NotUnderstood unless it is the patient's MRN, or the birth date. Blanks and capitals do not matter."""
    said, mrn = _plain(typed), _plain(patient.mrn)
    if (mrn and said == mrn) or _is_birth_date(typed, patient, now):
        return
    raise NotUnderstood(
        f"“{typed[:40]}” is neither the MRN nor the birth date of {patient.display_name}, born "
        f"{written_date(patient.born)}. Nothing was saved. Look at the patient's own paper or wristband: somebody of a "
        "similar name comes today."
    )


def _is_birth_date(typed: str, patient: Patient, now: Moment) -> bool:
    try:
        return parse_date(typed, today=now.local.date()) == patient.born
    except NotUnderstood:
        return False


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
