"""The screen of one visit: banner on top, steps on the left, the step in the middle, findings on the right."""

from functools import partial
from typing import assert_never

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checklist.model import SessionState, StampKind
from checklist.snapshot import Snapshot
from checklist.times import Moment
from checklist.ui.live import LiveSession
from checklist.ui.session.acts import RecordActs, possible
from checklist.ui.session.banner import PatientBanner, nurse_text
from checklist.ui.session.clearance import provider_to_sign
from checklist.ui.session.condition_bars import ConditionBars
from checklist.ui.session.foot import ACTS, ActsFoot
from checklist.ui.session.footer import Footer
from checklist.ui.session.pages import Panel, make_page, panel_of
from checklist.ui.session.parts.ask import end_dialog
from checklist.ui.session.record_bar import RecordBar
from checklist.ui.session.side import CriteriaPanel, FindingsPanel, RecordedPanel
from checklist.ui.session.step_page import StepPage
from checklist.ui.session.steps import StepList
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker

_DOCUMENT_AT = {Panel.DISCHARGE: "record", Panel.OBSERVATION: "record", Panel.INFUSION: "record"}


def follows(panel: Panel, snapshot: Snapshot) -> Panel | None:
    """Where the work goes on once a step's own page has nothing left to do; None while it has."""
    match panel, snapshot.state:
        case Panel.CLEARANCE, SessionState.CLEARED:
            return None if provider_to_sign(snapshot) else Panel.INFUSION
        case Panel.INFUSION, SessionState.OBSERVING | SessionState.READY_TO_LEAVE:
            return Panel.OBSERVATION
        case _:
            return None


