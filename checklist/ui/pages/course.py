"""The course of one patient: plan, plot, every infusion in numbers, what is due next, the provider's decision."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.course import Course, InfusionRow
from checklist.desk import PlanDraft
from checklist.levels import Level
from checklist.paper import course_svg
from checklist.snapshot import Snapshot
from checklist.ui.live_call import LiveCourse
from checklist.ui.session.banner import Fact, PatientBanner
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.session.parts.figure import Figure
from checklist.ui.shapes import Shape, ShapeIcon, shape_of, tone_of
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

TABLE = (
    Column("No.", 50),
    Column("Date", 122),
    Column("Since last", 98, yields=True),
    Column("kg", 66, yields=True),
    Column("Dose", 190),
    Column("Min", 58, yields=True),
    Column("Highest BP", 152),
    Column("Worst side effect"),
    Column("Aldrete / leave", 126, yields=True),
    Column("PHQ-9", 76),
    Column("GAD-7", 76, yields=True),
)
CHOICES = (
    Segment("stop", "Stop", "1"),
    Segment("maintenance", "Maintenance", "2"),
    Segment("change", "Change", "3"),
    Segment("refer", "Refer", "4"),
)


class CoursePage(QWidget):
    """A patient's course; Enter on an infusion opens its record.

    Signals:
        left(): back to the patient.
        opened(str): session id.
        call_wished(str): session id: the follow-up call of the latest visit.
        not_saved(sentence, retry): for the red bar; `retry()` tries again.
        saved(): the last wish reached the disk.
    """

    left = Signal()
    opened = Signal(str)
    call_wished = Signal(str)
    not_saved = Signal(str, object)
    saved = Signal()

    def __init__(self, live: LiveCourse, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self.live = live
        self._worker = worker
        self.banner = PatientBanner(self)
        self.banner.show_same_name(False)
        self._page = ScrollPage(self)
        self._head = PageHead("Course", self._page)
        self.table = RowTable(TABLE, "Infusions of this course", self._page, fit_rows=True, row_px=46)
        self.figure = Figure(_svg, "PHQ-9, highest systolic and dose of each infusion", "", worker, self._page)
        self._facts = FlowLayout(None, scaled(18))
        self._shown: dict[str, Fact] = {}
        self.due = DueList(self._page)
        self._decision = text_label("", "plain", self._page, wrap=True)
        self._decision.setObjectName("course.decision")
        self._none = text_label("No infusion of this course is on record.", "subtitle", self._page)
        self._lay_out()
        live.changed.connect(self._show)
        live.not_saved.connect(self.not_saved)
        live.saved.connect(self.saved)
        self.table.chosen.connect(self.opened)
        self._show(live.snapshot)

    def focus_first(self) -> None:
        """The infusions; without any the way back."""
        first = self.back if self.table.isHidden() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_same_name(self, same_name: bool) -> None:
        """Mark the banner: another patient of today has a similar name."""
        self.banner.show_same_name(same_name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # parts

    def _lay_out(self) -> None:
        card = Card(self._page)
        card.body.addLayout(self._facts)
        table = Card(self._page)
        table.body.setContentsMargins(1, 1, 1, 1)
        table.body.addWidget(self.table)
        self._table_card = table
        body = self._page.body
        for part in (self._head, card, table, self._none, self._below()):
            body.addWidget(part)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._page, 1)
        self._add_buttons()
        for keys, pages in (("PgDown", 1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=pages: self._scroll(by))

    def _scroll(self, pages: int) -> None:
        bar = self._page.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() * 3 // 4)

    def _below(self) -> QWidget:
        """The plot beside what is due and what was decided."""
        both = QWidget(self._page)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(12))
        due, decided = Card(both), Card(both)
        due.body.addWidget(text_label("Next", "heading", due))
        due.body.addWidget(self.due)
        decided.body.addWidget(text_label("Decision after the induction", "heading", decided))
        decided.body.addWidget(self._decision)
        right = QVBoxLayout()
        right.setSpacing(scaled(12))
        right.addWidget(due)
        right.addWidget(decided)
        right.addStretch(1)
        row.addWidget(self.figure, 3, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 2)
        return both

    def _add_buttons(self) -> None:
        self.back = Button("Patient", self._head, hint="Esc")
        self.plan = Button("Plan…", self._head, keys="Alt+P")
        self.decide = Button("Decide…", self._head, keys="Alt+D")
        self.call = Button("Call", self._head, keys="Alt+F")
        self.print = Button("Print…", self._head, kind="primary", keys="Ctrl+P")
        self.back.clicked.connect(lambda: self.left.emit())
        self.plan.clicked.connect(self._ask_plan)
        self.decide.clicked.connect(self._ask_decision)
        self.call.clicked.connect(lambda: self.call_wished.emit(self.live.session_id))
        self.print.clicked.connect(self._preview)
        for button in (self.back, self.plan, self.decide, self.call, self.print):
            self._head.add_button(button)

    # drawing

    def _show(self, snapshot: Snapshot) -> None:
        course = snapshot.course
        if course is None:
            return
        self.banner.show_snapshot(snapshot)
        self._show_facts(course)
        newest = tuple(reversed(course.infusions))
        self.table.show_rows([_row(one) for one in newest])
        self._table_card.setVisible(bool(newest))
        self._none.setVisible(not newest)
        self.figure.setVisible(bool(newest))
        self.figure.show_figure(snapshot, (course.infusions, course.total))
        self.due.show_due(course)
        self._decision.setText(_decision_text(course, snapshot))
        self.call.setVisible(snapshot.follow_up is not None)

    def _show_facts(self, course: Course) -> None:
        for label, words in course.facts():
            if label not in self._shown:
                self._shown[label] = Fact(label, self._page)
                self._facts.addWidget(self._shown[label])
            self._shown[label].show_value(words)

    # dialogs

    def _preview(self) -> None:
        from checklist.ui.session.preview import PreviewDialog

        PreviewDialog(self.live, self._worker, "course", self).open()

    def _ask_plan(self) -> None:
        course = self.live.snapshot.course
        plan = course.plan if course else None
        fields = (
            AskField("prescriber", "Prescriber", help="A provider of this clinic"),
            AskField("every_days", "Days between infusions", help="3; empty: not planned"),
            AskField("icd10", "ICD-10 code", help="A provider's choice: only a provider changes it", submits=True),
        )
        dialog = AskDialog("Plan of the course", "", fields, "Keep the plan", self._on_plan, self)
        if plan is not None:
            every = "" if plan.every_days is None else f"{plan.every_days:f}"
            dialog.form.show_values({"prescriber": plan.prescriber, "every_days": every, "icd10": plan.icd10})
        dialog.open()

    def _on_plan(self, values: Mapping[str, str]) -> str:
        return self.live.plan_course(PlanDraft(values["prescriber"], values["every_days"], values["icd10"]))

    def _ask_decision(self) -> None:
        statement = self.live.snapshot.protocol.texts["statement_course"]
        fields = (
            AskField("choice", "How does it go on?", choices=CHOICES),
            AskField("reason", "Reason, in words"),
            AskField("user", "Provider’s user name"),
            AskField("password", "Provider’s password", password=True, submits=True),
        )
        AskDialog("Decision after the induction", f"“{statement}”", fields, "Sign", self._on_decision, self).open()

    def _on_decision(self, values: Mapping[str, str]) -> str:
        return self.live.decide_course(
            values["choice"], values["reason"], user=values["user"], password=values["password"]
        )


class DueList(QWidget):
    """What comes next, one line each; what is late carries the triangle of a review and bold words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(6))
        self._lines: list[DueLine] = []

    def show_due(self, course: Course) -> None:
        while len(self._lines) < len(course.due):
            self._lines.append(DueLine(self))
            self._column.addWidget(self._lines[-1])
        for line, one in zip(self._lines, course.due, strict=False):
            line.show_line(one.title, one.text, is_late=one.is_late)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(course.due))


