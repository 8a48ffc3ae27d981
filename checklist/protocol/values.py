"""The clinic's checklist as frozen values: steps, items, gates, limits, sources. Read by `checklist.protocol.read`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from checklist.model import ItemId, Level


class ItemKind(StrEnum):
    """How an item is asked and what value its answer has."""

    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # the option's id
    TIME = "time"  # TimeValue
    DATE = "date"  # date
    TEXT = "text"  # str
    PHONE = "phone"  # str
    QUANTITY = "quantity"  # Quantity


class Carry(StrEnum):
    """Whether an earlier session's answer stands for this one. Observations never carry."""

    NEVER = "never"
    LAST = "last"  # stands until changed: consent date, height, interpreter
    NO_CHANGE = "no_change"  # stands once "any change in health?" is answered no
    SAME = "same"  # brought back by the step's "same as last session" key


class NeededFor(StrEnum):
    """The pause point that cannot be passed while the item is unanswered."""

    CLEARANCE = "clearance"
    START = "start"
    DISCHARGE = "discharge"
    CALL = "call"  # the follow-up call cannot be closed without it
    NOTHING = "nothing"


COUNTED_WHOLE = frozenset(
    {
        *("s", "min", "days", "weeks", "months", "years"),
        *("infusion", "infusions", "readings", "calls", "score", "points", "grade"),
    }
)
"""Units of limits that are whole numbers: half a reading does not exist, half a minute is not waited for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or sentence comes from. `grade` A official, B journal, C trade, D weak, M memory, P policy."""

    code: str
    title: str
    grade: str

    @property
    def shown(self) -> str:
        """What people read: policy and memory are never presented as a guideline (reference 0.1)."""
        return self.title if self.grade in ("A", "B", "C") else "clinic policy"


@dataclass(frozen=True, slots=True)
class Limit:
    """One clinical number of the protocol: value with unit, source tag, the range a clinic may set without asking.

    `accepted_by`: the medical lead, and the date, who accepts a value outside the range or a range of the clinic's own.
    """

    key: str
    value: Decimal
    unit: str
    source: str
    allowed: tuple[Decimal, Decimal]
    text: str
    line: int
    accepted_by: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the rules count it in whole numbers, so that a part of one would be shown and not applied."""
        return self.unit in COUNTED_WHOLE


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice of the clinic that is not a number."""

    key: str
    value: str
    options: tuple[str, ...]
    source: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """Two tiers of typed input (reference 4.4): outside `reject` never lands, outside `confirm` asks once.

    The shipped tiers are the widest; `accepted_by` names who accepts a wider one.
    """

    key: str
    unit: str
    decimals: int
    reject_low: Decimal | None
    reject_high: Decimal | None
    confirm_low: Decimal | None
    confirm_high: Decimal | None
    source: str = "P"
    text: str = ""
    line: int = 0
    accepted_by: str = ""
    also: Mapping[str, "Bounds"] = field(default_factory=dict)  # another unit that people type, with its own tiers
    alone: bool = False  # no other unit is understood: the factor of glucose is not that of creatinine


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str
    key: str  # the letter or digit that chooses it


