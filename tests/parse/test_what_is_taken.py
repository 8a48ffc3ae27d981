"""What each kind of field makes of what people type: the value as it is kept, beside the refusals of the same kind."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from checklist.model import Quantity, TimeValue
from checklist.parse import (
    Bounds,
    VitalsDraft,
    VitalsPreview,
    parse_about,
    parse_birth_date,
    parse_date,
    parse_estimate,
    parse_name,
    parse_phone,
    parse_quantity,
    parse_text,
    parse_time,
    parse_vitals,
    preview_vitals,
    weight_slip,
)
from checklist.times import Moment
from tests.approved import approved
from tests.parse.clinic import (
    AGE,
    GLUCOSE,
    HEIGHT,
    LIMITS,
    LORD_HOWE,
    MINUTES,
    NOW,
    TEMPERATURE,
    TODAY,
    WEIGHT,
    at,
    bounds,
    reading,
    tried,
)

POUNDS = Bounds(
    Decimal(25), Decimal(350), Decimal(40), Decimal(200), "kg", 1, (("LB", bounds("55..770", "90..400", "lb")),)
)
CREATININE = Bounds(Decimal("0.1"), Decimal(30), None, None, "mg/dL", 2, alone=True)
EVENING = at("2026-11-18 21:00")
AUTUMN = at("2026-11-01 09:00")
BEFORE = reading(sbp=138, dbp=82, hr=76)
FULL = ("bp", "hr", "spo2", "rr", "temp", "oxygen", "sedation", "dissociation", "nausea", "pain", "agitation")
DURING = ("bp", "hr", "spo2", "rr", "sedation")

FIELDS: Mapping[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "phone": (
        parse_phone,
        ("5550100142", "(555) 010-0142", "1-555-010-0142", "+44 20 7946 0958", "555.010.0142", "+1234567",
         "+12345678", "+123456789012345", "+1234567890123456", "5550142", "555-01-001", "12345678901",
         "25550100142", ""),
    ),
    "name": (
        parse_name,
        ("  Amara   Okafor ", "José", "Jose\u0301", "李小龍", "محمد", "O’Neil-Smith", "x" * 200, "\u200b", "A\x07b"),
    ),
    "text": (
        partial(parse_text, limit=12),
        ("twelve chars", "a\r\nb\rc\td", "Jose\u0301", "a\x00b", "", "thirteen char"),
    ),
    "date": (
        partial(parse_date, today=TODAY),
        ("14-Mar-1986", "14 mar 1986", "14mar1986", "14th March, 1986", "March 14 1986", "3/14/1986", "14.3.1986",
         "1986-03-14", "1986 3 14", "14031986", "03141986", "19860314", "Fri 14-Mar-1986", "friday, 14 mar 1986",
         "today", "yesterday", "yday", "18-Nov-2026", "3/3/1990", "29-Feb-2024", "1-Jan-1900", "31-May-2025",
         "29-Feb-2025", "14-Foo-1986", "fr 14-Mar-1986", "Fri", "00-Mar-1986", "0/3/1986", "31-Apr-2025",
         "mar 1986", "03041986", "14-Mar-186", "May 5, 2025", "sept 9 2025", "1 dec 2025", "14-mar-1986 x",
         "14-\u200bMar-1986", "x" * 200, "x" * 201),
    ),
    "planned date": (partial(parse_date, today=TODAY, allow_future=True), ("19-Nov-2026", "31-Dec-2199", "today")),
    "date without a today": (parse_date, ("today", "18-Nov-2126")),
    "birth date": (
        lambda typed: parse_birth_date(typed, TODAY, AGE),
        ("14-Mar-1986", "18-Nov-2008", "18-Nov-1936", "18-Nov-1906", "tomorrow", "19-Nov-2026"),
    ),
    "about when": (
        lambda typed: parse_about(typed, TODAY),
        ("2019", "2026", "1900", "Mar 2024", "feb 2024", "Sept. 2025", "1/2024", "12/2025", "2024-01", "1/1900",
         "Nov 2026", "yesterday", "14-Mar-2024", "2027", "Dec 2026", "12/2026", "0/2024", "13/2024", "1899",
         "12/1899", "2200", "foo 2024", "3/4/2024", "18-Nov-2026", "19-Nov-2026"),
    ),
    "about when, on the first of January": (
        lambda typed: parse_about(typed, date(2026, 1, 1)),
        ("2026", "Jan 2026", "1/2026", "Feb 2026", "2025"),
    ),
    "about when, in the last years of the calendar": (
        lambda typed: parse_about(typed, date(2199, 12, 31)),
        ("2199", "12/2199", "2200", "1/2200"),
    ),
    "time": (
        partial(parse_time, now=NOW, oldest=timedelta(hours=72)),
        ("now", "2130", "930", "9:30", "9.30 pm", "9:30 P.M.", "9p", "9a", "12a", "12p", "2130p", "0830h", "8h",
         "noon", "midday", "midnight", "0000", "1042", "1043", "1048", "0:30 pm", "13 am", "10:60", "10:59",
         "24:00", "2400", "last night 10", "10 last night", "last night 1", "last night 4:59", "last night 6p",
         "last night midnight", "this morning 7", "this morning 12:15", "this afternoon 1", "this evening 6",
         "tonight 11", "today 7:30", "yest 9a", "yesterday noon", "yesterday morning 8", "yesterday afternoon 5",
         "yesterday evening 5", "yesterday night 2", "last evening 8", "tomorrow morning 8", "tue 0800",
         "tuesday, 0800", "0800 on tue", "wed 0800", "wed 1100", "mon. 8:00", "17-Nov 21:30", "nov 17 2130",
         "11/17 2130", "2026-11-17T21:30", "Tue 17-Nov 21:30", "17-Nov 2028", "17-Nov-2026 at 2130", "17-Nov, 9p",
         "16-Nov midnight", "-40m", "-40 min", "-1h20", "-1 hour 20 minutes", "-2h", "2h ago", "1h59 ago",
         "1h60 ago", "60 min ago", "-0m", "+0m", "-72h", "-72h1", "-40", "40 ago", "-2h ago", "h ago", "9:30 EST",
         "9:30 edt", "9:30 est est", "est", "at 9:30", "x 9:30", "29-Feb 0800"),
    ),
    "planned time": (
        lambda typed: parse_time(typed, NOW, allow_future=True),
        ("1300", "1042", "1041", "2241", "0830", "+20m", "in 2 hours", "tomorrow 8a", "tomorrow afternoon 3",
         "thu 0800", "wed 0800", "wed 1100", "tue 0800", "20-Nov 0800", "1-Jan 0800", "10-Nov 0800",
         "tomorrow evening 7"),
    ),
    "planned time, in the evening": (
        lambda typed: parse_time(typed, EVENING, allow_future=True),
        ("0830", "0900", "0859", "2130", "wed 0859", "wed 0900"),
    ),
    "time of the day before, entered later": (
        lambda typed: parse_time(typed, NOW, day_hint=date(2026, 11, 17)),
        ("0930", "2359", "noon", "today 0930"),
    ),
    "time on the night that has an hour twice": (
        lambda typed: parse_time(typed, AUTUMN),
        ("1:30", "1:30 est", "1:30 edt", "0:30", "2:30", "23:00 edt", "0800 edt", "0800 est"),
    ),
    "time on Lord Howe Island": (
        lambda typed: parse_time(typed, at("2026-04-05 09:00", LORD_HOWE)),
        ("0145", "0145 +11", "0145 +1030", "0145 +10"),
    ),
    "estimate": (
        lambda typed: parse_estimate(typed, lambda one: parse_time(one, NOW)),
        ("2130", "approx 2130", "approx. 2130", "about 9p", "around noon", "circa 8a", "ca 8a", "ca. 8a", "~2130",
         "~ 2130", "ABOUT\n2130", "between 20:00 and 22:00", "Between yesterday 22:00 and 01:00",
         "from 0600 to 0720", "from 0700 to 0700", "between\n0600\nand\n0700", "between 0700", "from 0900 to 0700"),
    ),
    "height": (
        partial(parse_quantity, bounds=HEIGHT),
        ("162", "162,5 cm", "162.55 cm", "5'4\"", "5’4”", "5'", "5 ft", "5 ft. 4 in.", "5 feet 4 inches",
         "6 foot 1", "5'11.99\"", "64 in", "64.25 in", "64.255 in", "1.62 m", "1.625 metres", "1.6255 m", "64",
         "1.7", "250", "250.1", "100", "99.9", "140", "139.9", "210", "210.1", "8'", "3'"),
    ),
    "weight": (
        partial(parse_quantity, bounds=WEIGHT),
        ("68.4", " 68,4 kg ", "68.4 kgs", "68 kilos", "150 lb", "150.5 LBS", "150.25 #", "150 pounds", "٦٨٫٤",
         "６８．４", "25 kg", "24.9", "350", "350.1", "40", "200", "440", "55", "x", "68.4 stone", "0", "12345678",
         "10,000", "0,500", "68..4"),
    ),
    "weight with limits in pounds of its own": (
        partial(parse_quantity, bounds=POUNDS),
        ("150 lb", "54 lb", "55 lb", "89 lb", "770 lb", "771 lb", "401 lb", "400", "68", "150.5 lb", "20"),
    ),
    "unusual weight, confirmed": (
        partial(parse_quantity, bounds=WEIGHT, confirmed=True),
        ("39.9", "350", "350.1", "440 lb"),
    ),
    "temperature": (
        partial(parse_quantity, bounds=TEMPERATURE),
        ("36.7", "36,7 c", "36.7℃", "98.6 F", "98.6 °f", "98.65 F", "86", "85.9", "109.4", "109.5", "43", "43.1",
         "29.9", "30", "110 F", "35", "39.1"),
    ),
    "temperature, confirmed": (partial(parse_quantity, bounds=TEMPERATURE, confirmed=True), ("98.6", "34", "200")),
    "glucose": (
        partial(parse_quantity, bounds=GLUCOSE),
        ("98", "98 mg/dl", "5.5 mmol/L", "5.55 mmol", "5.555 mmol", "9", "10", "1000", "1001", "5", "70.5"),
    ),
    "creatinine": (
        partial(parse_quantity, bounds=CREATININE),
        ("1.1", "1.1 mg/dl", "88 umol/l", "0.05", "1.115", "31"),
    ),
    "minutes": (
        partial(parse_quantity, bounds=MINUTES),
        ("40", "1 h", "0.75 hours", "0.755 h", "4", "61", "480", "481", "45 mins"),
    ),
    "oxygen": (
        partial(parse_quantity, bounds=LIMITS.oxygen_l_min),
        ("2", "2 L", "2.5 lpm", "2.55", "7", "16", "2 l/min"),
    ),
    "pain": (partial(parse_quantity, bounds=LIMITS.pain), ("0", "10", "11", "4/10", "-1")),
    "vital signs": (
        lambda typed: parse_vitals(typed, NOW, LIMITS),
        ("142/88 76 98 14 36.7", "14288769814367", "142/88 769814 36.7", "142 88 76 98 14 36,7",
         "142/88, 76; 98 | 14 · 36.7", "142/88 76 98 14 367", "bp 142/88 hr 76 spo2 98 rr 14 t 36.7",
         "NIBP:142/88 pulse=76 sats 98% resp14 temp36.7", "142/88 mmHg 76 bpm 98 % rr 14 /min 36.7 °C",
         "0905 142/88 76", "09:05 142/88", "@905 142/88", "@ 0905 142/88", "9:5 142/88", "98.6f", "t 98.6",
         "t 36.65", "t 100.4f", "hr 72 2L", "2 lpm", "oxygen 2 l/min", "142/88 ra", "room air", "air",
         "s4 d1 n2 p3 a1", "sed 4 diss 1 nausea 2 pain 3 agit 1", "moaa/s 4", "agitation 4", "agitation 5", "a 2",
         "142/88 a0", "o2 1.5", "o2 1.55", "spo2 97", "sat97", "o22", "hr 76%", "76 l", "142/88 ,,, 76",
         "142/8876", "142/88 76 98 14 4", "76 142/88", "142/88 76 98 14 36.7 99", "90605050 98", "90/60 50 98 9",
         "906050989", "9060 5098 9", "9090 5098 9", "133 70829 88", "120/119", "119/120", "40/20 20", "39/20",
         "300/200", "301/90", "142/88 20", "142/88 251", "142/88 151", "142/88 150", "rr 3", "rr 2", "rr 30",
         "rr 31", "spo2 88", "spo2 87", "142/88 98 76", "142/88 100 88", "142/88 120 86", "0800 0900 142/88",
         "1048 142/88", "zz 142/88", "142/88 76,5 98", "142/88 76, 98", "1" * 24),
    ),
    "vital signs, confirmed": (
        lambda typed: parse_vitals(typed, NOW, LIMITS, confirmed=True),
        ("238/84 155 87 33 s4 7L", "1405 142/88", "142/88 76 98 14 98.6", "142/88 98 76", "t 34", "t 93.65f",
         "t 200"),
    ),
    "vital signs after 138/82 76": (
        lambda typed: parse_vitals(typed, NOW, LIMITS, previous=BEFORE),
        ("183/84 71", "165/84 71", "140/84 67", "138/28 76", "hr 96", "hr 67", "183/84 38"),
    ),
    "vital signs with sedation at the end": (
        lambda typed: parse_vitals(typed, NOW, LIMITS, DURING, confirmed=True),
        ("142/88 76 98 14 4", "142887698144", "142/88 76 98 14 36.7", "14288769854", "142/88 769854",
         "142/88 76 98 14 0", "142/88 76 98 14 6", "204661108850", "160671309590"),
    ),
    "preview of vital signs": (
        lambda typed: preview_vitals(typed, NOW, LIMITS, FULL, previous=BEFORE),
        ("", "1", "142", "142/", "142/8", "142/88", "142/88 7", "142/88 76", "142/88 76 9", "142/88 76 98 1",
         "142/88 76 98 14 36.", "14288", "142887", "1428876", "142887698", "1428876981436", "14288769814367",
         "142/88 zz", "zz", "142/88 98 76 14", "2350 142/88 76 zz", "183/84 71 a2", "x" * 201, "142/88 " * 40,
         "142/88 hr 7x", "0905", "142/88 769 zz"),
    ),
    "next weight in kg after 81.6": (
        lambda typed: weight_slip(
            Decimal("81.6"), Decimal(typed), change_percent=Decimal(10), slip_percent=Decimal(3)
        ),
        ("81.6", "180", "37", "89.7", "89.76", "89.77", "73.44", "73.43", "185.2", "185.4", "174.5", "38.1",
         "38.2", "120"),
    ),
    "next weight in kg after none": (
        lambda typed: weight_slip(Decimal(0), Decimal(typed), change_percent=Decimal(10), slip_percent=Decimal(3)),
        ("81.6",),
    ),
}  # fmt: skip


def _say(parse: Callable[[str], object], typed: str) -> str:
    value, sentence = tried(lambda: parse(typed))
    return sentence or _written(value)


def _written(value: object) -> str:
    match value:
        case Moment():
            return f"{value.local:%a %Y-%m-%d %H:%M %Z}"
        case date():
            return f"{value:%a %Y-%m-%d}"
        case Quantity():
            return f"{value.value} {value.unit}, typed as “{value.typed}”"
        case VitalsDraft():
            time = f"{_written(value.observed)}{' as typed' if value.timed else ''}"
            return f"{value.preview(TODAY)}\n{time}, typed as “{_tidy(value.typed)}”"
        case VitalsPreview():
            lines = (value.text, value.problem, value.question, f"missing: {', '.join(value.missing)}")
            whole = f"can be saved: {_written(value.draft)}" if value.draft else ""
            return "\n".join(line for line in (*lines, whole) if line)
        case TimeValue():
            range_ = f", from {_written(value.earliest)}" if value.earliest else ""
            return f"{_written(value.at)}{', about' if value.estimated else ''}{range_}"
        case None:
            return "nothing to say"
        case _:
            return f"“{_tidy(str(value))}”"


def _tidy(text: str) -> str:
    """Readable in a file of text: no line break, nothing unprintable, nothing endless."""
    short = f"{text[:9]}… ({len(text)} characters)" if len(text) > 100 else text
    return ascii(short)[1:-1] if not short.isprintable() or "\u0301" in short else short


SAID = {
    "parse_taken": {
        f"{field}: {_tidy(typed)}": partial(_say, parse, typed)
        for field, (parse, lines) in FIELDS.items()
        for typed in lines
    }
}
APPROVED = approved("parse_taken")


@pytest.mark.parametrize("case", SAID["parse_taken"])
def test_what_is_typed_becomes_its_value_or_its_sentence(case: str) -> None:
    assert SAID["parse_taken"][case]() == APPROVED[case]


def test_every_approved_value_still_has_its_case() -> None:
    assert list(APPROVED) == list(SAID["parse_taken"])
