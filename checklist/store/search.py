"""Finding a patient by the first letters: both what is stored and what is typed are folded to plain words.

Marks go (`Nguyễn` is found by `nguyen`), letters that Unicode does not take apart are spelled out (`Łukasz`, `Straße`),
a birth date is stored in each form people type, names in Chinese, Japanese and Korean can be entered from any letter.
Words go into an ordinary table and are compared as ranges, so that nothing typed can be query syntax.
"""

import re
import unicodedata
from datetime import date

from checklist.model import Patient
from checklist.times import MONTHS

MOST_WORDS = 8
SHORTEST_PHONE_END = 4
LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SPELLED = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_BETWEEN_WORDS = re.compile(r"[\s,;]+")
# Hangul letters (what NFKD makes of syllables), then kana to Han, then compatibility Han, then the rarer Han.
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Small letters without marks."""
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_SPELLED)


def squash(text: str) -> str:
    """Only letters, figures and pictures, folded and without anything between: `O'Brien` is `obrien`."""
    return "".join(c for c in fold(text) if _counts(c))


def name_key(family: str, given: str) -> str:
    """What two spellings of one name have in common; also the order of lists."""
    return f"{squash(family)} {squash(given)}"


def typed_words(text: str) -> tuple[str, ...]:
    """The words to look for; a word of nothing but punctuation is none."""
    words = [squash(word) for word in _BETWEEN_WORDS.split(fold(text))]
    return tuple(word for word in words if word)[:MOST_WORDS]


def patient_words(patient: Patient) -> frozenset[str]:
    """Every word whose beginning finds this patient."""
    names = set[str]()
    for name in (patient.family, patient.given, patient.preferred, patient.title):
        names |= _words(name)
    full_name = squash(patient.family + patient.given)
    for name in (*names, full_name):
        names |= _ends_of_east_asian(name)
    number = _words(patient.mrn)
    bare = {word.lstrip("0") for word in number}
    return frozenset((names | number | bare | _birth_words(patient.born) | _phone_words(patient.phone)) - {""})


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "So"


def _words(text: str) -> set[str]:
    """`Smith-Jones` as `smithjones`, `smith` and `jones`."""
    folded = fold(text)
    parts = "".join(c if _counts(c) else " " for c in folded).split()
    return {squash(text), *parts, *(squash(word) for word in _BETWEEN_WORDS.split(folded))}


def _ends_of_east_asian(word: str) -> set[str]:
    """`王小明` also as `小明` and `明`: these names are not split by blanks, and people look for the given name."""
    return {word[found.start() :] for found in _EAST_ASIAN.finditer(word)}


def _birth_words(born: date) -> set[str]:
    """14-Mar-1986 as 14031986, 03141986, 19860314, 14mar1986, mar141986, mar1986, ... also unpadded and with 86."""
    days, months = {f"{born.day:02d}", str(born.day)}, {f"{born.month:02d}", str(born.month)}
    year = f"{born.year:04d}"
    numbers = {
        first + second + written
        for day in days
        for month in months
        for first, second in ((day, month), (month, day))
        for written in (year, year[2:])
    }
    names = (MONTHS[born.month - 1].casefold(), LONG_MONTHS[born.month - 1])
    spelled = {day + name + year for day in days for name in names}
    spelled |= {name + day + year for day in days for name in names} | {name + year for name in names}
    return numbers | spelled | {f"{year}{born.month:02d}{born.day:02d}"}


def _phone_words(phone: str) -> set[str]:
    """The groups as written, and all digits from any place on, so that the last four find it too."""
    digits = "".join(c for c in fold(phone) if c.isdecimal())
    return _words(phone) | {digits[start:] for start in range(max(1, len(digits) - SHORTEST_PHONE_END + 1))}
