"""One widget for each kind of item of the protocol."""

from typing import assert_never

from PySide6.QtWidgets import QWidget

from checklist.protocol.values import Item, ItemKind
from checklist.ui.items.base import ItemWidget
from checklist.ui.items.choice import ChoiceItem
from checklist.ui.items.typed import TypedItem

__all__ = ["ItemWidget", "make_item"]


def make_item(item: Item, number: int, label: str, help: str, parent: QWidget) -> ItemWidget:
    """The widget that asks this item, with its texts filled in (they may hold a date or a name)."""
    match item.kind:
        case ItemKind.YES_NO | ItemKind.CHOICE:
            return ChoiceItem(item, number, label, help, parent)
        case ItemKind.TIME | ItemKind.DATE | ItemKind.TEXT | ItemKind.PHONE | ItemKind.QUANTITY:
            return TypedItem(item, number, label, help, parent)
        case _:
            assert_never(item.kind)
