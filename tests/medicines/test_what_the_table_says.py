"""A small table as it is loaded, and each mistake of its files, word for word: file, line, what is wrong, its mend."""

from collections.abc import Callable
from functools import partial

import pytest

from checklist.errors import ResourceMissing
from checklist.medicines import MedicineTable, MedicineTableError
from checklist.medicines.values import Name, VagueTerm
from tests.approved import approved
from tests.medicines.small import Change, end, put, reader, whole

LOOKED_UP = (
    *("tylenol", "tylenoll", "tylonol 3", "tylonol3", "tylenol 3", "tylenol3", "tylenol # 3", "apap", "ap ap", "a pap"),
    *("codeine", "catapres tts", "catapres-tts", "catapress", "sam e", "same", "s ame", "the pill", "vitamin b 12"),
    *("vitamin b 1 2", "vitaminb12", "vitamin b12", "nardil", "nar dill", "nard il", "tylenol es tab", "es tab", "T3"),
    *("t3", "t 3", "t3s", "blood pressure pill", "blood pressure pills", "blood pressure meds", "blood pressure drug"),
    *("bloodpressuremedicine", "blood pressure medications", "benzo", "benzos", "benzoss", "heart medicine"),
    *("heart med", "beta blockers", "beta blockerss", "beta blocker", "meds", "acetaminophen codeine", ""),
    *("z pak", "zpak", "zp ak", "codis", "cod is", "tylo nol3", "tylenol tab", "ty lenol", "vitamin b12 tab"),
    "beta pill",
)  # fmt: skip
INTERACTIONS = "interactions"
HEADING = (
    "class_id,class_name,severity,effect,action,mechanism,ask_last_dose_hours,source,source_seen,source_address,kind,"
)
MISTAKES: tuple[tuple[str, str, Change], ...] = (
    ("a heading with a column less", "tallman", put("tall_man,list", "tall_man")),
    ("a heading with a column more", "tallman", put("tall_man,list", "tall_man,list,more")),
    ("a heading in another order", "tallman", put("name,tall_man", "tall_man,name")),
    ("a heading with two names wrong", "lookalikes", put("names", "name,others")),
    ("an empty file", "tallman", whole("")),
    ("nothing but a heading", "tallman", whole("name,tall_man,list\n")),
    ("nothing but empty lines below the heading", "tallman", whole("name,tall_man,list\n\n\n")),
    ("a comma too few", "tallman", put(",FDA", "")),
    ("a comma too many", "tallman", put(",FDA", ",FDA,")),
    ("a comma too few after an empty line", "tallman", put("clonidine", "\nclonidine,")),
    ("a quote that is never closed", "tallman", put("clonidine", '"clonidine')),
    ("a quote that is closed too early", "tallman", put("clonidine", '"clon"idine')),
    ("a quote that is not closed, two lines below", "tallman", end('a,b,c\nd,e,f\n"g')),
    ("a class twice", INTERACTIONS, end("ssri,SSRI,info,e,a,,,s,yes,,none,")),
    ("no class none", INTERACTIONS, put("\nnone,", "\nnothing,")),
    ("no name of a class", INTERACTIONS, put("opioid,Opioid,", "opioid,,")),
    ("no id of a class", INTERACTIONS, put("opioid,Opioid,", " ,Opioid,")),
    ("no severity", INTERACTIONS, put("Opioid,review", "Opioid,")),
    ("another severity", INTERACTIONS, put("Opioid,review", "Opioid,often")),
    ("no effect", INTERACTIONS, put("Slows breathing.", "")),
    ("no action", INTERACTIONS, put("Ask when.", "")),
    ("no source", INTERACTIONS, put("Label,yes", ",yes")),
    ("no kind", INTERACTIONS, put("adds_sedation,caution", ",caution")),
    ("seen in another word", INTERACTIONS, put("Label,yes", "Label,seen")),
    ("hours in a word", INTERACTIONS, put("Additive,12,", "Additive,soon,")),
    ("no hours at all", INTERACTIONS, put("Additive,12,", "Additive,0,")),
    ("hours below 0", INTERACTIONS, put("Additive,12,", "Additive,-1,")),
    ("hours without an end", INTERACTIONS, put("Additive,12,", "Additive,Infinity,")),
    ("hours that are no number", INTERACTIONS, put("Additive,12,", "Additive,NaN,")),
    ("a lower severity without a window", INTERACTIONS, put("Additive,12,", "Additive,,")),
    ("a lower severity that is not lower", INTERACTIONS, put("adds_sedation,caution", "adds_sedation,review")),
    ("a lower severity that is higher", INTERACTIONS, put("adds_sedation,caution", "adds_sedation,stop")),
    ("another lower severity", INTERACTIONS, put("adds_sedation,caution", "adds_sedation,less")),
    ("no name of a medicine", "medications", put("codeine,Codis", ",Codis")),
    ("no class of a medicine", "medications", put("codine,opioid", "codine,")),
    ("an unknown class of a medicine", "medications", put("ssri; none", "ssri; nonne")),
    ("a name of two medicines", "medications", put("Klonopin", "Catapres")),
    ("a name of two medicines, spaces aside", "medications", put("Klonopin", "Cata Pres")),
    ("a name in other letters", "medications", put("Klonopin", "Клонопин")),
    ("a name without letters", "medications", put("Klonopin", "++")),
    ("a word alone that is no name", "medications", put("SAMe;the pill", "SAMe;the pill;pot;ice")),
    ("no product", "combinations", put("Tylenol 3,", ",")),
    ("no ingredients", "combinations", put("acetaminophen;codeine", "")),
    ("an unknown ingredient", "combinations", put("acetaminophen;codeine", "acetaminophen;codine")),
    ("a product's name that is a medicine's", "combinations", put("Tylenol #3", "Tylenol")),
    ("no term", "vague_terms", put("benzo,", ",")),
    ("no question of a term", "vague_terms", put("Ask which.", "")),
    ("an unknown class of a term", "vague_terms", put("Ask the name.,alpha2", "Ask the name.,alpha")),
    ("a term that is a medicine's name", "vague_terms", end("Nardil,Ask.,")),
    ("a term twice", "vague_terms", end("benzo,Ask.,")),
    ("one look-alike", "lookalikes", end("clonidine")),
    ("an unknown look-alike", "lookalikes", end("clonidine; clonidin")),
    ("unknown look-alikes", "lookalikes", end("clonidin; klonidin; Klonopin; Nardil")),
    ("no name of a form", "continuous", end(",patch")),
    ("an unknown name of a form", "continuous", end("Catapress,patch")),
    ("another kind of serotonin", "serotonergic", end("drug,ssri,partner,x")),
    ("an unknown class of serotonin", "serotonergic", end("class,ssris,partner,x")),
    ("an unknown ingredient of serotonin", "serotonergic", end("ingredient,ssri,partner,x")),
    ("another role of serotonin", "serotonergic", end("class,ssri,friend,x")),
    ("no tall-man spelling", "tallman", put("cloNIDine", "")),
    ("no name of a tall-man spelling", "tallman", end(",x,FDA")),
    ("a tall-man spelling of another word", "tallman", put("cloNIDine", "cloNIDin")),
    ("a tall-man spelling of an unknown medicine", "tallman", end("lorazepam,LORazepam,FDA")),
)
HARMLESS: tuple[tuple[str, str, Change], ...] = (
    ("a byte order mark", "tallman", lambda text: f"\ufeff{text}"),
    ("Windows line ends", "medications", lambda text: text.replace("\n", "\r\n")),
    ("empty lines", "medications", lambda text: text.replace("\n", "\n\n")),
    ("spaces around every cell", "continuous", put("Catapres-TTS,patch", " Catapres-TTS , patch ")),
    ("empty parts of a cell", "medications", put("Tylenol; APAP", "; Tylenol;; APAP ;")),
    ("other spaces in a look-alike", "lookalikes", put("Klonopin", "Klono Pin")),
    ("other spaces in a form", "continuous", put("Catapres-TTS", "Cata pres TTS")),
    ("a name twice on one row", "medications", put("Tylenol; APAP", "Tylenol; APAP; tylenol; Ty-Len-Ol")),
)  # fmt: skip


