"""What people choose as a scan or a photograph: judged by its content, refused with a sentence, nothing half taken."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from checklist.attached import Media
from checklist.errors import FileRefused
from checklist.pictures import MOST_BYTES, PHOTO_SIDE, as_paper, as_photo, page_jpegs, read_file

PLACE = b"GPSLatitude 42.65"


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 1200), mode: str = "RGB", **options: object) -> bytes:
    buffer = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def pdf(pages: int = 2, password: str = "", size: tuple[float, float] = (612, 792)) -> bytes:
    buffer = BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=size, encrypt=lock, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"Downtime sheet, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def no_pages() -> bytes:
    """A PDF that is whole and empty."""
    buffer = BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it is 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9999))) + chunk(b"IEND", b"")
    )


def refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        as_paper(data)
    assert "Nothing was kept." in refusal.value.sentence
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("data", "media", "pages"),
    [(picture(), Media.JPEG, 1), (picture("PNG"), Media.PNG, 1), (pdf(3), Media.PDF, 3), (b"\n" + pdf(), Media.PDF, 2)],
)
def test_a_scan_stays_byte_for_byte_as_the_scanner_made_it(data: bytes, media: Media, pages: int) -> None:
    content = as_paper(data)
    assert (content.data, content.media, content.pages) == (data, media, pages)
    shown = page_jpegs(media, data, 400)
    assert len(shown) == pages
    assert all(max(Image.open(BytesIO(one)).size) == 400 for one in shown)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "The file is larger than 10 MB."),
        (b"MZ a program named sheet.jpg", "This file is not a JPEG, PNG or PDF, whatever its name says."),
        (b"GIF89a", "This file is not a JPEG, PNG or PDF"),
        (picture()[:3000], "The picture is damaged or cut short."),
        (picture("PNG")[:-400], "The picture is damaged or cut short."),
        (picture("PNG")[:12], "The picture is damaged or cut short."),
        (b"\xff\xd8\xff", "The picture is damaged or cut short."),
        (bomb(), "The picture has more than 50 million pixels."),
        (bomb(10_000), "The picture has more than 50 million pixels."),
        (bomb(8_000), "The picture has more than 50 million pixels."),
        (pdf(1, size=(612, 0.5)), "A page of the PDF has no size."),
        (no_pages(), "The PDF"),
        (pdf()[:200], "The PDF is damaged."),
        (b"%PDF-1.7", "The PDF is damaged."),
        (pdf(password="secret"), "The PDF is closed by a password."),
        (pdf(41), "The PDF has more than 40 pages."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(data: bytes, told: str) -> None:
    assert refused(data).startswith(told)


@pytest.mark.parametrize("cut", range(0, 2000, 97))
@pytest.mark.parametrize("data", [picture(size=(60, 80)), picture("PNG", (60, 80)), pdf(1)], ids=["jpeg", "png", "pdf"])
def test_a_file_cut_short_anywhere_is_read_or_refused_and_never_fails_otherwise(data: bytes, cut: int) -> None:
    with suppress(FileRefused):
        as_paper(data[: len(data) * cut // 2000])


def test_a_page_of_a_pdf_that_says_it_is_enormous_is_drawn_small() -> None:
    content = as_paper(pdf(1, size=(14_400, 20)))
    (shown,) = page_jpegs(content.media, content.data, 1000)
    assert max(Image.open(BytesIO(shown)).size) <= 1000


def test_a_photograph_becomes_a_small_jpeg_without_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of the clinic"
    exif.get_ifd(0x8825)[1] = "N"
    made = as_photo(picture(size=(3000, 4000), exif=exif.tobytes(), comment=PLACE))
    assert made.media is Media.JPEG
    assert PLACE not in made.data
    assert b"Exif" not in made.data
    assert b"Camera" not in made.data
    with Image.open(BytesIO(made.data)) as seen:
        assert (seen.size, seen.mode) == ((240, PHOTO_SIDE), "RGB")
        assert not seen.getexif()
    assert len(made.data) < 40_000


def test_a_photograph_that_a_telephone_took_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(as_photo(picture(size=(400, 300), exif=exif.tobytes())).data)) as seen:
        assert seen.size == (240, 320)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
def test_every_kind_of_png_becomes_a_photograph(mode: str) -> None:
    with Image.open(BytesIO(as_photo(picture("PNG", (50, 40), mode)).data)) as seen:
        assert (seen.size, seen.mode) == ((50, 40), "RGB")


def test_a_jpeg_for_printing_presses_becomes_a_photograph() -> None:
    with Image.open(BytesIO(as_photo(picture(mode="CMYK")).data)) as seen:
        assert seen.mode == "RGB"


def test_a_pdf_is_no_photograph() -> None:
    with pytest.raises(FileRefused, match="This is a PDF, not a photograph"):
        as_photo(pdf())


def test_a_file_with_a_name_in_any_script_is_read_and_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "расписание ↯ 患者 .jpg.exe"
    path.write_bytes(picture())
    assert read_file(path) == picture()
    for missing in (tmp_path / "gone.pdf", tmp_path, Path("a\0b")):
        with pytest.raises(FileRefused, match=r"The file cannot be read\. Nothing was kept\."):
            read_file(missing)
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(FileRefused, match="larger than 10 MB"):
        read_file(path)
