"""Typed text made readable for the parsers, and the two ways to answer it: a refusal or a question.

Digits of every script (full-width, Arabic-Indic, Devanagari ...) become 0-9, because keyboards and pasted text bring
them; look-alike signs (½, ², ①) are left as they are, so that they are refused and never read as another number.
"""

import unicodedata

from checklist.errors import NeedsConfirmation, NotUnderstood

LONGEST = 200  # characters of one short field; longer text is a paste into the wrong place
_SHOWN = 40  # characters of the typed text that a sentence repeats
_SIGNS = str.maketrans(
    {
        "\u2019": "'", "\u2018": "'", "\u2032": "'", "\u02b9": "'", "\uff07": "'",
        "\u201d": '"', "\u201c": '"', "\u2033": '"', "\u02ba": '"', "\uff02": '"',
        "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\uff0d": "-",
        "\uff0e": ".", "\uff0c": ",", "\u066b": ".", "\uff1a": ":", "\uff0f": "/", "\u2044": "/",
        "\uff05": "%", "\u066a": "%", "\uff20": "@", "\uff0b": "+", "\u2103": "°c", "\u2109": "°f", "\u00ba": "°",
    }
)  # fmt: skip


def readable(text: str) -> str:
    """Lower case, ASCII digits and signs, single spaces, no invisible characters.

    Raises NotUnderstood when it is longer than `LONGEST`.
    """
    if len(text) > LONGEST:
        raise refusal(text, "is too long for this field")
    return " ".join("".join(_plain(char) for char in text.translate(_SIGNS)).lower().split())


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    # Direction marks and zero-width joiners come along when text is pasted; nobody can see them.
    return "" if unicodedata.category(char) == "Cf" else char


def quoted(text: str) -> str:
    """The typed text as a sentence repeats it: in quotes, short, and with nothing unprintable in it."""
    clean = "".join(char if char.isprintable() else " " for char in text).strip()
    shown = clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"
    return f"“{shown}”"


def refusal(text: str, why: str, instead: str = "") -> NotUnderstood:
    """`“2561” is not a time. Type it like 2130. Nothing was changed.`"""
    return NotUnderstood(" ".join(part for part in (f"{quoted(text)} {why}.", instead, "Nothing was changed.") if part))


def question(what: str) -> NeedsConfirmation:
    """`SpO2 87 is unusual (88–100 %). Confirm it, or type it again. Nothing was saved yet.`"""
    return NeedsConfirmation(f"{what} Confirm it, or type it again. Nothing was saved yet.")
