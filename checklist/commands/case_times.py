"""Times of a case: as a nurse types them, or in ISO form, always in the zone that the case names."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from checklist.commands.json_file import CaseError, Node
from checklist.desk.bounds import unusual_after
from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import parse_time
from checklist.protocol import Protocol
from checklist.times import Moment, written_clock

Read = TypeVar("Read")
Given = ParamSpec("Given")
_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<clock>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_CLOCK = re.compile(r"[0-9]{1,2}[:.]?[0-9]{2}")
_HALF_A_DAY = timedelta(hours=12)  # 23:50 written at 00:20 is of the night before; 10:50 written at 10:42 is not
_FULL = 'Write it like "2026-11-18 10:42".'
_FIELD_WORDS = re.compile(
    r" (Nothing was (changed|saved)( yet)?\.|Confirm it, or type it again\.|It stays in the field\.)"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one case needs: the protocol, the moment it is read at, and what was noticed on the way.

    `asked`: values that a nurse would be asked about once; a case takes them as confirmed and says so.
    """

    protocol: Protocol
    now: Moment
    asked: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def parsed(self, node: Node, parse: Callable[[bool], Read]) -> Read:
        """The value of a parser that is handed `confirmed`; its refusal becomes a mistake of the case."""
        try:
            try:
                return parse(False)
            except NeedsConfirmation as question:
                value = parse(True)
                self.asked.append(f"{node.path}: {in_a_file(question.sentence)}")
                return value
        except NotUnderstood as refusal:
            node.fail(in_a_file(refusal.sentence), "")

    def tried(self, read: Callable[Given, Read], *given: Given.args, **named: Given.kwargs) -> Read | None:
        """The value, or None once its mistake is noted: all mistakes of a case are told together."""
        try:
            return read(*given, **named)
        except CaseError as mistake:
            self.mistakes.append(mistake.sentence)
            return None

    def moment(self, node: Node, *, future: bool = False) -> Moment:
        """`2130`, `yesterday 21:30`, `2026-11-17 21:30` or with an offset; after the case's time only with `future`."""
        text = node.text()
        exact = with_offset(node, text, self.now.zone)
        if exact is None:
            return self._typed(node, _without_seconds(text), future=future)
        if exact > self.now and not future:
            node.fail(
                f"“{text}” is {written_clock(exact, self.now.local.date())}, still to come at the time of the case.",
                "Mend it, or the time of the case.",
            )
        return exact

    def of_the_day(self, node: Node) -> Moment:
        """A time of the visit itself; one that falls on another day than the case is taken and said."""
        at, today = self.moment(node), self.now.local.date()
        if at.local.date() != today:
            self.asked.append(f"{node.path}: {written_clock(at, today)} is not of the day of the case.")
        return at

    def of_the_visit(self, node: Node) -> Moment:
        """As `of_the_day`; a bare clock time that is still to come is no time of yesterday."""
        at = self.of_the_day(node)
        is_yesterday = at.local.date() != self.now.local.date()
        if is_yesterday and _CLOCK.fullmatch(node.text().strip()) and self.now.since(at) > _HALF_A_DAY:
            node.fail(f"“{node.text()}” is still to come at the time of the case.", "Mend it, or write its date.")
        return at

    def _typed(self, node: Node, text: str, *, future: bool) -> Moment:
        oldest = unusual_after(self.protocol)

        def parse(confirmed: bool) -> Moment:
            return parse_time(text, self.now, allow_future=future, confirmed=confirmed, oldest=oldest)

        return self.parsed(node, parse)


def in_a_file(sentence: str) -> str:
    """A sentence for a field of the screen, without the words about saving."""
    return _FIELD_WORDS.sub("", sentence)


def full(node: Node, zone: str) -> Moment:
    """A whole date and time, for the time of the case itself. Raises CaseError."""
    text = node.text()
    exact = with_offset(node, text, zone)
    if exact is not None:
        return exact
    found = _ISO.fullmatch(text.strip())
    if found is None:
        node.fail(f"“{text}” is not a date with a time.", _FULL)
    wall = _wall(node, f"{found['day']}T{found['clock']}")
    both = {Moment.of_local(wall.replace(fold=fold), zone) for fold in (0, 1)}
    shown = [one for one in both if one.local.replace(tzinfo=None, fold=0) == wall]
    if not shown:
        node.fail(f"“{text}” did not happen in {zone}: the clocks went forward.", "Write another time.")
    if len(shown) > 1:
        node.fail(f"“{text}” happened twice in {zone}: the clocks went back.", f"Add the offset, like {text}-05:00.")
    return shown[0]


def with_offset(node: Node, text: str, zone: str) -> Moment | None:
    """The instant of an ISO time that has its offset; None for every other text."""
    found = _ISO.fullmatch(text.strip())
    if found is None or not found["offset"]:
        return None
    offset = "+00:00" if found["offset"] in "Zz" else found["offset"]
    return Moment(_wall(node, f"{found['day']}T{found['clock']}{offset}").astimezone(UTC), zone)


def _wall(node: Node, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        node.fail(f"“{node.value}” is no day and time of the calendar.", _FULL)


def _without_seconds(text: str) -> str:
    found = _ISO.fullmatch(text.strip())
    return f"{found['day']} {found['clock']}" if found else text
