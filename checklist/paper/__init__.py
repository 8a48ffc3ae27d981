"""Printed documents and figures: a frozen snapshot in, PDF bytes or SVG text out.

No clock, disk, Qt or network: the same snapshot gives the same bytes. ReportLab is loaded by the first drawing only,
so importing this package costs a menu nothing.
"""

import re
from collections.abc import Sequence
from typing import assert_never

from checklist.model import Clinic
from checklist.paper.kinds import Document, JournalList, JournalRow, PaperSize, Sheet
from checklist.protocol import Protocol
from checklist.snapshot import DrugLine, Snapshot
from checklist.times import Moment

__all__ = [
    "Document",
    "JournalList",
    "JournalRow",
    "PaperSize",
    "Sheet",
    "chart_svg",
    "course_svg",
    "fasting_svg",
    "render",
    "render_blank",
    "render_drug_log",
    "render_journal",
    "render_sealed",
    "suggested_name",
]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def render(kind: Document, snapshot: Snapshot, size: PaperSize, sheets: Sequence[Sheet] = ()) -> bytes:
    """A document as PDF; `sheets` are attached papers that print after the record. Raises ResourceMissing."""
    from checklist.paper import call_doc, checklist_doc, course_doc, instructions_doc, record_doc, transfer_doc

    match kind:
        case Document.CHECKLIST:
            return checklist_doc.render(snapshot, size)
        case Document.RECORD:
            return record_doc.render(snapshot, size, sheets)
        case Document.INSTRUCTIONS:
            return instructions_doc.render(snapshot, size)
        case Document.COURSE:
            return course_doc.render(snapshot, size)
        case Document.TRANSFER:
            return transfer_doc.render(snapshot, size)
        case Document.BLANK:
            return render_blank(snapshot.protocol, snapshot.clinic, size)
        case Document.CALL:
            return call_doc.render(snapshot, size)
        case _:
            assert_never(kind)


def render_blank(protocol: Protocol, clinic: Clinic, size: PaperSize) -> bytes:
    """The checklist as an empty form, for no patient. Raises ResourceMissing."""
    from checklist.paper import blank_doc

    return blank_doc.render(protocol, clinic, size)


def render_sealed(
    kind: str, clinic: Clinic, code: str, made: Moment, made_by: str, size: PaperSize, *, practice: bool
) -> bytes:
    """The sheet for the sealed envelope: `kind` is recovery or emergency. Raises ResourceMissing."""
    from checklist.paper import sealed_doc

    return sealed_doc.render(kind, clinic, code, made, made_by, size, practice=practice)


def render_journal(listed: JournalList, clinic: Clinic, size: PaperSize) -> bytes:
    """Entries of the journal as a list. Raises ResourceMissing."""
    from checklist.paper import journal_doc

    return journal_doc.render(listed, clinic, size)


def render_drug_log(
    lines: Sequence[DrugLine], clinic: Clinic, printed: Moment, size: PaperSize, *, practice: bool
) -> bytes:
    """The log of the controlled substance, over all patients. Raises ResourceMissing."""
    from checklist.paper import drug_log_doc

    return drug_log_doc.render(lines, clinic, printed, size, practice=practice)


def suggested_name(kind: Document, snapshot: Snapshot) -> str:
    """`S-2026-0417-checklist.pdf`: a file name that every system takes and that names no patient."""
    if kind is Document.BLANK:
        return "blank-checklist.pdf"
    record = _UNSAFE.sub("-", snapshot.record.session.record_id).strip("-") or "record"
    return f"{record}-{kind}.pdf"


def chart_svg(snapshot: Snapshot, width: float = 660.0, height: float = 190.0) -> str:
    """The vital signs chart as SVG for the screen; the same drawing as on paper."""
    from checklist.paper import figures, svg

    return svg.text_of(figures.chart_drawing(snapshot, width, height))


def fasting_svg(snapshot: Snapshot, width: float = 660.0) -> str:
    """The fasting line as SVG for the screen; "" while no time is known."""
    from checklist.paper import figures, svg

    drawing = figures.fasting_drawing(snapshot, width)
    return svg.text_of(drawing) if drawing else ""


def course_svg(snapshot: Snapshot, width: float = 660.0, height: float = 190.0) -> str:
    """The plot of the course as SVG for the screen; "" for a snapshot without its course."""
    from checklist.paper import course_figure, svg

    if snapshot.course is None:
        return ""
    return svg.text_of(course_figure.course_drawing(snapshot.course, width, height))
