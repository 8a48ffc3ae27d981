"""What a first window hands to the front door: a clinic and a person as typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from checklist.errors import NeedsConfirmation, NotUnderstood

if TYPE_CHECKING:
    from checklist.model import Role

Value = TypeVar("Value")


class FieldError(NotUnderstood):
    """A field of a form was refused; `field` is its name in the draft."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def form_field(name: str, read: Callable[[], Value]) -> Value:
    """Read one field of a form; a refusal carries the field's name to it."""
    try:
        return read()
    except (NotUnderstood, NeedsConfirmation) as refused:
        raise FieldError(name, refused.sentence) from None


@dataclass(frozen=True, slots=True)
class NewStaff:
    user: str
    name: str
    credentials: str
    roles: "frozenset[Role]"


@dataclass(frozen=True, slots=True)
class ClinicDraft:
    name: str
    address: str
    phone: str
    zone: str
    paper: str = "letter"
    fasting_profile: str = "ASA"
