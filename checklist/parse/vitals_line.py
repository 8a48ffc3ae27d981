"""The words and digits of a vitals line: which number belongs to which sign, before anything is judged.

`142/88 76 98 14 36.7`, `bp 142/88 hr 76`, `1405 142/88 76 98% 14 s4` and `14288769814367` all become the same kind of
`Line`. Digits without spaces are parted in every way the reject limits allow; only a single way is accepted.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from checklist.errors import NotUnderstood
from checklist.parse.clock_words import read_clock
from checklist.parse.typed import quoted, readable, refusal


class Sign(StrEnum):
    """One number of a reading; the values are the names of `model.Reading`."""

    SBP = "sbp"
    DBP = "dbp"
    HR = "hr"
    SPO2 = "spo2"
    RR = "rr"
    TEMP = "temp_c"
    OXYGEN = "oxygen_l_min"
    MOAAS = "moaas"
    DISSOCIATION = "dissociation"
    NAUSEA = "nausea"
    PAIN = "pain"
    AGITATION = "agitation"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. `clock` is the typed time or empty; `fahrenheit` when °F stands at the temperature."""

    clock: str
    values: Mapping[Sign, Decimal]
    fahrenheit: bool


Possible = Callable[[Sign, Decimal], bool]

_SCALES = ((Sign.MOAAS,), (Sign.MOAAS, Sign.DISSOCIATION))
_ORDER = (Sign.SBP, Sign.DBP, Sign.HR, Sign.SPO2, Sign.RR)
_WIDTHS: Mapping[Sign, tuple[int, ...]] = {
    Sign.SBP: (2, 3),
    Sign.DBP: (2, 3),
    Sign.HR: (2, 3),
    Sign.SPO2: (2, 3),
    Sign.RR: (1, 2),
    Sign.TEMP: (3,),
    Sign.MOAAS: (1,),
    Sign.DISSOCIATION: (1,),
}
_WORDS: Mapping[str, Sign] = {
    "hr": Sign.HR, "pulse": Sign.HR,
    "spo2": Sign.SPO2, "sat": Sign.SPO2, "sats": Sign.SPO2,
    "rr": Sign.RR, "resp": Sign.RR,
    "t": Sign.TEMP, "temp": Sign.TEMP,
    "o2": Sign.OXYGEN, "oxygen": Sign.OXYGEN,
    "s": Sign.MOAAS, "sed": Sign.MOAAS, "sedation": Sign.MOAAS, "moaas": Sign.MOAAS, "moaa/s": Sign.MOAAS,
    "d": Sign.DISSOCIATION, "diss": Sign.DISSOCIATION, "dissociation": Sign.DISSOCIATION,
    "n": Sign.NAUSEA, "nausea": Sign.NAUSEA,
    "p": Sign.PAIN, "pain": Sign.PAIN,
    "a": Sign.AGITATION, "agit": Sign.AGITATION, "agitation": Sign.AGITATION,
}  # fmt: skip
_UNITS: Mapping[str, tuple[Sign, ...]] = {
    "%": (Sign.SPO2,),
    "l": (Sign.OXYGEN,), "lpm": (Sign.OXYGEN,), "l/min": (Sign.OXYGEN,),
    "c": (Sign.TEMP,), "°c": (Sign.TEMP,), "f": (Sign.TEMP,), "°f": (Sign.TEMP,),
    "bpm": (Sign.HR,), "/min": (Sign.HR, Sign.RR),
}  # fmt: skip
# A comma before a single digit is a decimal comma, any other comma parts two values.
_NUMBER = r"[0-9]{1,24}(?:\.[0-9]{1,2}|,[0-9](?![0-9]))?"
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_WORD = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_PIECE = re.compile(
    rf"""(?:
      @\ ?(?P<at>[0-9]{{1,2}}:?[0-9]{{2}})
    | (?P<clock>[0-9]{{1,2}}:[0-9]{{2}})
    | (?P<air>room\ air|ra|air)
    | (?:(?:bp|nibp)[ :=]*)?(?P<sbp>[0-9]{{1,4}})\ ?/\ ?(?P<dbp>[0-9]{{1,4}})(?:\ ?mmhg)?
    | (?P<word>{_WORD})(?P<gap>[ :=]*)(?P<named>{_NUMBER})(?:\ ?(?P<named_unit>{_UNIT}))?
    | (?P<number>{_NUMBER})(?:\ ?(?P<unit>{_UNIT}))?
    )(?=[ ,;·|]|$)""",
    re.VERBOSE,
)
_SHORTEST_SET = 9  # digits of 90/60 50 98 9
_GAP = re.compile(r"[ ,;·|]*")


