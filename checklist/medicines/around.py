"""Which words of a part may be ignored beside a medicine's name: dose, route, frequency, form, reason, filler.

A word is judged with its neighbours, because the same word can be harmless or decisive: "before bed" and "before the
infusion", "used daily" and "used to take", "10 mg/d" and "calcium with D".
"""

from collections.abc import Sequence

from checklist.medicines import words
from checklist.medicines.text import Word


def ignored_flags(part: Sequence[Word]) -> list[bool]:
    """For each word of a part whether it may be ignored beside a name."""
    texts = [word.text for word in part]
    reasons = _reason_flags(texts)
    plain = [reason or word.is_number or word.text in words.IGNORED for word, reason in zip(part, reasons, strict=True)]
    return [_is_ignored_there(part, texts, plain, place) for place in range(len(part))]


def are_amounts(part: Sequence[Word]) -> bool:
    """Whether the words only say how much and how often."""
    return all(
        ignored and (word.is_number or word.text in words.AMOUNTS)
        for word, ignored in zip(part, ignored_flags(part), strict=True)
    )


def is_continuous(texts: Sequence[str]) -> bool:
    """Whether the words name a form that counts as taken now: patch, pump, implant, depot, extended release."""
    present = set(texts)
    long_interval = bool(present & words.INTERVALS) and bool(present & words.LONG_INTERVALS)
    return long_interval or bool(present & words.CONTINUOUS)


def _reason_flags(texts: Sequence[str]) -> list[bool]:
    """ "for blood pressure", "prn allergies"; some reasons need no word that says so."""
    said = False
    flags = []
    for text in texts:
        flags.append(text in words.REASONS or (said and text in words.REASONS_IF_SAID))
        said = said or text in words.REASON_SIGNS
    return flags


def _is_ignored_there(part: Sequence[Word], texts: Sequence[str], plain: Sequence[bool], place: int) -> bool:
    text = texts[place]
    before = texts[place - 1] if place else ""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    if (before, text) in words.CHANGES_MEANING or (text, after) in words.CHANGES_MEANING:
        return False
    if text in words.ONLY_BEFORE:
        return after in words.ONLY_BEFORE[text]
    if text == "or":  # "1 or 2 tabs", but not "Lexapro or Zoloft"
        return place + 1 < len(plain) and plain[place + 1]
    if text in words.LETTERS:
        return place > 0 and (part[place - 1].is_number or before in words.BEFORE_LETTERS)
    return plain[place]
