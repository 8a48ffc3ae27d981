"""What was added to a closed record, and what was struck from one: the original readable beside the new value."""

from collections.abc import Sequence

from checklist.acts import Amendment, AmendmentKind, Handover, Target, VerbalOrder
from checklist.model import Meaning, Signature
from checklist.paper import words
from checklist.paper.layout import Block, Cell, Row, heading, table_head
from checklist.paper.marks import Mark
from checklist.paper.text import INK_2, STOP, Span, text
from checklist.snapshot import Snapshot

_EDGES = (0.0, 0.22, 0.46, 0.70, 1.0)
_SMALL = 8.2
_KINDS = {
    AmendmentKind.CORRECTION: "Corrected",
    AmendmentKind.LATE_ENTRY: "Late entry",
    AmendmentKind.ADDENDUM: "Added",
    AmendmentKind.IN_ERROR: "Entered in error",
    AmendmentKind.RE_ENTERED: "From another record",
}
ACTS = (Meaning.AMENDMENT, Meaning.AUTHENTICATED, Meaning.HANDED_OVER, Meaning.TOOK_OVER)
"""Signatures of what happened to a record; they stand in a list of their own."""


def was(snapshot: Snapshot, target: Target, ref: str) -> list[Span]:
    """The values that stood here before, struck through, with the version that replaced them."""
    spans: list[Span] = []
    for one in snapshot.record.amended(target, ref):
        if one.was:
            spans.append(Span(f"  {one.was}", size=_SMALL, struck=True))
        spans.append(Span(f" {_mark(one)}", size=_SMALL, colour=INK_2))
    return spans


def mark(snapshot: Snapshot, target: Target, ref: str) -> str:
    """`corrected in v2`, for a table that has no room for the old value: it stands in the list of amendments."""
    found = snapshot.record.amended(target, ref)
    return _mark(found[-1]) if found else ""


def _mark(one: Amendment) -> str:
    return f"{_KINDS[one.kind].lower()}, v{one.version}"


def notice(snapshot: Snapshot) -> str:
    """What the head of each page says of the version; "" for a record that was never amended after it was closed."""
    record = snapshot.record
    if record.broken:
        return "CHANGED AFTER SIGNING: does not match its signatures"
    if record.in_error:
        return "ENTERED IN ERROR"
    told = ""
    if record.version > 1:
        told = f"Amended, version {record.version}, supersedes v{record.version - 1}"
    if record.is_changed_after_signing:
        told = f"{told}. CHANGED AFTER SIGNING, not signed anew"
    return told


def pending(snapshot: Snapshot) -> str:
    """`Pending authentication: 2 orders of Dr. A. Menon, MD`, while a provider has not signed what was telephoned."""
    names = [one.provider_name for one in snapshot.record.outstanding]
    return f"Pending authentication: {', '.join(_counted(names, one) for one in dict.fromkeys(names))}" if names else ""


def _counted(names: Sequence[str], name: str) -> str:
    count = names.count(name)
    return f"{count} {'order' if count == 1 else 'orders'} of {name}"


def section(snapshot: Snapshot) -> list[Block]:
    """Every amendment: what it is about, the old value struck through, the new one, why, who and when."""
    made = snapshot.record.amendments
    if not made:
        return []
    head = table_head(("Amendment", "Was", "Now", "Why, who, when"), _EDGES)
    return [*heading("Amendments", notice(snapshot)), head, *(_row(snapshot, one, head) for one in made)]