class DueLine(QWidget):
    """A shape, a title, and its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        self._shape = ShapeIcon(self, 12)
        self._words = text_label("", "plain", self, wrap=True)
        row.addWidget(self._shape)
        row.addWidget(self._words, 1)

    def show_line(self, title: str, words: str, *, is_late: bool) -> None:
        shape, tone = (shape_of(Level.REVIEW), tone_of(Level.REVIEW)) if is_late else (Shape.RING, "muted")
        self._shape.show_shape(shape, tone)
        self._words.setText(f"{title}: {words}")
        self.setAccessibleName(f"{'Late. ' if is_late else ''}{title}: {words}")


def _svg(snapshot: Snapshot, width: float) -> str:
    return course_svg(snapshot, width)


def _row(infusion: InfusionRow) -> TableRow:
    looks = {0: Look.STRONG, 4: Look.STRONG}
    cells = (Cell(words, looks.get(place, Look.PLAIN)) for place, words in enumerate(infusion.words()))
    return TableRow(infusion.session, tuple(cells))


def _decision_text(course: Course, snapshot: Snapshot) -> str:
    made = course.decision
    if made is None:
        return "None is on record. A provider decides once the series is given: stop, maintenance, change or refer."
    chosen = next(one.label for one in CHOICES if one.id == made.choice.value)
    return f"{chosen}: {made.reason} ({made.name}, {made.at.local:%d}-{made.at.local:%b-%Y %H:%M})"
