"""Two protocols compared: each kind of change is said in clinical words, and which way it goes."""

from pathlib import Path

import pytest

from checklist.commands import protocol_changes
from checklist.commands.item_changes import FACTS
from checklist.commands.protocol import diff
from checklist.protocol import Protocol, files, load
from checklist.protocol.check import KNOWN_FACTS
from tests.commands.files import SHIPPED_TEXT, protocol

Change = tuple[str, str]
SUICIDAL = 'grades = ["", "new, told", "pressing or acute"]\n'
FALL = '[[effect]]\nid = "fall"\nlabel = "Fall or injury"\ngrades = ["no injury", "bruise", "injury care"]\n'
MENON = 'accepted_by = "Dr. Menon, 22-Nov-2026"'
KIDNEY = 'gates = [{ when = ["yes", "unknown"], level = "review", title = "Kidney disease", action = "The provider '\
         'decides.", source = "M" }]'  # fmt: skip
ALL_ACCEPTED = "\n".join(
    f'"{item}" = "Dr. Menon"'
    for item in (
        *("cond.kidney", "identity.name", "cond.brain", "vitals.weight", "screening.after_last", "cond.eye"),
        *("cond.seizure", "consent.date", "labs.kidney_date"),
        *("effect.suicidal", "effect.fall", "asq.4", "texts.asq_credit"),
    )
)
ACCEPTED = ("\n[sources]", f"\n[accepted]\n{ALL_ACCEPTED}\n[sources]")
STRICTER_LIMITS = [
    ("baseline", "sbp_hold", "160", "150", "Systolic from this is held: 160 → 150 mmHg (stricter)"),
    ("baseline", "sbp_review_low", "90", "95", "Systolic of this or less is reviewed: 90 → 95 mmHg (stricter)"),
    ("baseline", "spo2_hold", "91", "93", "SpO2 of this or less is held: 91 → 93 % (stricter)"),
    ("fasting", "light_meal", "6", "7", "Light meal, milk or cream before the start: 6 → 7 h (stricter)"),
    ("escalate", "own_baseline_percent", "20", "15",
     "Rise over the patient's own baseline that is shown on the chart: 20 → 15 % (stricter)"),
    ("schedule", "observe_after_end", "30", "45", "Minimum observation after the end: 30 → 45 min (stricter)"),
    ("interval", "stop_below", "24", "36", "Shorter since the last infusion: not today: 24 → 36 h (stricter)"),
    ("dose", "rise_percent", "25", "20",
     "A dose raised by more than this since last time is asked once more: 25 → 20 % (stricter)"),
    ("consent", "valid_months", "12", "6", "Consent counts for this long: 12 → 6 months (stricter)"),
    ("age", "pregnancy_to", "55", "58",
     "Up to this age, the year itself included, pregnancy is asked about: 55 → 58 years (stricter)"),
]  # fmt: skip


def edited(*changes: Change) -> Protocol:
    """The shipped protocol with words replaced; names stand for what is lighter, in this one and in the other."""
    text = SHIPPED_TEXT
    for old, new in (ACCEPTED, *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text, "clinic.toml", like=files.shipped())


BEFORE = edited()


def said(*changes: Change) -> list[str]:
    return list(protocol_changes.changes(BEFORE, edited(*changes)))


def back(*changes: Change) -> list[str]:
    return list(protocol_changes.changes(edited(*changes), BEFORE))


@pytest.mark.parametrize(
    ("table", "key", "was", "now", "words"), STRICTER_LIMITS, ids=[f"{row[0]}.{row[1]}" for row in STRICTER_LIMITS]
)
def test_a_limit_says_its_way_for_high_and_low_ones(table: str, key: str, was: str, now: str, words: str) -> None:
    change = (f"\n{key} = {{ value = {was},", f"\n{key} = {{ value = {now},")
    (line,) = said(change)
    assert line.startswith(f"{words} [{table}.")
    (other,) = back(change)
    turned = words.replace(f"{was} → {now}", f"{now} → {was}").replace("stricter", "looser")
    assert other.startswith(turned)