def refused(file: str, change: Change) -> str:
    with pytest.raises(MedicineTableError) as caught:
        MedicineTable.load(reader(file, change))
    return caught.value.sentence


def no_utf8(content: bytes) -> str:
    """Of a file that is no UTF-8, as `resources.read_text` says it."""

    def read(name: str) -> str:
        if name != "medicines/tallman.csv":
            return reader()(name)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ResourceMissing("damaged") from error

    with pytest.raises(MedicineTableError) as caught:
        MedicineTable.load(read)
    return caught.value.sentence


def classes(table: MedicineTable) -> str:
    return "\n".join(
        f"{key} = {each.id}: {each.name}, {each.level}, {each.effect} {each.action} ({each.mechanism}) "
        f"{each.ask_last_dose_hours} h, then {each.level_outside_window}; {each.source}, "
        f"{'read' if each.source_seen else 'judged'}; {each.kind}"
        for key, each in table.classes.items()
    )


def ingredients(table: MedicineTable) -> str:
    return "\n".join(
        f"{key} = {each.name}, {each.display}: {', '.join(each.class_ids)} ({each.route_notes})"
        for key, each in table.ingredients.items()
    )


def names(table: MedicineTable) -> str:
    return "\n".join(
        f"{each.shown} [{each.key}] {each.kind} of {each.entry.name} ({each.entry.generics})"
        f"{', a product' if each.entry.is_product else ''}{', alone only' if each.alone_only else ''}; "
        f"{each.brand or 'no brand'}; {each.label}"
        for each in table.names
    )


