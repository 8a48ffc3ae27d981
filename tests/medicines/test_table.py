"""Loading: the shipped files, and what is said of damaged ones."""

from collections.abc import Callable

import pytest

from checklist.errors import KnownError, ResourceMissing
from checklist.medicines import MedicineTable, MedicineTableError
from checklist.resources import read_text


def damaged(file: str, change: Callable[[str], str]) -> Callable[[str], str]:
    """Reads the shipped files, one of them changed."""
    name = f"medicines/{file}.csv"
    text = change(read_text(name))
    assert text != read_text(name)
    return lambda asked: text if asked == name else read_text(asked)


def put(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def end(line: str) -> Callable[[str], str]:
    return lambda text: f"{text.rstrip()}\n{line}\n"


def test_the_shipped_table_is_whole(table: MedicineTable) -> None:
    assert len(table.ingredients) == 1111
    assert len(table.classes) == 99
    assert {name.entry.name for name in table.names if name.entry.is_product} >= {"Percocet", "Zyrtec-D"}
    assert table.ingredients["lamotrigine"].display == "lamoTRIgine"
    assert table.ingredients["2C-B"].display == "2c-b"
    assert table.classes["st_johns_wort"].ask_last_dose_hours == 120
    assert table.classes["lithium"].source_seen
    assert not table.classes["tca"].level_outside_window
    assert not table.classes["caffeine"].source_seen


def test_every_medicine_has_a_class_and_every_name_one_row(table: MedicineTable) -> None:
    assert all(ingredient.class_ids for ingredient in table.ingredients.values())
    rows: dict[str, set[str]] = {}
    for name in table.names:
        rows.setdefault(name.key, set()).add(name.entry.name)
    assert all(len(entries) == 1 for entries in rows.values())


def test_a_byte_order_mark_and_empty_lines_do_no_harm() -> None:
    change = damaged("lookalikes", lambda text: "\ufeff" + text.replace("\n", "\n\n"))
    assert MedicineTable.load(change).look_alikes is not None


@pytest.mark.parametrize(
    ("file", "change", "sentence"),
    [
        ("medications", put("abacavir,Ziagen,,none", "abacavir,Ziagen,,nnone"), "line 4: the class “nnone” is not in"),
        (
            "medications",
            put("abacavir,Ziagen,,none,,", "abacavir,Ziagen,,none,"),
            "there are 5 columns where 6",
        ),
        ("medications", put("abacavir,Ziagen,,none,,", ",Ziagen,,none,,"), "line 4: the column “rxnorm_name” is empty"),
        ("medications", put("abacavir,Ziagen,,none", "abacavir,Ziagen,,"), "line 4: the column “class_id” is empty"),
        (
            "medications",
            put("rxnorm_name", "name"),
            "line 1: the heading is not as expected (“rxnorm_name” missing; “name” not known)",
        ),
        ("medications", put(",route_notes", ""), "line 1: the heading is not as expected (“route_notes” missing). No"),
        ("medications", put("entry_only", "entry_only,x"), "the heading is not as expected (“x” not known). No"),
        ("tallman", put("name,tall_man", "tall_man,name"), "not as expected (order, or a column twice). No"),
        ("tallman", put("name,", "name,name,"), "not as expected (order, or a column twice). No"),
        ("medications", put("rxnorm_name,", "rxnorm_name;"), "line 1: the heading is not as expected"),
        ("medications", lambda _: "", "line 1: the heading is not as expected"),
        ("medications", lambda text: text.partition("\n")[0], "line 1: no row stands below the heading"),
        ("serotonergic", lambda text: text.partition("\n")[0] + "\n\n", "no row stands below the heading"),
        ("medications", put("abacavir,Ziagen,,none,,", "abacavir,Ziagen,,none,,,"), "there are 7 columns where 6"),
        ("medications", put("\nabacavir,", "\nabacavir,,,none,,\nabacavir,"), "belongs to “abacavir” already"),
        ("vague_terms", end("blue pill,Ask.,"), "the name “blue pill” belongs to “blue pill” already"),
        ("combinations", end("Percocet,,,oxycodone,"), "the name “Percocet” belongs to “Percocet” already"),
        ("interactions", put(",review,Regular", ",,Regular"), "line 2: the column “severity” is empty"),
        ("interactions", put(',24,"Feeney', ',0,"Feeney'), "line 2: ask_last_dose_hours is “0”"),
        ("interactions", put(',24,"Feeney', ',Infinity,"Feeney'), "line 2: ask_last_dose_hours is “Infinity”"),
        ("interactions", put("adds_sedation,info", "adds_sedation,soon"), "severity_outside_window is “soon”"),
        ("interactions", put(",12,", ",,"), "severity_outside_window has no window"),
        ("medications", put("abacavir,Ziagen", 'abacavir,"Ziagen'), "cannot be read as CSV"),
        ("medications", put("Ziagen", "Orencia"), "line 5: the name “Orencia” belongs to “abacavir” already"),
        ("medications", put("Ziagen", "Зиаген"), "line 4: the name “Зиаген” has letters that cannot be looked up"),
        ("medications", put("Ziagen", "++"), "line 4: the name “++” has letters that cannot be looked up"),
        (
            "medications",
            put("abacavir,Ziagen,,none,,", "abacavir,Ziagen,,none,,pot"),
            "“pot” under whole_entry_only",
        ),
        ("combinations", put("glipizide;metformin", "glipizid;metformin"), "the ingredient “glipizid” is not in"),
        ("combinations", put("glipizide;metformin", ""), "the column “ingredients” is empty"),
        ("interactions", put(",review,Regular", ",often,Regular"), "line 2: severity is “often”"),
        ("interactions", put(',24,"Feeney', ',soon,"Feeney'), "line 2: ask_last_dose_hours is “soon”"),
        ("interactions", put(',24,"Feeney', ',-1,"Feeney'), "line 2: ask_last_dose_hours is “-1”"),
        ("interactions", put(',24,"Feeney', ',NaN,"Feeney'), "line 2: ask_last_dose_hours is “NaN”"),
        ("interactions", put("reduces_benefit,\n", "reduces_benefit,stop\n"), "severity_outside_window has no window"),
        (
            "interactions",
            put("\nmelatonin_agonist,", "\nzdrug,"),
            "“zdrug” stands twice",
        ),
        ("interactions", put(",yes,", ",seen,"), "line 2: source_seen is “seen”"),
        ("interactions", put("\nnone,", "\nnothing,"), "the class “none” is missing"),
        (
            "vague_terms",
            put("often a benzodiazepine.,benzo_benefit", "often.,benzo"),
            "“benzo” is not in",
        ),
        ("vague_terms", end("Xanax,Ask which one.,"), "the name “Xanax” belongs to “alprazolam” already"),
        ("vague_terms", end("odd pill,,"), "the column “ask” is empty"),
        ("lookalikes", end("Xanax"), "does not name two known medicines"),
        ("lookalikes", end("Xanax; Qqq"), "does not name two known medicines"),
        ("tallman", end("lorazepam,LoraPAZam,ISMP"), "“lorazepam” is no ingredient written so"),
        ("tallman", end("qqq,QQQ,ISMP"), "“qqq” is no ingredient written so"),
        ("continuous", end("Qqq,patch"), "“Qqq” is no listed name"),
        ("serotonergic", end("class,qqq,partner,x"), "“class”, “qqq”, “partner” do not fit"),
        ("serotonergic", end("drug,ssri,partner,x"), "“drug”, “ssri”, “partner” do not fit"),
        ("serotonergic", end("class,ssri,friend,x"), "“class”, “ssri”, “friend” do not fit"),
    ],
)
def test_a_damaged_file_is_named_with_line_and_mend(file: str, change: Callable[[str], str], sentence: str) -> None:
    with pytest.raises(MedicineTableError) as caught:
        MedicineTable.load(damaged(file, change))
    said = caught.value.sentence
    assert said.startswith(f"medicines/{file}.csv, line ")
    assert sentence in said
    assert said.endswith(", then start again.")
    assert isinstance(caught.value, KnownError)


def test_serotonergic_partners_may_be_missing_but_triggers_count() -> None:
    only = "kind,name,role,reason\nclass,maoi_classic,trigger,x\n"
    table = MedicineTable.load(damaged("serotonergic", lambda _: only))
    assert table.serotonergic.classes == frozenset({"maoi_classic"})
    assert table.serotonergic.ingredients == frozenset()


def test_windows_line_ends_load_the_same_table(table: MedicineTable) -> None:
    loaded = MedicineTable.load(lambda name: read_text(name).replace("\n", "\r\n"))
    assert loaded.ingredients == table.ingredients
    assert loaded.classes == table.classes


def test_a_file_saved_in_an_old_windows_encoding_is_named_with_its_line() -> None:
    def read(name: str) -> str:
        content = read_text(name).replace("Ziagen", "Ziagén").encode("cp1252", errors="replace")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ResourceMissing("damaged") from error

    with pytest.raises(MedicineTableError) as caught:
        MedicineTable.load(lambda name: read(name) if name.endswith("medications.csv") else read_text(name))
    assert caught.value.sentence == (
        "medicines/medications.csv, line 4: the line holds a character that is no UTF-8 text. No medicine was judged "
        "with this file. Save the file as CSV UTF-8, then start again."
    )


def test_a_file_that_is_not_there_is_no_mistake_of_the_table() -> None:
    def read(name: str) -> str:
        if name.endswith("tallman.csv"):
            raise ResourceMissing("not there")
        return read_text(name)

    with pytest.raises(ResourceMissing, match="not there"):
        MedicineTable.load(read)