@dataclass(frozen=True, slots=True)
class Gate:
    """What one answer means by itself: level, title and action, with its source."""

    when: tuple[str, ...]  # "yes", "no", an option id, "declined", "unknown"
    level: Level
    title: str
    action: str
    source: str
    nobody_overrides: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Show an item only when another item has one of the answers, or a named fact of the patient holds."""

    item: ItemId | None
    answers: tuple[str, ...]
    fact: str


@dataclass(frozen=True, slots=True)
class Item:
    id: ItemId
    kind: ItemKind
    label: str
    help: str
    options: tuple[Option, ...]
    needed_for: NeededFor
    carry: Carry
    gates: tuple[Gate, ...]
    show_when: tuple[Condition, ...]  # all must hold
    bounds: str  # key of [bounds], for quantities
    future: bool  # a time may lie ahead ("coming at 12:30")
    group: str  # sub-heading on the screen and on paper
    clear_text: str  # how a clear answer reads in the findings panel, empty: not shown
    line: int
    about: bool = False  # a date may be a month or a year: its latest day counts
    retired: bool = False  # not asked any more; shown where it was answered
    due_when: tuple[Condition, ...] = ()  # of the date of a test: it is asked for when one of these holds

    def option(self, option_id: str) -> Option | None:
        return next((one for one in self.options if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    phase: str  # "before", "infusion", "after"
    panel: str  # the special part of its screen, "" for items alone
    intro: str
    items: tuple[Item, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class EffectTerm:
    """A side effect of the pick-list with the words of its grades 1-3 (reference 8.1).

    A grade without words does not exist: a laryngospasm is never mild. From `review_from` on a provider decides before
    the patient leaves; 0: never because of the term alone.
    """

    id: str
    label: str
    grades: tuple[str, str, str]
    review_from: int = 0
    line: int = field(default=0, compare=False)


OTHER_REASON = "other"
"""The reason of a decision that no coded one names: it needs words."""


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """A coded reason of a provider's decision; `key` chooses it on the screen."""

    id: str
    label: str
    key: str
    source: str = "P"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)  # without slots: what is looked up thousands of times a snapshot is listed once
class Protocol:
    id: str
    version: str
    title: str
    revised: str
    steps: tuple[Step, ...]
    limits: Mapping[str, Limit]
    settings: Mapping[str, Setting]
    bounds: Mapping[str, Bounds]
    sources: Mapping[str, Source]
    effects: tuple[EffectTerm, ...]
    texts: Mapping[str, str]
    accepted: Mapping[str, str] = field(default_factory=dict)  # item id -> "name, date" who accepts its lighter checks
    followup: tuple[Item, ...] = ()  # what the follow-up call asks; no part of a session's steps
    reasons: tuple[DecisionReason, ...] = ()  # of which a provider chooses one with each decision

    def items(self) -> tuple[Item, ...]:
        """All items of all steps, in their order."""
        return self._items

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(item for step in self.steps for item in step.items)

    @cached_property
    def _by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in reversed(self._items)}  # of two with one id the first counts

    @cached_property
    def _opened_by(self) -> Mapping[str, tuple[Item, ...]]:
        opened: dict[str, tuple[Item, ...]] = {}
        for item in self._items:
            for other in dict.fromkeys(condition.item for condition in item.show_when if condition.item):
                opened[other] = (*opened.get(other, ()), item)
        return opened

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError when the protocol has none."""
        return self._by_id[item_id]

    def opened_by(self, item_id: str) -> tuple[Item, ...]:
        """The items that are asked only after certain answers to this one."""
        return self._opened_by.get(item_id, ())

    def for_call(self) -> "Protocol":
        """The protocol of the follow-up call: its questions as the one step there is."""
        return self._call

    @cached_property
    def _call(self) -> "Protocol":
        call = Step("followup", "Follow-up call", "after", "", self.texts.get("followup_intro", ""), self.followup)
        return replace(self, steps=(call,), followup=())

    def reason(self, reason_id: str) -> DecisionReason | None:
        return next((one for one in self.reasons if one.id == reason_id), None)

    def step_of(self, item_id: str) -> Step:
        return next(step for step in self.steps if any(item.id == item_id for item in step.items))

    def limit(self, key: str) -> Decimal:
        """The value of a limit; a clinic's own file is held against the shipped one, so none that is read lacks."""
        return self.limits[key].value

    def source_of(self, key: str) -> str:
        """How the source of a limit is shown: its title or "clinic policy"."""
        return self.source_shown(self.limits[key].source)

    def source_shown(self, tag: str) -> str:
        """`S:SPR-USM` gives that source's title when its grade allows; P, M and weak sources give "clinic policy"."""
        source = self.sources.get(tag.removeprefix("S:"))
        return source.shown if source else "clinic policy"

    def setting(self, key: str) -> str:
        return self.settings[key].value

    def chosen(self, key: str, value: str) -> "Protocol":
        """The same protocol with a setting that the clinic chose for itself. Raises KeyError."""
        return replace(self, settings={**self.settings, key: replace(self.settings[key], value=value)})
