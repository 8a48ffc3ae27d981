"""The column on the right: what the rules say now, what will be recorded, what is missing before discharge."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checklist.model import Level, SessionState
from checklist.snapshot import Criterion, Finding, Met, Snapshot, Verdict, VerdictKind
from checklist.times import written_time
from checklist.ui.session.parts.last_time import LastTimeCard
from checklist.ui.shapes import Shape, ShapeIcon
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.notice import Notice
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.text import text_label

_BEFORE_START = frozenset(
    {
        SessionState.EXPECTED,
        SessionState.PRE_SESSION,
        SessionState.WAITING_FOR_PROVIDER,
        SessionState.HELD,
        SessionState.STOPPED,
        SessionState.CLEARED,
    }
)
_VERDICT_LEVELS = {
    VerdictKind.INCOMPLETE: Level.NOTE,
    VerdictKind.CLEARED: Level.CLEAR,
    VerdictKind.CLEARED_AFTER_REVIEW: Level.CLEAR,
    VerdictKind.WAITING: Level.REVIEW,
    VerdictKind.HELD: Level.HOLD,
    VerdictKind.STOPPED: Level.STOP,
}
_MET = {
    Met.MET: (Shape.CIRCLE, "clear", "Met"),
    Met.NOT_MET: (Shape.OCTAGON, "stop", "Not met"),
    Met.UNANSWERED: (Shape.RING, "muted", "Not recorded"),
    Met.DECIDED: (Shape.TRIANGLE, "review", "Decided by a provider"),
}


def verdict_level(verdict: Verdict) -> Level:
    """Shape and colour of a verdict; an incomplete one is never shown as clear."""
    return _VERDICT_LEVELS[verdict.kind]


def before_start(snapshot: Snapshot) -> bool:
    return snapshot.state in _BEFORE_START


def ordered(findings: Iterable[Finding], step: str) -> list[Finding]:
    """What somebody acts on first, then what is only recorded, then what is clear; in each this step goes first."""
    shown = [one for one in findings if one.level is not Level.CLEAR or one.title]
    return sorted(shown, key=lambda one: (_part(one), one.step != step, -one.level.rank))


def _part(finding: Finding) -> int:
    if finding.level.rank >= Level.NOTE.rank:
        return 0
    return 2 if finding.level is Level.CLEAR else 1


def is_medicine(finding: Finding) -> bool:
    """One row of the medicine list, by itself: its table says the same, and there may be a dozen."""
    return finding.key.startswith("med.") and not finding.key.startswith("med.together.")


class FindingsPanel(ScrollPage):
    """The verdict in one sentence, and every finding as a card.

    Signals:
        start_wished(str): move the planned start to this time ("11:40").
    """

    start_wished = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "side")
        _whiten(self)
        self.body.setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16))
        self.body.setSpacing(scaled(10))
        self._title = text_label("Findings", "heading", self)
        self._verdict = text_label("", "verdict-line", self, wrap=True)
        self._verdict.setObjectName("side.verdict")
        self.body.addWidget(self._title)
        self.body.addWidget(self._verdict)
        self._cards: list[Notice] = []
        self._shown: list[tuple[object, ...]] = []
        self._step, self._started, self._all_details = "", False, False
        self._snapshot: Snapshot | None = None
        self._details = Button("", self, kind="small")
        self._details.clicked.connect(self._turn_details)
        self._details.hide()
        self.body.addWidget(self._details, 0, Qt.AlignmentFlag.AlignLeft)
        self.last_time = LastTimeCard(self)
        self.last_time.hide()
        self.body.addWidget(self.last_time)
        self.body.addStretch(1)

    def show_last_time(self, day: str, lines: Sequence[tuple[str, str]]) -> None:
        """The last session in five lines, under everything that says something of today."""
        self.last_time.show_lines(day, lines)

    def show_snapshot(self, snapshot: Snapshot, step: str) -> None:
        self._snapshot = snapshot
        started = not before_start(snapshot)
        verdict = snapshot.discharge if started else snapshot.clearance
        self._verdict.setText(verdict.sentence)
        self._started = started
        findings = [one for one in ordered(snapshot.findings, step) if self._is_shown(one, step)]
        facts: list[tuple[object, ...]] = [
            (step, self._all_details, *_facts_of(one, started=started)) for one in findings
        ]
        if facts == self._shown:
            return
        self._shown, self._step = facts, step
        short = [one for one in findings if _is_quiet(one) and one.level is not Level.CLEAR]
        self._details.setVisible(bool(short))
        self._details.show_text("Titles only" if self._all_details else "All details")
        while len(self._cards) < len(findings):
            card = Notice(self)
            self.body.insertWidget(self.body.count() - 3, card)
            self._cards.append(card)
        for card, finding in zip(self._cards, findings, strict=False):
            self._show_card(card, finding, started=started)
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(findings))

    def _turn_details(self) -> None:
        self._all_details = not self._all_details
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot, self._step)

    def _is_shown(self, finding: Finding, step: str) -> bool:
        """Once the infusion runs, what was clear before it makes room for what happens now."""
        return not self._started or finding.step == step or finding.level.rank >= Level.NOTE.rank

    def _is_told(self, finding: Finding) -> bool:
        """What nobody has to act on now is named in one line, unless it belongs to the step in front.

        A medicine that is only recorded is one line until a person asks for all details.
        """
        if self._all_details:
            return True
        if is_medicine(finding) and finding.level.rank < Level.NOTE.rank:
            return False
        wants_action = finding.is_open if self._started else finding.level.rank >= Level.NOTE.rank
        return finding.step == self._step or (wants_action and not _is_quiet(finding))

    def _show_card(self, card: Notice, finding: Finding, *, started: bool) -> None:
        detail = _detail_of(finding) if self._is_told(finding) else ""
        told_source = finding.source and finding.level.rank >= Level.NOTE.rank and detail
        source = f"Source: {finding.source}" if told_source else ""
        card.show_notice(finding.level, finding.title, detail, source=source)
        card.clear_buttons()
        if finding.until is not None and not started:
            time = written_time(finding.until)
            button = card.add_button(f"Start at {time}")
            button.clicked.connect(lambda _=False, text=time: self.start_wished.emit(text))


def _is_quiet(finding: Finding) -> bool:
    """A note on one medicine: told in full on its own step."""
    return is_medicine(finding) and finding.level.rank < Level.REVIEW.rank


def _detail_of(finding: Finding) -> str:
    lines = [text for text in (finding.detail, finding.action) if text]
    if finding.decision is not None:
        lines.append(f"{finding.decision.choice.value.capitalize()}: {finding.decision.why}")
    return " ".join(lines)


def _facts_of(finding: Finding, *, started: bool) -> tuple[object, ...]:
    return finding.key, finding.level, finding.title, _detail_of(finding), finding.source, finding.until, started


class CriterionRow(QWidget):
    """One line of "Before discharge": shape, title, how it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, scaled(6), 0, scaled(6))
        row.setSpacing(scaled(10))
        self._shape = ShapeIcon(self, 12)
        row.addWidget(self._shape)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._title = text_label("", "plain", self, wrap=True)
        self._detail = text_label("", "help", self, wrap=True)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        row.addLayout(texts, 1)

    def show_criterion(self, criterion: Criterion) -> None:
        shape, tone, word = _MET[criterion.met]
        self._shape.show_shape(shape, tone)
        self._title.setText(criterion.title)
        detail = criterion.detail or word
        self._detail.setText(detail if criterion.met is not Met.NOT_MET else f"Not met. {criterion.detail}")
        self.setAccessibleName(f"{criterion.title}: {word}. {criterion.detail}")


