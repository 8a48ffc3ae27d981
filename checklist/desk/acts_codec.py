"""Amendments, orders by telephone and handovers as journal bodies, and back."""

from checklist.acts import Amendment, AmendmentKind, Handover, Target, VerbalOrder
from checklist.desk.codec import Body, text_of
from checklist.model import Entry, StaffId
from checklist.times import Moment


def amendment_body(
    kind: AmendmentKind,
    target: Target,
    ref: str,
    *,
    label: str,
    was: str = "",
    now: str = "",
    reason: str = "",
    old: Body | None = None,
    new: Body | None = None,
    happened: Moment | None = None,
    link: str = "",
) -> Body:
    """`new` is the body that an ordinary entry of the target would have; `old` the one that it stands beside."""
    return {
        "kind": kind.value,
        "target": target.value,
        "ref": ref,
        "label": label,
        "was": was,
        "now": now,
        "reason": reason,
        "old": old,
        "new": new,
        "happened": happened.store() if happened else None,
        "link": link,
    }


def read_amendment(entry: Entry, version: int) -> Amendment:
    body = entry.body
    happened = text_of(body, "happened")
    return Amendment(
        kind=AmendmentKind(text_of(body, "kind")),
        target=Target(text_of(body, "target")),
        ref=text_of(body, "ref"),
        label=text_of(body, "label"),
        was=text_of(body, "was"),
        now=text_of(body, "now"),
        reason=text_of(body, "reason"),
        by=entry.by,
        entered=entry.entered,
        seq=entry.seq,
        version=version,
        happened=Moment.stored(happened) if happened else None,
        link=text_of(body, "link"),
    )


def order_body(text: str, provider: StaffId, provider_name: str, given: Moment, *, read_back: bool, told: str) -> Body:
    return {
        "text": text,
        "provider": provider,
        "provider_name": provider_name,
        "given": given.store(),
        "read_back": read_back,
        "told": told,
    }


def read_order(entry: Entry) -> VerbalOrder:
    body = entry.body
    return VerbalOrder(
        seq=entry.seq,
        text=text_of(body, "text"),
        provider=StaffId(text_of(body, "provider")),
        provider_name=text_of(body, "provider_name"),
        given=Moment.stored(text_of(body, "given")),
        read_back=body.get("read_back") is True,
        told=text_of(body, "told"),
        by=entry.by,
        entered=entry.entered,
    )


def handover_body(giver: StaffId, taker: StaffId, summary: str) -> Body:
    return {"giver": giver, "taker": taker, "summary": summary}


def read_handover(entry: Entry) -> Handover:
    body = entry.body
    return Handover(
        seq=entry.seq,
        giver=StaffId(text_of(body, "giver")),
        taker=StaffId(text_of(body, "taker")),
        at=entry.entered,
        summary=text_of(body, "summary"),
    )
