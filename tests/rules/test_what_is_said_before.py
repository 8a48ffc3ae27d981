"""Every finding before the start, word for word, with what it is about: see tests/approved.py."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import AllergyState, Choice, Decision, EventKind, StaffId, TimeValue
from checklist.rules import allergies, asked, baseline, consent, fasting, gates, interval, labs, medication, screening
from checklist.rules.facts import Facts
from checklist.snapshot import Past, Record
from tests.approved import approved
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    PATIENT,
    UNKNOWN,
    answer,
    answers,
    event,
    facts,
    medicine,
    moment,
    reading,
    session,
    with_setting,
)
from tests.rules.told import Said, said_by

CLINIC = with_setting("fasting_profile", "CLINIC_4_6")


def ate(solids: object, fluids: object = None, *, fatty: object = False, **more: object) -> Facts:
    """Answers about the last meal and drink; a text is a time of the day or a full date."""
    said = {
        name: moment(at) if isinstance(at, str) and ":" in at else at
        for name, at in (("fasting.solids", solids), ("fasting.fluids", fluids), ("fasting.fatty", fatty))
        if at is not None
    }
    said |= more.pop("said", {})  # type: ignore[call-overload]
    return facts(said, **more)  # type: ignore[arg-type]


def about(at: str) -> TimeValue:
    return TimeValue(moment(at), estimated=True)


ON_INSULIN = {"medicines": (medicine("lantus"),)}
FASTING = {
    "a light meal 5 hr 59 min ago": ate("05:01"),
    "a light meal 6 hr ago": ate("05:00"),
    "a fatty meal 7 hr 59 min ago": ate("03:01", fatty=True),
    "a fatty meal 8 hr ago": ate("03:00", fatty=True),
    "nobody knows whether it was fatty": ate("03:01", fatty=UNKNOWN),
    "not yet asked whether it was fatty, 7 hr ago": ate("04:00", fatty=None),
    "not yet asked whether it was fatty, 8 hr ago": ate("03:00", fatty=None),
    "not yet asked whether it was fatty, 5 hr ago": ate("06:00", fatty=None),
    "a drink 1 hr 59 min ago": ate(None, "09:01", fatty=None),
    "a drink 2 hr ago": ate(None, "09:00", fatty=None),
    "a meal yesterday evening and a drink": ate("2026-11-17 21:30", "08:30"),
    "a meal after the start": ate("11:01"),
    "an estimated meal after the start": ate(about("11:01")),
    "a meal in the minute of the start": ate("11:00"),
    "an estimate 29 min past its limit": ate(about("04:31")),
    "an estimate 30 min past its limit": ate(about("04:30")),
    "an estimate too late": ate(about("07:20")),
    "a known time 29 min past its limit": ate("04:31"),
    "an estimated drink close to its limit": ate(None, about("08:31"), fatty=None),
    "a meal not known": ate(UNKNOWN, fatty=None),
    "a meal not said, with a reason": ate(
        answer("fasting.solids", DECLINED, reason="Does not want to say"), fatty=None
    ),
    "a drink that does not apply": ate(
        None, answer("fasting.fluids", NOT_APPLICABLE, reason="drinks nothing"), fatty=None
    ),
    "the clinic's hours, a light meal 3 hr 59 min ago": ate("07:01", protocol=CLINIC),
    "the clinic's hours, a light meal 4 hr ago": ate("07:00", protocol=CLINIC),
    "the clinic's hours, a fatty meal 3 hr 59 min ago": ate("07:01", fatty=True, protocol=CLINIC),
    "the clinic's hours, a fatty meal 7 hr 59 min ago": ate("03:01", fatty=True, protocol=CLINIC),
    "on insulin, 16 hr without food": ate("2026-11-17 19:00", **ON_INSULIN),
    "on insulin, 16 hr 1 min without food": ate("2026-11-17 18:59", **ON_INSULIN),
    "not on insulin, a day without food": ate("2026-11-17 10:00", None),
    "glucose 69": ate(None, None, fatty=None, said={"fasting.glucose": 69}, **ON_INSULIN),
    "glucose 70": ate(None, None, fatty=None, said={"fasting.glucose": 70}, **ON_INSULIN),
    "glucose 300": ate(None, None, fatty=None, said={"fasting.glucose": 300}, **ON_INSULIN),
    "glucose 301": ate(None, None, fatty=None, said={"fasting.glucose": 301}, **ON_INSULIN),
    "glucose not known": ate(None, None, fatty=None, said={"fasting.glucose": UNKNOWN}, **ON_INSULIN),
    "glucose does not apply": ate(None, None, fatty=None, said={"fasting.glucose": NOT_APPLICABLE}, **ON_INSULIN),
    "glucose without insulin": ate(None, None, fatty=None, said={"fasting.glucose": 69}),
}


def consented(signed: date | object, on_file: object = True, **more: object) -> Facts:
    return facts({"consent.date": signed, "consent.on_file": on_file}, **more)  # type: ignore[dict-item,arg-type]


CONSENT = {
    "on its last day": consented(date(2025, 11, 18)),
    "a day after its last day": consented(date(2025, 11, 17)),
    "dated today": consented(date(2026, 11, 18)),
    "dated tomorrow": consented(date(2026, 11, 19)),
    "date not known": consented(UNKNOWN),
    "none on file": consented(date(2026, 1, 1), False),
}


def took(*readings: object, **more: object) -> Facts:
    return facts(readings=readings, **more)  # type: ignore[arg-type]


def weighed(before: str, today: str) -> Facts:
    last = Record(session(number=1), answers=answers({"vitals.weight": Decimal(before)}))
    return facts({"vitals.weight": Decimal(today)}, last=last)


def built(kg: str, cm: str) -> Facts:
    return facts({"vitals.weight": Decimal(kg), "vitals.height": Decimal(cm)})


VITALS = {
    "all inside the limits": took(BASELINE),
    "nothing taken": took(),
    "pressure alone": took(reading(sbp=118, dbp=76)),
    "systolic without diastolic": took(reading(sbp=190, hr=72)),
    "systolic 141": took(reading("141/90 72 98 14 36.7")),
    "systolic 160, repeated once": took(reading("165/88", "10:20"), reading("160/90 72 98 14 36.7")),
    "systolic 180, repeated twice": took(reading("165/88", "10:20"), reading("170/90", "10:25"), reading("180/90")),
    "systolic 90": took(reading("90/60")),
    "diastolic 91": took(reading("140/91")),
    "diastolic 110 and systolic 141": took(reading("141/110")),
    "diastolic 49": took(reading("118/49")),
    "heart rate 111": took(reading(hr=111)),
    "heart rate 131": took(reading(hr=131)),
    "heart rate 40": took(reading(hr=40)),
    "breathing rate 25": took(reading(rr=25)),
    "temperature 38": took(reading(temp_c=Decimal("38.0"))),
    "temperature 35": took(reading(temp_c=Decimal("35.0"))),
    "saturation 91": took(reading(spo2=91)),
    "saturation 94 on oxygen": took(reading(spo2=94, oxygen_l_min=Decimal("1.5"))),
    "saturation 98 on oxygen": took(reading(spo2=98, oxygen_l_min=Decimal(2))),
    "saturation 98 on air, before on oxygen": took(
        reading(spo2=98, oxygen_l_min=Decimal(2)), reading(spo2=98, at="10:38")
    ),
    "an artefact is passed over": took(reading("118/76"), reading("190/120", "10:40", artefact="moved")),
    "MOAA/S 5": took(reading(moaas=5)),
    "MOAA/S 4": took(reading(moaas=4)),
    "MOAA/S 3, then 5": took(reading(moaas=3), reading(moaas=5, at="10:38")),
    "30 min old": took(reading("118/76 72 98 14 36.7", "10:12")),
    "31 min old": took(reading("118/76 72 98 14 36.7", "10:11")),
    "as old as the oldest sign": took(reading("118/76 72 98 14 36.7", "10:00"), reading("118/76", "10:40")),
    "31 min old, once started": took(reading("118/76", "10:11"), events=(event(EventKind.STARTED, "10:41"),)),
    "10 % heavier": weighed("70", "77"),
    "more than 10 % heavier": weighed("70", "77.1"),
    "more than 10 % lighter": weighed("70", "62.9"),
    "two held pressures, then good in time": took(
        reading("162/88", "10:02"), reading("165/90", "10:12"), reading("138/84", "10:32")
    ),
    "a held pressure, then good a minute too late": took(reading("165/88", "10:00"), reading("138/84", "10:31")),
    "a reviewed, a held pressure, then good": took(
        reading("150/88", "09:50"), reading("165/88", "10:05"), reading("138/84", "10:30")
    ),
    "a pressure that was not for today, then good": took(reading("184/96", "10:30"), reading("138/84", "10:33")),
    "a systolic alone that holds, then good": took(reading(sbp=165, at="10:30"), reading("138/84", "10:35")),
    "BMI 9.9": built("25", "158.99"),
    "BMI 14": built("40.04", "169.06"),
    "BMI 61": built("160.05", "162"),
    "BMI 91": built("240.05", "162"),
    "weight to the hundredth": weighed("70.04", "77.15"),
    "no earlier weight": facts({"vitals.weight": Decimal(70)}, last=Record(session(number=1))),
}


def takes(*rows: object, **more: object) -> Facts:
    return facts(medicines=rows, **more)  # type: ignore[arg-type]


def cleared(reason: str = "Daily, low dose") -> Record:
    decision = Decision("med.old", "f", Choice.PROCEED, reason, StaffId("menon"), moment("2026-11-11 10:50"))
    return Record(
        session(), medicines=(medicine("xanax 0.5 mg", row="old"),), decisions=(replace(decision, standing=True),)
    )


MEDICINES = {
    "a medicine without interactions": takes(medicine("abacavir")),
    "a benzodiazepine, last taken not asked": takes(medicine("xanax 0.5")),
    "a benzodiazepine this morning": takes(medicine("xanax", "06:30", dose="0.5 mg")),
    "a benzodiazepine yesterday": takes(medicine("xanax 0.5", "2026-11-17 22:00")),
    "a benzodiazepine 24 hr ago": takes(medicine("xanax 0.5", "2026-11-17 10:42")),
    "a benzodiazepine 24 hr 1 min ago": takes(medicine("xanax 0.5", "2026-11-17 10:41")),
    "a benzodiazepine last week": takes(medicine("xanax 0.5", "2026-11-11 22:00")),
    "a benzodiazepine, last taken not known": takes(medicine("xanax 0.5", UNKNOWN)),
    "a benzodiazepine that was cleared for later visits": takes(medicine("xanax 0.5 mg"), last=cleared()),
    "two doses of one medicine in one row": takes(medicine("xanax 0.5 xanax 1")),
    "theophylline": takes(medicine("theophylline 300")),
    "a patch": takes(medicine("fentanyl patch", "2026-11-10 08:00")),
    "the form stands in the dose": takes(medicine("fentanyl", "2026-11-10 08:00", dose="12 mcg/h patch")),
    "a combination": takes(medicine("percocet 5/325")),
    "a name nobody knows": takes(medicine("  zzyzx 5 mg ")),
    "a name nobody knows beside one that is known": takes(medicine("xanax 0.5, zzyzx")),
    "a close spelling": takes(medicine("lexipro 10")),
    "a close spelling that was confirmed": takes(medicine("lexipro 10", spelling="Lexapro")),
    "words that are left over": takes(medicine("xanax 0.5 mg tonic")),
    "a street name": takes(medicine("coke")),
    "a purpose": takes(medicine("sleeping pill")),
    "a look-alike": takes(medicine("clonidine 0.1")),
    "an empty row": takes(medicine("   ")),
    "a row that was removed": takes(medicine("xanax", removed=True)),
    "no medicines": takes(said={"medicines.complete": True}),
    "two sedatives together": takes(medicine("xanax 0.5", "06:30"), medicine("oxycodone 5", "07:00", row="m2")),
    "a stimulant and a high pressure": takes(medicine("adderall 10", "06:30"), readings=(reading("150/90"),)),
    "a stimulant and a low pressure": takes(medicine("adderall 10", "06:30"), readings=(reading("88/50"),)),
    "a stimulant and an MAOI": takes(medicine("adderall 10", "06:30"), medicine("nardil 15", "07:00", row="m2")),
    "a GLP-1 agonist": takes(medicine("ozempic 1 mg")),
    "lamotrigine": takes(medicine("lamictal 100")),
    "insulin": takes(medicine("lantus 10")),
}


def screened(first: object, *rest: object, fifth: object = None, **more: object) -> Facts:
    said = {f"asq.{place}": word for place, word in enumerate((first, *rest), 1) if word is not None}
    said |= {} if fifth is None else {"asq.5": fifth}
    return facts({**said, **more})  # type: ignore[dict-item]


def aged(born: date, *, returning: bool = False) -> Facts:
    return facts(patient=replace(PATIENT, born=born), last=Record(session()) if returning else None)


SCREENING = {
    "four times no": screened(False, False, False, False),
    "three times no, one not asked": screened(False, False, False),
    "a yes, question 5 open": screened(True, False, False, False),
    "a yes first of all": screened(True),
    "a yes, no to question 5": screened(True, False, False, True, fifth=False),
    "a yes, yes to question 5": screened(False, False, True, False, fifth=True, **{"asq.describe": "a plan"}),
    "refused and not known, question 5 refused": screened(DECLINED, UNKNOWN, False, False, fifth=DECLINED),
    "refused and not known, no to question 5": screened(DECLINED, UNKNOWN, True, False, fifth=False),
    "does not apply, question 5 not known": screened(NOT_APPLICABLE, False, False, False, fifth=UNKNOWN),
    "17 years old": aged(date(2008, 11, 19)),
    "18 years old": aged(date(2008, 11, 18)),
    "64 years old": aged(date(1961, 11, 19)),
    "65 years old": aged(date(1961, 11, 18)),
    "65 years old, a later visit": aged(date(1961, 11, 18), returning=True),
    "17 years old, a later visit": aged(date(2008, 11, 19), returning=True),
}


def liver_tests(taken: object, alt: str | None = None, *, liver: str = "moderate", number: int = 1) -> Facts:
    said = {"cond.liver": liver, **({} if taken is None else {"labs.lft_date": taken})}
    said |= {} if alt is None else {"labs.alt_times": Decimal(alt)}
    return facts(said, visit=session(number=number, total=12))  # type: ignore[arg-type]


def infused_since(count: int, tested: date = date(2026, 10, 18)) -> Facts:
    """So many infusions were given since liver tests that are a month old."""
    begun = (event(EventKind.STARTED, "2026-10-20 11:00"),)
    given = tuple(Record(session("2026-10-20 11:00", number=place), events=begun) for place in range(1, count + 1))
    here = liver_tests(tested, liver="no", number=count + 1)
    return replace(here, past=Past(given[-1], given, earlier=given))


def known_since(entered: str) -> Facts:
    """An abnormal ECG, entered on the day of the last infusion; that began at 11:10."""
    ecg = answer("labs.ecg", "abnormal", at=entered)
    given = facts(
        {"labs.ecg": ecg, "labs.ecg_date": date(2026, 11, 1)}, events=(event(EventKind.STARTED, "11:10"),)
    ).record
    return facts(last=given, visit=session("2026-11-25 11:00", number=2), now="2026-11-25 10:00")


HIGH = {"alt": "41", "ast": "41", "alp": "121", "ggt": "61", "bilirubin": "1.3", "creatinine": "1.4", "tsh": "4.6"}
POOR = {"labs.urine": "blood", "labs.drugs": "positive", "labs.ecg": "abnormal"}
DATES = {f"labs.{name}_date": date(2026, 11, 1) for name in ("lft", "kidney", "urine", "drugs", "ecg", "tsh")}
LABS = {
    "moderate liver disease, never tested": liver_tests(None),
    "moderate liver disease, date not known": liver_tests(UNKNOWN),
    "tests on their last day": liver_tests(date(2026, 5, 18)),
    "tests a day after their last day": liver_tests(date(2026, 5, 17)),
    "ALT 3 times its limit": liver_tests(date(2026, 11, 1), "3"),
    "ALT 3.1 times its limit": liver_tests(date(2026, 11, 1), "3.1"),
    "no liver disease, sixth infusion": liver_tests(None, liver="no", number=6),
    "no liver disease, sixth infusion, a value without its date": liver_tests(None, "9", liver="no", number=6),
    "no liver disease, seventh infusion": liver_tests(None, liver="no", number=7),
    "six infusions since recent tests": infused_since(6),
    "five infusions since recent tests": infused_since(5),
    "six infusions, the first on the day of the tests": infused_since(6, tested=date(2026, 10, 20)),
    "six infusions before the tests": infused_since(6, tested=date(2026, 10, 21)),
    "every value above its limit": facts({**DATES, **{f"labs.{name}": Decimal(value) for name, value in HIGH.items()}}),
    "every value below its limit": facts({**DATES, "labs.egfr": Decimal(59), "labs.tsh": Decimal("0.3")}),
    "an ALT that is reviewed": facts({**DATES, "labs.alt": Decimal(121)}),
    "results that are not as they should be": facts({**DATES, **POOR}),
    "results of no known date": facts(POOR),
    "a result known since the last infusion": known_since("10:40"),
    "a result entered as the last infusion began": known_since("11:10"),
    "a result entered after the last infusion began": known_since("11:11"),
    "old tests that nobody asks for": facts({"labs.ecg": "normal", "labs.ecg_date": date(2019, 2, 28)}),
}
KETAMINE = replace(PATIENT, allergy_state=AllergyState.LISTED, allergies="Ketalar: rash")
ALLERGIES = {
    "not asked": facts(patient=replace(PATIENT, allergy_state=AllergyState.NOT_ASKED, allergies="")),
    "none known": facts(),
    "ketamine by its brand": facts(patient=KETAMINE),
    "esketamine by its brand": facts(patient=replace(KETAMINE, allergies="Spravato")),
    "ketamine misspelt": facts(patient=replace(KETAMINE, allergies="ketamin")),
    "something else": facts(patient=replace(KETAMINE, allergies="penicillin")),
    "a text beside none known": facts(patient=replace(KETAMINE, allergy_state=AllergyState.NONE_KNOWN)),
}


def said_at(at: str, planned: str = "11:00", **more: object) -> Facts:
    old = {"identity.name": answer("identity.name", True, at=at), "cond.heart": answer("cond.heart", "no", at=at)}
    return facts({**old, "fasting.fatty": False}, visit=session(planned), **more)  # type: ignore[arg-type]


AGE_OF_ANSWERS = {
    "12 hr before the start": said_at("2026-11-17 23:00"),
    "12 hr 1 min before the planned start": said_at("2026-11-17 22:59"),
    "12 hr 1 min ago": said_at("2026-11-17 22:41", "10:00"),
    "1 day 23 hr ago": said_at("2026-11-16 11:43", "10:00"),
    "two days ago": said_at("2026-11-16 10:42", "10:00"),
}


def last_began(at: str, *, phase: str = "induction", number: int = 2, total: int = 6) -> Facts:
    last = Record(session(), events=(event(EventKind.STARTED, at),))
    return facts(visit=session(number=number, total=total, phase=phase), last=last)


INTERVAL = {
    "a second infusion on one day": last_began("07:00"),
    "23 hr 59 min before": last_began("2026-11-17 11:01"),
    "24 hr before": last_began("2026-11-17 11:00"),
    "39 hr 59 min before": last_began("2026-11-16 19:01"),
    "40 hr before": last_began("2026-11-16 19:00"),
    "21 days before, the hour of the autumn night counted": last_began("2026-10-28 12:00"),
    "21 days and 1 min before": last_began("2026-10-28 11:59"),
    "a year before, in maintenance": last_began("2025-11-18 11:00", phase="maintenance"),
    "the last of the series": last_began("2026-11-11 11:00", number=6),
    "one more than the series": last_began("2026-11-11 11:00", number=7),
    "a series without an end": last_began("2026-11-11 11:00", number=7, total=0),
    "never before": facts(visit=session()),
    "a visit that did not start": facts(last=Record(session())),
}

PHONE = {"transport.plan": "named_adult"}
GATES = {
    "declined, with a reason": facts({"cond.eye": answer("cond.eye", DECLINED, reason="not today!")}),
    "declined, without a reason": facts({"cond.eye": DECLINED}),
    "not known": facts({"cond.eye": UNKNOWN}),
    "does not apply, without a reason": facts({**PHONE, "transport.phone": NOT_APPLICABLE}),
    "does not apply, with a reason": facts(
        {**PHONE, "transport.phone": answer("transport.phone", NOT_APPLICABLE, reason="van?")}
    ),
    "what can stop does not apply": facts({"cond.aneurysm": answer("cond.aneurysm", NOT_APPLICABLE, reason="scan")}),
    "a positive answer with its reason": facts({"cond.aneurysm": answer("cond.aneurysm", True, reason="2019")}),
    "other substances, with what": facts({"substances.last24": True, "substances.what": "one beer"}),
    "other substances, with what and whether": facts(
        {"substances.last24": True, "substances.what": " one beer. ", "substances.intoxicated": True}
    ),
    "other substances, what is not known": facts({"substances.last24": True, "substances.what": UNKNOWN}),
    "a clear answer": facts({"identity.name": True}),
    "no escort": facts({"transport.plan": "none"}),
    "the escort is not there": facts({**PHONE, "transport.name": "Chidi", "transport.where": "not_reached"}),
    "nobody matched the name": facts({"identity.name": False}),
    "changes since the last visit": facts(
        {"screening.change": False}, last=Record(session(planned="2026-11-04 11:00"))
    ),
    "not needed before the start": facts({"discharge.mood": UNKNOWN, "fasting.meds_sip": UNKNOWN}),
    "needed for the start alone": facts({"dose.diluent": UNKNOWN}),
    "judged elsewhere": facts({"asq.1": DECLINED, "fasting.solids": UNKNOWN, "consent.date": UNKNOWN}),
}

SAID: dict[str, Said] = {
    "fasting": said_by(fasting.findings, FASTING),
    "consent": said_by(consent.findings, CONSENT),
    "vital_signs": said_by(baseline.findings, VITALS),
    "medicines": said_by(medication.findings, MEDICINES),
    "screening": said_by(screening.findings, SCREENING),
    "labs": said_by(labs.findings, LABS),
    "allergies": said_by(allergies.findings, ALLERGIES),
    "age_of_answers": said_by(asked.findings, AGE_OF_ANSWERS),
    "interval": said_by(interval.findings, INTERVAL),
    "answers": said_by(gates.findings, GATES),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_found_before_the_start_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