class _Reader:
    """Takes the pieces of one line in order. Lives only as long as `read_line`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clock = ""
        self.values: dict[Sign, Decimal] = {}
        self.fahrenheit = False
        self.groups: list[str] = []  # digits without a word or unit, in order
        self.groups_before_pressure = 0
        self.has_slash = False

    def take(self, piece: re.Match[str]) -> None:
        if piece["air"]:
            self._set(Sign.OXYGEN, Decimal(0))
        elif piece["sbp"]:
            self.has_slash, self.groups_before_pressure = True, len(self.groups)
            self._set(Sign.SBP, Decimal(piece["sbp"]))
            self._set(Sign.DBP, Decimal(piece["dbp"]))
        elif piece["word"]:
            self._named(piece)
        elif piece["number"]:
            self._number(piece["number"], piece["unit"] or "")
        else:
            self._time(piece["at"] or piece["clock"])

    def _named(self, piece: re.Match[str]) -> None:
        sign, unit = _WORDS[piece["word"]], piece["named_unit"] or ""
        if piece["word"][-1].isdecimal() and not piece["gap"]:
            raise refusal(self.text, f"is unclear at “{piece[0]}”", f"Put a space after {piece['word']}.")
        if unit and sign not in _UNITS[unit]:
            raise refusal(self.text, f"has a unit that does not belong at “{piece[0]}”", "Correct the line.")
        self._measured(sign, piece["named"], unit)

    def _number(self, number: str, unit: str) -> None:
        if unit == "/min":
            raise refusal(self.text, f"is unclear at “{number} /min”", "Type hr or rr before it.")
        if unit:
            self._measured(_UNITS[unit][0], number, unit)
        elif number.isdecimal():
            self.groups.append(number)
        else:
            self._measured(Sign.TEMP, number, "")  # no other sign has decimals

    def _measured(self, sign: Sign, number: str, unit: str) -> None:
        self.fahrenheit = self.fahrenheit or unit in ("f", "°f")
        self._set(sign, Decimal(number.replace(",", ".")))

    def _set(self, sign: Sign, value: Decimal) -> None:
        if sign in self.values:
            raise refusal(self.text, "gives one sign twice", "Leave one of them out.")
        self.values[sign] = value

    def _time(self, clock: str) -> None:
        if self.clock:
            raise refusal(self.text, "gives two times", "Leave one of them out.")
        self.clock = clock


def read_line(text: str, possible: Possible, *, sedation_last: bool, unfinished: bool = False) -> Line:
    """The line with each number at its sign. `possible` says what the reject limits allow.

    `sedation_last` lets a last single digit be MOAA/S and one more be dissociation: `14 5`, `14 5 0`, `1450`.
    `unfinished` also reads digits that stop early, for the preview.
    Raises NotUnderstood.
    """
    reader = _pieces(text)
    readings = list(dict.fromkeys(_readings(reader, possible, sedation_last, unfinished)))
    if len(readings) > 1:
        ways = " or ".join(_spaced(dict(values)) for _, values in readings[:2])
        raise refusal(text, f"could be read as {ways}", "Put spaces between the numbers.")
    if not readings:
        raise _no_reading(reader)
    clock, values = readings[0]
    return Line(clock, {**reader.values, **dict(values)}, reader.fahrenheit)


def _pieces(text: str) -> _Reader:
    reader, plain, at = _Reader(text), readable(text), 0
    while (at := _end_of_gap(plain, at)) < len(plain):
        piece = _PIECE.match(plain, at)
        if piece is None:
            raise refusal(
                text, f"is not understood at {quoted(plain[at:].split(' ')[0])}", "Type it like 142/88 76 98 14 36.7."
            )
        reader.take(piece)
        at = piece.end()
    return reader


def _end_of_gap(plain: str, at: int) -> int:
    gap = _GAP.match(plain, at)
    assert gap is not None  # the pattern matches nothing as well
    return gap.end()


_Values = tuple[tuple[Sign, Decimal], ...]


def _readings(
    reader: _Reader, possible: Possible, sedation_last: bool, unfinished: bool
) -> Iterator[tuple[str, _Values]]:
    """Every way to give the bare digits to the signs, with the time that the first of them may be."""
    for clock, groups, before in _with_and_without_time(reader):
        if reader.has_slash and before:
            continue  # numbers before the pressure have no place in the order
        for signs in _orders(reader, sedation_last, unfinished):
            for values in _placed(groups, signs, possible):
                yield clock, values


def _with_and_without_time(reader: _Reader) -> Iterator[tuple[str, list[str], int]]:
    yield reader.clock, reader.groups, reader.groups_before_pressure
    first = reader.groups[0] if reader.groups else ""
    if not reader.clock and len(first) == 4 and read_clock(first) is not None:
        yield first, reader.groups[1:], reader.groups_before_pressure - 1


def _orders(reader: _Reader, sedation_last: bool, unfinished: bool) -> Iterator[tuple[Sign, ...]]:
    """The signs that bare numbers can stand for, in their order; a part of a set needs its pressure with a slash."""
    base = tuple(sign for sign in _ORDER if sign not in reader.values)
    if not reader.groups or reader.has_slash:
        yield from (base[:count] for count in range(len(base)))
    elif unfinished:
        yield from (base[:count] for count in range(2, len(base)))
    yield base
    for last in ((Sign.TEMP,), *(_SCALES if sedation_last else ())):
        if not any(sign in reader.values for sign in last):
            yield (*base, *last)


def _placed(groups: list[str], signs: tuple[Sign, ...], possible: Possible) -> Iterator[_Values]:
    if all(len(group) <= 3 for group in groups):
        values = _one_each(groups, signs)
        if values is not None:
            yield values
        return
    for pieces in _parted(groups, signs):
        values = tuple((sign, _value(sign, piece)) for sign, piece in zip(signs, pieces, strict=True))
        found = dict(values)
        upright = found.get(Sign.DBP, Decimal(0)) < found.get(Sign.SBP, Decimal("Infinity"))
        if upright and all(possible(sign, value) for sign, value in values):
            yield values


def _one_each(groups: list[str], signs: tuple[Sign, ...]) -> _Values | None:
    """Spaces were typed: each group is one sign, judged later so that the sentence can name the wrong one."""
    if len(groups) != len(signs):
        return None
    scales = [place for place, sign in enumerate(signs) if sign in _SCALES[-1]]
    if any(len(groups[place]) != 1 for place in scales) or (signs[-1:] == (Sign.TEMP,) and len(groups[-1]) == 1):
        return None
    return tuple((sign, _value(sign, group)) for sign, group in zip(signs, groups, strict=True))


def _parted(groups: list[str], signs: tuple[Sign, ...]) -> Iterator[tuple[str, ...]]:
    """All ways to cut the groups, in order, into pieces as wide as their signs; no value goes over a space."""
    if not groups or not signs:
        if not groups and not signs:
            yield ()
        return
    group, later = groups[0], groups[1:]
    for width in _WIDTHS[signs[0]]:
        piece, left = group[:width], group[width:]
        if len(piece) < width or (piece[0] == "0" and width > 1):
            continue
        for rest in _parted([left, *later] if left else later, signs[1:]):
            yield (piece, *rest)


def _value(sign: Sign, digits: str) -> Decimal:
    """The number of a group; a temperature of three digits is in tenths (367)."""
    tenths = sign is Sign.TEMP and len(digits) == 3
    return Decimal(digits) / 10 if tenths else Decimal(digits)


def _spaced(values: Mapping[Sign, Decimal]) -> str:
    pressure = f"{values[Sign.SBP]}/{values[Sign.DBP]}" if Sign.SBP in values else ""
    others = (str(value) for sign, value in values.items() if sign not in (Sign.SBP, Sign.DBP))
    return f"“{' '.join(part for part in (pressure, *others) if part)}”"


def _no_reading(reader: _Reader) -> NotUnderstood:
    if not reader.has_slash and len("".join(reader.groups)) < _SHORTEST_SET:
        return refusal(reader.text, "has numbers without a name", "Type the pressure like 142/88, others like hr 76.")
    return refusal(
        reader.text, "does not part into vital signs in one way", "Type it with spaces: 142/88 76 98 14 36.7."
    )
