"""Visits that between them make every rule speak, for tests that look at all findings there can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from checklist.model import AllergyState, Answer, AnswerState, EventKind, ItemId, StampKind, TimeValue
from checklist.protocol import Gate, Item, ItemKind, NeededFor
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import Finding, Record
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    PATIENT,
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    answers,
    event,
    facts,
    medicine,
    moment,
    reading,
    ready,
    session,
)
from tests.rules.calling import called
from tests.rules.happening import side_effect, stamp, with_stamps
from tests.rules.leaving import DONE, leaving
from tests.rules.test_conditions import asked
from tests.rules.visit import ORDER as ORDERED
from tests.rules.visit import after, checked, during, infusion, with_effects

ALL_ASKED = replace(
    PROTOCOL,
    steps=tuple(
        replace(step, items=tuple(replace(item, show_when=()) for item in step.items)) for step in PROTOCOL.steps
    ),
)
"""The shipped protocol with every item visible."""
VALUES: Mapping[ItemKind, Said] = {
    ItemKind.TIME: moment("09:00"),
    ItemKind.DATE: date(2026, 10, 1),
    ItemKind.TEXT: "Said so",
    ItemKind.PHONE: "555-010-0142",
    ItemKind.QUANTITY: Decimal(70),
}
ORDER: Mapping[str, Said] = {
    "dose.mg_per_kg": Decimal("0.5"),
    "dose.mg": Decimal("34.2"),
    "dose.weight_basis": "actual",
    "dose.concentration": "50",
    "dose.total_ml": Decimal(100),
    "dose.diluent": "saline",
    "dose.minutes": Decimal(40),
}
STARTED = event(EventKind.STARTED, "11:00")


def said_as(item: Item, word: str) -> Said | Answer:
    """The answer that gates call `word`."""
    if word in (UNKNOWN, DECLINED, NOT_APPLICABLE):
        return answer(item.id, AnswerState(word), reason="Says so" if word != UNKNOWN else "")
    if item.kind is ItemKind.YES_NO:
        return word == "yes"
    return word if item.kind is ItemKind.CHOICE else VALUES[item.kind]


def gated() -> list[tuple[Item, Gate, str]]:
    return [(item, gate, word) for item in PROTOCOL.items() for gate in item.gates for word in gate.when]


def of_answer(item: Item, word: str) -> Facts:
    """A visit on which one item is answered so, and all is asked."""
    stage = STARTED if item.needed_for is NeededFor.DISCHARGE else None
    return facts(
        {**ready(), item.id: said_as(item, word)},
        protocol=ALL_ASKED,
        readings=(BASELINE,),
        events=(stage,) if stage else (),
    )


def before(said: Mapping[str, Said | Answer] | None = None, **more: object) -> Facts:
    return facts(ready(said or {}), **{"readings": (BASELINE,), **more})  # type: ignore[arg-type]


def ordered(**changed: Said) -> Facts:
    order = {**ORDER, **{f"dose.{key}": said for key, said in changed.items()}}
    return before({key: said for key, said in order.items() if said != ""})


def last(days: int = 7, weight: int = 90, per_kg: str = "0.3", phase: str = "induction") -> Record:
    begun = replace(event(EventKind.STARTED, "09:00"), at=moment("11:00").plus(days=-days))
    said = {"vitals.weight": Decimal(weight), "dose.mg_per_kg": Decimal(per_kg)}
    return Record(session(phase=phase), answers=answers(said), events=(begun,))


def scenes() -> Iterator[tuple[str, Facts]]:
    """Name and facts; together they reach every finding that is no gate of the protocol."""
    yield from _fasting()
    yield from _people()
    yield from _signs()
    yield from _orders()
    yield from _running()
    yield from _leaving()
    yield from _wrong()
    yield from _after_the_visit()


@cache
def visits() -> Mapping[str, Facts]:
    """All scenes by name, built once."""
    return dict(scenes())


@cache
def found_in(scene: str) -> tuple[Finding, ...]:
    """All findings of a scene, judged once."""
    return evaluate(visits()[scene])


def _wrong() -> Iterator[tuple[str, Facts]]:
    """What goes wrong without a number: calls, side effects, departures, drug in the tissue, a visit past closing."""
    serious: dict[str, Said] = {"serious.life": True, "serious.hospital": UNKNOWN}
    calling = (stamp(StampKind.WORRY, "11:12"), stamp(StampKind.HELP_ASKED, "11:13", words="feels ill"))
    yield "worried", with_stamps(infusion(), *calling)
    yield "worried before the start", with_stamps(before(), *calling)
    yield "emergency", with_stamps(infusion(), stamp(StampKind.EMS_CALLED, "11:14"))
    yield "severe effect", with_effects(infusion(), side_effect("headache", 3))
    yield "severe effect over", with_effects(infusion(), side_effect("headache", 3, ended="11:30"))
    yield "lasting effects", with_effects(leaving(), side_effect("dizziness", 2), side_effect("allergic", 2, row="e2"))
    weighed = checked(facts(ORDERED))
    weight, by = weighed.record.answers[ItemId("vitals.weight")], weighed.record.verifications[-1].by
    answered = {**weighed.record.answers, weight.item: replace(weight, by=by)}
    yield "weight checked by who entered it", replace(weighed, record=replace(weighed.record, answers=answered))
    yield "craving", with_effects(leaving(), side_effect("craving", 2))
    yield "serious", with_effects(leaving(serious), side_effect("fall", 3))
    yield "not excluded", with_effects(leaving({"serious.life": UNKNOWN}), side_effect("fall", 3))
    for at, result in (("11:30", "no_answer"), ("12:10", "no_answer")):
        yield (
            f"escort called {at}",
            with_stamps(leaving({"discharge.escort": False}), stamp(StampKind.ESCORT_CALL, at, result=result)),
        )
    for said in ({}, {"ama.choose": False}):
        yield f"leaves {list(said)}", with_stamps(leaving(said), stamp(StampKind.LEAVING, "12:00"))
    yield "infiltration", leaving({"iv.infiltrated": True})
    for name, here in (("", infusion()), (" at the end", leaving())):
        yield f"condition{name}", replace(here, record=replace(here.record, decisions=(asked(),)))
    yield "past closing", before(visit=session("17:30"))


BAD_CALL: Mapping[str, Said] = {
    "call.reached": "patient",
    "call.drove": True,
    "call.nausea": UNKNOWN,
    "call.concern": True,
    "call.asq1": True,
    "call.sbp": Decimal(170),
    "call.dbp": Decimal(104),
    "call.told": "not_yet",
}


def _after_the_visit() -> Iterator[tuple[str, Facts]]:
    """The day after, and the visit after that."""
    yield "called", called(BAD_CALL)
    next_visit = session("2026-11-25 11:00", number=2)
    for name, last_visit in (("call said", called(BAD_CALL)), ("never called", called())):
        yield f"next visit: {name}", before(last=last_visit.record, visit=next_visit, now="2026-11-25 10:42")


def _fasting() -> Iterator[tuple[str, Facts]]:
    insulin = (medicine("insulin glargine"),)
    for name, said in (
        ("late meal", {"fasting.solids": moment("07:20")}),
        ("late drink", {"fasting.fluids": moment("10:00")}),
        ("meal after the start", {"fasting.solids": moment("11:30")}),
        ("meal not known", {"fasting.solids": UNKNOWN}),
        ("drink declined", {"fasting.fluids": answer("fasting.fluids", DECLINED, reason="No")}),
        ("meal not applicable", {"fasting.solids": answer("fasting.solids", NOT_APPLICABLE, reason="Tube")}),
    ):
        yield name, before(said)
    yield "estimate", before({"fasting.solids": TimeValue(moment("04:50"), estimated=True)})
    for value in (60, 100, 310):
        yield f"glucose {value}", before({"fasting.glucose": Decimal(value)}, medicines=insulin)
    yield "glucose unknown", before({"fasting.glucose": UNKNOWN}, medicines=insulin)
    yield "long fast", before({"fasting.solids": moment("2026-11-17 18:00")}, medicines=insulin)


def _people() -> Iterator[tuple[str, Facts]]:
    for state, text in ((AllergyState.NOT_ASKED, ""), (AllergyState.LISTED, "ketamine: rash")):
        yield f"allergies {state}", before(patient=replace(PATIENT, allergy_state=state, allergies=text))
    yield "allergy to latex", before(patient=replace(PATIENT, allergy_state=AllergyState.LISTED, allergies="latex"))
    yield "allergy to nuts", before(patient=replace(PATIENT, allergy_state=AllergyState.LISTED, allergies="nuts"))
    yield from _screened()
    for born in (date(2010, 1, 1), date(1950, 1, 1)):
        yield f"born {born}", before(patient=replace(PATIENT, born=born))
    for day in (date(2025, 10, 1), date(2027, 1, 1)):
        yield f"consent {day}", before({"consent.date": day})
    yield "consent unknown", before({"consent.date": UNKNOWN})
    yield "asked long ago", before({"identity.name": answer("identity.name", True, at="2026-11-15 10:00")})
    for name, fifth in (("open", {}), ("not acute", {"asq.5": False}), ("acute", {"asq.5": True})):
        yield f"asq {name}", before({"asq.1": True, **fifth})
    yield "liver", before({"cond.liver": "moderate"})
    yield "liver tests old", before({"cond.liver": "moderate", "labs.lft_date": date(2025, 1, 1),
                                     "labs.alt_times": Decimal(5)})  # fmt: skip
    for typed in (("sertraline 100 mg",), ("xanax 0.5",), ("theophylline",), ("blue pill",), ("lexipro",),
                  ("xanax", "oxycodone"), ("adderall", "phenelzine")):  # fmt: skip
        rows = tuple(medicine(text, row=f"m{place}") for place, text in enumerate(typed))
        yield f"medicines {typed}", before(medicines=rows)
    yield "no medicines", before()
    for days in (0, 1, 30):
        yield f"last {days} days ago", before(last=last(days), course=(last(days),))
    yield "seventh", before(visit=session(number=7))


def _screened() -> Iterator[tuple[str, Facts]]:
    """Dated conditions, questionnaires, results from elsewhere, laboratory."""
    for item in ("cond.brain", "cond.cardiac"):
        for when in (date(2026, 11, 1), date(2019, 1, 1), UNKNOWN, DECLINED):
            yield f"{item} {when}", before({item: "event", f"{item}_when": when})
    filled = {f"phq9.{place}": "2" for place in range(1, 10)} | {f"gad7.{place}": "3" for place in range(1, 8)}
    yield "questionnaires", before(filled)
    yield "questionnaires begun", before({"phq9.1": "2", "gad7.1": DECLINED})
    high: dict[str, Said] = {"scores.cssrs": "high", "scores.stop_bang": Decimal(6), "scores.pcl5": Decimal(50)}
    yield "results from elsewhere", before(high)
    values = {"alt": 200, "ast": 90, "alp": 300, "ggt": 90, "bilirubin": 3, "creatinine": 4, "egfr": 20, "tsh": 9}
    said: dict[str, Said] = {f"labs.{name}": Decimal(value) for name, value in values.items()}
    yield "laboratory", before({**said, "labs.urine": "blood", "labs.drugs": "positive", "labs.ecg": "abnormal"})
    yield "old laboratory", before({"cond.kidney": True, "labs.kidney_date": date(2020, 1, 1), "labs.tsh": Decimal(0)})
    yield "old tests", before({"labs.ecg": "normal", "labs.ecg_date": date(2020, 1, 1)})


def _signs() -> Iterator[tuple[str, Facts]]:
    lines = ("150/95 115 93 22 35", "165/104 132 90 26 38.2", "185/112 38 91 7 36.7", "88/45 45 94 10 36.7")
    for line in lines:
        yield line, before(readings=(reading(line),))
    for first in ("165/88", "184/96"):
        yield f"{first} came down", before(readings=(reading(first, at="10:30"), BASELINE))
    yield "on oxygen", before(readings=(reading("118/76 72 98 14 36.7", oxygen_l_min=Decimal(2)),))
    yield "drowsy", before(readings=(reading("118/76 72 98 14 36.7", moaas=4),))
    yield "dreamy", before(readings=(reading("118/76 72 98 14 36.7", dissociation=2, agitation=2, nausea=2),))
    fit = reading("118/76 72 98 14 36.7", symptoms=("seizure",))
    yield "fit before the start", before(readings=(fit,))
    yield "struck fit", before(readings=(replace(fit, artefact="another patient"),))
    yield "old set", before(readings=(reading("118/76 72 98 14 36.7", at="09:30"),))
    yield "weight", before(last=last())
    yield "weight for height", before({"vitals.weight": Decimal(200), "vitals.height": Decimal(140)})
    yield "no such body", before({"vitals.weight": Decimal(30), "vitals.height": Decimal(250)})


def _orders() -> Iterator[tuple[str, Facts]]:
    yield "order", ordered()
    yield "too much", ordered(mg_per_kg=Decimal("2.5"), mg=Decimal(171))
    yield "much", ordered(mg_per_kg=Decimal("0.9"), mg=Decimal("61.6"))
    yield "short", ordered(minutes=Decimal(20))
    yield "differs", ordered(mg=Decimal(50))
    yield "ideal", ordered(weight_basis="ideal")
    yield "undiluted", ordered(concentration="100", diluent="none")
    yield "bag", ordered(total_ml=Decimal("0.5"), mg=Decimal(50), concentration="10")
    yield "rate", ordered(total_ml=Decimal(500))
    yield "no such rate", ordered(total_ml=Decimal(1000), minutes=Decimal(5))
    yield "expired", ordered(expiry=date(2026, 1, 1))
    yield "raised", before(dict(ORDER), last=last())


def _running() -> Iterator[tuple[str, Facts]]:
    base = (BASELINE, replace(BASELINE, moaas=5))
    rows = (
        ("high", (during("185/100", "11:10"),)),
        ("higher", (during("205/125", "11:10"),)),
        ("high twice", (during("185/100", "11:10"), during("186/100", "11:16"))),
        ("high and back", (during("205/125", "11:10"), during("120/80", "11:20"))),
        ("high and struck", (replace(during("205/125", "11:10"), artefact="cuff slipped"),)),
        ("half a set", (during("120/80 72 98", "11:00"),)),
        ("low", (during("85/50 45 92 9", "11:10"),)),
        ("lower", (during("78/45 38 88 7", "11:10"),)),
        ("fast", (during("120/80 125 98 26", "11:10"), during("120/80 135 98 31", "11:20"))),
        ("rise", (during("165/100 80 98 14", "11:10"),)),
        ("asleep", (during("120/80 80 98 14", "11:10", moaas=1, dissociation=3, nausea=3),)),
        ("symptoms", (during("120/80 80 98 14", "11:10", symptoms=("chest_pain",)),)),
        ("three repeats", (during("185/100", "11:10"), during("185/100", "11:13"), during("120/80 125 98 14", "11:20"),
                           during("185/100", "11:30"))),
    )  # fmt: skip
    for name, taken in rows:
        said = ready(dict(ORDER))
        yield name, facts(said, now="11:32", readings=(*base, *taken), events=(STARTED,))
    yield "missed", facts(ready(dict(ORDER)), now="11:45", readings=base, events=(STARTED,))


def _leaving() -> Iterator[tuple[str, Facts]]:
    yield "leaving", leaving()
    yield "too early", leaving(now="11:50")
    yield "nothing ticked", leaving(dict.fromkeys(DONE, AnswerState.UNANSWERED))
    yield "nothing known", leaving(dict.fromkeys(DONE, UNKNOWN))
    wrong: Mapping[str, Said] = {
        **{item: "0" for item, said in DONE.items() if said == "2"},
        **{item: False for item, said in DONE.items() if said is True},
        "discharge.dissociation": "3",
        "discharge.no_reversal": "given",
        "discharge.reversal_at": moment("12:00"),
        "waste.wasted_mg": Decimal(8),
    }
    yield "nothing met", leaving(wrong)
    poor = (after("180/110 120 90 22 36.7", "11:55", moaas=3), after("185/112 132 88 25 36.7", "12:10", moaas=3))
    yield "poor signs", leaving(readings=poor)
    yield "poor, then good", leaving(readings=(*poor, after("118/76 72 98 14 36.7", "12:12", moaas=5)))
    stopped = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="150"))
    yield "pump", leaving(events=stopped)