class CriteriaList(QWidget):
    """All discharge criteria with their state."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[CriterionRow] = []

    def show_criteria(self, criteria: Sequence[Criterion]) -> None:
        while len(self._rows) < len(criteria):
            if self._rows:
                self._column.addWidget(_rule(self))
            row = CriterionRow(self)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, criterion in zip(self._rows, criteria, strict=False):
            row.show_criterion(criterion)


class CriteriaPanel(ScrollPage):
    """Mock 5: what must hold before the patient leaves; the open findings stand above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "side")
        _whiten(self)
        self.body.setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16))
        self.body.setSpacing(scaled(8))
        self._cards: list[Notice] = []
        self.body.addWidget(text_label("Before discharge", "heading", self))
        self._sentence = text_label("", "verdict-line", self, wrap=True)
        self.body.addWidget(self._sentence)
        self._list = CriteriaList(self)
        self.body.addWidget(self._list)
        self.body.addStretch(1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._sentence.setText(snapshot.discharge.sentence)
        self._list.show_criteria(snapshot.criteria)
        urgent = [
            one
            for one in snapshot.findings
            if one.step in ("infusion", "observation") and one.level.rank >= Level.NOTE.rank and one.is_open
        ]
        for index, finding in enumerate(urgent):
            if index == len(self._cards):
                card = Notice(self)
                self.body.insertWidget(index, card)
                self._cards.append(card)
            self._cards[index].show_notice(finding.level, finding.title, _detail_of(finding))
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(urgent))


class RecordedPanel(ScrollPage):
    """Mock 4: what the paper will show, and its preview.

    Signals:
        preview_wished(): the PDF.
    """

    preview_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "side")
        _whiten(self)
        self.body.setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16))
        self.body.setSpacing(scaled(12))
        self.body.addWidget(text_label("Will be recorded", "heading", self))
        words = (
            "The printed record shows each finding, the decision, the reason, and who signed when. "
            "After signing, a correction is added beside the original; nothing is erased."
        )
        self.body.addWidget(text_label(words, "subtitle", self, wrap=True))
        preview = Button("Preview PDF  Ctrl P", self)
        preview.setObjectName("preview")
        preview.clicked.connect(lambda: self.preview_wished.emit())
        self.body.addWidget(preview)
        self.body.addStretch(1)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_role(line, "rule")
    line.setFixedHeight(1)
    return line


def _whiten(page: ScrollPage) -> None:
    inside = page.widget()
    if inside is not None:
        set_role(inside, "panel")
