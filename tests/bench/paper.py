"""PDF: the checklist and the full record of a discharged session, cold and warm, beside a bare ReportLab page set."""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checklist.desk import practice
from checklist.model import SessionId
from checklist.paper import Document, PaperSize, render
from checklist.snapshot import Snapshot
from checklist.times import ManualClock, Moment
from tests.bench.figures import Figure, median_ms

NOW = Moment.stored("2026-11-18T10:42:00-05:00[America/New_York]")
LINES_A_PAGE = 60
COLD = """
import sys, time
from pathlib import Path
from tests.bench.paper import discharged
snapshot = discharged(Path(sys.argv[1]))
begin = time.perf_counter()
from checklist.paper import Document, PaperSize, render
for kind in (Document.CHECKLIST, Document.RECORD):
    render(kind, snapshot, PaperSize.LETTER)
print((time.perf_counter() - begin) * 1000)
"""


def discharged(folder: Path) -> Snapshot:
    """The finished earlier session of the practice file in a folder."""
    door = practice.front_door(folder, ManualClock(NOW))
    desk = door.sign_in("ortiz", practice.PASSWORD)
    patient = desk.find_patients("oka")[0].patient
    session: SessionId = desk.sessions_of(patient.id)[0].id
    snapshot = desk.open(session)
    desk.close()
    return snapshot


def _both(snapshot: Snapshot) -> int:
    """Bytes of the two documents."""
    return sum(len(render(kind, snapshot, PaperSize.LETTER)) for kind in (Document.CHECKLIST, Document.RECORD))


def _bare_pages(pages: int) -> None:
    """As many pages of plain lines by ReportLab alone: the floor of every PDF."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO(), invariant=1)
    for _ in range(pages):
        for line in range(LINES_A_PAGE):
            canvas.drawString(50, 740 - line * 11, "OKAFOR, Amara - a line of plain text as long as a table row")
        canvas.showPage()
    canvas.save()


def _pages(pdf: bytes) -> int:
    import pypdfium2  # type: ignore[import-untyped]  # ships no type information

    return len(pypdfium2.PdfDocument(pdf))


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "practice"
        practice.create(folder, ManualClock(NOW))
        snapshot = discharged(folder)
        pages = sum(_pages(render(kind, snapshot, PaperSize.LETTER)) for kind in (Document.CHECKLIST, Document.RECORD))
        floor = median_ms(lambda: _bare_pages(pages), 20)
        warm = median_ms(lambda: _both(snapshot), 15)
        yield Figure(f"two-document PDF, warm ({pages} pages)", warm, "ms", floor, "under 60 ms", warm < 60)
        done = subprocess.run([sys.executable, "-c", COLD, str(folder)], capture_output=True, text=True, check=True)
        yield Figure("two-document PDF, first in a process", float(done.stdout), "ms", floor)
