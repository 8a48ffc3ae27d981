"""One side effect in full: worse or not, what was done, how it came out, whether the infusion caused it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from checklist.model import Doing, Effect, Outcome, Related
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.session.parts.readings import effect_text
from checklist.ui.widgets.segmented import Segment

DOINGS = (
    Segment(Doing.NONE, "Nothing", "1"),
    Segment(Doing.REASSURANCE, "Reassurance", "2"),
    Segment(Doing.POSITION, "Position", "3"),
    Segment(Doing.OXYGEN, "Oxygen", "4"),
    Segment(Doing.DRUG, "Medicine", "5"),
    Segment(Doing.RATE_REDUCED, "Rate reduced", "6"),
    Segment(Doing.PAUSED, "Paused", "7"),
    Segment(Doing.STOPPED, "Stopped", "8"),
    Segment(Doing.PROVIDER_CALLED, "Provider called", "9"),
    Segment(Doing.EMS_CALLED, "911", "0"),
)
OUTCOMES = (
    Segment(Outcome.RESOLVED, "Resolved", "1"),
    Segment(Outcome.BETTER, "Better", "2"),
    Segment(Outcome.GOING_ON, "Going on", "3"),
    Segment(Outcome.LASTING, "Lasting harm", "4"),
    Segment(Outcome.TRANSFERRED, "Transferred", "5"),
    Segment(Outcome.NOT_KNOWN, "Not known", "6"),
)
RELATED = (
    Segment(Related.UNLIKELY, "Unlikely", "1"),
    Segment(Related.POSSIBLE, "Possible", "2"),
    Segment(Related.PROBABLE, "Probable", "3"),
)


def effect_dialog(live: LiveSession, effect: Effect, parent: QWidget) -> AskDialog:
    """Every field may stay as it is; what is filled in is one entry each, the first that is refused stops the rest."""
    fields = (
        AskField("done", "What was done?", choices=DOINGS),
        AskField("detail", "Details", help="Of a medicine: name, dose, route, given by whom.", submits=True),
        AskField("time", "At", help="Empty means now.", submits=True),
        AskField("grade", "Highest grade", help=f"Now {effect.grade}. 1 mild to 4 life-threatening.", submits=True),
        AskField("outcome", "How did it come out?", choices=OUTCOMES),
        AskField("related", "Caused by the infusion?", choices=RELATED),
    )
    dialog = AskDialog(
        effect_text(effect, live.snapshot),
        "Write what is new. What stays empty stays as it was.",
        fields,
        "Save",
        lambda values: _save(live, effect, values),
        parent,
    )
    shown = {"outcome": effect.outcome.value, "related": effect.related.value}
    dialog.form.show_values(shown)
    return dialog


def _save(live: LiveSession, effect: Effect, values: Mapping[str, str]) -> str:
    grade = values["grade"].strip()
    sentence = live.grade_effect(effect.id, grade) if grade else ""
    if not sentence and values["done"]:
        sentence = live.do_about_effect(effect.id, Doing(values["done"]), values["detail"], values["time"])
    elif not sentence and values["detail"].strip():
        return "Choose what was done first; the details belong to it. Nothing was saved."
    outcome, related = Outcome(values["outcome"]), Related(values["related"])
    if not sentence and (outcome, related) != (effect.outcome, effect.related):
        sentence = live.judge_effect(effect.id, outcome, related)
    return sentence