def looked_up(table: MedicineTable) -> str:
    lines = []
    for typed in LOOKED_UP:
        found = table.lookup(typed.lower().replace("-", " ").split())
        match found:
            case Name():
                what = f"{found.shown}, {found.kind} of {found.entry.name}"
            case VagueTerm():
                what = f"{found.term} [{found.key}]: {found.ask} ({found.presumed_class_id})"
            case None:
                what = "not known"
        others = f"; looks like {', '.join(other.shown for other in table.look_alikes(found))}" if found else ""
        lines.append(f"{typed}: {what}{others}")
    return "\n".join(lines)


def others(table: MedicineTable) -> str:
    serotonergic = table.serotonergic
    guessed = (f"{letter}: {', '.join(one.shown for one in found)}" for letter, found in table.guessed.items())
    return "\n".join(
        (
            f"acting on: {', '.join(sorted(table.continuous))}",
            f"triggers: {', '.join(sorted((*serotonergic.trigger_classes, *serotonergic.trigger_ingredients)))}",
            f"serotonergic: {', '.join(sorted((*serotonergic.classes, *serotonergic.ingredients)))}",
            f"words: {' '.join(sorted(table.known_words))}",
            f"longest: {table.longest}",
            *guessed,
        )
    )


def loaded(file: str = "", change: Change = str) -> str:
    table = MedicineTable.load(reader(file, change))
    return "\n".join(say(table) for say in (classes, ingredients, names, looked_up, others))


SAID: dict[str, dict[str, Callable[[], str]]] = {
    "medicines_table": {
        say.__name__.replace("_", " "): partial(lambda say: say(MedicineTable.load(reader())), say)
        for say in (classes, ingredients, names, looked_up, others)
    },
    "medicines_table_mistakes": {
        **{case: partial(refused, file, change) for case, file, change in MISTAKES},
        "a letter of an old encoding": partial(no_utf8, b"name,tall_man,list\nclonidine,cloNIDin\xe9,FDA\n"),
        "such a letter in the heading": partial(no_utf8, b"name\xe9,tall_man,list\n"),
        "such a letter in the third line": partial(no_utf8, b"name,tall_man,list\n\n\xe9"),
    },
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_the_table_is_as_approved_and_each_mistake_is_told_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_part_of_the_table_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])


@pytest.mark.parametrize(("case", "file", "change"), HARMLESS)
def test_what_a_spreadsheet_program_leaves_behind_does_no_harm(case: str, file: str, change: Change) -> None:
    read, plain = MedicineTable.load(reader(file, change)), MedicineTable.load(reader())
    assert [say(read) for say in (classes, ingredients, looked_up)] == [
        say(plain) for say in (classes, ingredients, looked_up)
    ]
    assert read.continuous == plain.continuous


def test_a_file_that_is_missing_is_no_mistake_of_the_table() -> None:
    def read(name: str) -> str:
        if name == "medicines/tallman.csv":
            raise ResourceMissing("The file is not there.")
        return reader()(name)

    with pytest.raises(ResourceMissing, match=r"^The file is not there\.$"):
        MedicineTable.load(read)
