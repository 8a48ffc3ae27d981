"""The follow-up call and the course of a patient on the screen: a session looked at from another side."""

from typing import TYPE_CHECKING

from checklist.model import AnswerState
from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession

if TYPE_CHECKING:
    from checklist.desk import PlanDraft


class LiveCall(LiveSession):
    """The call after the discharge: its questions are the one step, its answers stand beside the record."""

    def look(self) -> Snapshot:
        return self.desk.call(self.session_id)

    def answer(self, item_id: str, text: str, state: AnswerState, reason: str, *, confirmed: bool = False) -> str:
        return self.attempt(
            item_id,
            lambda sure: self.desk.call_answer(
                self.session_id, item_id, text, state=state, reason=reason, confirmed=sure
            ),
            confirmed=confirmed,
        )

    def finish(self) -> str:
        return self.attempt("finish", lambda _: self.desk.finish_call(self.session_id))


class LiveCourse(LiveSession):
    """The latest session of a patient with the course it belongs to."""

    def look(self) -> Snapshot:
        return self.desk.course(self.session_id)

    def plan_course(self, draft: "PlanDraft") -> str:
        return self.attempt("course", lambda _: self.desk.plan_course(self.session_id, draft))

    def decide_course(self, choice: str, reason: str, *, user: str, password: str) -> str:
        return self.attempt(
            "course",
            lambda _: self.desk.decide_course(self.session_id, choice, reason, user=user, password=password),
        )
