"""A medicine table of eight short files, so that each of their mistakes can be tried and read."""

from collections.abc import Callable, Mapping

from checklist.errors import ResourceMissing

FILES: Mapping[str, str] = {
    "interactions": """\
class_id,class_name,severity,effect,action,mechanism,ask_last_dose_hours,source,source_seen,source_address,kind,severity_outside_window
opioid,Opioid,review,Slows breathing.,Ask when.,Additive,12,Label,yes,https://example.org/label,adds_sedation,caution
maoi,MAO inhibitor,stop,Pressure.,Stop.,,336.5,Judgement,memory,,raises_bp,info
alpha2,Clonidine-like,caution,Low pressure.,Watch.,,1,Judgement,memory,,lowers_bp,
ssri,SSRI,info,None known.,Record it.,,,Judgement,memory,,none,
none,No interaction,none,None.,Record it.,,,Judgement,memory,,none,
""",
    "tallman": """\
name,tall_man,list
clonidine,cloNIDine,FDA
""",
    "medications": """\
rxnorm_name,other_names,misspellings,class_id,route_notes,whole_entry_only
acetaminophen,Tylenol; APAP,Tylenol tab; tylenoll; Tylenol ES tab; ty lenol,none,Liver,
codeine,Codis; Z Pak,codine,opioid,,
clonidine,Catapres;Catapres-TTS,,alpha2,Patch weekly,
clonazepam,Klonopin,,ssri; none,,
SAMe,SAM-e; the pill,,ssri,,SAMe;the pill
phenelzine,Nardil; Vitamin B-12,nardill; vitamin b12 tab,maoi,,
""",
    "combinations": """\
product,other_names,misspellings,ingredients,whole_entry_only
Tylenol 3,Tylenol #3,tylonol 3,acetaminophen;codeine,
""",
    "vague_terms": """\
term,ask,presumed_class_id
blood pressure pill,Ask the name.,alpha2
benzo,Ask which.,
heart meds,Ask the name and the condition.,none
beta blockers,Ask which.,alpha2
T3,"Thyroid, or codeine?",
""",
    "lookalikes": """\
names
clonidine; clonazepam; Klonopin
T3; Tylenol 3; acetaminophen
""",
    "continuous": """\
name,form
Catapres-TTS,patch
""",
    "serotonergic": """\
kind,name,role,reason
class,maoi,trigger,Rule 3
class,ssri,partner,Rule 3
ingredient,codeine,trigger,Rule 3
ingredient,SAMe,partner,Rule 3
""",
}

Change = Callable[[str], str]


def reader(file: str = "", change: Change = str) -> Callable[[str], str]:
    """Reads the small files, one of them changed."""

    def read(name: str) -> str:
        own = name.removeprefix("medicines/").removesuffix(".csv")
        if own not in FILES or name != f"medicines/{own}.csv":
            raise ResourceMissing(f"no file “{name}”")
        return change(FILES[own]) if own == file else FILES[own]

    return read


def put(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert text.count(old) >= 1, f"“{old}” is not there"
        return text.replace(old, new, 1)

    return change


def end(line: str) -> Change:
    return lambda text: f"{text}{line}\n"


def whole(new: str) -> Change:
    return lambda _: new
