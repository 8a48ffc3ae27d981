"""The pre-session checklist: what was true before the infusion, on one page where it can be, signed."""

from checklist.model import Meaning, Stage
from checklist.paper import compact, identity, sections, signatures, tables
from checklist.paper.frame import MARGIN, build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import TIGHT, Block
from checklist.paper.pages import glued
from checklist.snapshot import Snapshot, StepView

_SIGNED = (Meaning.CHECKED, Meaning.PROVIDER_CLEARED)
_WITH_SIGNATURES = 4  # rows that stand on the page of the signatures: nobody signs an empty sheet


def render(snapshot: Snapshot, size: PaperSize) -> bytes:
    width = size.points[0] - 2 * MARGIN
    blocks = [*sections.verdict_box(snapshot, width), *identity.whole_allergies(snapshot)]
    for view in snapshot.steps:
        if view.step.phase == "before":
            blocks += _section(snapshot, view, width)
    blocks = glued(blocks, _WITH_SIGNATURES)
    blocks += signatures.signature_section(snapshot, _SIGNED)
    return build(identity.frame(Document.CHECKLIST, snapshot), blocks, size)


def _section(snapshot: Snapshot, view: StepView, width: float) -> list[Block]:
    match view.step.panel:
        case "medicines":
            return compact.step_section(snapshot, view, width, tables.medicine_table(snapshot, brief=True))
        case "vitals":
            readings = [one for one in snapshot.record.readings if one.stage is Stage.BASELINE]
            return compact.step_section(snapshot, view, width, tables.short_readings(snapshot, readings, TIGHT))
        case "fasting":
            return compact.step_section(snapshot, view, width, hint=sections.fasting_hint(snapshot))
        case "clearance":  # the verdict stands at the top, its findings with their steps
            return []
        case _:
            return compact.step_section(snapshot, view, width)
