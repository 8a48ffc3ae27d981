"""Each worked example of the reference as a case file, and where its result stands in what `assess` prints."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.commands.files import case
from tests.rules.vectors import Vector

Case = dict[str, Any]
Result = Mapping[str, Any]
Pick = Callable[[Result], object]
START = 11 * 60  # the planned start of every case, 11:00, in minutes of the day
ORDER: Case = {
    "dose.mg_per_kg": 0.5, "dose.weight_basis": "actual", "dose.concentration": 50, "dose.total_ml": 100,
    "dose.diluent": "saline", "dose.minutes": 40, "dose.ordered_by": "Dr. A. Menon", "dose.mg": 35, "ready.kit": True,
    "vitals.weight": 70, "vitals.height": 175,
}  # fmt: skip
RECOVERED: Case = {
    **{f"aldrete.{part}": "2" for part in ("activity", "respiration", "consciousness")},
    **{f"mpadss.{part}": "2" for part in ("ambulation", "nausea", "pain", "bleeding")},
    "discharge.oriented": True, "discharge.dissociation": "0", "discharge.mood": True, "discharge.iv_out": True,
    "discharge.no_reversal": "none", "waste.drawn_mg": 35, "waste.wasted_mg": 0, "discharge.written": True,
    "discharge.understood": True, "discharge.escort": True,
}  # fmt: skip
GIVEN: list[Case] = [{"kind": "started", "at": "11:00"}, {"kind": "stopped", "at": "11:40", "infused_ml": 100}]
WATCHED = [f"11{minute} 120/70 72 98 14 s5 d0" for minute in ("00", "10", "20", "30", "40")]
SETS = ["1035 120/70 72 98 14 36.7 s5", *WATCHED, "1150 120/70 72 98 14 s5", "1205 120/70 72 98 14 s5"]
LEVELS = {"OK": "clear", "REVIEW": "review", "HOLD": "hold", "UNKNOWN": "hold", "INVALID": "invalid",
          "DO_NOT_START": "stop", "CONFIRM": "note"}  # fmt: skip


def clock(minutes: float) -> str:
    return f"{round(minutes) // 60:02d}:{round(minutes) % 60:02d}"


def level_of(key: str) -> Pick:
    """The level of a finding; clear when there is none."""
    return lambda result: next((one["level"] for one in result["findings"] if one["key"] == key), "clear")


def path(*keys: str | int) -> Pick:
    def pick(result: Any) -> object:
        for key in keys:
            result = result[key]
        return result

    return pick


def part(score: str, name: str) -> Pick:
    return lambda result: dict(next(one["parts"] for one in result["scores"] if score in one["name"]))[name]


# ---- fasting


def fasting(vector: Vector) -> tuple[Case, Pick, object]:
    said, expected = vector.values, vector.expected.split(",")[0]
    hours = said.get("hours_before_planned_start", "1")
    at = "unknown" if hours == "unknown" else clock(START - float(hours) * 60)
    profile = "CLINIC_4_6" if "CLINIC" in vector.rule else "ASA"
    content = case(fasting_profile=profile, intakes=[{"category": said["category"], "at": at}])
    return content, path("fasting", "intakes", 2, "level"), LEVELS[expected]


def worst_of(vector: Vector) -> tuple[Case, Pick, object]:
    items = re.findall(r"(\w+)@(\d+)h", vector.input)
    eaten = [{"category": category, "at": clock(START - int(hours) * 60)} for category, hours in items]
    return case(intakes=eaten), path("fasting", "worst"), LEVELS[vector.expected]


def earliest(vector: Vector) -> tuple[Case, Pick, object]:
    ((category, at),) = re.findall(r"(\w+)@([0-9:]+)", vector.input)
    content = case({"fasting.solids": at, "fasting.fatty": False})
    assert category == "light_meal"
    return content, path("earliest_start"), f"2026-11-18T{vector.expected}:00.000000-05:00[America/New_York]"


def spring_night(vector: Vector) -> tuple[Case, Pick, object]:
    night = {"fasting.solids": "2026-03-08 00:30", "fasting.fatty": True, "fasting.fluids": "2026-03-08 06:00",
             "consent.date": "2026-02-01"}  # fmt: skip
    content = case(night, at="2026-03-08 08:55", session={"planned": "09:00"}, readings=[])
    if vector.rule == "elapsed_hours_DST":
        return content, path("fasting", "intakes", 0, "hours"), float(vector.expected)
    return content, level_of("fasting.solids"), LEVELS[vector.expected]


# ---- dose


def dose(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    names = {
        "mg_per_kg": "dose.mg_per_kg",
        "weight_kg": "vitals.weight",
        "dose_mg": "dose.mg",
        "conc_mg_per_mL": "dose.concentration",
        "total_mL": "dose.total_ml",
        "minutes": "dose.minutes",
    }
    numbers: Case = {names[key]: float(value) for key, value in said.items() if key in names}
    answers = ORDER | numbers
    answers |= {"vitals.weight": f"{said['lb']} lb"} if "lb" in said else {}
    answers["dose.concentration"] = str(said.get("conc_mg_per_mL", 50))
    places = {"dose_mg": "expected_mg", "dose_mg_from_lb": "expected_mg", "volume_mL": "volume_ml",
              "rate_mL_h": "rate_ml_h", "rate_mg_kg_h": "rate_mg_kg_h", "rate_mcg_kg_min": "rate_mcg_kg_min",
              "bag_concentration_mg_mL": "bag_mg_ml"}  # fmt: skip
    picked = path("body", "weight_kg") if vector.rule == "lb_to_kg" else path("dose", places.get(vector.rule, ""))
    return case(answers), picked, float(vector.expected)


def stopped(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    answers = ORDER | {"dose.mg": float(said["dose_mg"]), "dose.total_ml": float(said["total_mL"])}
    events = [GIVEN[0], {**GIVEN[1], "infused_ml": float(said["infused_mL"])}]
    given, not_given = (float(text) for text in re.findall(r"=([\d.]+)", vector.expected))
    content = case(answers, at="2026-11-18 12:15", events=events)
    return content, lambda r: (r["dose"]["given"]["given_mg"], r["dose"]["given"]["not_given_mg"]), (given, not_given)


def drug_left(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    drawn = float(said.get("vial_mg", said.get("drawn_mg", 0)))
    answers = ORDER | {"dose.mg": float(said["given_mg"]), "waste.drawn_mg": drawn}
    if "wasted_mg" in said:
        content = case(answers | {"waste.wasted_mg": float(said["wasted_mg"])}, at="2026-11-18 12:15", events=GIVEN)
        gap = float(vector.expected.split()[1])
        return content, path("dose", "given", "unaccounted_mg"), gap
    mg, ml = (float(text) for text in re.findall(r"=([\d.]+)", vector.expected))
    names = ("to_waste_mg", "to_waste_ml", "witness_required")
    content = case(answers, at="2026-11-18 12:15", events=GIVEN)
    return content, lambda result: tuple(result["dose"]["given"][name] for name in names), (mg, ml, True)


def weights(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    kg = float(said.get("actual_kg", said.get("kg", 110)))
    height = f"{said.get('height_in', 64)} in"  # 64 in are the 162.56 cm of the reference
    patient = {"born": "1986-03-14", "sex": "male" if said.get("sex") == "M" else "female"}
    content = case(ORDER | {"vitals.weight": kg, "vitals.height": height}, patient=patient)
    if vector.rule == "bmi":
        return content, path("body", "bmi"), float(vector.expected)
    if vector.rule == "dose_compare_weight":
        expected = {key: float(value) for key, value in re.findall(r"(\w+)=([\d.]+)", vector.expected)}
        return content, path("dose", "mg_by_weight"), expected
    basis = "ideal" if vector.rule == "ibw_devine" else "adjusted"
    return content, path("body", "weights_kg", basis), float(vector.expected)


def weight_change(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    last = {"at": "2026-11-11 13:00", "answers": {"vitals.weight": float(said["previous_kg"])}}
    content = case({"vitals.weight": float(said["today_kg"])}, previous=last)
    words = "more than 10 %" if "10%" in vector.expected else "likely lb entered as kg"
    return content, lambda result: any(words in line for line in result["asked_once"]), True


def order_warning(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    mg, per_kg = float(said["dose_mg"]), float(said["mg_per_kg"])
    order = {"dose.mg": mg, "dose.mg_per_kg": per_kg, "dose.minutes": float(said["minutes"])}
    content = case(ORDER | order | {"vitals.weight": round(mg / per_kg, 1)}, session={"indication": said["indication"]})
    return content, level_of("dose.amount"), LEVELS[vector.expected]


def dose_words(vector: Vector) -> tuple[Case, Pick, object]:
    return case(ORDER | {"dose.mg": float(vector.input)}), path("dose", "ordered"), vector.expected


# ---- vital signs


def baseline(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    usual = {"sbp": "118", "dbp": "76", "hr": "72", "spo2": "98", "rr": "14", "temp_c": "36.7"} | said
    line = f"1035 {usual['sbp']}/{usual['dbp']} {usual['hr']} {usual['spo2']} {usual['rr']} {usual['temp_c']}"
    return case(readings=[line]), level_of(f"vitals.{vector.rule.partition('_')[0]}"), LEVELS[vector.expected]


def during(vector: Vector) -> tuple[Case, Pick, object]:
    rows = [f"11{minute} {bp}" for minute, bp in re.findall(r"t\+(\d+)min (\d+/\d+)", vector.input)]
    content = case(ORDER, at="2026-11-18 11:20", events=GIVEN[:1], readings=["1035 118/76 72 98 14 36.7", *rows])
    return (
        content,
        level_of("monitor.bp"),
        {"CONTINUE": "clear", "RECHECK_5MIN": "note", "ESCALATE": "stop"}[vector.expected],
    )


def fahrenheit(vector: Vector) -> tuple[Case, Pick, object]:
    content = case(readings=[{"at": "10:35", "sbp": 118, "dbp": 76, "temp_f": float(vector.values["f"])}])
    return content, path("readings", 0, "temp_c"), float(vector.expected)


def unusual(vector: Vector) -> tuple[Case, Pick, object]:
    sign = {"validate_temp_C": "temp_c", "validate_spo2": "spo2", "validate_hr": "hr"}[vector.rule]
    content = case(readings=[{"at": "10:35", sign: float(vector.input)}])
    return content, lambda result: any(line.startswith("readings[0]") for line in result["asked_once"]), True


def news2(vector: Vector) -> tuple[Case, Pick, object]:
    found = re.fullmatch(
        r"RR(?P<rr>\d+) SpO2 (?P<spo2>\d+) (?P<air>air|O2) SBP(?P<sbp>\d+) HR(?P<hr>\d+) "
        r"(?P<mind>[AVPU]|new Confusion) T(?P<temp>[\d.]+) scale(?P<scale>[12])",
        vector.input,
    )
    assert found is not None
    numbers = {"sbp": int(found["sbp"]), "dbp": 60, "hr": int(found["hr"]), "spo2": int(found["spo2"]),
               "rr": int(found["rr"]), "temp_c": float(found["temp"])}  # fmt: skip
    numbers |= {"moaas": {"A": 5, "V": 3, "P": 2, "U": 0}.get(found["mind"], 5)}
    numbers |= {"dissociation": 3} if found["mind"] == "new Confusion" else {}
    numbers |= {"oxygen_l_min": 2} if found["air"] == "O2" else {}
    lung = {"cond.lung": True, "cond.spo2_scale2": True} if found["scale"] == "2" else {}
    total, risk = vector.expected.split()
    content = case(lung, readings=[{"at": "10:35", **numbers}])
    return content, lambda r: (r["news2"][0]["total"], r["news2"][0]["risk"]), (int(total), risk)


# ---- questionnaires and screens


def scale(vector: Vector) -> tuple[Case, Pick, object]:
    name = vector.rule.partition("_")[0]
    return case(scales={name: int(vector.values["total"])}), path("scales", name, "band"), vector.expected


def phq9(vector: Vector) -> tuple[Case, Pick, object]:
    expected = dict(re.findall(r"(\w+)=([\w ]+)", vector.expected))
    points = [int(one) for one in vector.values["items"].split(",")]
    wanted = (int(expected["total"]), expected["band"], expected["suicide_screen"] == "required")
    return case(scales={"phq9": points}), lambda result: tuple(result["scales"]["phq9"].values())[:3], wanted


def phq9_missing(_: Vector) -> tuple[Case, Pick, object]:
    content = case(scales={"phq9": [1, 1, 1, 1, 1, 1, 1, 1, None]})
    return content, lambda r: (r["scales"]["phq9"]["total"], r["scales"]["phq9"]["band"]), (None, None)


def phq9_course(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    content = case(scales={"phq9": int(said["now"]), "phq9_baseline": int(said["baseline"])})
    return content, path("scales", "phq9", "course"), vector.expected


def asq(vector: Vector) -> tuple[Case, Pick, object]:
    four = re.findall(r"[01]", vector.input.partition("]")[0].partition("[")[2])
    answers: Case = {f"asq.{number}": word == "1" for number, word in enumerate(four, 1)}
    answers |= {"asq.5": False} if "Q5=No" in vector.input else {}
    return case(answers), path("suicide_screen"), vector.expected


def cssrs(vector: Vector) -> tuple[Case, Pick, object]:
    names = {"q1": "wish", "q2": "thoughts", "q3": "method", "q6_life": "behaviour_ever", "q6_3m": "behaviour_3_months"}
    flags = {names[key]: value == "1" for key, value in vector.values.items()}
    return case(scales={"cssrs": flags}), path("scales", "cssrs", "result"), vector.expected


def stop_bang(vector: Vector) -> tuple[Case, Pick, object]:
    total, stop = re.findall(r"yes=(\d).*STOP=(\d)", vector.input)[0]
    given = {"total": int(total), "stop": int(stop), "male": "male=1" in vector.input,
             "bmi_over_35": "BMI>35=1" in vector.input, "large_neck": "neck=1" in vector.input}  # fmt: skip
    return case(scales={"stop_bang": given}), path("scales", "stop_bang", "risk"), vector.expected


# ---- after the infusion


def after(answers: Case | None = None, *, at: str = "12:20", readings: list[Any] | None = None) -> Case:
    return case(
        ORDER | RECOVERED | (answers or {}), at=f"2026-11-18 {at}", events=GIVEN, readings=readings or SETS,
        effects=[],
    )  # fmt: skip


def recovery(sbp: str = "120", spo2: str = "98", oxygen: bool = False, base: str = "120") -> list[Any]:
    dbp = min(70, int(sbp) - 20)
    more = {"oxygen_l_min": 2} if oxygen else {}
    row = {"sbp": int(sbp), "dbp": dbp, "hr": 72, "spo2": int(spo2), "rr": 14, "moaas": 5, **more}
    return [f"1035 {base}/70 72 98 14 36.7 s5", {"at": "11:50", **row}, {"at": "12:05", **row}]


def circulation(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    readings = recovery(said["now_sbp"], base=said["baseline_sbp"])
    return after(readings=readings), part("Aldrete", "Circulation"), int(vector.expected)


def oxygenation(vector: Vector) -> tuple[Case, Pick, object]:
    readings = recovery(spo2=vector.values["spo2"], oxygen=vector.values["oxygen"] == "1")
    return after(readings=readings), part("Aldrete", "SpO2"), int(vector.expected)


def within_20(vector: Vector) -> tuple[Case, Pick, object]:
    said = vector.values
    base, now = said.get("baseline_sbp", said.get("baseline", "")), said.get("now_sbp", said.get("now", ""))
    expected = 1 if vector.expected == "NOT MET" else int(vector.expected)
    return after(readings=recovery(now, base=base)), part("MPADSS", "Vital signs"), expected


def total(vector: Vector) -> tuple[Case, Pick, object]:
    """`activity 2; …` of Aldrete, `vitals 2; ambulation 1; …` of MPADSS; measured parts come from readings."""
    points = {
        name.split("(")[0]: value for name, value in re.findall(r"(\S+) (\d)(?:;|$)", vector.input.replace("IV ", ""))
    }
    measured = recovery(
        {"1": "95", "0": "60"}.get(points.get("circulation", "2"), "120"),
        {"0": "88"}.get(points.get("SpO2", "2"), "98"),
    )
    prefix = "aldrete" if vector.rule == "aldrete_total" else "mpadss"
    asked = {"activity", "respiration", "consciousness", "ambulation", "nausea", "pain", "bleeding"}
    answers = {f"{prefix}.{name}": value for name, value in points.items() if name in asked}
    number, _, met = vector.expected.partition(" ")

    def pick(result: Result) -> object:
        score = next(one for one in result["scores"] if one["name"].casefold().find(prefix) >= 0)
        return score["total"], score["passes"]

    return after(answers, readings=measured), pick, (int(number), met == "MET")


def schedule(vector: Vector) -> tuple[Case, Pick, object]:
    events = [{"kind": "started", "at": "10:00"}, {"kind": "stopped", "at": "10:40", "infused_ml": 100}]
    content = case(ORDER, at="2026-11-18 11:10", session={"planned": "2026-11-18 10:00"}, events=events,
                   readings=["0955 118/76 72 98 14 36.7"])  # fmt: skip
    if vector.rule == "earliest_discharge":
        return content, lambda r: r["schedule"]["earliest_discharge"][11:16], vector.expected
    times = re.findall(r"\d\d:\d\d", vector.expected)
    return content, lambda result: [one["at"][11:16] for one in result["schedule"]["due"]], times


def autumn_night(_: Vector) -> tuple[Case, Pick, object]:
    events = [{"kind": "started", "at": "2026-11-01T00:50-04:00"},
              {"kind": "stopped", "at": "2026-11-01T01:30-04:00", "infused_ml": 100}]  # fmt: skip
    content = case(ORDER, at="2026-11-01T03:00-05:00", session={"planned": "2026-11-01T00:50-04:00"}, events=events,
                   readings=[])  # fmt: skip
    return content, path("schedule", "earliest_discharge"), "2026-11-01T01:50:00.000000-05:00[America/New_York]"


def discharge(vector: Vector) -> tuple[Case, Pick, object]:
    answers = {"mpadss.ambulation": "1"} if "gait=0" in vector.input else {}
    at = "12:08" if "min_time=0" in vector.input else "12:20"
    return after(answers, at=at), lambda r: r["verdict"] in ("cleared",), vector.expected == "READY"


def interval(vector: Vector) -> tuple[Case, Pick, object]:
    hours, phase = int(vector.values["hours_since_last"]), vector.values["phase"]
    day, minute = 18 - (hours * 60 - START + 1439) // 1440, (START - hours * 60) % 1440
    month = f"2026-11-{day:02d}" if day > 0 else f"2026-10-{31 + day:02d}"
    session = {"number": 2, "course_total": 6 if phase == "induction" else 0, "phase": phase}
    last = {"at": f"{month} 23:30", "session": {**session, "number": 1},
            "answers": {"vitals.weight": 68.4}, "events": [{"kind": "started", "at": clock(minute)}]}  # fmt: skip
    return (
        case(session={**session, "planned": "11:00"}, previous=last),
        level_of("interval.last"),
        LEVELS[vector.expected],
    )


BUILDERS: Mapping[str, Callable[[Vector], tuple[Case, Pick, object]]] = {
    **dict.fromkeys(("fasting_ASA", "fasting_CLINIC_4_6", "fasting_gum", "fasting_sip"), fasting),
    "fasting_worst_of": worst_of,
    "fasting_earliest_start": earliest,
    **dict.fromkeys(("fasting_DST_spring", "elapsed_hours_DST"), spring_night),
    **dict.fromkeys(("dose_mg", "dose_mg_from_lb", "lb_to_kg", "volume_mL", "rate_mL_h", "rate_mg_kg_h"), dose),
    **dict.fromkeys(("rate_mcg_kg_min", "bag_concentration_mg_mL"), dose),
    "given_if_stopped": stopped,
    **dict.fromkeys(("waste_mg", "waste_reconcile"), drug_left),
    **dict.fromkeys(("ibw_devine", "adjusted_bw", "bmi", "dose_compare_weight"), weights),
    "weight_change": weight_change,
    "dose_warning": order_warning,
    "format_dose": dose_words,
    **dict.fromkeys(("bp_baseline", "hr_baseline", "spo2_baseline", "rr_baseline", "temp_baseline"), baseline),
    "bp_during": during,
    "f_to_c": fahrenheit,
    **dict.fromkeys(("validate_temp_C", "validate_spo2", "validate_hr"), unusual),
    "news2": news2,
    **dict.fromkeys(("phq9_band", "gad7_band"), scale),
    **dict.fromkeys(("phq9_item9", "phq9_sum"), phq9),
    "phq9_missing": phq9_missing,
    "phq9_course": phq9_course,
    "asq": asq,
    "cssrs_screener": cssrs,
    "stopbang": stop_bang,
    "aldrete_circulation": circulation,
    "aldrete_spo2": oxygenation,
    **dict.fromkeys(("bp_discharge_20pct", "padss_vital_signs"), within_20),
    **dict.fromkeys(("aldrete_total", "mpadss_total"), total),
    **dict.fromkeys(("schedule", "earliest_discharge"), schedule),
    "DST_autumn_observation": autumn_night,
    "discharge_ready": discharge,
    "infusion_interval": interval,
}
