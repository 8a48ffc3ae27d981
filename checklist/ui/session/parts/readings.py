"""The table of readings: every row that was ever entered, struck ones too."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from checklist.acts import Target
from checklist.desk.symptoms import shown_symptoms
from checklist.model import Done, Effect, Reading, RowId, Stage, Stamp, StampKind
from checklist.snapshot import Due, DueState, Snapshot
from checklist.times import written_clock, written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.amendments import struck_words
from checklist.ui.session.parts.ask import strike_dialog
from checklist.ui.session.parts.keyed_table import KeyedTable
from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.table import Cell, Column, Look, TableRow

_BASELINE = (
    Column("Time", 84),
    Column("BP\nmmHg", 88),
    Column("HR\n/min", 68),
    Column("SpO2\n%", 70),
    Column("RR\n/min", 68),
    Column("Temp\n°C", 76),
    Column("What else", 0),
)
_MONITOR = (
    Column("Time", 74),
    Column("BP\nmmHg", 88),
    Column("HR\n/min", 64),
    Column("SpO2\n%", 70),
    Column("RR\n/min", 64),
    Column("Sedation\n(MOAA/S)", 122),
    Column("Side effects, symptoms,\nwhat was done", 0),
)
_NARROW = (Column("Time", 60), Column("BP", 72), Column("HR", 40), Column("SpO2", 52), Column("RR", 36))
# Narrower than this, what else was seen goes under the last number.
NARROW_PX = 600
_KEYS = {Qt.Key.Key_X: "strike", Qt.Key.Key_Delete: "strike", Qt.Key.Key_W: "why"}


def sedation_text(score: int | None, snapshot: Snapshot) -> str:
    """`4 Lethargic`; an empty text when it was not looked at."""
    return "" if score is None else f"{score} {snapshot.protocol.texts[f'moaas_{score}']}"


def effect_text(effect: Effect, snapshot: Snapshot) -> str:
    """`Nausea, grade 1: ondansetron 4 mg`."""
    label = next((term.label for term in snapshot.protocol.effects if term.id == effect.term), effect.term)
    ended = f", until {written_time(effect.ended)}" if effect.ended else ""
    done = "; ".join(part for part in (effect.action, *(done_text(one) for one in effect.done)) if part)
    judged = [word.value.replace("_", " ") for word in (effect.outcome, effect.related) if word]
    tail = f" ({', '.join(judged)})" if judged else ""
    return f"{label}, grade {effect.grade}{ended}{': ' if done else ''}{done}{tail}"


def done_text(one: Done) -> str:
    """`oxygen 2 L 11:25`"""
    words = " ".join(part for part in (one.what.value.replace("_", " "), one.detail) if part)
    return f"{words} {written_time(one.at)}"


def is_about(stamp: Stamp, due: Due) -> bool:
    """A reason that was written for this missed reading."""
    return stamp.detail.get("due") == due.at.store()


def interruptions(snapshot: Snapshot, due: Due) -> list[Stamp]:
    """What kept the nurse while this reading was due: stamped within its interval (F9)."""
    every = timedelta(minutes=float(snapshot.protocol.limit("schedule.infusion_every")))
    stamps = snapshot.record.stamped(StampKind.INTERRUPTION)
    return [one for one in stamps if abs(one.at.since(due.at)) <= every]


def effects_between(snapshot: Snapshot, reading: Reading, following: Reading | None) -> list[Effect]:
    """Side effects that began from this reading on until the next one."""
    return [
        effect
        for effect in snapshot.record.current_effects
        if effect.onset.to_minute() >= reading.observed
        and (following is None or effect.onset.to_minute() < following.observed)
    ]


class ReadingTable(Card):
    """Rows newest last, as on the paper. X or Delete strikes a row with a reason."""

    def __init__(
        self, live: LiveSession, name: str, parent: QWidget, *, monitor: bool, stages: tuple[Stage, ...] = ()
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._monitor = monitor
        self._stages = stages  # whose missed readings have a row of their own
        self.body.setContentsMargins(1, 1, 1, 1)
        self._narrow = False
        self._shown: tuple[Sequence[Reading], Snapshot] | None = None
        # Low rows: the sets of a whole infusion stand in sight beneath the line and the chart.
        self.table = KeyedTable(self._columns(), name, _KEYS, self, row_px=32, air=6)
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            set_look(header, "low", True)  # the hidden one too: Qt makes no row lower than its number
        self.table.setObjectName("readings")
        self.body.addWidget(self.table)
        self.table.keyed.connect(self._on_keyed)

    def _columns(self) -> tuple[Column, ...]:
        if self._narrow:
            return (*_NARROW, Column("Sedation" if self._monitor else "Temp °C", 0))
        return _MONITOR if self._monitor else _BASELINE

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW_PX)
        if narrow != self._narrow:
            self._narrow = narrow
            self.table.show_columns(self._columns(), dense=narrow)
            if self._shown is not None:
                self.show_readings(*self._shown)

    def show_readings(self, readings: Sequence[Reading], snapshot: Snapshot) -> None:
        self._shown = (readings, snapshot)
        missed = [one for one in snapshot.schedule if one.state is DueState.MISSED and one.stage in self._stages]
        self.setVisible(bool(readings or missed))  # may change the width, and with it what a row holds
        following = (*readings, None)[1:]
        rows = [
            (reading.observed, self._row(reading, after, snapshot))
            for reading, after in zip(readings, following, strict=True)
        ]
        rows += [(due.at, self._missed(due, snapshot)) for due in missed]
        self.table.show_rows([row for _, row in sorted(rows, key=lambda pair: pair[0])])

    def _missed(self, due: Due, snapshot: Snapshot) -> TableRow:
        why = next((one.words for one in snapshot.record.stamped(StampKind.MISSED) if is_about(one, due)), "")
        causes = [f"interrupted {written_time(one.at)}" for one in interruptions(snapshot, due)]
        notes = "; ".join([f"Missed: {why}" if why else "Missed. W: write why", *causes])
        blanks = [Cell("–", Look.MUTED)] * 4
        last = (
            (Cell("–", Look.MUTED, note=notes),) if self._narrow else (Cell("–", Look.MUTED), Cell(notes, Look.MUTED))
        )
        time = Cell(written_clock(due.at, snapshot.now.local.date()), Look.MUTED)
        return TableRow(f"missed:{due.at.store()}", (time, *blanks, *last))

    def _row(self, reading: Reading, following: Reading | None, snapshot: Snapshot) -> TableRow:
        look = Look.PLAIN if reading.counts else Look.MUTED
        pressure = f"{reading.sbp}/{reading.dbp}" if reading.sbp is not None else "–"
        sixth = (
            sedation_text(reading.moaas, snapshot)
            if self._monitor
            else (f"{reading.temp_c:.1f}" if reading.temp_c is not None else "–")
        )
        notes = "; ".join(self._notes(reading, following, snapshot))
        texts = [
            written_clock(reading.observed, snapshot.now.local.date()),
            pressure,
            _number(reading.hr),
            _number(reading.spo2),
            _number(reading.rr),
        ]
        last = (
            (Cell(sixth or "–", look, note=notes),) if self._narrow else (Cell(sixth or "–", look), Cell(notes, look))
        )
        return TableRow(reading.id, (*(Cell(text, look) for text in texts), *last))

    def _notes(self, reading: Reading, following: Reading | None, snapshot: Snapshot) -> list[str]:
        notes = [f"Struck: {reading.artefact}"] if reading.artefact else []
        notes += [shown_symptoms(reading.symptoms, snapshot.protocol)] if reading.symptoms else []
        notes += [reading.remark] if reading.remark else []
        was = struck_words(snapshot.record.amended(Target.READING, reading.id))
        notes += [f"before the amendment {was}"] if was else []
        late = timedelta(minutes=float(snapshot.protocol.limit("schedule.late_entry")))
        if reading.entered.since(reading.observed) > late:
            notes.append(f"late entry {written_time(reading.entered)}")
        if reading.on_oxygen:
            notes.append(f"oxygen {reading.oxygen_l_min} L/min")
        if not self._monitor and reading.moaas is not None:
            notes.append(f"MOAA/S {sedation_text(reading.moaas, snapshot)}")
        scores = ("dissociation", "nausea", "pain", "agitation")
        notes += [f"{name} {value}" for name in scores if (value := getattr(reading, name)) is not None]
        if self._monitor:
            notes += [effect_text(effect, snapshot) for effect in effects_between(snapshot, reading, following)]
        return notes

    def _on_keyed(self, row: str, word: str) -> None:
        if word == "why":
            from checklist.ui.session.parts.moments import missed_dialog

            dialog = missed_dialog(self._live, RowId(row), self)
            if dialog is not None:
                dialog.open()
        else:
            self._ask_strike(row)

    def _ask_strike(self, row: str) -> None:
        for reading in self._live.snapshot.record.readings:
            if reading.id == row and reading.counts:
                strike_dialog(self._live, reading.id, reading.observed, self).open()


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)
