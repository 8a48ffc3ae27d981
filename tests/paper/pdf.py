"""Printed pages as a reader meets them: words, and where on the page they stand."""

from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float], ...]  # left, bottom, right, top of each line of text

    @property
    def flat(self) -> str:
        """All words with single blanks: line breaks are the layout's business."""
        return " ".join(self.text.split())


def pages(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    words = page.get_textpage()
    boxes = tuple(words.get_rect(number) for number in range(words.count_rects()))
    width, height = page.get_size()
    found = Page(words.get_text_bounded(), width, height, boxes)
    words.close()
    page.close()
    return found


def flat(pdf: bytes) -> str:
    return " ".join(page.flat for page in pages(pdf))
