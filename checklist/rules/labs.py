"""Liver tests and how old they are (reference 3.2, row 13 and the currency of laboratory values).

Asked where the liver matters: known liver disease, or a long series of infusions.
"""

from collections.abc import Iterator

from checklist.model import Level
from checklist.rules.consent import expires
from checklist.rules.facts import FACTS, Facts, finding
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Finding
from checklist.times import written_date

STEP = "screening"
DATE, ALT = "labs.lft_date", "labs.alt_times"


def findings(facts: Facts) -> Iterator[Finding]:
    """Tests that are due again or of no known date, and an ALT above its limit; nothing where none are asked for."""
    if FACTS["needs_liver_tests"](facts):
        yield from _currency(facts)
        yield from _alt(facts)


def _currency(facts: Facts) -> Iterator[Finding]:
    taken, today = facts.day(DATE), facts.judged_at.local.date()
    months = limit_text(facts, "labs.lft_months")
    if taken is None:
        title, detail = "No date of liver tests", f"They count for {months}."
    else:
        until = expires(taken, int(facts.limit("labs.lft_months")))
        if today <= until:
            return
        title = f"Liver tests of {written_date(taken)} are due again"
        detail = f"They counted for {months}, until {written_date(until)}."
    yield finding(
        DATE,
        Level.NOTE,
        title,
        detail,
        "Tell the provider; plan the tests.",
        STEP,
        items=(DATE,),
        source=facts.protocol.source_of("labs.lft_months"),
        inputs=((DATE, facts.word(DATE) and str(taken)),),
    )


def _alt(facts: Facts) -> Iterator[Finding]:
    times = facts.number(ALT)
    if times is not None and times > facts.limit("labs.alt_review"):
        yield finding(
            ALT,
            Level.REVIEW,
            f"ALT {number(times)} times its upper limit",
            f"Above {limit_text(facts, 'labs.alt_review')}.",
            "The provider decides.",
            STEP,
            items=(ALT,),
            source=facts.protocol.source_of("labs.alt_review"),
            inputs=((ALT, number(times)),),
        )
