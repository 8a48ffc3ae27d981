"""What a nurse types becomes a value, or is refused with a sentence.

Every function here returns a value or raises `NotUnderstood` (cannot be) or `NeedsConfirmation` (unusual: repeat the
call with `confirmed=True` once a person has said yes). Nothing reads a clock, a disk or a setting: the current moment
and the protocol's limits are handed in.
"""

from checklist.parse.dates import parse_about, parse_birth_date, parse_date
from checklist.parse.estimates import parse_estimate
from checklist.parse.numbers import (
    Bounds,
    f_to_c,
    format_decimal,
    in_to_cm,
    lb_to_kg,
    mmol_to_mg_dl,
    parse_quantity,
    weight_slip,
)
from checklist.parse.people import parse_name, parse_phone, parse_text
from checklist.parse.times import parse_time
from checklist.parse.vitals import VitalsDraft, VitalsPreview, parse_vitals, preview_vitals
from checklist.parse.vitals_limits import VitalsLimits

__all__ = [
    "Bounds",
    "VitalsDraft",
    "VitalsLimits",
    "VitalsPreview",
    "f_to_c",
    "format_decimal",
    "in_to_cm",
    "lb_to_kg",
    "mmol_to_mg_dl",
    "parse_about",
    "parse_birth_date",
    "parse_date",
    "parse_estimate",
    "parse_name",
    "parse_phone",
    "parse_quantity",
    "parse_text",
    "parse_time",
    "parse_vitals",
    "preview_vitals",
    "weight_slip",
]
