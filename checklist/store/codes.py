"""Codes that are printed and typed: the recovery sheet, the emergency account, a password given for one day.

A code is groups of five signs without 0, O, 1 and I. The last sign of a group is a check over the group and its place,
so that a slip of the pen is named by its group before anything is tried.
"""

import secrets
from hashlib import sha256

from checklist.errors import NotUnderstood

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUP = 5
SHEET_GROUPS = 7  # 28 random signs: 140 bits
TEMPORARY_GROUPS = 3  # 12 random signs: 60 bits, behind Argon2id and the pauses, for one use


def new_code(groups: int = SHEET_GROUPS) -> str:
    """`7KQ2M-…`: fresh random groups."""
    return "-".join(_group(place, _random(GROUP - 1)) for place in range(groups))


def parse_code(typed: str, groups: int = SHEET_GROUPS) -> str:
    """The code as it was printed; blanks, hyphens and small letters do not matter. Raises NotUnderstood."""
    signs = [sign for sign in typed.upper() if not sign.isspace() and sign not in "-\u2010\u2011\u2013\u2014_."]
    strange = sorted({sign for sign in signs if sign not in SIGNS})
    if strange:
        raise NotUnderstood(
            f"The code has no “{strange[0]}”. Nothing was tried. "
            "It is made of the digits 2 to 9 and of letters without O and I; look at the sheet again."
        )
    if len(signs) != groups * GROUP:
        raise NotUnderstood(
            f"The code has {groups} groups of {GROUP}, {groups * GROUP} signs; {len(signs)} were typed. "
            "Nothing was tried. Type all groups."
        )
    found = ["".join(signs[start : start + GROUP]) for start in range(0, len(signs), GROUP)]
    for place, group in enumerate(found):
        if group != _group(place, group[:-1]):
            raise NotUnderstood(
                f"Group {place + 1}, “{group}”, is not as it was printed. Nothing was tried. "
                "Compare it with the sheet, sign by sign."
            )
    return "-".join(found)


def _random(signs: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(signs))


def _group(place: int, signs: str) -> str:
    return signs + SIGNS[sha256(f"{place}:{signs}".encode()).digest()[0] % len(SIGNS)]
