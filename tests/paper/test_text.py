"""Text on paper: nothing lost, nothing read as markup, nothing wider than its place."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from checklist import resources
from checklist.paper import fonts
from checklist.paper.text import Pen, Span, clean, text
from tests.paper import build

SILENT = "\u200c\u200d\u200e\u200f\ufe0e\ufe0f"


def printed(raw: str, width: float = 200.0) -> str:
    return "".join(piece.text for line in text(raw).lines(width) for piece in line.pieces)


def test_markup_is_only_letters() -> None:
    assert printed('<b>no</b> & "it\'s" <oral midazolam>', 1000) == '<b>no</b> & "it\'s" <oral midazolam>'


def test_line_ends_of_every_system_break_the_line() -> None:
    lines = text("one\ntwo\r\nthree\rfour").lines(500)
    assert [line.pieces[0].text for line in lines] == ["one", "two", "three", "four"]


def test_an_empty_line_stays_a_line() -> None:
    assert len(text("one\n\nthree").lines(500)) == 3
    assert len(text("").lines(500)) == 1


def test_a_word_of_ten_thousand_letters_is_cut_and_whole() -> None:
    lines = text("x" * 10_000).lines(120)
    assert max(line.width for line in lines) <= 120
    assert "".join(piece.text for line in lines for piece in line.pieces) == "x" * 10_000


def test_a_character_without_a_glyph_prints_its_code_point() -> None:
    assert printed("ok 😀") == "ok [U+1F600]"
    assert printed("\ue000") == "[U+E000]"


@pytest.mark.parametrize(
    ("raw", "shown"), [("a\x07b", "a[U+0007]b"), ("a\u202eb", "a[U+202E]b"), ("a\ud800b", "a[U+D800]b")]
)
def test_control_characters_cannot_hide_or_turn_the_text(raw: str, shown: str) -> None:
    assert printed(raw) == shown


def test_a_decomposed_name_prints_composed() -> None:
    assert printed(unicodedata.normalize("NFD", "Nguyễn Thị Ánh")) == "Nguyễn Thị Ánh"


def test_a_vietnamese_word_comes_from_one_font() -> None:
    assert [font for font, _ in fonts.runs("Nguyễn", False)] == ["NotoSans-Regular"]
    assert [font for font, _ in fonts.runs("Amara", True)] == ["AtkinsonHyperlegibleNextTabular-Bold"]


def test_hebrew_stands_from_right_to_left() -> None:
    assert printed("שלום") == "םולש"


def test_arabic_letters_are_joined_and_turned() -> None:
    shown = printed("محمد")
    assert unicodedata.normalize("NFKC", shown) == "دمحم"
    assert all("\ufb50" <= letter <= "\ufeff" for letter in shown)


def test_a_line_that_wraps_keeps_the_order_of_right_to_left_words() -> None:
    lines = text("שלום עולם").lines(fonts.width("שלום", "NotoSansHebrew-Regular", 9) + 6)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == ["םולש", "םלוע"]


def test_a_struck_span_is_drawn_with_a_line_through_it() -> None:
    def lines_drawn(struck: bool) -> int:
        canvas = Canvas("unused.pdf", invariant=1, pageCompression=0)
        pen = Pen(canvas)
        text(Span("232/140", struck=struck)).lines(200)[0].draw(pen, 40, 700)
        pen.tell()
        canvas.showPage()
        return canvas.getpdfdata().count(b" l S")  # type: ignore[no-untyped-call, no-any-return]

    assert lines_drawn(struck=True) == 1
    assert lines_drawn(struck=False) == 0


def test_every_character_of_the_shipped_texts_has_a_glyph() -> None:
    shipped = [resources.read_text("protocol/iv-ketamine.toml")]
    shipped += [resources.read_text(f"medicines/{name}") for name in resources.names("medicines")]
    missing = {one for one in set("".join(shipped)) if one.isprintable() and not fonts.draws(one)}
    assert missing == set()


LETTERS = st.text(st.characters(codec=None), max_size=80)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.floats(30, 400))
def test_no_line_is_wider_than_its_place(raw: str, width: float) -> None:
    # One code point in brackets, with the glyph after it, may stand alone where there is no room for it.
    for line in text(raw).lines(width):
        assert line.width <= max(width, 80.0) + 0.01


@settings(max_examples=60, deadline=None)
@given(st.text("ab <>&\"'/\n\té€Ł王", max_size=120), st.floats(40, 400))
def test_no_letter_is_lost_at_any_width(raw: str, width: float) -> None:
    assert printed(raw, width).replace(" ", "") == "".join(clean(raw).split())


@settings(max_examples=60, deadline=None)
@given(LETTERS)
def test_every_character_leaves_something_on_the_paper(raw: str) -> None:
    for one in raw:
        if one not in SILENT and not one.isspace() and one != "\ufeff":
            assert printed(one) != ""


def test_the_protocol_texts_print_in_the_main_font_alone() -> None:
    main = {fonts.name(), fonts.name(bold=True)}
    told = " ".join(build.protocol().texts.values()).split()
    used = {font for word in told for font, _ in fonts.runs(word, False)}
    assert used <= main
