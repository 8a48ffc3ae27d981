"""The arithmetic of the order in words, beside what was ordered. It checks; it never proposes a dose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from checklist.desk.words import DoseOrder, Given
from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession
from checklist.ui.style import scaled
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import text_label

BASES = {"actual": "actual weight", "adjusted": "adjusted weight", "ideal": "ideal weight"}


@dataclass(frozen=True, slots=True)
class Sum:
    """One line: what it is, the result with unit, how it came about."""

    label: str
    result: str
    formula: str


def written(value: Decimal, places: int) -> str:
    """Half up, no trailing zeros."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def sums(order: DoseOrder, weights: Mapping[str, Decimal | None]) -> Iterator[Sum]:
    """What follows from the order as far as it is written. The desk has done the arithmetic; here it gets its words."""
    yield from _weights(weights)
    mg, per_kg, kg, basis = order.ordered_mg, order.mg_per_kg, order.weight_kg, BASES.get(order.basis, "")
    if order.expected_mg is not None and per_kg is not None and kg is not None:
        beside = f"; ordered {written(mg, 2)} mg" if mg is not None else ""
        formula = f"{written(per_kg, 3)} mg/kg × {written(kg, 1)} kg {basis}{beside}"
        yield Sum("Dose by weight", f"{written(order.expected_mg, 1)} mg", formula)
    if mg is not None and kg:
        formula = f"{written(mg, 2)} mg ÷ {written(kg, 1)} kg {basis}"
        yield Sum("Ordered dose per kg", f"{written(mg / kg, 3)} mg/kg", formula)
    if mg is not None and order.volume_ml is not None and order.concentration is not None:
        formula = f"{written(mg, 2)} mg ÷ {written(order.concentration, 0)} mg/mL"
        yield Sum("To draw up", f"{written(order.volume_ml, 2)} mL", formula)
    if order.rate_ml_h is not None and order.total_ml is not None and order.minutes is not None:
        formula = f"{written(order.total_ml, 1)} mL × 60 ÷ {written(order.minutes, 0)} min"
        yield Sum("Pump rate", f"{written(order.rate_ml_h, 1)} mL/h", formula)


def _weights(weights: Mapping[str, Decimal | None]) -> Iterator[Sum]:
    """All three weights, for the prescriber to choose from (reference 5.3)."""
    actual = weights.get("actual")
    if actual is None:
        return
    others = [f"{name} {_kg(weights.get(name))}" for name in ("adjusted", "ideal")]
    yield Sum("Actual weight", _kg(actual), " · ".join(others))


def _kg(weight: Decimal | None) -> str:
    return "not known" if weight is None else f"{written(weight, 1)} kg"


def given_words(given: Given | None, order: DoseOrder | None) -> str:
    """`Given 20.5 mg, not given 13.7 mg (30 of 50 mL)` once the pump has stopped; else empty."""
    if given is None or order is None or order.total_ml is None:
        return ""
    volume = f"{written(given.infused_ml, 1)} of {written(order.total_ml, 1)} mL"
    sure = f", {given.uncertain}" if given.uncertain else ""
    return f"Given {written(given.given_mg, 1)} mg, not given {written(given.not_given_mg, 1)} mg ({volume}){sure}"


def order_words(order: DoseOrder) -> str:
    """`ketamine DOSE 34.2 mg in 50 mL - over 40 minutes`; empty while the dose is not written."""
    if order.ordered_mg is None:
        return ""
    volume = f" in {written(order.total_ml, 1)} mL" if order.total_ml is not None else ""
    length = f" - over {written(order.minutes, 0)} minutes" if order.minutes is not None else ""
    return f"ketamine DOSE {written(order.ordered_mg, 2)} mg{volume}{length}"


class OrderCard(Card):
    """The order as it is read aloud, then each sum with its formula."""

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._line = text_label("", "heading", self, wrap=True)
        self._line.setObjectName("order.line")
        self.body.addWidget(self._line)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        roles = ("label", "strong", "help")
        self._cells = [[text_label("", role, self, wrap=role == "help") for role in roles] for _ in range(5)]
        for number, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, number, column)

    def show_order(self, snapshot: Snapshot) -> None:
        order = self._live.desk.dose(snapshot)
        lines = list(sums(order, self._live.desk.weights(snapshot))) if order else []
        self._line.setText(order_words(order) if order else "")
        self._line.setVisible(bool(self._line.text()))
        self.setVisible(bool(lines) or bool(self._line.text()))
        for number, cells in enumerate(self._cells):
            one = lines[number] if number < len(lines) else Sum("", "", "")
            for cell, text in zip(cells, (one.label, one.result, one.formula), strict=True):
                cell.setText(text)
                cell.setVisible(number < len(lines))
