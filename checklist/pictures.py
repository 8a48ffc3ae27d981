"""Files that people choose: scans, photographs, PDFs. Their content is judged, never their name; each refusal says why.

Pillow comes with ReportLab, pypdfium2 draws the previews: both are loaded when the first file is chosen. Everything
here runs in the worker: pdfium is not made for two threads.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklist.attached import Content, Media
from checklist.errors import FileRefused

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000  # about 150 MB once unpacked: more than a scanner or a telephone needs, less than a PC has
MOST_PAGES = 40
PHOTO_SIDE = 320  # pixels of the longest side
PAPER_SIDE = 1800  # pixels of the longest side of a page on screen and in print: about 160 dots an inch
PROOF_SIDE = 200  # each page of a PDF is drawn once, small, before it is kept
_QUALITY = 85
_NOTHING = "Nothing was kept."
_BEGINS = ((b"\xff\xd8\xff", Media.JPEG), (b"\x89PNG\r\n\x1a\n", Media.PNG))
_PDF_WITHIN = 1024  # PDF readers allow for some bytes before the head
_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD


def read_file(path: Path) -> bytes:
    """The bytes of a chosen file. Raises FileRefused: cannot be read, empty, too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileRefused(f"The file cannot be read. {_NOTHING} Copy it to this PC, then choose it again.") from error
    return _checked(data)


def _checked(data: bytes) -> bytes:
    if not data:
        raise FileRefused(f"The file is empty. {_NOTHING} Scan or photograph it again.")
    if len(data) > MOST_BYTES:
        raise FileRefused(f"The file is larger than 10 MB. {_NOTHING} Scan it in grey or at 150 dots an inch.")
    return data


def as_paper(data: bytes) -> Content:
    """A scan, a photograph or a PDF of a paper, read through whole. The bytes stay as they are. Raises FileRefused."""
    media = _media(_checked(data))
    if media is Media.PDF:
        return Content(media, data, _proven_pages(data))
    with _opened(data) as picture:
        _loaded(picture)
    return Content(media, data)


def as_photo(data: bytes) -> Content:
    """A photograph of a person as a small JPEG, drawn anew: place, camera and time in the file are gone."""
    if _media(_checked(data)) is Media.PDF:
        raise FileRefused(f"This is a PDF, not a photograph. {_NOTHING} Choose a JPEG or PNG picture.")
    return Content(Media.JPEG, _jpegs(data, PHOTO_SIDE))


def page_jpegs(media: Media, data: bytes, longest: int = PAPER_SIDE) -> tuple[bytes, ...]:
    """Each page as a JPEG whose longest side has this many pixels at most. Raises FileRefused."""
    if media is not Media.PDF:
        return (_jpegs(data, longest),)
    return tuple(_written(picture) for picture in _drawn_pages(data, longest))


def _media(data: bytes) -> Media:
    for begin, media in _BEGINS:
        if data.startswith(begin):
            return media
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Media.PDF
    raise FileRefused(
        f"This file is not a JPEG, PNG or PDF, whatever its name says. {_NOTHING} "
        "Save it as one of these, then choose it again."
    )


# ---- pictures


def _opened(data: bytes) -> "Image":
    """The picture with its size known and nothing unpacked yet."""
    from PIL import Image

    picture: Image.Image = _read(lambda: Image.open(BytesIO(data), formats=("JPEG", "PNG")))
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise FileRefused(_too_large())
    return picture


def _loaded(picture: "Image") -> None:
    _read(picture.load)


def _read(work: Callable[[], Any]) -> Any:
    """Whatever Pillow finds wrong with a file becomes one sentence."""
    from PIL import Image

    try:
        return work()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise FileRefused(_too_large()) from error
    except Exception as error:  # a broken file makes Pillow raise nearly anything
        raise FileRefused(
            f"The picture is damaged or cut short. {_NOTHING} Scan or photograph it again, or copy the file again."
        ) from error


def _too_large() -> str:
    return f"The picture has more than 50 million pixels. {_NOTHING} Scan it at 150 or 300 dots an inch."


def _jpegs(data: bytes, longest: int) -> bytes:
    from PIL import ImageOps

    with _opened(data) as picture:
        picture.draft("RGB", (longest, longest))  # a JPEG is read at a fraction of its size
        _loaded(picture)
        upright = _read(lambda: ImageOps.exif_transpose(picture))
        upright.thumbnail((longest, longest))
        return _written(_read(lambda: _on_white(upright)))


def _on_white(picture: "Image") -> "Image":
    """In plain colours on white paper, with nothing of what the file said of itself."""
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits of grey, as some scanners make
        picture = picture.point(lambda value: value / 256).convert("L")
    paper = Image.new("RGB", picture.size, "white")
    clear = picture.convert("RGBA") if picture.has_transparency_data else None
    paper.paste(clear or picture.convert("RGB"), (0, 0), clear)
    return paper


def _written(picture: "Image") -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


# ---- PDF


def _proven_pages(data: bytes) -> int:
    return sum(1 for _ in _drawn_pages(data, PROOF_SIDE))


def _drawn_pages(data: bytes, longest: int) -> "Iterator[Image]":
    """Each page drawn so large. Raises FileRefused: damaged, with a password, without pages, with too many."""
    import pypdfium2  # type: ignore[import-untyped]  # ships no type information

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            _refuse_pages(len(document))
            for page in document:
                yield _drawn(page, longest)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED or "password" in str(error).lower():
            raise FileRefused(
                f"The PDF is closed by a password. {_NOTHING} Save or print it without one, then choose it again."
            ) from error
        raise FileRefused(f"The PDF is damaged. {_NOTHING} Scan it again, or copy the file again.") from error


def _refuse_pages(count: int) -> None:
    if not count:
        raise FileRefused(f"The PDF has no pages. {_NOTHING} Scan it again.")
    if count > MOST_PAGES:
        raise FileRefused(f"The PDF has more than {MOST_PAGES} pages. {_NOTHING} Attach the pages of this visit alone.")


def _drawn(page: Any, longest: int) -> "Image":
    """Never more pixels than asked for, whatever size the page says it has."""
    width, height = page.get_size()
    side = max(width, height)
    if min(width, height) < 1 or not side < float("inf"):
        raise FileRefused(f"A page of the PDF has no size. {_NOTHING} Scan it again.")
    picture: Image = page.render(scale=longest / side).to_pil().convert("RGB")
    return picture
