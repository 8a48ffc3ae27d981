"""Each refusal and each question, word for word: what was wrong, what to type instead, what was kept."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from checklist.parse import (
    Bounds,
    parse_birth_date,
    parse_date,
    parse_estimate,
    parse_name,
    parse_phone,
    parse_quantity,
    parse_text,
    parse_time,
    parse_vitals,
)
from tests.approved import approved
from tests.parse.clinic import AGE, GLUCOSE, HEIGHT, LIMITS, NOW, TEMPERATURE, TODAY, WEIGHT, at, tried

AT_MOST = Bounds(None, Decimal(100), None, Decimal(50), "mL", 1)
AT_LEAST = Bounds(Decimal(25), None, Decimal(40), None, "kg", 1)
ANY = Bounds(None, None, None, None, "mg/kg", 2)
TIDY = {"\n": "\\n", "\x00": "\\0", "\t": "\\t"}

FIELDS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "phone": (parse_phone, ("010-0142", "12345")),
    "name": (parse_name, ("", "x" * 201, "Ama\x00ra", "\ud800x")),
    "text": (partial(parse_text, limit=12), ("thirteen char",)),
    "date": (
        partial(parse_date, today=TODAY),
        (
            *("", "30-Feb-2020", "14-Mar", "Mon 18-Nov-2026", "19-Nov-2026", "3/4/1986", "14-Mar-86"),
            *("31-Dec-1899", "01-Jan-2200", "x" * 201),
        ),
    ),
    "birth date": (
        lambda typed: parse_birth_date(typed, TODAY, AGE),
        ("1-Jan-1900", "18-Nov-1905", "19-Nov-2008", "17-Nov-1935"),
    ),
    "estimate": (
        lambda typed: parse_estimate(typed, lambda one: parse_time(one, NOW)),
        ("between 09:00 and 08:00", "about banana"),
    ),
    "height": (partial(parse_quantity, bounds=HEIGHT), ("5'12\"", "5'13\"", "6'11.5\"", "6'11,5\"", "1.62", "99")),
    "weight": (
        partial(parse_quantity, bounds=WEIGHT),
        ("x", "1,000", "68.44", "150.255 lb", "68 mg", "400", "10", "39.9", "200.1"),
    ),
    "temperature": (partial(parse_quantity, bounds=TEMPERATURE), ("98.6", "60", "34", "100.44", "36.66")),
    "glucose": (partial(parse_quantity, bounds=GLUCOSE), ("5.5", "5", "69", "301", "3.8 mmol/L")),
    "at most": (partial(parse_quantity, bounds=AT_MOST), ("120", "60")),
    "at least": (partial(parse_quantity, bounds=AT_LEAST), ("20", "30")),
    "any number": (partial(parse_quantity, bounds=ANY), ("0.125", "2 h")),
    "pain": (partial(parse_quantity, bounds=LIMITS.pain), ("x", "4 x", "4.5", "11")),
    "time": (
        partial(parse_time, now=NOW, oldest=timedelta(hours=72)),
        (
            *("", "2561", "1045", "1047", "this morning 1500", "last night 5", "yesterday midnight", "17-Nov midnight"),
            *("yesterday 8", "8", "banana 0800", "17-Nov 2026", "17-Nov 2025", "17-Nov 2027", "3/4 0800"),
            *("Mon 17-Nov 0800", "10:00 EDT", "tomorrow 0800", "14-Nov 0800", "15-Nov 1042", "15-Nov 1041"),
        ),
    ),
    "time on the night that loses an hour": (
        lambda typed: parse_time(typed, at("2026-03-08 12:00")),
        ("2:30", "02:00", "8-Mar 0259"),
    ),
    "vital signs": (
        lambda typed: parse_vitals(typed, NOW, LIMITS),
        (
            *("142/88 76 98 14 36.7 xyz", "142/88 hr76 hr 77", "@0905 09:10 142/88", "142/88 76 98 14 36.7 s4 s3"),
            *("spo298", "hr 76 l", "76 /min", "14288 76", "98", "1428876981436", "88/142", "142/142", "142/88 98 76"),
            *("142/88 76 40", "142/88 76 98 14 98.6", "142/88 76.5 98 14", "hr 76.5", "230/88", "150/40", "120/120"),
            *("142/88 98 76 14 39.5", "142/88 98 45", "1142 142/88", "120/106"),
        ),
    ),
}


def _say(parse: Callable[[str], object], typed: str) -> str:
    value, sentence = tried(lambda: parse(typed))
    return sentence or f"taken as {value}"


def _shown(typed: str) -> str:
    short = f"{typed[:9]}… ({len(typed)} characters)" if len(typed) > 60 else typed
    return "".join(TIDY.get(char, char if char.isprintable() else "\\?") for char in short)


SAID = {
    "parse": {
        f"{field}: {_shown(typed)}": partial(_say, parse, typed)
        for field, (parse, lines) in FIELDS.items()
        for typed in lines
    }
}
APPROVED = approved("parse")


@pytest.mark.parametrize("case", SAID["parse"])
def test_what_cannot_be_taken_is_answered_word_for_word(case: str) -> None:
    assert SAID["parse"][case]() == APPROVED[case]


def test_every_approved_sentence_still_has_its_case() -> None:
    assert list(APPROVED) == list(SAID["parse"])
