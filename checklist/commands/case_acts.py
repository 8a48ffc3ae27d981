"""What people did in a case: a provider's decisions, signatures, a second person's check of the dose."""

from collections.abc import Sequence
from dataclasses import replace

from checklist.commands.case_answers import NURSE
from checklist.commands.case_times import Reader
from checklist.commands.json_file import Node
from checklist.model import Choice, Decision, Meaning, Role, Signature, StaffId, Verification
from checklist.rules.dose import check_fingerprint
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import Record

_BY_PROVIDER = frozenset({Meaning.PROVIDER_CLEARED})
KEYS = ("decisions", "signatures", "dose_checked_by")


def with_acts(reader: Reader, node: Node, facts: Facts) -> Record:
    """The record with what people did; a decision counts for the finding as the case has it."""
    signed = replace(facts.record, signatures=_signatures(reader, node.list("signatures")))
    checker = node.maybe("dose_checked_by")
    if checker is not None:
        who = reader.tried(checker.text) or ""
        check = Verification(StaffId(who), reader.now, {}, agrees=True, fingerprint=check_fingerprint(facts))
        signed = replace(signed, verifications=(check,))
    return replace(signed, decisions=_decisions(reader, node.list("decisions"), replace_record(facts, signed)))


def earlier_decisions(reader: Reader, node: Node) -> tuple[Decision, ...]:
    """Decisions of an earlier session: what is left of them is a standing clearance."""
    read = [reader.tried(_decision, reader, one, {}) for one in node.list("decisions")]
    return tuple(one for one in read if one is not None)


def replace_record(facts: Facts, record: Record) -> Facts:
    """The same facts with another record; what was kept of the old one is dropped."""
    return Facts(facts.protocol, facts.patient, record, facts.past, facts.medicines, facts.now)


def _decisions(reader: Reader, nodes: Sequence[Node], facts: Facts) -> tuple[Decision, ...]:
    if not nodes:
        return ()
    known = {found.key: found.fingerprint for found in evaluate(facts)}
    read = [reader.tried(_decision, reader, node, known) for node in nodes]
    return tuple(one for one in read if one is not None)


def _decision(reader: Reader, node: Node, fingerprints: dict[str, str]) -> Decision:
    """`{"finding": "cond.kidney", "choice": "proceed", "reason": "…", "by": "Dr. A. Menon"}`."""
    node.only("finding", "choice", "reason", "by", "at", "standing")
    key = node.need("finding", 'Write "finding": "cond.kidney".')
    if fingerprints and key.text() not in fingerprints:
        key.fail(f"the case has no finding “{key.value}”.", f"Its findings are: {', '.join(fingerprints)}.")
    who = StaffId(node.need("by", 'Write "by": "Dr. A. Menon".').text())
    at, standing = node.maybe("at"), node.maybe("standing")
    return Decision(
        finding=key.text(),
        fingerprint=fingerprints.get(key.text(), ""),
        choice=Choice(node.need("choice", 'Write "choice": "proceed".').choice(*(one.value for one in Choice))),
        reason=node.need("reason", 'Write "reason": "…".').text(),
        by=who,
        at=reader.moment(at) if at else reader.now,
        standing=standing is not None and standing.flag(),
        provider=who,
    )


def _signatures(reader: Reader, nodes: Sequence[Node]) -> tuple[Signature, ...]:
    read = [reader.tried(_signature, reader, node) for node in nodes]
    return tuple(one for one in read if one is not None)


def _signature(reader: Reader, node: Node) -> Signature:
    """`{"meaning": "witnessed_waste", "by": "J. Lee, RN"}`."""
    node.only("meaning", "by", "at")
    words = node.need("meaning", 'Write "meaning": "checked".').choice(*(one.value for one in Meaning))
    name, at, meaning = node.need("by", 'Write "by": "J. Lee, RN".').text(), node.maybe("at"), Meaning(words)
    return Signature(
        meaning=meaning,
        by=NURSE,
        name=name,
        role=Role.PROVIDER if meaning in _BY_PROVIDER else Role.NURSE,
        at=reader.moment(at) if at else reader.now,
        statement="",
        seal="",
        seq=1,
    )
