"""The files shipped with the program: found, whole, licensed, and able to draw what we print."""

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.ttfonts import TTFont

import checklist
from checklist import resources
from checklist.errors import ResourceMissing

FONTS: dict[str, Any] = tomllib.loads(resources.read_text("fonts/fonts.toml"))
FILES: dict[str, dict[str, Any]] = {entry["file"]: entry for entry in FONTS["font"]}
ICONS = [name for name in resources.names("icons") if name.endswith(".svg")]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package as a wheel lays it out: resources inside it, none beside it."""
    package = tmp_path / "checklist"
    (package / "_resources" / "texts").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PLACES", (package / "_resources", tmp_path / "resources"))
    return package / "_resources"


def test_a_checkout_reads_the_folder_next_to_the_package() -> None:
    checkout = Path(checklist.__file__).resolve().parent.parent
    assert resources.path("fonts/fonts.toml") == checkout / "resources" / "fonts" / "fonts.toml"
    assert resources.read_bytes("icons/check.svg") == (checkout / "resources/icons/check.svg").read_bytes()


def test_an_installed_program_reads_the_folder_inside_the_package(installed: Path) -> None:
    (installed / "texts" / "hello.txt").write_bytes(b"d\xc3\xa9j\xc3\xa0 vu\r\n")
    assert resources.read_text("texts/hello.txt") == "déjà vu\n"
    assert resources.read_bytes("texts/hello.txt") == b"d\xc3\xa9j\xc3\xa0 vu\r\n"
    assert resources.path("texts/hello.txt") == installed / "texts" / "hello.txt"


def test_names_lists_files_in_order_and_no_folders(installed: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (installed / "texts" / name).touch()
    (installed / "texts" / "old").mkdir()
    assert resources.names("texts") == ("a.txt", "b.txt")


@pytest.mark.parametrize(
    "name", ["fonts/none.ttf", "fonts", "", "/etc/passwd", "../pyproject.toml", "fonts/../../LICENSE"]
)
def test_a_name_that_is_no_shipped_file_says_so(name: str) -> None:
    with pytest.raises(ResourceMissing) as caught:
        resources.read_bytes(name)
    assert caught.value.sentence == (
        f"The file “{name}” that belongs to the program is not there. No record was touched. Install the program again."
    )


def test_an_unknown_folder_says_so() -> None:
    with pytest.raises(ResourceMissing, match="“films”"):
        resources.names("films")


def test_no_resources_at_all_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PLACES", (tmp_path / "a", tmp_path / "b"))
    with pytest.raises(ResourceMissing, match=r"fonts\.toml"):
        resources.path("fonts/fonts.toml")


def test_a_text_that_is_not_utf8_is_called_damaged(installed: Path) -> None:
    (installed / "texts" / "hello.txt").write_bytes(b"d\xe9j\xe0 vu")
    with pytest.raises(ResourceMissing, match="is damaged"):
        resources.read_text("texts/hello.txt")


def test_every_font_file_is_listed_with_its_licence_and_source() -> None:
    shipped = [name for name in resources.names("fonts") if name != "fonts.toml"]
    assert sorted(FILES) == shipped
    for entry in FILES.values():
        assert entry["weight"] in (400, 600, 700)
        assert entry["source"]
        licence = resources.read_text(f"fonts/LICENSES/{entry['licence']}")
        assert "Open Font License" in licence or "Apache License" in licence


def test_every_family_of_the_fallback_has_a_regular_font() -> None:
    regular = {entry["family"] for entry in FILES.values() if entry["weight"] == 400}
    assert set(FONTS["fallback"]) <= regular
    assert FONTS["fallback"][0] == "Atkinson Hyperlegible Next"


def font(name: str) -> TTFont:
    return TTFont(name.removesuffix(".ttf"), BytesIO(resources.read_bytes(f"fonts/{name}")))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_pdf_can_carry_the_font(name: str) -> None:
    loaded = font(name)
    family = loaded.face.familyName.decode()
    assert family in (FILES[name]["family"], f"{FILES[name]['family']} SemiBold")
    assert len(loaded.face.charToGlyph) > 300


@pytest.mark.parametrize("weight", ["Regular", "SemiBold", "Bold"])
def test_tabular_figures_have_one_width_and_the_letters_stay(weight: str) -> None:
    tabular = font(f"AtkinsonHyperlegibleNextTabular-{weight}.ttf")
    plain = font(f"AtkinsonHyperlegibleNext-{weight}.ttf")
    assert len({tabular.stringWidth(digit, 1000) for digit in "0123456789"}) == 1
    assert len({plain.stringWidth(digit, 1000) for digit in "0123456789"}) > 1
    assert tabular.stringWidth("Aldrete, SpO", 1000) == plain.stringWidth("Aldrete, SpO", 1000)
    assert tabular.face.charToGlyph.keys() == plain.face.charToGlyph.keys()


@pytest.mark.parametrize(
    "text",
    [
        "✓✗→←↑↓☐☑☒⚠▲△●○■□◆⯃⬡",
        "≥≤≠±×÷−°½²₂–—…•·µμ",
        "Nguyễn Thị Ánh, Đặng",
        "Łukasz, Çağla, Ørsted, Þór",
        "Афанасий, Ελένη",
        "שלום, مرحبا, پژمان",
        "王小明 山田太郎 カタカナ ひらがな",
        "김민준",
    ],
)
def test_the_fallback_fonts_together_have_every_character(text: str) -> None:
    regular = [name for name, entry in FILES.items() if entry["weight"] == 400]
    covered: set[int] = set().union(*(font(name).face.charToGlyph for name in regular))
    assert [char for char in text if ord(char) not in covered] == []


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_takes_the_colour_it_is_given(name: str) -> None:
    text = resources.read_text(f"icons/{name}")
    drawing = ElementTree.fromstring(text)  # noqa: S314 - our own file
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke") == "currentColor"
    assert "#" not in text


def test_the_icons_carry_their_licence() -> None:
    assert resources.read_text("icons/LICENSE").startswith("ISC License")
