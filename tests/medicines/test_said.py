"""What people say around a medicine: past use, doubts, several in a line, look-alikes, words of double meaning."""

import pytest

from checklist.commands.medicines import look_up
from checklist.medicines import MedicineTable, find
from checklist.medicines.words import DESCRIPTIONS, SALTS


@pytest.mark.parametrize(
    ("text", "ingredients", "word"),
    [
        ("no xanax", ["alprazolam"], "no"),
        ("not taking Zoloft", ["sertraline"], "not"),
        ("never took Prozac", ["fluoxetine"], "never"),
        ("stopped Prozac 2 weeks ago", ["fluoxetine"], "stopped"),
        ("Prozac - stopped", ["fluoxetine"], "stopped"),
        ("off Prozac", ["fluoxetine"], "off"),
        ("d/c Prozac", ["fluoxetine"], "c"),
        ("d/c'd Prozac", ["fluoxetine"], "c'd"),
        ("used to take Tylenol", ["acetaminophen"], "used"),
        ("use to take lithium", ["lithium"], "to"),
        ("Prozac 2 years ago", ["fluoxetine"], "ago"),
        ("Tylenol 3 months ago", ["acetaminophen"], "ago"),
        ("previously Tylenol", ["acetaminophen"], "previously"),
        ("held lisinopril today", ["lisinopril"], "held"),
        ("Tylenol or Zoloft", ["acetaminophen", "sertraline"], "or"),
        ("Tylenol and/or Zoloft", ["acetaminophen", "sertraline"], "or"),
        ("Xanax before the infusion", ["alprazolam"], "before"),
        ("calcium + D", ["calcium carbonate"], "D"),
        ("Tylenol G", ["acetaminophen"], "G"),
        ("Tylenol when angry", ["acetaminophen"], "when"),
        ("Tylenol change", ["acetaminophen"], "change"),
        ("Tylenol 💊", ["acetaminophen"], "💊"),
        ("Tylenol 阿普唑仑", ["acetaminophen"], "阿普唑仑"),
    ],
)
def test_past_use_and_doubt_never_pass_silently(
    table: MedicineTable, text: str, ingredients: list[str], word: str
) -> None:
    read = look_up(table, text)
    assert read["ingredients"] == ingredients
    assert word in read["not_understood"]
    assert (read["level"], read["level_now"]) == ("review", "review")


@pytest.mark.parametrize(
    "sig",
    [
        "10 mg if needed",
        "when necessary",
        "prn for nerve pain",
        "for blood pressure",
        "20 mg/d",
        "9p",
        "before bed",
        "before each meal",
        "after breakfast",
        "without food",
        "1 or 2 tabs",
        "q.h.s.",
        "p.o.bid",
        "bd",
        "twenty-five mg",
        "change every 3 days",
        "2 days ago",
        "this morning",
        "17-Nov",
        "used daily",
        "via mouth as directed",
        "10 mg → 20 mg",
    ],
)
def test_a_dose_in_any_words_is_understood(table: MedicineTable, sig: str) -> None:
    (match,) = find(table, f"Zoloft {sig}")
    assert [each.name for each in match.ingredients] == ["sertraline"]
    assert (match.questions, match.not_understood) == ((), ())


@pytest.mark.parametrize(
    ("text", "ingredients"),
    [
        ("vitamin D 2 puffs", ["cholecalciferol"]),
        ("vitamin D 2 tabs", ["cholecalciferol"]),
        ("vitamin D2 tabs", ["ergocalciferol"]),
        ("Tylenol 3 mg", ["acetaminophen"]),
        ("Tylenol 3 tabs", ["codeine", "acetaminophen"]),
        ("Tylenol 3, 2 tabs", ["codeine", "acetaminophen"]),
        ("Plan B 1/2 tab", ["levonorgestrel"]),
        ("Plan B 1/2", ["levonorgestrel"]),
        ("vitamin B 12 mcg", ["cyanocobalamin"]),
        ("Zantac 360 x2", ["famotidine"]),
        ("Zantac 360 x daily", ["famotidine"]),
        ("Zantac 360 tabs", ["famotidine"]),
        ("Tylenol 3 x daily", ["acetaminophen"]),
        ("BuSpar one daily", ["buspirone"]),
        ("Diamox x2", ["acetazolamide"]),
        ("Tylenol Extra Strength 500", ["acetaminophen"]),
        ("Nurtec ODT 75", ["rimegepant"]),
        ("Lexapro.Xanax", ["escitalopram", "alprazolam"]),
        ("1. Lexapro 10mg\n2) Xanax\n• Tylenol", ["escitalopram", "alprazolam", "acetaminophen"]),
        ("lexapro/xanax|tylenol", ["escitalopram", "alprazolam", "acetaminophen"]),
        ("Lexapro as a tablet", ["escitalopram"]),
        ("daily vitamin C", ["ascorbic acid"]),
        ("a daily vitamin", ["multivitamin"]),
        ("Adderall XR 20 mg qam + Adderall 10 mg qpm", ["amphetamine"]),
    ],
)
def test_numbers_and_stops_beside_a_name_are_read_with_care(
    table: MedicineTable, text: str, ingredients: list[str]
) -> None:
    read = look_up(table, text)
    assert (read["ingredients"], read["questions"], read["not_understood"]) == (ingredients, [], [])