def _row(snapshot: Snapshot, one: Amendment, head: Row) -> Row:
    when = f"\nhappened {words.clock(one.happened, words.session_day(snapshot))}" if one.happened else ""
    why = ". ".join(part for part in (one.reason.rstrip("."), words.who_when(snapshot, one.by, one.entered)) if part)
    title = f"v{one.version}  {_KINDS[one.kind]}"
    texts = (
        text(Span(title, bold=True, size=_SMALL), Span(f"\n{one.label}{when}", size=_SMALL)),
        text(one.was or "-", size=_SMALL, struck=bool(one.was)),
        text(one.now or "Not counted any more", bold=bool(one.now), size=_SMALL),
        text(Span(why, size=_SMALL), Span(f"\nMark {one.link}" if one.link else "", size=_SMALL, colour=INK_2)),
    )
    cells = (Cell(each, _EDGES[at], _EDGES[at + 1] - 0.01) for at, each in enumerate(texts))
    return Row(tuple(cells), above=head.above, below=head.below, head=head)


def orders(snapshot: Snapshot) -> list[Block]:
    """Orders by telephone in the words that were heard, and whether their provider has signed them."""
    if not snapshot.record.orders:
        return []
    return [*heading("Orders by telephone"), *(_order(snapshot, one) for one in snapshot.record.orders)]


def _order(snapshot: Snapshot, one: VerbalOrder) -> Row:
    day = words.session_day(snapshot)
    heard = f"{one.provider_name} by telephone {words.clock(one.given, day)}, "
    heard += "read back" if one.read_back else "NOT read back"
    taken = f"taken by {words.who(snapshot, one.by, one.entered)}"
    signature = _signed(snapshot, one.seq)
    done = f"Signed by the provider {words.clock(signature.at, day)}" if signature else "Pending authentication"
    if signature and signature.remark:
        done += f". Provider’s remark: {signature.remark}"
    spans = [
        Span(one.text, bold=True, struck=bool(one.error)),
        Span(f"\n{heard}, {taken}. {one.error or done}", size=_SMALL),
    ]
    if one.told:
        spans.append(Span(f"\nTold: {one.told}", size=_SMALL, colour=INK_2))
    return Row((Cell(text(*spans), mark=Mark.CROSSED if signature else Mark.EMPTY),))


def _signed(snapshot: Snapshot, seq: int) -> Signature | None:
    made = (one for one in snapshot.record.signatures if one.meaning is Meaning.AUTHENTICATED and seq in one.covers)
    return next(made, None)


def responsible(snapshot: Snapshot) -> str:
    """`R. Ortiz, RN`, after a handover `S. Lee, RN, since 11:40`; "" before the first entry."""
    record = snapshot.record
    if record.responsible is None:
        return ""
    since = f", since {words.clock(record.handover.at, words.session_day(snapshot))}" if record.handover else ""
    return f"{snapshot.name_of(record.responsible)}{since}"


def handovers(snapshot: Snapshot) -> list[Block]:
    """Who handed over to whom, when, and what was said."""
    made = snapshot.record.handovers
    return [*heading("Handovers"), *(_handover(snapshot, one) for one in made)] if made else []


def _handover(snapshot: Snapshot, one: Handover) -> Row:
    both = any(one.seq in each.covers for each in snapshot.record.signatures if each.meaning is Meaning.TOOK_OVER)
    who = f"{snapshot.name_of(one.giver)} to {snapshot.name_of(one.taker)}, "
    who += words.clock(one.at, words.session_day(snapshot))
    unsigned = "" if both else "  not signed by both: does not count"
    return Row((Cell(text(Span(who, bold=True), Span(unsigned, colour=STOP), Span(f"\n{one.summary}"))),))


def signatures(snapshot: Snapshot) -> list[Block]:
    """The signatures of amendments, countersigned orders and handovers, each in the form of reference 11.1."""
    made = [one for one in snapshot.record.signatures if one.meaning in ACTS]
    if not made:
        return []
    return [*heading("Further signatures"), *(_signature(snapshot, one) for one in made)]


def _signature(snapshot: Snapshot, one: Signature) -> Row:
    spans: Sequence[Span] = [
        Span(words.manifestation(snapshot, one), size=_SMALL),
        Span("" if one.intact else f"\n{words.BROKEN}", bold=True, size=_SMALL, colour=STOP),
    ]
    return Row((Cell(text(*spans)),))
