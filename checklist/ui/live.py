"""A session on the screen: asks the desk, keeps the last snapshot, and turns errors into facts for the widgets."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from checklist.acts import Target
from checklist.attached import Content
from checklist.errors import DataFileError, KnownError, NeedsConfirmation, NotSaved
from checklist.ink import InkMeaning, Strokes
from checklist.model import (
    AnswerState,
    Choice,
    Doing,
    Meaning,
    MedicineDetails,
    Outcome,
    Related,
    RowId,
    SessionId,
    StampKind,
)
from checklist.protocol import OTHER_REASON
from checklist.snapshot import Snapshot
from checklist.times import Moment

if TYPE_CHECKING:
    from checklist.desk.board import Desk

_LOG = logging.getLogger(__name__)
# Minutes on the screen come from label changes each second; the rules look again this often, and when a time passes.
REFRESH_AFTER = timedelta(seconds=15)
UseCase = Callable[[bool], Snapshot]


class LiveSession(QObject):
    """Has a desk and a session. Each wish of a person is one call here; errors come back as sentences.

    Every method returns "" when the desk did it, else the sentence that people read. `where` names the widget that
    asked (an item id, `vitals.line`), so that the sentence appears at its place.

    Signals:
        changed(Snapshot): something was saved, or time made a difference.
        ticked(Moment): a second passed.
        refused(where, sentence): nothing was saved; the text stays in its field.
        asked(where, sentence, retry): the value is unusual; `retry()` saves it after all.
        not_saved(sentence, retry): the disk failed; `retry()` tries the same again.
        saved(): something reached the disk.
    """

    changed = Signal(object)
    ticked = Signal(object)
    refused = Signal(str, str)
    asked = Signal(str, str, object)
    not_saved = Signal(str, object)
    saved = Signal()

    def __init__(self, desk: "Desk", session_id: SessionId, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.session_id = session_id
        self._snapshot = self.look()
        self._saved_at: Moment | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def look(self) -> Snapshot:
        """How the session stands now. Raises KnownError."""
        return self.desk.open(self.session_id)

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    @property
    def saved_at(self) -> str:
        """`10:42:07`, the time of the last save of this sitting; empty before the first."""
        return f"{self._saved_at.local:%H:%M:%S}" if self._saved_at else ""

    def attempt(self, where: str, use_case: UseCase, *, confirmed: bool = False) -> str:
        """Run a use case of the desk. This is the one place where errors of a session become sentences."""
        try:
            snapshot = use_case(confirmed)
        except NeedsConfirmation as question:
            self.asked.emit(where, question.sentence, lambda: self.attempt(where, use_case, confirmed=True))
            return question.sentence
        except (NotSaved, DataFileError) as failure:
            self.refused.emit(where, failure.sentence)
            self.not_saved.emit(failure.sentence, lambda: self.attempt(where, use_case, confirmed=confirmed))
            return failure.sentence
        except KnownError as refusal:
            self.refused.emit(where, refusal.sentence)
            return refusal.sentence
        self._keep(snapshot)
        return ""

    def _keep(self, snapshot: Snapshot) -> None:
        self._saved_at = self.desk.now()
        self._snapshot = snapshot
        self.saved.emit()
        self.changed.emit(snapshot)

    # time

    def tick(self) -> None:
        """A second passed: labels move; the rules look again when a time of theirs went by."""
        now = self.desk.now()
        if self._is_stale(now):
            self.refresh()
        self.ticked.emit(now)

    def _is_stale(self, now: Moment) -> bool:
        then = self._snapshot.now
        if abs(now.since(then)) >= REFRESH_AFTER:
            return True
        snapshot = self._snapshot
        times = [due.at for due in snapshot.schedule] + [task.at for task in snapshot.tasks]
        times += [moment for moment in (snapshot.earliest_start, snapshot.clearance.until) if moment is not None]
        return any(then < moment <= now for moment in times)

    def refresh(self) -> None:
        """Look at the session again with the time of now."""
        try:
            self._snapshot = self.look()
        except KnownError as failure:
            _LOG.warning("refresh failed: %s", type(failure).__name__)
            self.not_saved.emit(failure.sentence, self.refresh)
            return
        self.changed.emit(self._snapshot)

    # answers

    def answer(self, item_id: str, text: str, state: AnswerState, reason: str, *, confirmed: bool = False) -> str:
        return self.attempt(
            item_id,
            lambda sure: self.desk.answer(self.session_id, item_id, text, state=state, reason=reason, confirmed=sure),
            confirmed=confirmed,
        )

    def plan_start(self, text: str) -> str:
        return self.attempt("plan", lambda _: self.desk.plan_start(self.session_id, text))

    def same_as_last(self, step_id: str) -> str:
        return self.attempt("same", lambda _: self.desk.same_as_last(self.session_id, step_id))

    def end(self, kind: str, reason: str, *, user: str = "", password: str = "") -> str:
        return self.attempt("end", lambda _: self.desk.end(self.session_id, kind, reason, user=user, password=password))

    # medicines

    def add_medicine(self, text: str) -> str:
        return self.attempt("medicines.entry", lambda _: self.desk.add_medicine(self.session_id, text))

    def confirm_medicine(self, row: RowId) -> str:
        return self.attempt("medicines.row", lambda _: self.desk.confirm_medicine(self.session_id, row))

    def medicine_taken(self, row: RowId, text: str, state: AnswerState, *, confirmed: bool = False) -> str:
        return self.attempt(
            "medicines.taken",
            lambda sure: self.desk.medicine_taken(self.session_id, row, text, state=state, confirmed=sure),
            confirmed=confirmed,
        )

    def medicine_named(self, row: RowId, name: str) -> str:
        return self.attempt("medicines.row", lambda _: self.desk.medicine_named(self.session_id, row, name))

    def describe_medicine(self, row: RowId, details: MedicineDetails, dose: str) -> str:
        return self.attempt(
            "medicines.details", lambda _: self.desk.describe_medicine(self.session_id, row, details, dose)
        )

    def end_standing(self, row: RowId, reason: str, user: str, password: str) -> str:
        return self.attempt(
            "medicines.standing",
            lambda _: self.desk.end_standing(self.session_id, row, reason, user=user, password=password),
        )

    def remove_medicine(self, row: RowId) -> str:
        return self.attempt("medicines.row", lambda _: self.desk.remove_medicine(self.session_id, row))

    # readings and side effects

    def record_reading(self, text: str, observed: Moment | None) -> str:
        return self.attempt(
            "vitals.line",
            lambda sure: self.desk.record_reading(self.session_id, text, observed=observed, confirmed=sure),
        )

    def strike_reading(self, row: RowId, reason: str) -> str:
        return self.attempt("vitals.row", lambda _: self.desk.strike_reading(self.session_id, row, reason))

    def record_effect(self, text: str) -> str:
        return self.attempt("effects.line", lambda _: self.desk.record_effect(self.session_id, text))

    def grade_effect(self, row: RowId, grade: str) -> str:
        return self.attempt("effects.row", lambda _: self.desk.grade_effect(self.session_id, row, grade))

    def do_about_effect(self, row: RowId, what: Doing, detail: str, at: str) -> str:
        return self.attempt(
            "effects.row", lambda _: self.desk.do_about_effect(self.session_id, row, what, detail, at=at)
        )

    def judge_effect(self, row: RowId, outcome: Outcome, related: Related) -> str:
        return self.attempt("effects.row", lambda _: self.desk.judge_effect(self.session_id, row, outcome, related))

    def end_effect(self, row: RowId) -> str:
        return self.attempt("effects.row", lambda _: self.desk.end_effect(self.session_id, row))

    def remove_effect(self, row: RowId) -> str:
        return self.attempt("effects.row", lambda _: self.desk.remove_effect(self.session_id, row))

    # moments

    def stamp(self, kind: StampKind, words: str = "", at: str = "") -> str:
        return self.attempt("moments", lambda _: self.desk.stamp(self.session_id, kind, words, at=at))

    def escort_call(self, result: str, number: str, words: str, at: str) -> str:
        return self.attempt("moments", lambda _: self.desk.escort_call(self.session_id, result, number, words, at=at))

    def explain_missed(self, due: Moment, reason: str) -> str:
        return self.attempt("moments", lambda _: self.desk.explain_missed(self.session_id, due, reason))

    def describe_stamp(self, row: RowId, words: str) -> str:
        return self.attempt("moments", lambda _: self.desk.describe_stamp(self.session_id, row, words))

    def remove_stamp(self, row: RowId, reason: str) -> str:
        return self.attempt("moments", lambda _: self.desk.remove_stamp(self.session_id, row, reason))

    # decisions and signatures

    def decide(
        self,
        finding: str,
        choice: Choice,
        reason: str,
        *,
        user: str,
        password: str,
        verbal_from: str = "",
        read_back: bool = False,
        standing: bool = False,
        code: str = OTHER_REASON,
        condition: str = "",
        condition_by: str = "",
    ) -> str:
        return self.attempt(
            "decide",
            lambda _: self.desk.decide(
                self.session_id,
                finding,
                choice,
                reason,
                user=user,
                password=password,
                verbal_from=verbal_from,
                read_back=read_back,
                standing=standing,
                code=code,
                condition=condition,
                condition_by=condition_by,
            ),
        )

    def condition_words(self, condition: str, by: str) -> str:
        """What a typed condition means, or why it cannot be kept."""
        try:
            return self.desk.condition_words(condition, by)
        except KnownError as refusal:
            return refusal.sentence

    def condition_done(self, decision: int) -> str:
        return self.attempt("conditions", lambda _: self.desk.condition_done(self.session_id, decision))

    def sign(self, meaning: Meaning, user: str, password: str) -> str:
        return self.attempt("sign", lambda _: self.desk.sign(self.session_id, meaning, user=user, password=password))

    def amend(self, key: str, value: str, time: str, reason: str, user: str, password: str) -> str:
        return self.attempt(
            "amend",
            lambda sure: self.desk.amend(
                self.session_id,
                key,
                value=value,
                time=time,
                reason=reason,
                user=user,
                password=password,
                confirmed=sure,
            ),
        )

    def add_late(
        self, target: Target, text: str, time: str, reason: str, user: str, password: str, *, recall: bool
    ) -> str:
        return self.attempt(
            "amend",
            lambda sure: self.desk.add_late(
                self.session_id,
                target,
                text,
                time,
                recall=recall,
                reason=reason,
                user=user,
                password=password,
                confirmed=sure,
            ),
        )

    def add_addendum(self, text: str, user: str, password: str) -> str:
        return self.attempt(
            "amend", lambda _: self.desk.add_addendum(self.session_id, text, user=user, password=password)
        )

    def attach(
        self, content: Content, title: str, times: tuple[str, str], reason: str, user: str, password: str
    ) -> str:
        return self.attempt(
            "attach",
            lambda sure: self.desk.attach(
                self.session_id,
                content,
                title,
                time_from=times[0],
                time_to=times[1],
                reason=reason,
                user=user,
                password=password,
                confirmed=sure,
            ),
        )

    def sign_amendments(self, user: str, password: str) -> str:
        return self.attempt("amend", lambda _: self.desk.sign_amendments(self.session_id, user=user, password=password))

    def mark_in_error(self, keys: Sequence[str], reason: str, other: str, user: str, password: str) -> str:
        where = SessionId(other) if other else None
        return self.attempt(
            "amend",
            lambda _: self.desk.mark_in_error(self.session_id, keys, reason, user=user, password=password, other=where),
        )

    def take_order(self, text: str, provider: str, given: str, read_back: bool | None, told: str) -> str:
        return self.attempt(
            "order",
            lambda sure: self.desk.take_order(
                self.session_id,
                text,
                provider=provider,
                given=given,
                read_back=read_back,
                told=told,
                confirmed=sure,
            ),
        )

    def authenticate(self, orders: Sequence[int], user: str, password: str, remark: str) -> str:
        return self.attempt(
            "order",
            lambda _: self.desk.authenticate(self.session_id, orders, user=user, password=password, remark=remark),
        )

    def hand_over(self, summary: str, giver: tuple[str, str], taker: tuple[str, str]) -> str:
        return self.attempt(
            "handover", lambda _: self.desk.hand_over(self.session_id, summary, giver=giver, taker=taker)
        )

    def file_paper(self) -> str:
        return self.attempt("paper", lambda _: self.desk.file_paper(self.session_id))

    def verify_dose(self, values: Mapping[str, str], user: str, password: str) -> str:
        return self.attempt(
            "verify", lambda _: self.desk.verify_dose(self.session_id, values, user=user, password=password)
        )

    def start(self) -> str:
        return self.attempt("infusion", lambda _: self.desk.start(self.session_id))

    def pause(self, reason: str, infused_ml: str, code: str = "") -> str:
        return self.attempt("infusion", lambda _: self.desk.pause(self.session_id, reason, infused_ml, code))

    def resume(self, counts_from: str = "", rate: str = "") -> str:
        return self.attempt("infusion", lambda _: self.desk.resume(self.session_id, counts_from, rate))

    def change_rate(self, rate: str, infused_ml: str, reason: str) -> str:
        return self.attempt("infusion", lambda _: self.desk.change_rate(self.session_id, rate, infused_ml, reason))

    def stop(self, infused_ml: str, reason: str) -> str:
        return self.attempt("infusion", lambda _: self.desk.stop(self.session_id, infused_ml, reason))

    def sign_by_hand(self, meaning: InkMeaning, name: str, strokes: Strokes) -> str:
        return self.attempt("ink", lambda _: self.desk.sign_by_hand(self.session_id, meaning, name, strokes))

    def printed(self, kind: str) -> str:
        return self.attempt("print", lambda _: self.desk.printed(self.session_id, kind))