@pytest.mark.parametrize(
    ("text", "ingredients", "level"),
    [
        ("ice cream", ["methamphetamine"], "stop"),
        ("ice pack", ["methamphetamine"], "stop"),
        ("coke can", ["cocaine"], "stop"),
        ("2 beers last night", ["alcohol"], "stop"),
        ("joint pain", ["cannabis"], "review"),
        ("diet coke", [], "review"),
    ],
)
def test_a_word_of_double_meaning_beside_another_word_is_asked(
    table: MedicineTable, text: str, ingredients: list[str], level: str
) -> None:
    read = look_up(table, text)
    assert (read["ingredients"], read["level"]) == (ingredients, level)
    assert len(read["questions"]) == 1


@pytest.mark.parametrize("text", ["pot", "pot 1 g daily", "the pill 10 mg", "SAMe 400 mg tabs", "a glass of wine"])
def test_dose_and_form_leave_a_word_of_double_meaning_the_whole_entry(table: MedicineTable, text: str) -> None:
    (match,) = find(table, text)
    assert (match.questions, match.not_understood) == ((), ())


def test_acid_reflux_is_no_street_drug(table: MedicineTable) -> None:
    read = look_up(table, "acid reflux pill")
    assert (read["ingredients"], read["level"]) == ([], "review")
    assert read["questions"] == ["“acid reflux pill”: Ask the name."]


@pytest.mark.parametrize(
    ("text", "ingredients", "asked"),
    [
        ("insulin glargien 20 units", ["insulin glargine"], "insulin glargien"),
        ("tylenol pmm", ["acetaminophen", "diphenhydramine"], "tylenol pmm"),
        ("sertralinn prozacc", ["sertraline", "fluoxetine"], "sertralinn"),
    ],
)
def test_a_misspelt_second_word_is_read_with_the_word_beside_it(
    table: MedicineTable, text: str, ingredients: list[str], asked: str
) -> None:
    read = look_up(table, text)
    assert read["ingredients"] == ingredients
    assert read["questions"][0].startswith(f"“{asked}” is not a known spelling.")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Tylenol antibiotic", "“antibiotic”: Ask the name and why; clarithromycin and linezolid matter."),
        ("Tylenol + supplements", "“supplements”: Ask the name and look at the label."),
        ("Daxxify vaccine", "“vaccine”: Ask which vaccine and if there is a fever today."),
        ("lisinopril inhaler", "“inhaler”: Ask the name and last use."),
        ("zinc herbal supplement", "“herbal supplement”: Ask the name and look at the label."),
    ],
)
def test_what_describes_another_medicine_than_the_one_beside_it_is_asked(
    table: MedicineTable, text: str, asked: str
) -> None:
    read = look_up(table, text)
    assert (read["questions"], read["level_now"]) == ([asked], "review")


@pytest.mark.parametrize(
    "text",
    ["zinc supplement", "fish oil supplements", "azithromycin antibiotic", "Flovent inhaler", "kava herbal supplement"],
)
def test_what_only_says_what_a_medicine_is_is_not_asked(table: MedicineTable, text: str) -> None:
    read = look_up(table, text)
    assert (len(read["ingredients"]), read["questions"], read["not_understood"]) == (1, [], [])


def test_descriptions_and_salts_name_medicines_of_the_table(table: MedicineTable) -> None:
    for names in (*DESCRIPTIONS.values(), *SALTS.values()):
        assert names <= table.ingredients.keys()


@pytest.mark.parametrize("text", ["Tylenol with codeine", "liothyronine", "Cytomel"])
def test_what_t3_may_mean_does_not_look_like_each_other(table: MedicineTable, text: str) -> None:
    assert look_up(table, text)["look_alikes"] == []


@pytest.mark.parametrize(
    "text",
    ["Lexapro 10 mg\0", "<script>alert('Tylenol')</script>", "'; DROP TABLE meds; --", "&lt;b&gt;", "\u202exanax"],
)
def test_what_looks_like_code_is_only_words(table: MedicineTable, text: str) -> None:
    read = look_up(table, text)
    assert read["text"] == text
    assert read["ingredients"] or read["not_understood"]