WEIGHT = 'weight = { unit = "kg", decimals = 1, reject = [25, 350], confirm = [40, 200], source = "P"'
TYPED_WEIGHT = "Typed weight: refused outside 25 to 350, asked outside 40 to 200 kg → refused outside"
CHANGES = [
    (("due_until = { value = 72", "due_until = { value = 60"),
     ["Follow-up call until this long after discharge: 72 → 60 h [followup.due_until]"]),
    (('sbp_stop = { value = 180, unit = "mmHg", source = "P"', f'sbp_stop = {{ value = 185, unit = "mmHg", '
      f'source = "P", {MENON}'),
     ["Systolic from this: not today: 180 → 185 mmHg (looser), accepted by Dr. Menon, 22-Nov-2026 "
      "[baseline.sbp_stop]"]),
    (('sbp_stop = { value = 180, unit = "mmHg", source = "P"', f'sbp_stop = {{ value = 180, unit = "mmHg", '
      f'source = "P", {MENON}'),
     ["Systolic from this: not today: 180 mmHg, accepted by Dr. Menon, 22-Nov-2026 [baseline.sbp_stop]"]),
    (('allowed = [140, 160], text = "Systolic from this is held"',
      'allowed = [150, 160], text = "Systolic from this is held"'),
     ["Systolic from this is held: allowed range 140 to 160 → 150 to 160 mmHg [baseline.sbp_hold]"]),
    (('sbp_hold = { value = 160, unit = "mmHg", source = "P"', 'sbp_hold = { value = 160, unit = "mmHg", source = "M"'),
     ["Systolic from this is held: source P → M [baseline.sbp_hold]"]),
    (('text = "Systolic from this is held"', 'text = "Hold"'),
     ["Limit baseline.sbp_hold now reads “Hold”, before “Systolic from this is held”"]),
    (('no_drive_rule = { value = "BOTH"', 'no_drive_rule = { value = "24H"'),
     ["When the patient may drive again: BOTH → 24H"]),
    (('options = ["last", "mean_of_two"], source = "P", text = "Which readings make',
      'options = ["last"], source = "M", text = "What makes'),
     ["What makes the baseline for the 20 % rules: choices last, mean_of_two → last",
      "What makes the baseline for the 20 % rules: source P → M",
      "Setting baseline_rule now reads “What makes the baseline for the 20 % rules”, before “Which readings make the "
      "baseline for the 20 % rules”"]),
    ((WEIGHT, f'weight = {{ unit = "kg", decimals = 2, confirm = [40, 200], source = "M", {MENON}'),
     [f"{TYPED_WEIGHT} nothing, asked outside 40 to 200 kg (looser), accepted by Dr. Menon, 22-Nov-2026",
      "Typed weight: 1 → 2 decimals", "Typed weight: source P → M"]),
    ((WEIGHT, WEIGHT.replace("[40, 200]", "[45, 180]")),
     [f"{TYPED_WEIGHT} 25 to 350, asked outside 45 to 180 kg (stricter)"]),
    (("lb = { reject = [55, 770], confirm = [88, 440] }", "lb = { reject = [60, 770], confirm = [88, 440] }"),
     ["Typed weight: refused outside 55 to 770, asked outside 88 to 440 lb → refused outside 60 to 770, asked outside "
      "88 to 440 lb (stricter)"]),
    ((WEIGHT, f"{WEIGHT}, {MENON}"), ["Typed weight: accepted by Dr. Menon, 22-Nov-2026"]),
    (('text = "Weight of the patient"', 'text = "Patient"'),
     ["Typed weight now reads “Patient”, before “Weight of the patient”"]),
    (('"cond.eye" = "Dr. Menon"', '"cond.eye" = "Dr. Lee"'),
     ["Accepted exception now by Dr. Lee, before Dr. Menon"]),
    (('"cond.eye" = "Dr. Menon"\n', ""), ["Accepted exception removed: cond.eye: by Dr. Menon"]),
    (('label = "Kidney disease or dialysis"', 'label = "Kidneys?"'),
     ["“Kidneys?” (cond.kidney): question “Kidney disease or dialysis” → “Kidneys?”"]),
    (('label = "Height"\nhelp = "162 cm, or 5\'4\\"."\nneeded_for = "nothing"',
      'label = "Height"\nneeded_for = "clearance"'),
     ["“Height” (vitals.height): help “162 cm, or 5'4\".” → “”",
      "“Height” (vitals.height): not required → needed for clearance (stricter)",
      "“Height” (vitals.height): on declined: clear → review (stricter)",
      "“Height” (vitals.height): on unknown: clear → hold (stricter)"]),
    (('label = "Kidney disease or dialysis"\nneeded_for = "clearance"\ncarry = "no_change"',
      'label = "Kidney disease or dialysis"\nneeded_for = "nothing"\ncarry = "never"'),
     ["“Kidney disease or dialysis” (cond.kidney): needed for clearance → not required (looser)",
      "“Kidney disease or dialysis” (cond.kidney): stands while there is no change in health → asked at each visit "
      "(stricter)",
      "“Kidney disease or dialysis” (cond.kidney): on declined: review → clear (looser)"]),
    (('help = "Falls, vomiting, bad experience, blood pressure."\nneeded_for = "clearance"\n'
      'show_when = [{ fact = "returning" }]',
      'help = "Falls, vomiting, bad experience, blood pressure."\nneeded_for = "clearance"'),
     ["“Problems after the last infusion?” (screening.after_last): asked when the patient had an infusion here before "
      "→ always asked (stricter)"]),
    (('label = "Kidney disease or dialysis"', 'show_when = [{ item = "cond.lung", is = ["yes", "unknown"] }]\n'
      'label = "Kidney disease or dialysis"'),
     ["“Kidney disease or dialysis” (cond.kidney): always asked → asked when cond.lung is yes or unknown (looser)"]),
    (('{ id = "dementia", label = "Dementia", key = "2" }', '{ id = "dementia", label = "Memory", key = "4" }'),
     ["“Delirium or dementia” (cond.delirium): answer “Dementia” → “Memory”",
      "“Delirium or dementia” (cond.delirium): answer “Memory” is chosen by 4, before by 2"]),
    (('level = "review", title = "Kidney disease"', 'level = "stop", title = "Kidney disease"'),
     ["“Kidney disease or dialysis” (cond.kidney): on yes or unknown: review → stop (stricter)"]),
    (('level = "review", title = "Kidney disease"', 'level = "note", title = "Kidney disease"'),
     ["“Kidney disease or dialysis” (cond.kidney): on yes or unknown: review → note (looser)"]),
    ((KIDNEY, ""),
     ["“Kidney disease or dialysis” (cond.kidney): on yes: review → clear (looser)",
      "“Kidney disease or dialysis” (cond.kidney): on unknown: review → hold (stricter)"]),
    (('title = "Kidney disease", action = "The provider decides.", source = "M"',
      'title = "Kidney disease", action = "The provider decides.", source = "P", nobody_overrides = true'),
     ["“Kidney disease or dialysis” (cond.kidney): on yes or unknown: nobody can override it now (stricter)",
      "“Kidney disease or dialysis” (cond.kidney): on yes or unknown: source M → P"]),
    (('source = "P", nobody_overrides = true', 'source = "P"'),
     ["“Patient said the full name, and it matches” (identity.name): on no or declined or unknown or not_applicable: "
      "a provider can override it now (looser)"]),
    (('title = "Kidney disease", action', 'title = "Kidneys", action'),
     ["“Kidney disease or dialysis” (cond.kidney): on yes or unknown: it now says “Kidneys. The provider decides.”"]),
    (('label = "Escort comes at"\nneeded_for = "nothing"\nfuture = true', 'label = "Escort comes at"\n'
      'needed_for = "nothing"'), ["“Escort comes at” (transport.back_at): its time may no longer lie ahead"]),
    (('label = "Kidney disease or dialysis"', 'label = "Kidney disease or dialysis"\nretired = true'),
     ["“Kidney disease or dialysis” (cond.kidney): nobody is asked it any more (looser)"]),
    (('label = "Date of the consent"', 'label = "Date of the consent"\nabout = true'),
     ["“Date of the consent” (consent.date): a month or a year counts as a date (looser)"]),
    (('due_when = [{ item = "cond.kidney", is = ["yes"] }]', ""),
     ["“Date of the last kidney tests” (labs.kidney_date): it is due in other cases (looser)"]),
    (('title = "Fasting"\nphase', 'title = "Food and drink"\nphase'),
     ["Step “Fasting” is now called “Food and drink”"]),
    (("needed_for = \"nothing\"\nfuture = true", "needed_for = \"nothing\"\ngroup = \"Way home\"\nfuture = true"),
     ["“Escort comes at” (transport.back_at): heading “” → “Way home”"]),
    (('intro = "The prescriber orders the dose.', 'intro = "Doses.'),
     ["Step “Dose and infusion” now begins “Doses. The program checks the arithmetic and never proposes a dose.”, "
      "before “The prescriber orders the dose. The program checks the arithmetic and never proposes a dose.”"]),
    (('grades = ["not limiting"', 'grades = ["mild"'),
     ["Side effect “Dizziness”, grade 1: “not limiting” → “mild”"]),
    (('label = "Dizziness"', 'label = "Giddy"'), ["Side effect “Dizziness” is now called “Giddy”"]),
    (('[[effect]]\nid = "other"', '[[effect]]\nid = "hiccup"\nlabel = "Hiccup"\ngrades = ["a", "b", "c"]\n'
      '[[effect]]\nid = "other"'), ["Side effect added: hiccup: Hiccup"]),
    ((f"{SUICIDAL}review_from = 2", f"{SUICIDAL}review_from = 3"),
     ["Side effect “New suicidal thought, mania or psychosis”, before the patient leaves: a provider decides from "
      "grade 2 on → a provider decides from grade 3 on (looser)"]),
    ((f"{SUICIDAL}review_from = 2\n", SUICIDAL),
     ["Side effect “New suicidal thought, mania or psychosis”, before the patient leaves: a provider decides from "
      "grade 2 on → no provider for the term alone (looser)"]),
    (('grades = ["no injury", "bruise", "injury care"]', 'grades = ["no injury", "bruise", "injury care"]\n'
      "review_from = 3"),
     ["Side effect “Fall or injury”, before the patient leaves: no provider for the term alone → a provider decides "
      "from grade 3 on (stricter)"]),
    (('label = "Settled on re-check"', 'label = "Came down"'),
     ["Decision reason “Settled on re-check” now reads “Came down”"]),
    (('[[decision_reason]]\nid = "later"\nlabel = "Another day"\nkey = "6"\nsource = "P"\n', ""),
     ["Decision reason removed: later: Another day"]),
    ((FALL, ""), ["Side effect removed: fall: Fall or injury"]),
    (("Have you ever tried to kill yourself?", "Did you ever try to kill yourself?"),
     ["“Did you ever try to kill yourself?” (asq.4): question “Have you ever tried to kill yourself?” → “Did you ever "
      "try to kill yourself?”"]),
    (('asq_credit = "Ask Suicide-Screening Questions (ASQ), National', 'asq_credit = "ASQ, National'),
     ["Text asq_credit: “Ask Suicide-Screening Questions (ASQ), National Institute of Mental Health.” → “ASQ, National "
      "Institute of Mental Health.”"]),
    (("confirm = [10, 600], source", "confirm = [10, 600], alone = true, source"),
     ["Typed rate: no other unit is taken"]),
    (('no_drive_24 = "Wait at least 24 hours."', 'no_drive_24 = "Wait a day."'),
     ["Text no_drive_24: “Wait at least 24 hours.” → “Wait a day.”"]),
    (("instructions_12 = ", "instructions_13 = \"Eat well.\"\ninstructions_12 = "),
     ["Text added: instructions_13: “Eat well.”"]),
    (('ASA-DRO = { title = "ASA fasting times 2017", grade = "D" }',
      'ASA-DRO = { title = "ASA 2017", grade = "A" }'),
     ["Source ASA-DRO: “ASA fasting times 2017” → “ASA 2017”",
      "Source ASA-DRO: grade D → A: now shown as “ASA 2017”, before as “clinic policy”"]),
    (("[sources]\n", '[sources]\nOWN = { title = "Our own audit", grade = "P" }\n'),
     ["Source added: OWN: Our own audit, grade P"]),
    (('version = "1"', 'version = "2"'), ["Version: 1 → 2"]),
    (('title = "IV ketamine"\nrevised = 2026-11-22', 'title = "Ketamine"\nrevised = 2026-11-23'),
     ["Title: IV ketamine → Ketamine", "Revised: 2026-11-22 → 2026-11-23"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), CHANGES, ids=[row[1][0][:60] for row in CHANGES])
def test_each_kind_of_change_is_said_and_nothing_else(change: Change, lines: list[str]) -> None:
    assert said(change) == lines


def item_text(item_id: str) -> str:
    start = SHIPPED_TEXT.index(f'[[step.item]]\nid = "{item_id}"')
    return SHIPPED_TEXT[start : SHIPPED_TEXT.index("[[step.item]]", start + 1)]


def test_items_added_removed_moved_and_put_in_another_order_are_said() -> None:
    item, asked = item_text("cond.seizure"), "Medical screening: “Seizure disorder” (cond.seizure)"
    gate = "  on yes or unknown: review, “Seizure disorder”"
    assert said((item, "")) == [f"Item removed from {asked} (looser)", gate]
    assert back((item, "")) == [f"Item added to {asked}, needed for clearance, always asked", gate]
    place = '[[step.item]]\nid = "vitals.weight"'
    assert said((item, ""), (place, item + place)) == [
        "“Seizure disorder” (cond.seizure) moved from Medical screening to Vital signs"
    ]
    after = item_text("cond.thyroid")
    swapped = said((item + after, after + item))
    assert swapped == ["Medical screening: its items are asked in another order"]


def test_answers_added_and_removed_are_said_with_what_they_mean() -> None:
    change = (
        '{ id = "history", label = "In the past", key = "2" },\n  { id = "active", label = "Active", key = "3" },\n]',
        '{ id = "history", label = "In the past", key = "2" },\n  { id = "active", label = "Active", key = "3" },\n'
        '  { id = "lapse", label = "Lapse", key = "4" },\n]',
    )
    where = "“Drug misuse, or misuse of ketamine” (cond.substance_use)"
    assert said(change) == [f"{where}: answer added: “Lapse”", f"{where}: on lapse: clear"]
    assert back(change) == [f"{where}: answer removed: “Lapse”"]
    gated = (
        'when = ["history"], level = "review", title = "Substance misuse in the past"',
        'when = ["history", "lapse"], level = "review", title = "Substance misuse in the past"',
    )
    assert said(change, gated)[1] == f"{where}: on lapse: review, “Substance misuse in the past”"


def test_the_same_protocol_has_no_clinical_change(tmp_path: Path) -> None:
    one, other = (
        protocol(tmp_path, name="a.toml"),
        protocol(tmp_path, ("# Choices of the clinic", "# Ours"), name="b.toml"),
    )
    assert diff(one, other).said == "No clinical change.\n"


def test_every_fact_of_a_condition_has_its_words() -> None:
    assert set(FACTS) == set(KNOWN_FACTS)
