"""The clinic's checklist as data: read from TOML, checked, frozen."""

from checklist.protocol.read import load
from checklist.protocol.values import (
    OTHER_REASON,
    Bounds,
    Carry,
    Condition,
    DecisionReason,
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
    "OTHER_REASON",
    "Bounds",
    "Carry",
    "Condition",
    "DecisionReason",
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