class SessionPage(QWidget):
    """One visit. Steps can be opened in any order; Enter goes on.

    Signals:
        left(): back to Today.
        not_saved(sentence, retry): for the red bar; `retry()` tries again.
        saved(): the last wish reached the disk.
        handed_over(): another person is at the desk now.
    """

    left = Signal()
    not_saved = Signal(str, object)
    saved = Signal()
    handed_over = Signal()

    def __init__(self, live: LiveSession, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._worker = worker
        self._pages: dict[str, StepPage] = {}
        self._current = self._fitting_step(live.snapshot)
        self._follow: Panel | None = None
        self._build()
        self._connect()
        desk = live.desk
        self.findings.show_last_time(desk.last_visit_text(live.snapshot), desk.last_time(live.snapshot))
        self._open(self._current)

    @property
    def live(self) -> LiveSession:
        """The visit that is drawn here."""
        return self._live

    @property
    def current_step(self) -> str:
        return self._current

    @property
    def page(self) -> StepPage:
        """The step page in front."""
        return self._pages[self._current]

    def focus_first(self) -> None:
        """After opening: the first question that waits."""
        self.page.focus_first()

    def show_step(self, step_id: str) -> None:
        """Open a step and focus what is to be done there first."""
        if step_id != self._current or step_id not in self._pages:
            self._open(step_id)
        self.focus_first()

    def redraw(self) -> None:
        """Draw the record again as it stands: fields that were emptied show their answers."""
        self._show(self._live.snapshot)

    def show_same_name(self, same_name: bool) -> None:
        """Mark the banner: another patient of today has a similar name."""
        self.banner.show_same_name(same_name)

    # parts

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = PatientBanner(self)
        self.banner.show_same_name(False)
        column.addWidget(self.banner)
        self.record_bar = RecordBar(self)
        column.addWidget(self.record_bar)
        self.conditions = ConditionBars(self._live, self)
        column.addWidget(self.conditions)
        self.acts = RecordActs(self._live, self)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        self.steps = StepList(self)
        self.foot = ActsFoot(self)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.steps, 1)
        left.addWidget(self.foot)
        row.addLayout(left)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        self._stack = QStackedWidget(self)
        self.footer = Footer(self)
        centre.addWidget(self._stack, 1)
        centre.addWidget(self.footer)
        row.addLayout(centre, 1)
        self._side = QStackedWidget(self)
        self.findings, self.criteria, self.recorded = FindingsPanel(self), CriteriaPanel(self), RecordedPanel(self)
        for panel in (self.findings, self.criteria, self.recorded):
            self._side.addWidget(panel)
        row.addWidget(self._side)

    def _connect(self) -> None:
        self.steps.step_wished.connect(self.show_step)
        self.steps.left.connect(self.left)
        self.steps.end_wished.connect(self._ask_end)
        self.foot.act_wished.connect(self.acts.do)
        self.record_bar.sign_wished.connect(self.acts.sign_amendment)
        self.record_bar.countersign_wished.connect(self.acts.countersign)
        self.acts.sheet_wished.connect(lambda: self.preview("call"))
        self.acts.handed_over.connect(self.handed_over)
        self.acts.refused.connect(self._show_refusal)
        self.acts.papers_wished.connect(self._show_papers)
        self.footer.back.connect(lambda: self._go(-1))
        self.footer.forward.connect(lambda: self._go(1))
        self.findings.start_wished.connect(self._live.plan_start)
        self.recorded.preview_wished.connect(self._preview)
        live = self._live
        live.changed.connect(self._on_changed)
        live.ticked.connect(self._on_ticked)
        live.not_saved.connect(self.not_saved)
        live.saved.connect(self.saved)
        for number in range(1, 11):
            self._key(f"Ctrl+{number % 10}", partial(self._open_number, number))
        self._key("Ctrl+R", self._record_vitals)
        self._key("Ctrl+P", self._preview)
        self._key("F4", self._show_history)
        self._key("F6", self.show_emergency)
        self._key("F7", self._ask_happened)
        self._key("F8", lambda: self.page.stamp())
        self._key("F9", self._interrupted)
        for act, _, _, keys in ACTS:
            self._key(keys, partial(self.acts.do, act))

    def _key(self, keys: str, action: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters the side columns give way before the questions do.
        left = min(scaled(232), int(self.width() * 0.21))
        self.steps.setFixedWidth(left)
        self.foot.setFixedWidth(left)
        self._side.setFixedWidth(min(scaled(299), int(self.width() * 0.25)))

    # steps

    def _fitting_step(self, snapshot: Snapshot) -> str:
        """Where the work is: the first incomplete step before the start, the infusion, or what follows it."""
        wanted = _panel_for(snapshot.state)
        for view in snapshot.steps:
            if wanted is not None and panel_of(view.step) is wanted:
                return view.step.id
        for view in snapshot.steps:
            if not view.complete:
                return view.step.id
        return snapshot.steps[-1].step.id

    def _open(self, step_id: str) -> None:
        snapshot = self._live.snapshot
        if step_id not in self._pages:
            step = snapshot.step(step_id).step
            page = make_page(self._live, step, self._worker, self)
            page.finished.connect(partial(self._on_finished, step_id))
            page.preview_wished.connect(self.preview)
            self._pages[step_id] = page
            self._stack.addWidget(page)
        self._current = step_id
        self._follow = follows(panel_of(self._pages[step_id].step), snapshot)
        self._show(snapshot)
        self._stack.setCurrentWidget(self._pages[step_id])
        self._pages[step_id].verticalScrollBar().setValue(0)

    def _index(self) -> int:
        return [view.step.id for view in self._live.snapshot.steps].index(self._current)

    def _go(self, by: int) -> None:
        views = self._live.snapshot.steps
        index = self._index() + by
        if index >= len(views):
            self.left.emit()
        elif index >= 0:
            self.show_step(views[index].step.id)

    def _open_number(self, number: int) -> None:
        views = self._live.snapshot.steps
        if number <= len(views):
            self.show_step(views[number - 1].step.id)

    # drawing

    def _on_changed(self, snapshot: Snapshot) -> None:
        panel = panel_of(self.page.step)
        before, self._follow = self._follow, follows(panel, snapshot)
        if self._follow is None or before is self._follow:
            self._show(snapshot)
        else:
            self.show_step(next(view.step.id for view in snapshot.steps if panel_of(view.step) is self._follow))

    def _on_finished(self, step_id: str) -> None:
        """Nothing is left to do on a step: the way on is ready. A page that is no longer in front says nothing."""
        if step_id == self._current:
            self.footer.next.setFocus()

    def _show(self, snapshot: Snapshot) -> None:
        self.banner.show_snapshot(snapshot)
        self.record_bar.show_snapshot(snapshot)
        self.conditions.show_snapshot(snapshot)
        self.foot.show_acts(possible(snapshot))
        self.steps.show_steps(snapshot.steps, self._current)
        self.page.show_snapshot(snapshot)
        self._show_side(snapshot)
        views = snapshot.steps
        index = self._index()
        self.footer.show_way(views[index + 1].step.title if index + 1 < len(views) else "", first=index == 0)
        self.footer.show_saved(self._live.saved_at, nurse_text(snapshot))
        self.footer.show_missing(self.page.open_count)

    def _show_side(self, snapshot: Snapshot) -> None:
        panel = panel_of(self.page.step)
        match panel:
            case Panel.CLEARANCE:
                self._side.setCurrentWidget(self.recorded)
            case Panel.OBSERVATION | Panel.DISCHARGE:
                self.criteria.show_snapshot(snapshot)
                self._side.setCurrentWidget(self.criteria)
            case Panel.ITEMS | Panel.FASTING | Panel.MEDICINES | Panel.VITALS | Panel.INFUSION:
                self.findings.show_snapshot(snapshot, self._current)
                self._side.setCurrentWidget(self.findings)
            case _:
                assert_never(panel)

    def _on_ticked(self, now: Moment) -> None:
        if self.isVisible():
            self.page.tick(now)
            self.conditions.tick(now)

    # keys

    def _record_vitals(self) -> None:
        """Ctrl+R from anywhere: the line for vital signs of the stage the visit is in."""
        if self.page.focus_vitals():
            return
        wanted = _panel_for(self._live.snapshot.state) or Panel.VITALS
        for view in self._live.snapshot.steps:
            if panel_of(view.step) is wanted:
                self._open(view.step.id)
                self.page.focus_vitals()

    def _show_history(self) -> None:
        item = self.page.items.focused_item()
        if item:
            self.page.items.show_history(item)

    def _preview(self) -> None:
        panel: Panel = panel_of(self.page.step)
        self.preview(_DOCUMENT_AT.get(panel, "checklist"))

    def preview(self, document: str) -> None:
        """Show a document as it will print."""
        from checklist.ui.session.preview import PreviewDialog

        dialog = PreviewDialog(self._live, self._worker, document, self)
        dialog.open()

    def _show_papers(self) -> None:
        from checklist.ui.session.parts.attach_dialog import AttachDialog

        AttachDialog(self._live, self._worker, self).open()

    def show_emergency(self) -> None:
        """F6: the timeline of an emergency, over whatever step is in front."""
        from checklist.ui.session.parts.emergency import EmergencyDialog

        dialog = EmergencyDialog(self._live, self)
        dialog.summary_wished.connect(lambda: self.preview("transfer"))
        dialog.open()

    def _ask_happened(self) -> None:
        """F7: I am worried, the patient asks for help, wants to leave or drive, the escort was called."""
        from checklist.ui.session.parts.moments import HappenedDialog

        dialog = HappenedDialog(self._live, self)
        dialog.wishes_to_go.connect(lambda: QTimer.singleShot(0, self, lambda: self.show_step("discharge")))
        dialog.open()

    def _interrupted(self) -> None:
        """F9: stamped at once, so that lateness has its cause; words can follow on its line."""
        self.footer.show_note(self._live.stamp(StampKind.INTERRUPTION) or "Interruption noted (F9)")

    def _show_refusal(self, sentence: str) -> None:
        self.page.message.show_message(sentence)

    def _ask_end(self) -> None:
        dialog = end_dialog(self._live, self)
        dialog.accepted.connect(lambda: QTimer.singleShot(0, self, self._after_end))
        dialog.open()

    def _after_end(self) -> None:
        """Who left against advice leaves points to write; every other end goes back to Today."""
        if any(one.key == "departure.record" for one in self._live.snapshot.findings):
            self.show_step("discharge")
        else:
            self.left.emit()


def _panel_for(state: SessionState) -> Panel | None:
    match state:
        case SessionState.INFUSING | SessionState.PAUSED:
            return Panel.INFUSION
        case SessionState.CLEARED:
            return Panel.INFUSION
        case SessionState.OBSERVING:
            return Panel.OBSERVATION
        case SessionState.READY_TO_LEAVE | SessionState.DISCHARGED | SessionState.ENDED:
            return Panel.DISCHARGE
        case (
            SessionState.EXPECTED
            | SessionState.PRE_SESSION
            | SessionState.WAITING_FOR_PROVIDER
            | SessionState.HELD
            | SessionState.STOPPED
        ):
            return None
        case _:
            assert_never(state)
