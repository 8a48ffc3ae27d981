"""The discharge criteria, each as it stands now (reference 9.1)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from checklist.model import ItemId, Meaning, Reading
from checklist.rules import conditions
from checklist.rules.baseline import baseline_reading, baseline_values
from checklist.rules.criterion import POLICY, Standing
from checklist.rules.dose import given, unaccounted_mg, written
from checklist.rules.facts import Facts
from checklist.rules.lasting import held_against, others
from checklist.rules.schedule import clocks, ready_at, stopped
from checklist.rules.scores import (
    aldrete,
    change_percent,
    comfort,
    dissociation_words,
    latest_comfort,
    latest_recovery,
    moaas_words,
    mpadss,
    recovery_readings,
)
from checklist.rules.texts import number
from checklist.snapshot import Met, Score
from checklist.times import written_length, written_time

TREATABLE = {"nausea": ("nausea", "vomiting"), "pain": ("headache", "iv_site", "other")}
WASTE_ITEMS = ("waste.drawn_mg", "waste.wasted_mg")
SCORE_ITEMS = {
    "aldrete": ("aldrete.activity", "aldrete.respiration", "aldrete.consciousness"),
    "mpadss": ("mpadss.ambulation", "mpadss.nausea", "mpadss.pain", "mpadss.bleeding"),
}


def within_percent(baseline: Decimal, now: Decimal | int, percent: Decimal) -> bool:
    """Within so many % of the baseline, up or down; exactly so many counts as within."""
    return change_percent(baseline, now) <= percent


def standings(facts: Facts) -> tuple[Standing, ...]:
    """Every criterion, before any provider's decision."""
    return facts.once(_standings)


def _standings(facts: Facts) -> tuple[Standing, ...]:
    return (*(held_against(facts, one) for one in _each(facts)), *others(facts), *conditions.standings(facts))


def _each(facts: Facts) -> tuple[Standing, ...]:
    return (
        _observed(facts),
        _vitals(facts),
        _spo2(facts),
        _scored(facts, aldrete(facts), "aldrete.pass"),
        _scored(facts, mpadss(facts), "mpadss.pass"),
        _oriented(facts),
        _dissociation(facts),
        _gait(facts),
        _comfort(facts, "nausea", "Nausea controlled"),
        _comfort(facts, "pain", "Pain controlled"),
        _said_yes(facts, "mood", "No new thoughts of suicide"),
        _said_yes(facts, "iv_out", "IV removed, site checked"),
        _reversal(facts),
        _waste(facts),
        *_witness(facts),
        _said_yes(facts, "written", "Written instructions given"),
        _said_yes(facts, "understood", "Instructions said back"),
        _escort(facts),
    )


