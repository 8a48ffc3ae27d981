"""Stamps and side effects for the tests of what goes wrong."""

from dataclasses import replace

from checklist.model import Doing, Done, Effect, Outcome, Related, RowId, Stamp, StampKind
from checklist.rules.facts import Facts
from tests.rules.build import NURSE, moment


def stamp(kind: StampKind, at: str, *, row: str = "", removed: bool = False, seq: int = 0, **detail: str) -> Stamp:
    return Stamp(RowId(row or f"{kind} {at}"), kind, moment(at), NURSE, moment(at), detail, removed, seq)


def with_stamps(of: Facts, *stamps: Stamp) -> Facts:
    return replace(of, record=replace(of.record, stamps=stamps))


def side_effect(
    term: str,
    grade: int,
    *,
    action: str = "",
    ended: str = "",
    done: tuple[Doing, ...] = (),
    seq: int = 0,
    row: str = "e1",
) -> Effect:
    return Effect(
        id=RowId(row),
        term=term,
        grade=grade,
        onset=moment("11:12"),
        action=action,
        ended=moment(ended) if ended else None,
        removed=False,
        by=NURSE,
        entered=moment("11:13"),
        done=tuple(Done(one, moment("11:14"), NURSE) for one in done),
        outcome=Outcome.NOT_RECORDED,
        related=Related.NOT_RECORDED,
        seq=seq,
    )
