"""The words of the medicines part as values. Frozen; no logic beyond reading themselves."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from checklist.model import Level


class Certainty(StrEnum):
    """How sure the match is. Only EXACT may pass without a person's answer."""

    EXACT = "exact"
    CONFIRM = "confirm"
    VAGUE = "vague"
    UNKNOWN = "unknown"


class QuestionKind(StrEnum):
    """Why a person is asked."""

    CLOSE_SPELLING = "close_spelling"
    LOOK_ALIKE = "look_alike"
    VAGUE = "vague"
    CONFIRM_WORD = "confirm_word"
    AMBIGUOUS = "ambiguous"


class NameKind(StrEnum):
    """What a listed name is to its row."""

    GENERIC = "generic"
    PRODUCT = "product"
    OTHER = "other"
    MISSPELLING = "misspelling"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One row of medications.csv. `display` has tall-man letters where FDA or ISMP list the name, else lower case."""

    name: str
    class_ids: tuple[str, ...]
    route_notes: str
    display: str


@dataclass(frozen=True, slots=True)
class InteractionClass:
    """One row of interactions.csv.

    `ask_last_dose_hours` is the window in hours; `level_outside_window` the level once the last dose is known to be
    older. None there means the effect is daily: the level never falls.
    """

    id: str
    name: str
    level: Level
    effect: str
    action: str
    mechanism: str
    ask_last_dose_hours: Decimal | None
    level_outside_window: Level | None
    source: str
    source_seen: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for: a row of medications.csv, or of combinations.csv with several ingredients."""

    name: str
    ingredients: tuple[Ingredient, ...]
    is_product: bool

    @property
    def generics(self) -> str:
        """The ingredients as the screen shows them: `buPROPion + naltrexone`."""
        return " + ".join(ingredient.display for ingredient in self.ingredients)


@dataclass(frozen=True, slots=True)
class Name:
    """One listed name. `key` is its normalised words; `alone_only` names count only as the whole entry."""

    shown: str
    key: str
    entry: Entry
    kind: NameKind
    alone_only: bool

    @property
    def brand(self) -> str | None:
        """The name as listed when it is not the generic one (a brand, a synonym, a street name, a product)."""
        return None if self.kind is NameKind.GENERIC else self.shown

    @property
    def label(self) -> str:
        """For a question: `LEXAPRO (escitalopram)`, or the generic alone."""
        return self.entry.generics if self.brand is None else f"{self.brand.upper()} ({self.entry.generics})"


@dataclass(frozen=True, slots=True)
class VagueTerm:
    """One row of vague_terms.csv: what to ask, and the class presumed until it is answered ('' when there is none)."""

    term: str
    key: str
    ask: str
    presumed_class_id: str


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to a question."""

    label: str
    brand: str | None
    ingredients: tuple[Ingredient, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can answer. `text` is the sentence, `heard` what was typed."""

    text: str
    kind: QuestionKind
    heard: str
    options: tuple[Option, ...] = ()

    @property
    def candidates(self) -> tuple[Ingredient, ...]:
        """Every ingredient of every option, each once."""
        return tuple(dict.fromkeys(each for option in self.options for each in option.ingredients))


@dataclass(frozen=True, slots=True)
class Match:
    """What was understood of one medicine in an entry.

    `text` is the stretch of the entry as typed. With CONFIRM and one candidate `ingredients` holds what is presumed
    until the question is answered. `not_understood` are words that were neither a name nor a dose, route, frequency
    or form. `continuous` (patch, pump, implant, depot, extended release) counts as taken now. `look_alikes` are names
    easily taken for the one that was read; they are shown beside it.
    """

    text: str
    ingredients: tuple[Ingredient, ...] = ()
    brand: str | None = None
    questions: tuple[Question, ...] = ()
    not_understood: tuple[str, ...] = ()
    certainty: Certainty = Certainty.UNKNOWN
    continuous: bool = False
    look_alikes: tuple[str, ...] = ()
    presumed_class_ids: tuple[str, ...] = ()