def _observed(facts: Facts) -> Standing:
    setting = facts.protocol.setting("observation_from")
    key = "schedule.observe_from_start" if setting == "start" else "schedule.observe_after_end"
    needed, ready, clock = number(facts.limit(key)), ready_at(facts), facts.once(clocks)
    title = f"{needed} minutes observed"
    source = facts.protocol.source_of(key)
    if ready is None or clock is None:
        return Standing("min_time", title, Met.UNANSWERED, "counts once the infusion has ended", source)
    if facts.now >= ready:
        return Standing("min_time", title, Met.MET, f"since {written_time(ready)}", source)
    minutes = -(-ready.since(facts.now) // timedelta(minutes=1))
    inputs = (("ready_at", ready.store()),)
    return Standing("min_time", title, Met.NOT_MET, f"{minutes} min to go", source, inputs=inputs, until=ready)


def _full(reading: Reading) -> bool:
    return reading.sbp is not None and reading.dbp is not None and reading.hr is not None


def _vitals(facts: Facts) -> Standing:
    """The last two sets: systolic and heart rate near the baseline, or blood pressure inside fixed limits."""
    percent = facts.limit("discharge.within_percent")
    title = f"BP and heart rate within {number(percent)} % of baseline, or BP inside the limits"
    source = facts.protocol.source_of("discharge.within_percent")
    needed = int(facts.limit("discharge.sets"))
    last = [one for one in recovery_readings(facts) if _full(one)][-needed:]
    if len(last) < needed:
        detail = f"needs {needed} sets after the infusion, {len(last)} so far"
        return Standing("vitals", title, Met.UNANSWERED, detail, source)
    base = baseline_values(facts)
    against = f" against {number(base.sbp)}, {number(base.hr)}" if base.sbp and base.hr else ""
    shown = " and ".join(f"{one.sbp}/{one.dbp}, {one.hr}" for one in last)
    met = Met.MET if all(_is_stable(facts, one) for one in last) else Met.NOT_MET
    inputs = (("sets", shown), ("baseline", against))
    standing = Standing("vitals", title, met, f"{shown}{against}", source, inputs=inputs)
    return standing if latest_recovery(facts, lambda one: one.rr) else _never_taken(standing, "breathing rate")


def _is_stable(facts: Facts, reading: Reading) -> bool:
    sbp, dbp, hr = reading.sbp or 0, reading.dbp or 0, reading.hr or 0
    limit, base = facts.limit, baseline_values(facts)
    inside = limit("discharge.sbp_low") <= sbp <= limit("discharge.sbp_high") and dbp < limit("discharge.dbp_below")
    percent = limit("discharge.within_percent")
    pairs = ((base.sbp, sbp), (base.hr, hr))
    return inside or all(bool(before) and within_percent(before or Decimal(1), now, percent) for before, now in pairs)


def _spo2(facts: Facts) -> Standing:
    above = facts.limit("discharge.spo2_above")
    title = f"SpO2 above {number(above)} % on room air, or as at baseline"
    source = facts.protocol.source_of("discharge.spo2_above")
    latest = latest_recovery(facts, lambda one: one.spo2)
    if latest is None or latest.spo2 is None:
        return Standing("spo2", title, Met.UNANSWERED, "not recorded after the infusion", source)
    before, base = baseline_reading(facts), baseline_values(facts).spo2
    was_on_oxygen = before is not None and before.on_oxygen
    as_before = base is not None and latest.spo2 >= base and (was_on_oxygen or not latest.on_oxygen)
    met = as_before or (latest.spo2 > above and not latest.on_oxygen)
    air = "on oxygen" if latest.on_oxygen else "on room air"
    detail = f"{latest.spo2} % {air} at {written_time(latest.observed)}"
    return Standing("spo2", title, Met.MET if met else Met.NOT_MET, detail, source, inputs=(("spo2", detail),))


def _scored(facts: Facts, result: Score, limit: str) -> Standing:
    """A part that is known not to be known leaves no total, and is for the provider; a part not asked yet is open."""
    key = limit.partition(".")[0]
    title = f"{'MPADSS' if key == 'mpadss' else 'Aldrete'} {result.pass_mark} or more"
    source = facts.protocol.source_of(limit)
    inputs = tuple((name, str(part)) for name, part in result.parts)
    if result.total is not None:
        met = Met.MET if result.passes else Met.NOT_MET
        return Standing(key, title, met, f"total {result.total}", source, inputs=inputs)
    lacking = ", ".join(name for name, part in result.parts if part is None)
    words = [facts.word(item) for item in SCORE_ITEMS[key]]
    refused = [word for word in words if word and not word.isdigit()]
    if refused and all(words):
        inputs = (*inputs, ("answers", ",".join(words)))
        return Standing(key, title, Met.NOT_MET, f"no total: {lacking} not known", source, SCORE_ITEMS[key], inputs)
    return Standing(key, title, Met.UNANSWERED, f"still open: {lacking}", source, SCORE_ITEMS[key], inputs)


def _word_test(
    facts: Facts, key: str, title: str, item: str, good: Callable[[str], bool], source: str = POLICY
) -> Standing:
    """Unanswered is missing; unknown, declined and not applicable are never taken as fine."""
    word = facts.word(item)
    detail = word.replace("_", " ") or "not recorded"
    met = Met.UNANSWERED if not word else Met.MET if good(word) else Met.NOT_MET
    answer = facts.answer(item)
    inputs = ((item, word), ("reason", answer.reason if answer else ""))
    return Standing(key, title, met, detail, source, items=(item,), inputs=inputs)


def _said_yes(facts: Facts, key: str, title: str) -> Standing:
    return _word_test(facts, key, title, f"discharge.{key}", lambda word: word == "yes")


def _escort(facts: Facts) -> Standing:
    """The tick holds for the escort it was made for (reference 12.4)."""
    test, own = _said_yes(facts, "escort", "Escort is here"), facts.record.answers.get(ItemId("discharge.escort"))
    if test.met is Met.UNANSWERED and own is not None and facts.is_for_another_escort(own):
        return replace(test, detail="ticked for another escort or way home")
    return test


def _oriented(facts: Facts) -> Standing:
    """The tick, and no later reading that says otherwise: a patient below MOAA/S 5 is not awake (case 12.38)."""
    test = _said_yes(facts, "oriented", "Awake and oriented")
    latest = latest_recovery(facts, lambda one: one.moaas)
    if latest is None or latest.moaas is None:
        return _never_taken(test, "sedation")
    words = f"MOAA/S {moaas_words(latest.moaas, facts.protocol)} at {written_time(latest.observed)}"
    met = Met.NOT_MET if test.met is Met.MET and latest.moaas < facts.limit("discharge.awake") else test.met
    return replace(test, met=met, detail=f"{test.detail}; {words}", inputs=(*test.inputs, ("moaas", words)))


def _never_taken(test: Standing, sign: str) -> Standing:
    """What nobody looked at since the infusion ended is not met by the rest; a provider can decide on it."""
    met = Met.UNANSWERED if test.met is Met.MET else test.met
    return replace(test, met=met, detail=f"{test.detail}; no {sign} since the infusion")


def _dissociation(facts: Facts) -> Standing:
    """The worse of the answer and the latest reading: who dissociates again after the tick stays."""
    most = facts.limit("discharge.dissociation_max")
    test = _word_test(
        facts,
        "dissociation",
        f"Dissociation {number(most)} or less",
        "discharge.dissociation",
        lambda word: word.isdigit() and int(word) <= most,
        facts.protocol.source_of("discharge.dissociation_max"),
    )
    latest = latest_recovery(facts, lambda one: one.dissociation)
    if latest is None or latest.dissociation is None:
        return test
    named = dissociation_words(latest.dissociation, facts.protocol).lower()
    words = f"{named} at {written_time(latest.observed)}"
    if not facts.is_answered("discharge.dissociation"):  # not asked twice
        met = Met.MET if latest.dissociation <= most else Met.NOT_MET
        return replace(test, met=met, detail=words, inputs=(("reading", words),))
    met = Met.NOT_MET if test.met is Met.MET and latest.dissociation > most else test.met
    return replace(test, met=met, detail=f"{test.detail}; {words}", inputs=(*test.inputs, ("reading", words)))


def _gait(facts: Facts) -> Standing:
    test = _word_test(facts, "gait", "Walks steadily", "mpadss.ambulation", lambda word: word == "2")
    option = facts.protocol.item("mpadss.ambulation").option(facts.word("mpadss.ambulation"))
    return replace(test, detail=option.label.lower()) if option else test


def _comfort(facts: Facts, key: str, title: str) -> Standing:
    """Minimal, or moderate and treated: something was written down as done for it. A worse reading counts."""
    treated = any(row.term in TREATABLE[key] and row.action.strip() for row in facts.record.current_effects)
    enough = 1 if treated else 2
    item = f"mpadss.{key}"
    points, latest = comfort(facts, key), latest_comfort(facts, key)
    test = _word_test(facts, key, title, item, lambda _: points is not None and points >= enough)
    option = facts.protocol.item(item).option(facts.word(item))
    detail = option.label.lower() if option else test.detail
    if latest is not None:
        detail = f"{detail}; {key} {getattr(latest, key)} at {written_time(latest.observed)}"
    inputs = (*test.inputs, ("treated", str(treated)), ("points", str(points)))
    return replace(test, detail=f"{detail}, treated" if treated else detail, inputs=inputs)


def _reversal(facts: Facts) -> Standing:
    """After a reversal agent the sedation can come back when it wears off: wait."""
    title = "No naloxone or flumazenil wearing off"
    source = facts.protocol.source_of("discharge.reversal_wait")
    item, time_item = "discharge.no_reversal", "discharge.reversal_at"
    test = _word_test(facts, "reversal", title, item, lambda word: word == "none", source)
    at = facts.moment(time_item)
    if facts.word(item) != "given":
        return test
    if at is None:
        met = Met.NOT_MET if facts.is_answered(time_item) else Met.UNANSWERED
        return replace(test, met=met, detail="given, time not known", items=(item, time_item))
    until = at.plus(minutes=float(facts.limit("discharge.reversal_wait")))
    detail = f"given at {written_time(at)}, {written_length(facts.now.since(at))} ago"
    inputs = (*test.inputs, ("until", until.store()))
    if facts.now >= until:
        return replace(test, met=Met.MET, detail=detail, inputs=inputs)
    return replace(test, detail=detail, inputs=inputs, until=until)


def _waste(facts: Facts) -> Standing:
    """Drawn = given + wasted, where given is computed from the mL that the pump gave (reference 5.5)."""
    title, got = "Drug accounted for", given(facts)
    drawn, wasted = (facts.number(item) for item in WASTE_ITEMS)
    if not facts.is_visible(facts.protocol.item("waste.wasted_mg")):
        amount = f"drawn {number(drawn or Decimal(0))} mg, all of it given"
        return Standing("waste", title, Met.MET, amount, items=WASTE_ITEMS, inputs=(("waste", amount),))
    if not all(facts.is_answered(item) for item in WASTE_ITEMS):
        return Standing("waste", title, Met.UNANSWERED, "drawn and wasted not recorded", items=WASTE_ITEMS)
    if drawn is None or wasted is None:
        words = ", ".join(facts.word(item) for item in WASTE_ITEMS)
        detail = "drawn or wasted not known"
        return Standing("waste", title, Met.NOT_MET, detail, items=WASTE_ITEMS, inputs=(("waste", words),))
    if got is None:
        met = Met.UNANSWERED if stopped(facts) is None else Met.NOT_MET
        inputs = (("drawn", number(drawn)), ("wasted", number(wasted)))
        return Standing("waste", title, met, "the amount given is not known", items=WASTE_ITEMS, inputs=inputs)
    gap = unaccounted_mg(drawn, got.given_mg, wasted)
    sure = f" ({got.uncertain})" if got.uncertain else ""
    amounts = f"drawn {number(drawn)} mg, given {written(got.given_mg, 2)} mg{sure}, wasted {number(wasted)} mg"
    word = f"DISCREPANCY, {number(abs(gap))} mg {'missing' if gap > 0 else 'too much'}: "
    detail = f"{word if gap else ''}{amounts}"
    met = Met.NOT_MET if gap else Met.MET
    return Standing("waste", title, met, detail, items=WASTE_ITEMS, inputs=(("waste", amounts),))


def _witness(facts: Facts) -> Iterator[Standing]:
    """Asked only when something was wasted."""
    if not facts.number("waste.wasted_mg"):
        return
    signature = facts.record.signature(Meaning.WITNESSED_WASTE)
    if signature is None:
        yield Standing("witness", "Waste witnessed", Met.UNANSWERED, "no second person has signed yet")
    else:
        yield Standing("witness", "Waste witnessed", Met.MET, f"{signature.name} at {written_time(signature.at)}")
