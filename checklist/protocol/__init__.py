"""The clinic's checklist as data: read from TOML, checked, frozen."""

from checklist.protocol.read import load
from checklist.protocol.values import (
    Bounds,
    Carry,
    Condition,
    EffectTerm,
    Gate,
    Item,
    ItemKind,
    Limit,
    NeededFor,
    Option,
    Protocol,
    Setting,
    Source,
    Step,
)

__all__ = [
    "Bounds",
    "Carry",
    "Condition",
    "EffectTerm",
    "Gate",
    "Item",
    "ItemKind",
    "Limit",
    "NeededFor",
    "Option",
    "Protocol",
    "Setting",
    "Source",
    "Step",
    "load",
]
