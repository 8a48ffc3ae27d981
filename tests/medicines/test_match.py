"""Reading an entry: several medicines, glued doses, words alone, spellings, odd characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.medicines import (
    Certainty,
    Match,
    MedicineTable,
    QuestionKind,
    entry_level,
    find,
    is_understood,
)
from checklist.model import Level
from checklist.resources import read_text

TABLE = MedicineTable.load(read_text)  # for hypothesis, which draws names from it
NAMES = [name.shown for name in TABLE.names]
DOSES = ["", " 10 mg", " 0.5mg bid", " 200", " qhs prn", " er 5/325 daily"]
ODD = ["tonic", "💊", "<b>", "漢字", "qqq", "'", '"', "\x00", "no"]


def names_of(match: Match) -> list[str]:
    return [ingredient.name for ingredient in match.ingredients]


def read(table: MedicineTable, text: str) -> list[list[str]]:
    return [names_of(match) for match in find(table, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lexapro 10, Wellbutrin 150 & weed", [["escitalopram"], ["bupropion"], ["cannabis"]]),
        ("lexapro 10mg; xanax 1 mg\nzofran", [["escitalopram"], ["alprazolam"], ["ondansetron"]]),
        ("prozac and lithium plus melatonin", [["fluoxetine"], ["lithium"], ["melatonin"]]),
        ("escitalopram/bupropion", [["escitalopram"], ["bupropion"]]),
        ("sertraline + trazodone", [["sertraline"], ["trazodone"]]),
        ("lexapro xanax", [["escitalopram"], ["alprazolam"]]),
        ("Advil Cold & Sinus, lexapro", [["ibuprofen", "pseudoephedrine"], ["escitalopram"]]),
        ("advil cold and sinus and prozac", [["ibuprofen", "pseudoephedrine"], ["fluoxetine"]]),
        ("xanax0.5mg", [["alprazolam"]]),
        ("lamictal200", [["lamotrigine"]]),
        ("xanax.5mg tid", [["alprazolam"]]),
        ("oxy30s", [["oxycodone"]]),
        ("theo24", [["theophylline"]]),
        ("coq10 vit d3 omega3", [["coenzyme q10"], ["cholecalciferol"], ["omega-3 fatty acids"]]),
        ("b 12 shot", [["cyanocobalamin"]]),
        ("St John’s wort", [["st john's wort"]]),
        ("ST. JOHN'S-WORT", [["st john's wort"]]),
        ("stjohnswort", [["st john's wort"]]),
        ("SAM-e 400 and prozac", [["s-adenosylmethionine"], ["fluoxetine"]]),
        ("Ｌｅｘａｐｒｏ 10 mg", [["escitalopram"]]),
        ("Léxapro 5 µg", [["escitalopram"]]),
        ("lex\u200bapro\u00ad 10", [["escitalopram"]]),
        ("Lexapro® 10 mg, Xanax™", [["escitalopram"], ["alprazolam"]]),
        ("1,4-butanediol", [["gamma-butyrolactone"]]),
        ("N,N-DMT 20mg", [["dimethyltryptamine"]]),
        ("heparin 10,000 units", [["heparin"]]),
        ("penicillin V potassium 500", [["penicillin"]]),
        ("lisinopril, potassium", [["lisinopril"], ["potassium chloride"]]),
        ("lisinopril potassium", [["lisinopril"], ["potassium chloride"]]),
        ("Tylenol #3 q4h", [["codeine", "acetaminophen"]]),
        ("tylenol 3 times a day", [["acetaminophen"]]),
        ("insulin glargine 20 units", [["insulin glargine"]]),
        ("Lexapro (escitalopram) 10 mg", [["escitalopram"]]),
        ("oxycodone (Percocet) 5/325", [["oxycodone", "acetaminophen"]]),
        ("Percocet (oxycodone)", [["oxycodone", "acetaminophen"]]),
        ("take with food: 10 mg\nlexapro", [["escitalopram"]]),
    ],
)
def test_an_entry_is_read_as_its_medicines_with_nothing_left_over(
    table: MedicineTable, text: str, expected: list[list[str]]
) -> None:
    matches = find(table, text)
    assert [names_of(match) for match in matches] == expected
    assert all(is_understood(match) for match in matches)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u00a0"])
def test_an_empty_entry_is_no_medicine(table: MedicineTable, text: str) -> None:
    assert find(table, text) == ()


@pytest.mark.parametrize(
    "text",
    ["10 mg daily", "tonic", "---", "💊", "漢字", "кетамин", "\x00", "patch", "x", "at ivan's", "12.5", "a shot"],
)
def test_an_entry_without_a_medicine_is_kept_and_is_a_review(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert match.certainty is Certainty.UNKNOWN
    assert match.text == text.strip()
    assert match.not_understood
    assert entry_level(table, match) is Level.REVIEW


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lexapro tonic", "tonic"),
        ("tylenol 💊", "💊"),
        ("penicillin allergy", "allergy"),
        ("stopped Tylenol", "stopped"),
        ("no aspirin", "no"),
        ("Denies Tylenol", "Denies"),
        ("tylenol <x9y>", "y"),
        ("tylenol nothin", "nothin"),
    ],
)
def test_a_word_nobody_understands_is_named_and_makes_a_review(table: MedicineTable, text: str, word: str) -> None:
    (match,) = find(table, text)
    assert word in match.not_understood
    assert entry_level(table, match) is Level.REVIEW


def test_markup_and_quotes_are_words_like_any_other(table: MedicineTable) -> None:
    (match,) = find(table, '<b>"tylenol"</b>')
    assert names_of(match) == ["acetaminophen"]
    assert match.not_understood == ("b", "b")


@pytest.mark.parametrize("text", ["benadryl prn allergies", "zyrtec for allergies", "tylenol as needed for pain"])
def test_a_reason_for_taking_is_no_unknown_word(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert is_understood(match)


@pytest.mark.parametrize("text", ["Lexapro, G", "Lexapro and x", "lexapro, a shot", "Lexapro; patch"])
def test_a_dose_word_alone_between_commas_may_be_another_medicine(table: MedicineTable, text: str) -> None:
    lexapro, other = find(table, text)
    assert is_understood(lexapro)
    assert other.certainty is Certainty.UNKNOWN


def test_a_dose_after_a_comma_belongs_to_the_medicine_before_it(table: MedicineTable) -> None:
    (match,) = find(table, "Wellbutrin, 150 mg, one tablet daily, XL")
    assert match.brand == "Wellbutrin"
    assert match.continuous
    assert is_understood(match)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pot", "cannabis"),
        ("pot daily", "cannabis"),
        ("SAMe", "s-adenosylmethionine"),
        ("the pill", "hormonal contraceptive"),
    ],
)
def test_a_word_of_double_meaning_counts_as_the_whole_entry(table: MedicineTable, text: str, name: str) -> None:
    (match,) = find(table, text)
    assert names_of(match) == [name]
    assert match.certainty is Certainty.EXACT


def test_losartan_pot_is_no_cannabis(table: MedicineTable) -> None:
    (match,) = find(table, "losartan pot 50")
    assert names_of(match) == ["losartan"]
    assert entry_level(table, match) is Level.INFO


def test_a_word_of_double_meaning_beside_a_medicine_is_asked(table: MedicineTable) -> None:
    xanax, pot = find(table, "xanax pot")
    assert xanax.questions == ()
    assert pot.ingredients == ()
    assert [question.kind for question in pot.questions] == [QuestionKind.CONFIRM_WORD]
    assert [each.name for each in pot.questions[0].candidates] == ["cannabis"]
    assert entry_level(table, pot) is Level.REVIEW


def test_a_word_of_double_meaning_as_one_of_several_is_presumed_and_asked(table: MedicineTable) -> None:
    _, coke = find(table, "Lexapro, coke")
    assert names_of(coke) == ["cocaine"]
    assert coke.certainty is Certainty.CONFIRM
    assert coke.questions[0].text == "Does “coke” mean cocaine here?"
    assert entry_level(table, coke) is Level.STOP


def test_a_word_of_double_meaning_with_unknown_words_is_asked(table: MedicineTable) -> None:
    (match,) = find(table, "diet coke")
    assert match.ingredients == ()
    assert match.not_understood == ("diet",)
    assert match.questions[0].kind is QuestionKind.CONFIRM_WORD
    assert entry_level(table, match) is Level.REVIEW


def test_a_close_spelling_is_a_question(table: MedicineTable) -> None:
    (match,) = find(table, "sertralinne 50")
    assert names_of(match) == ["sertraline"]
    assert match.certainty is Certainty.CONFIRM
    (question,) = match.questions
    assert question.kind is QuestionKind.CLOSE_SPELLING
    assert question.text == "“sertralinne” is not a known spelling. Is it sertraline?"
    assert entry_level(table, match) is Level.REVIEW


def test_a_listed_misspelling_is_a_question_that_names_the_brand(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro 20mg")
    assert match.brand == "Lexapro"
    assert match.questions[0].text == "“lexipro” is not a known spelling. Is it LEXAPRO (escitalopram)?"


def test_a_close_spelling_of_a_look_alike_offers_both(table: MedicineTable) -> None:
    (match,) = find(table, "clonidin")
    (question,) = match.questions
    assert names_of(match) == ["clonidine"]
    assert question.kind is QuestionKind.LOOK_ALIKE
    assert [each.display for each in question.candidates] == ["cloNIDine", "clonazePAM"]
    assert question.text == "“clonidin”: cloNIDine or clonazePAM? The names look alike. Read the label."


def test_several_close_spellings_are_all_named_and_the_worst_counts(table: MedicineTable) -> None:
    (match,) = find(table, "desowenn")
    (question,) = match.questions
    assert match.ingredients == ()
    assert question.kind is QuestionKind.AMBIGUOUS
    assert {"desonide", "desogestrel", "methamphetamine"} <= {each.name for each in question.candidates}
    assert entry_level(table, match) is Level.STOP


def test_a_name_of_several_words_may_be_misspelt_in_each(table: MedicineTable) -> None:
    (match,) = find(table, "pasion flwer")
    assert names_of(match) == ["passionflower"]
    assert match.certainty is Certainty.CONFIRM


def test_two_misspelt_names_beside_each_other_are_two_questions(table: MedicineTable) -> None:
    assert read(table, "sertralinn prozacc") == [["sertraline"], ["fluoxetine"]]


def test_a_misspelt_name_is_found_beside_a_right_one(table: MedicineTable) -> None:
    (lexapro, klonopin) = find(table, "lexapro tonic klonopinn 1mg")
    assert is_understood(lexapro) is False
    assert lexapro.not_understood == ("tonic",)
    assert names_of(klonopin) == ["clonazepam"]
    assert klonopin.certainty is Certainty.CONFIRM


@pytest.mark.parametrize("word", ["xanx", "ylenol", "lexx"])
def test_short_words_and_other_first_letters_are_never_guessed(table: MedicineTable, word: str) -> None:
    (match,) = find(table, word)
    assert match.certainty is Certainty.UNKNOWN


def test_an_exact_look_alike_is_shown_with_its_double(table: MedicineTable) -> None:
    (match,) = find(table, "Zyrtec 10")
    assert match.look_alikes == ("ZYPREXA (OLANZapine)", "ZANTAC (raNITIdine)")
    assert match.questions == ()
    assert entry_level(table, match) is Level.INFO


@pytest.mark.parametrize("text", ["T3", "t-3 25 mcg", "T3s?"])
def test_t3_is_thyroid_or_codeine(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    if match.certainty is Certainty.EXACT:  # "T3s" is how people say Tylenol 3
        assert names_of(match) == ["codeine", "acetaminophen"]
    else:
        assert [each.label for each in match.questions[0].options] == [
            "liothyronine",
            "TYLENOL WITH CODEINE (codeine + acetaminophen)",
        ]
    assert entry_level(table, match) is Level.REVIEW


@pytest.mark.parametrize("text", ["none", "No meds", "no medications", "Nothing"])
def test_no_medicines_has_to_be_confirmed(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert match.certainty is Certainty.VAGUE
    assert match.presumed_class_ids == ("none",)
    assert match.questions[0].text.endswith("Confirm that no medicines, supplements or substances are taken.")
    assert entry_level(table, match) is Level.REVIEW


@pytest.mark.parametrize("text", ["uppers", "street drugs"])
def test_a_vague_term_counts_as_its_presumed_class(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert entry_level(table, match) is Level.STOP


@pytest.mark.parametrize("text", ["sleeping pills", "pain meds", "blood pressure medication", "benzo", "heart drugs"])
def test_vague_terms_are_known_in_every_way_people_say_them(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert match.certainty is Certainty.VAGUE


@pytest.mark.parametrize("text", ["Symbicort inhaler", "Lexapro SSRI", "flu vaccine", "lisinopril blood pressure pill"])
def test_a_description_beside_a_medicine_is_not_asked(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert is_understood(match)


@pytest.mark.parametrize("text", ["trazodone sleeping pill", "lexapro benzos", "tylenol nothing"])
def test_a_vague_term_that_does_not_describe_its_neighbour_is_asked(table: MedicineTable, text: str) -> None:
    assert [match.certainty for match in find(table, text)] == [Certainty.EXACT, Certainty.VAGUE]


@pytest.mark.parametrize(
    "text",
    [
        "fentanyl patch",
        "Wellbutrin XL 300",
        "wellbutrinxl",
        "tramadol extended release",
        "Sublocade",
        "buprenorphine (Sublocade)",
        "MS Contin",
        "haloperidol injection q4weeks",
        "haloperidol every 4 weeks",
        "morphine pump",
        "naltrexone monthly",
    ],
)
def test_forms_that_go_on_acting_count_as_taken_now(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert match.continuous


@pytest.mark.parametrize("text", ["Xanax 1 mg q8h", "oxycodone IR 5", "ozempic weekly", "ibuprofen every day"])
def test_other_forms_do_not(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert not match.continuous


def test_only_the_medicine_of_that_form_goes_on_acting(table: MedicineTable) -> None:
    xanax, fentanyl = find(table, "xanax 1 mg fentanyl patch")
    assert (xanax.continuous, fentanyl.continuous) == (False, True)


def test_the_text_of_each_medicine_is_kept_as_typed(table: MedicineTable) -> None:
    texts = [match.text for match in find(table, "  Lexapro 10MG,Xanax   0.5mg ; TONIC ")]
    assert texts == ["Lexapro 10MG", "Xanax   0.5mg", "TONIC"]
    assert [match.text for match in find(table, " <b>Lexapro</b> ")] == ["<b>Lexapro</b>"]


LONG = ["x", "zolpidemm ", "lexapro ", "a b c d e ", "abcdefgh ", "pot ", "é💊 ", "sleeping pill ", "1.5,", "\x00"]


@pytest.mark.parametrize("text", [*LONG, " ".join(TABLE.ingredients)], ids=lambda text: repr(text[:9]))
def test_ten_thousand_characters_are_read(table: MedicineTable, text: str) -> None:
    entry = (text * 10_000)[:10_000]
    assert find(table, entry)


def test_a_pasted_letter_is_not_guessed_at_word_by_word(table: MedicineTable) -> None:
    matches = find(table, "zolpidemm, " * 100)
    assert [match.certainty for match in matches].count(Certainty.CONFIRM) == 60
    assert [match.certainty for match in matches].count(Certainty.UNKNOWN) == 40


def test_sixty_words_are_guessed_at_and_no_more(table: MedicineTable) -> None:
    *unknown, last, beyond = find(table, ", ".join([*(["qwxyz"] * 59), "zolpidemm", "sertralinne"]))
    assert {match.certainty for match in unknown} == {Certainty.UNKNOWN}
    assert (last.certainty, beyond.certainty) == (Certainty.CONFIRM, Certainty.UNKNOWN)


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_find_never_raises_and_never_drops_an_entry(text: str) -> None:
    assert bool(find(TABLE, text)) == bool(text.strip())


@given(st.lists(st.sampled_from([*NAMES, *ODD]) | st.text(max_size=8), min_size=1, max_size=5).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_what_is_not_fully_understood_is_never_clear(text: str) -> None:
    for match in find(TABLE, text):
        level = entry_level(TABLE, match)
        if match.not_understood or match.questions or match.certainty is not Certainty.EXACT:
            assert level.rank >= Level.REVIEW.rank
        else:
            assert match.ingredients


ENTRIES = st.tuples(st.sampled_from([*NAMES, *ODD, "blue pill", "pain pump"]), st.sampled_from(DOSES)).map("".join)


@given(st.lists(ENTRIES, min_size=2, max_size=4))
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_parts_never_changes_the_worst_level(parts: list[str]) -> None:
    shuffled = sorted(parts, key=lambda part: part[::-1])
    levels = [
        Level.worst(entry_level(TABLE, match) for match in find(TABLE, "; ".join(order)))
        for order in (parts, shuffled, parts[::-1])
    ]
    assert levels[0] is levels[1] is levels[2]


@given(st.sampled_from([name for name in TABLE.names if not name.alone_only]), st.sampled_from(DOSES))
@settings(max_examples=300, deadline=None)
def test_every_listed_name_is_found_with_any_dose(name: object, dose: str) -> None:
    assert isinstance(name, type(TABLE.names[0]))
    found = [ingredient for match in find(TABLE, name.shown + dose) for ingredient in match.ingredients]
    assert set(name.entry.ingredients) <= set(found)
