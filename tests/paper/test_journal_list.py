"""The journal on paper: every line, every name, page x of y."""

import pytest

from checklist.paper import JournalList, JournalRow, PaperSize, render_journal
from tests.paper import build
from tests.paper.pdf import flat, pages

ROW = JournalRow(
    "18-Nov-2026\n10:42:00 · 17", "R. Ortiz, RN", "OKAFOR, Amara (Ms)\nS-2026-0417", "Weight today", "68.4"
)


def listed(*rows: JournalRow) -> JournalList:
    return JournalList(rows, "day: today", "Printed 18-Nov-2026 10:42 by R. Ortiz, RN", practice=False)


@pytest.mark.parametrize("size", list(PaperSize))
def test_every_line_is_on_paper_and_every_page_says_what_it_is(size: PaperSize) -> None:
    rows = [
        JournalRow(f"18-Nov-2026\n10:42:00 · {n}", "R. Ortiz, RN", "", "Weight today", f"{n} kg") for n in range(120)
    ]
    content = render_journal(listed(*rows), build.CLINIC, size)
    found = pages(content)
    assert len(found) > 1
    words = flat(content)
    assert all(f"{n} kg" in words for n in range(120))
    assert f"Page {len(found)} of {len(found)}" in words
    assert "120 entries, the newest first." in words
    assert "keep it as you keep records" in words


@pytest.mark.parametrize("text", ["<b>&\"'", "Nguyễn 王小明", "x" * 300, "<oral midazolam>"])
def test_strange_text_prints_as_it_is(text: str) -> None:
    words = flat(render_journal(listed(JournalRow("18-Nov-2026", "R", "", "Note", text)), build.CLINIC, PaperSize.A4))
    assert text.replace(" ", "")[:40] in words.replace(" ", "")


def test_an_empty_list_says_so() -> None:
    assert "No entry is like that." in flat(render_journal(listed(), build.CLINIC, PaperSize.LETTER))


def test_the_same_list_gives_the_same_bytes() -> None:
    once, again = (render_journal(listed(ROW), build.CLINIC, PaperSize.LETTER) for _ in range(2))
    assert once == again
