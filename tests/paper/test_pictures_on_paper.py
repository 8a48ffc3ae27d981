"""Photographs and attached papers in print: the portrait by the name, the list in the record, the scans after it."""

from dataclasses import replace
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageDraw

from checklist.attached import Attachment, Media, Photo, PhotoState
from checklist.model import RowId
from checklist.paper import Document, PaperSize, Sheet, render
from checklist.pictures import as_photo
from checklist.snapshot import Snapshot
from tests.paper.build import at, extreme, routine
from tests.paper.parts import NURSE
from tests.paper.pdf import flat, pages


def face(size: tuple[int, int] = (900, 1200)) -> bytes:
    """An invented face: dark hair, bright skin, so that grey print can be judged by its tones."""
    made = Image.new("RGB", size, (120, 150, 190))
    pen = ImageDraw.Draw(made)
    wide, high = size
    pen.ellipse((wide * 0.2, high * 0.1, wide * 0.8, high * 0.85), fill=(228, 190, 165))
    pen.pieslice((wide * 0.18, high * 0.06, wide * 0.82, high * 0.7), 180, 360, fill=(50, 35, 30))
    for eye in (0.38, 0.62):
        pen.ellipse((wide * eye - 35, high * 0.45, wide * eye + 35, high * 0.45 + 40), fill=(30, 30, 30))
    pen.arc((wide * 0.35, high * 0.5, wide * 0.65, high * 0.72), 30, 150, fill=(150, 60, 60), width=16)
    buffer = BytesIO()
    made.save(buffer, "JPEG")
    return buffer.getvalue()


PHOTO = Photo(PhotoState.TAKEN, NURSE, at("10:31"), "00", as_photo(face()).data)
SHEET = Attachment(
    RowId("r1"), "Downtime sheet", Media.PDF, "3f2a91c2d05e" + "0" * 52, 40_000, 2, NURSE, at("12:40"), 90,
    at("11:05"), at("11:40"),
)  # fmt: skip
WRONG = replace(SHEET, row=RowId("r2"), title="Letter", pages=1, media=Media.PNG, paper_from=None, paper_to=None,
                error="entered in error: another patient's")  # fmt: skip


def with_photo(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, photo=PHOTO)


def with_papers(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, record=replace(snapshot.record, attachments=(SHEET, WRONG)))


def portraits(pdf: bytes) -> list[list[tuple[float, ...]]]:
    """Where pictures stand on each page: left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = [[one.get_bounds() for one in page.get_objects(filter=[3])] for page in document]
    document.close()
    return found


@pytest.mark.parametrize("kind", [Document.CHECKLIST, Document.RECORD, Document.TRANSFER, Document.CALL])
@pytest.mark.parametrize("size", PaperSize)
def test_16_every_page_of_a_patient_carries_the_photograph_beside_name_birth_date_and_mrn(
    kind: Document, size: PaperSize
) -> None:
    pdf = render(kind, with_photo(routine()), size)
    places = portraits(pdf)
    assert [len(page) for page in places] == [1] * len(pages(pdf))
    left, bottom, right, top = places[0][0]
    assert (round(left), round(top - bottom), round(right - left)) == (39, 45, 34)
    assert "OKAFOR" in pages(pdf)[0].flat
    assert all(left > 39 + 34 for page in pages(pdf) for left, low, _, high in page.boxes if bottom < low < high < top)


@pytest.mark.parametrize("kind", [Document.CHECKLIST, Document.RECORD, Document.TRANSFER])
def test_16_the_photograph_costs_no_page(kind: Document) -> None:
    plain, shown = (pages(render(kind, one, PaperSize.LETTER)) for one in (routine(), with_photo(routine())))
    assert len(shown) == len(plain)


def test_16_without_a_photograph_the_page_is_as_it_always_was() -> None:
    declined = replace(routine(), photo=Photo(PhotoState.DECLINED, NURSE, at("10:31")))
    assert render(Document.RECORD, declined, PaperSize.LETTER) == render(Document.RECORD, routine(), PaperSize.LETTER)


def test_29_under_the_fullest_head_a_scan_still_stands_above_the_foot() -> None:
    sheet = Sheet("Downtime sheet", SHEET.mark, (face(),))
    pdf = render(Document.RECORD, with_photo(extreme()), PaperSize.LETTER, [sheet])
    foot = max(top for left, bottom, right, top in pages(pdf)[-1].boxes if top < 80)
    assert min(bottom for _, bottom, _, _ in portraits(pdf)[-1]) > foot


def test_16_the_longest_identity_beside_a_photograph_loses_no_word() -> None:
    plain, shown = (pages(render(Document.RECORD, one, PaperSize.A4))[0] for one in (extreme(), with_photo(extreme())))
    assert set(plain.flat.split()[:80]) <= set(shown.flat.split())


def test_16_the_same_snapshot_with_a_photograph_gives_the_same_bytes() -> None:
    one, other = (render(Document.RECORD, with_photo(routine()), PaperSize.LETTER) for _ in range(2))
    assert one == other


def test_29_the_record_lists_each_attached_paper_with_pages_time_who_and_the_mark_of_its_bytes() -> None:
    told = flat(render(Document.RECORD, with_papers(routine()), PaperSize.LETTER))
    assert "Attached papers" in told
    assert "Downtime sheet PDF, 2 pages 3F2A91C2D05E 11:05 to 11:40 R. Ortiz, RN 18-Nov-2026 12:40" in told
    assert "Letter entered in error: another patient's PNG, 1 page 3F2A91C2D05E Not known" in told
    assert "Attached papers" not in flat(render(Document.RECORD, routine(), PaperSize.LETTER))


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("shape", [(850, 1100), (1100, 850), (300, 3000)])
def test_29_printed_with_attachments_each_scan_stands_on_a_page_of_its_own(
    size: PaperSize, shape: tuple[int, int]
) -> None:
    sheet = Sheet("Downtime sheet", SHEET.mark, (face(shape), face(shape)))
    plain = pages(render(Document.RECORD, with_papers(routine()), size))
    pdf = render(Document.RECORD, with_papers(routine()), size, [sheet])
    shown = pages(pdf)
    assert len(shown) == len(plain) + 2
    for number, page in enumerate(shown[-2:], 1):
        assert f"Attached: Downtime sheet page {number} of 2 3F2A91C2D05E" in page.flat
        assert "OKAFOR" in page.flat
    worst = replace(with_photo(extreme()), record=with_papers(extreme()).record)
    crowded = pages(render(Document.RECORD, worst, size, [sheet]))
    assert [f"page {number} of 2 3F2A91C2D05E" in page.flat for number, page in enumerate(crowded[-2:], 1)] == [
        True
    ] * 2
    for (place,) in portraits(pdf)[-2:]:
        left, bottom, right, top = place
        assert left >= 38.9
        assert right <= size.points[0] - 38.9
        assert bottom >= 39
        assert abs((right - left) / (top - bottom) - shape[0] / shape[1]) < 0.01
