"""Answers of a case, keyed by item ids, as the values that the rules read: through the parsers of the desk."""

from dataclasses import replace
from typing import assert_never

from checklist.commands.case_times import Reader
from checklist.commands.json_file import Node
from checklist.desk.bounds import for_parser
from checklist.model import Answer, AnswerState, ItemId, Quantity, StaffId, TimeValue, Value
from checklist.parse import parse_about, parse_date, parse_estimate, parse_phone, parse_quantity, parse_text
from checklist.protocol import Item, ItemKind

NURSE = StaffId("case")
_STATES = tuple(state.value for state in AnswerState)
_WITH_REASON = (AnswerState.DECLINED, AnswerState.NOT_APPLICABLE)


def answers(reader: Reader, node: Node) -> dict[ItemId, Answer]:
    """All answers that could be read; the mistakes of the others are noted. Raises CaseError when it is no object."""
    found: dict[ItemId, Answer] = {}
    for item_id in node.object():
        answer = reader.tried(_answer, reader, node.at(item_id), item_id)
        if answer is not None:
            found[answer.item] = answer
    return found


def _answer(reader: Reader, node: Node, item_id: str) -> Answer:
    try:
        item = reader.protocol.item(item_id)
    except KeyError:
        node.fail(f"the protocol has no item “{item_id}”.", "Mend the id; the protocol file lists them all.")
    plain = Answer(item.id, AnswerState.ANSWERED, None, "", "", NURSE, reader.now, reader.now, 1)
    if not isinstance(node.value, dict):
        return replace(plain, value=_value(reader, node, item), typed=str(node.value))
    node.only("state", "value", "reason", "estimated")
    named = node.maybe("state")
    state = AnswerState(named.choice(*_STATES)) if named else AnswerState.ANSWERED
    reason = node.maybe_text("reason").strip()
    if state is AnswerState.ANSWERED:
        value = node.need("value", 'Write { "value": … }, or give a state: { "state": "unknown" }.')
        answered = replace(plain, value=_value(reader, value, item), typed=str(value.value), reason=reason)
        return _estimated(answered, node)
    if node.maybe("value") is not None:
        node.fail(f"an answer that is {state} has no value.", "Leave the value out.")
    if state in _WITH_REASON and not reason:
        node.fail(f"an answer that is {state} needs its reason.", 'Add "reason": "…".')
    return replace(plain, state=state, reason=reason)


def _estimated(answer: Answer, node: Node) -> Answer:
    flag = node.maybe("estimated")
    if flag is None:
        return answer
    if not isinstance(answer.value, TimeValue):
        flag.fail("only a time can be estimated.", "Leave it out.")
    return replace(answer, value=replace(answer.value, estimated=flag.flag()))


def _value(reader: Reader, node: Node, item: Item) -> Value:
    match item.kind:
        case ItemKind.YES_NO:
            return _yes_no(node)
        case ItemKind.CHOICE:
            return _choice(node, item)
        case ItemKind.TIME:
            return _time(reader, node, item)
        case ItemKind.DATE:
            today, ahead = reader.now.local.date(), item.future or item.id == "dose.expiry"
            if item.about:
                return reader.parsed(node, lambda _: parse_about(node.text(), today))
            return reader.parsed(node, lambda _: parse_date(node.text(), today=today, allow_future=ahead))
        case ItemKind.TEXT:
            return reader.parsed(node, lambda _: parse_text(node.text()).strip())
        case ItemKind.PHONE:
            return reader.parsed(node, lambda _: parse_phone(node.text()))
        case ItemKind.QUANTITY:
            return quantity(reader, node, item.bounds)
        case unreachable:
            assert_never(unreachable)


def _yes_no(node: Node) -> bool:
    word = node.value.strip().casefold() if isinstance(node.value, str) else node.value
    if word in ("yes", "y"):
        return True
    if word in ("no", "n"):
        return False
    if not isinstance(word, bool):
        node.fail(f"“{node.value}” is neither yes nor no.", 'Write true or false, or { "state": "unknown" }.')
    return word


def _choice(node: Node, item: Item) -> str:
    word = str(node.value) if isinstance(node.value, int) and not isinstance(node.value, bool) else node.value
    return replace(node, value=word).choice(*(option.id for option in item.options))


def _time(reader: Reader, node: Node, item: Item) -> TimeValue:
    """`approx 21:30` is an estimate; an estimate as a range is judged by its latest end (case 12.1)."""
    return reader.parsed(
        node,
        lambda _: parse_estimate(
            node.text(), lambda words: reader.moment(replace(node, value=words), future=item.future)
        ),
    )


def quantity(reader: Reader, node: Node, bounds: str) -> Quantity:
    """A number, or a text with its unit: 68.4, "150 lb"."""
    text = node.text() if isinstance(node.value, str) else node.number()
    limits = for_parser(reader.protocol.bounds[bounds])
    return reader.parsed(node, lambda confirmed: parse_quantity(text, limits, confirmed=confirmed))
