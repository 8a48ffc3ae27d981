"""Consent on file counts for a number of calendar months (reference 3.2, row 25). Nobody can override this."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from checklist.model import Level
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text
from checklist.snapshot import Finding
from checklist.times import written_date

STEP = "identity"
ITEMS = frozenset({"consent.date"})


def expires(signed: date, months: int) -> date:
    """The last day on which a consent counts: the same day of the month, or the month's last (29-Feb → 28-Feb)."""
    years, month = divmod(signed.month - 1 + months, 12)
    year, month = signed.year + years, month + 1
    return date(year, month, min(signed.day, monthrange(year, month)[1]))


def findings(facts: Facts) -> Iterator[Finding]:
    """Expired, dated ahead, or without a known date. No answer yet is an open item, not a finding."""
    word = facts.word("consent.date")
    if not word or facts.word("consent.on_file") != "yes":
        return
    signed, today = facts.day("consent.date"), facts.judged_at.local.date()
    if signed is None:
        yield _finding(facts, Level.HOLD, "Date of the consent not known", "Nobody can say that it counts.")
        return
    last = expires(signed, int(facts.limit("consent.valid_months")))
    if signed > today:
        yield _finding(facts, Level.HOLD, f"Consent dated ahead: {written_date(signed)}", "Check the date.")
    elif today > last:
        months = limit_text(facts, "consent.valid_months")
        yield _finding(
            facts,
            Level.STOP,
            f"Consent of {written_date(signed)} has expired",
            f"It counted for {months}, until {written_date(last)}.",
        )
    else:
        yield finding(
            "consent.date",
            Level.CLEAR,
            f"Consent of {written_date(signed)} counts until {written_date(last)}",
            "",
            "",
            STEP,
            items=("consent.date",),
        )


def _finding(facts: Facts, level: Level, title: str, detail: str) -> Finding:
    return finding(
        "consent.date",
        level,
        title,
        detail,
        "No infusion without valid signed consent. The provider can take consent now.",
        STEP,
        items=("consent.date",),
        source=facts.protocol.source_of("consent.valid_months"),
        inputs=(("consent.date", str(facts.day("consent.date"))),),
        nobody_overrides=True,
    )
