"""Mistakes in a clinic's file as a whole: name, the edit, the text of the line it is in, what is said of it."""

Change = tuple[str, str]
ADULT = (
    'adult = { value = 18, unit = "years", source = "S:SPR-USM", allowed = [18, 21], '
    'text = "Younger than this: not today" }'
)
GLP1 = 'show_when = [{ fact = "takes_glp1" }]'
CLEAR_FLUIDS = 'clear_liquid = { value = 2, unit = "h", source = "S:ASA23", allowed = [2, 8]'
LIGHT_MEAL = 'light_meal = { value = 6, unit = "h", source = "S:ASA-DRO", allowed = [6, 12]'
SUICIDAL = 'grades = ["", "new, told", "pressing or acute"]'
PORPHYRIA = 'id = "cond.porphyria"\n'
POSITIVE = 'when = ["positive"], level = "stop"'

# What is wrong, the edit, the text of the line it is in ("": the file as a whole), what the sentence says.
WRONG: list[tuple[str, Change, str, str]] = [
    ("key twice", (ADULT, f"{ADULT}\n{ADULT}"), "\nadult = {", "this is not valid TOML: Cannot overwrite a value"),
    ("table twice", ("[limits.age]", "[limits.age]\n[limits.age]"), "[limits.age]\n", "Cannot declare"),
    ("open text", ('title = "IV ketamine"', 'title = "IV ketamine'), 'title = "IV', "this is not valid TOML"),
    ("open list", ("allowed = [18, 21]", "allowed = [18, 21"), "adult = {", "this is not valid TOML"),
    (
        "control",
        ("# Choices of the clinic", "# Choices\x00"),
        "# Choices",
        "this is not valid TOML: Found invalid char",
    ),
    ("no date", ("revised = 2026-11-22", 'revised = "today"'), "[protocol]", "“revised” must be a date. Write revised"),
    ("no day", ("revised = 2026-11-22", "revised = 2026-02-30"), "revised", "this is not valid TOML: Invalid date"),
    ("quotes", (ADULT, ADULT.replace("value = 18", 'value = "18"')), "adult = {", "must be a number. Write value = 6,"),
    ("infinite", (ADULT, ADULT.replace("value = 18", "value = inf")), "adult = {", "must be a finite number."),
    ("not a number", (ADULT, ADULT.replace("[18, 21]", "[nan, 21]")), "adult = {", "must be a finite number."),
    (
        "negative",
        (ADULT, ADULT.replace("value = 18", "value = -18")),
        "adult = {",
        "-18 is outside the allowed range 18 to 21. Choose a value inside it, or add accepted_by",
    ),
    ("one above", (ADULT, ADULT.replace("value = 18", "value = 22")), "adult = {", "22 is outside the allowed range"),
    (
        "half a year",
        (ADULT, ADULT.replace("value = 18", "value = 18.5")),
        "adult = {",
        "18.5 is no whole number. Write whole years: a part of one is not counted.",
    ),
    (
        "just below",
        (LIGHT_MEAL, LIGHT_MEAL.replace("value = 6", "value = 5.99")),
        LIGHT_MEAL[:12],
        "5.99 is outside the allowed range 6 to 12.",
    ),
    (
        "minutes for hours",
        (CLEAR_FLUIDS, CLEAR_FLUIDS.replace('value = 2, unit = "h"', 'value = 120, unit = "min"')),
        CLEAR_FLUIDS[:14],
        "limits.fasting.ASA.clear_liquid: the limit is in “min”. Give it in h.",
    ),
    (
        "blank name",
        (ADULT, ADULT.replace("value = 18", 'value = 17, accepted_by = " "')),
        "adult = {",
        "“accepted_by” must be text.",
    ),
    ("reversed", (ADULT, ADULT.replace("[18, 21]", "[21, 18]")), "adult = {", "Put the lower number first."),
    (
        "wider",
        (ADULT, ADULT.replace("[18, 21]", "[16, 21]")),
        "adult = {",
        "its allowed range is wider than the shipped",
    ),
    ("no value", (ADULT, ADULT.replace("value = 18, ", "")), "adult = {", "“value” must be a number."),
    ("no unit", (ADULT, ADULT.replace('unit = "years", ', "")), "adult = {", "“unit” must be text."),
    (
        "no meaning",
        (ADULT, ADULT.replace(', text = "Younger than this: not today"', "")),
        "adult = {",
        "“text” must be",
    ),
    (
        "wrong unit",
        (ADULT, ADULT.replace('"years"', '"months"')),
        "adult = {",
        "the limit is in “months”. Give it in years.",
    ),
    (
        "bare letter",
        (ADULT, ADULT.replace("S:SPR-USM", "SPR-USM")),
        "adult = {",
        "source “SPR-USM” is not in [sources].",
    ),
    (
        "two keys",
        (ADULT, ADULT.replace("unit =", "units =").replace("text =", "words =")),
        "adult = {",
        "“units”, “words” are not known keys.",
    ),
    (
        "misspelt limit",
        (ADULT, ADULT.replace("adult =", "adults =")),
        "adults = {",
        "limits “age.adults”: nothing reads this name. Mend it, or leave it out.",
    ),
    ("missing limit", (ADULT, ""), "", "limits has no “age.adult”. Copy it from the shipped protocol"),
    (
        "misspelt setting",
        ("baseline_rule =", "base_rule ="),
        "base_rule",
        "settings “base_rule”: nothing reads this name.",
    ),
    (
        "setting source",
        (
            'value = "last", options = ["last", "mean_of_two"], source = "P"',
            'value = "last", options = ["last", "mean_of_two"], source = "X"',
        ),
        "baseline_rule",
        "setting baseline_rule: source “X” is not in [sources].",
    ),
    ("misspelt bounds", ("\nrate = {", "\nspeed = {"), "\nspeed = {", "bounds “speed”: no item uses them."),
    ("bounds unit", ('rate = { unit = "mL/h"', 'rate = { unit = "mL/min"'), "\nrate = {", "Give them in “mL/h”."),
    ("bounds other unit", ("also = { lb =", "also = { st ="), "\nweight = {", "“also” names st. Use: lb."),
    (
        "bounds source",
        ('confirm = [10, 600], source = "P"', 'confirm = [10, 600], source = "Q"'),
        "\nrate = {",
        "bounds rate: source “Q” is not in [sources].",
    ),
    ("bounds no meaning", (', text = "Breaths a minute"', ""), "\nrr = {", "“text” must be text."),
    (
        "confirm beyond",
        ("reject = [3, 70], confirm = [8, 30]", "reject = [3, 70], confirm = [8, 80]"),
        "\nrr = {",
        "“confirm” reaches beyond “reject”",
    ),
    (
        "bounds wider",
        ("reject = [3, 70], confirm = [8, 30]", "reject = [3, 90], confirm = [8, 30]"),
        "\nrr = {",
        "bounds rr: “reject” is wider than the shipped 3 to 70.",
    ),
    ("bounds open", ("reject = [3, 70], confirm = [8, 30]", "confirm = [8, 30]"), "\nrr = {", "“reject” is wider than"),
    (
        "bounds lb wider",
        ("lb = { reject = [55, 770], confirm = [88, 440] }", "lb = { reject = [55, 770], confirm = [55, 440] }"),
        "\nweight = {",
        "bounds weight: lb “confirm” is wider than the shipped 88 to 440.",
    ),
    (
        "bounds list",
        ("also = { lb = { reject = [55, 770], confirm = [88, 440] } }", "also = [1]"),
        "\nweight = {",
        "“also” must be tables by name.",
    ),
    (
        "beyond the stop",
        (
            'sbp_hold = { value = 160, unit = "mmHg", source = "P"',
            'sbp_hold = { value = 185, unit = "mmHg", source = "P", accepted_by = "Dr. Lee"',
        ),
        "sbp_hold = {",
        "limit baseline.sbp_hold is 185 mmHg, above baseline.sbp_stop (180 mmHg, line",
    ),
    ("step missing", ('[[step]]\nid = "clearance"', '[[step]]\nid = "clear"'), "", "the step “clearance” is missing."),
    (
        "step screen",
        ('panel = "clearance"\n', 'panel = "vitals"\n'),
        '[[step]]\nid = "clearance"',
        'step “clearance” has its own screen. Write phase = "before" and panel = "clearance".',
    ),
    (
        "step phase",
        ('title = "Transport home"\nphase = "before"', 'title = "Transport home"\nphase = "after"'),
        '[[step]]\nid = "transport"',
        'Write phase = "before" and no panel.',
    ),
    ("label empty", ('label = "Porphyria"', 'label = "  "'), PORPHYRIA, "“label” must be text."),
    ("kind missing", (f'{PORPHYRIA}kind = "yes_no"\n', PORPHYRIA), PORPHYRIA, "“kind” is “None”. Use one of: yes_no"),
    (
        "option twice",
        ('{ id = "history", label = "In the past", key = "2" }', '{ id = "no", label = "In the past", key = "2" }'),
        "cond.psychosis",
        "the option “no” is there twice",
    ),
    (
        "option state",
        (
            '{ id = "history", label = "In the past", key = "2" }',
            '{ id = "unknown", label = "In the past", key = "2" }',
        ),
        "cond.psychosis",
        "the option “unknown” has the name of an answer that every item has.",
    ),
    *(
        (
            f"key {key}",
            ('label = "In the past", key = "2"', f'label = "In the past", key = "{key}"'),
            "cond.psychosis",
            f"key “{key}” cannot be used. Use one letter or digit, but not U, D or A.",
        )
        for key in ("U", "D", "A", "!", "É", "12")
    ),
    (
        "key twice",
        ('label = "In the past", key = "2"', 'label = "In the past", key = "n"'),
        "cond.psychosis",
        "the key “N” chooses two options. Give each option its own key.",
    ),
    (
        "gate twice",
        (POSITIVE, 'when = ["positive", "declined"], level = "stop"'),
        "screening.pregnancy",
        "has two gates, “Pregnant or test positive” and “Pregnancy test declined”; the first alone would count.",
    ),
    (
        "impossible answer",
        (POSITIVE, 'when = ["maybe"], level = "stop"'),
        "screening.pregnancy",
        "a gate waits for “maybe”, which no answer gives.",
    ),
    (
        "gate source",
        (
            'title = "Pregnant or test positive", action = "Not today. Tell the provider.", source = "S:SPR-2019"',
            'title = "Pregnant", action = "Not today.", source = "S:SPR-2018"',
        ),
        "screening.pregnancy",
        "source “S:SPR-2018” is not in [sources]. Add it there, or write P for clinic policy.",
    ),
    (
        "after the clearance",
        (
            'label = "Vial number of the clinic"\nneeded_for = "nothing"',
            'label = "Vial number of the clinic"\nneeded_for = "clearance"',
        ),
        "dose.vial",
        "is needed for the clearance and stands after it, where its gates would not count. Move it up.",
    ),
    (
        "fewer patients",
        (f"{PORPHYRIA}", f'{PORPHYRIA}show_when = [{{ item = "cond.lung", is = ["yes"] }}]\n'),
        "cond.porphyria",
        "is asked of fewer patients: it has conditions that the shipped one has not.",
    ),
    (
        "waits for a retired item",
        ('id = "cond.brain"\n', 'id = "cond.brain"\nretired = true\n'),
        "cond.brain_when",
        "waits for “cond.brain”, which is retired, so it can never be asked. Retire it too, or remove the condition.",
    ),
    (
        "effect twice",
        ('id = "vomiting"', 'id = "nausea"'),
        'id = "nausea"\nlabel = "Vom',
        "the side effect “nausea” is there twice.",
    ),
    (
        "decision reason twice",
        ('id = "settled"', 'id = "usual"'),
        'id = "usual"\nlabel = "Settled',
        "decision reason “usual” is there twice. Give one of them another id.",
    ),
    (
        "two decision reasons on one key",
        ('label = "Settled on re-check"\nkey = "2"', 'label = "Settled on re-check"\nkey = "1"'),
        'id = "settled"',
        "the key “1” already chooses “usual”. Give it its own key.",
    ),
    (
        "no other decision reason",
        ('id = "other"\nlabel = "Other"\nkey = "7"', 'id = "else"\nlabel = "Other"\nkey = "7"'),
        "",
        "the decision reason “other” is missing. Add a [[decision_reason]] with this id, for what no other one says",
    ),
    (
        "source of a decision reason",
        ('key = "2"\nsource = "P"', 'key = "2"\nsource = "S:NONE"'),
        'id = "settled"',
        "source “S:NONE” is not in [sources].",
    ),
    (
        "effect left out",
        ('[[effect]]\nid = "fall"\nlabel = "Fall or injury"\ngrades = ["no injury", "bruise", "injury care"]\n', ""),
        "",
        "the side effect “fall” was left out, so nobody can record it. Undo it, or write in [accepted]: "
        '"effect.fall" = "name, date" of the medical lead who accepts it.',
    ),
    (
        "effect without a provider",
        (f"{SUICIDAL}\nreview_from = 2", SUICIDAL),
        'id = "suicidal"',
        "side effect “suicidal”: a provider decided from grade 2 on before the patient leaves. Undo it, or write in",
    ),
    (
        "effect decided later",
        (f"{SUICIDAL}\nreview_from = 2", f"{SUICIDAL}\nreview_from = 3"),
        'id = "suicidal"',
        "side effect “suicidal”: a provider decided from grade 2 on before the patient leaves.",
    ),
    (
        "effect without a grade",
        ('"bruise", "injury care"', '"bruise", ""'),
        'id = "fall"',
        "side effect “fall” has no grade 3 any more, so nobody can record it.",
    ),
    *(
        (f"words of {item}", (old, new), item, "does not have the exact words of its questionnaire. Write the shipped")
        for item, old, new in (
            ("asq.4", "Have you ever tried to kill yourself?", "Have you ever tried to hurt yourself?"),
            ("asq.1", 'group = "Ask Suicide-Screening Questions (ASQ)"', 'group = "Safety questions"'),
            ("phq9.2", "Feeling down, depressed, or hopeless", "Feeling down"),
            ("gad7.7", "Feeling afraid as if something awful might happen", "Feeling afraid"),
            ("phq9.1", '{ id = "1", label = "Several days"', '{ id = "1", label = "Some days"'),
        )
    ),
    (
        "credit",
        ("Ask Suicide-Screening Questions (ASQ), National Institute of Mental Health.", "ASQ."),
        "",
        "text “asq_credit” is not the notice that its licence asks for. Write the shipped words, or write in "
        '[accepted]: "texts.asq_credit" = "name, date" of the medical lead who accepts it.',
    ),
    (
        "another unit",
        ("confirm = [0.1, 5], alone = true", "confirm = [0.1, 5]"),
        "\nbilirubin = {",
        "bounds bilirubin: another unit has a factor of its own here, which nothing knows. Write alone = true.",
    ),
    (
        "text placeholder",
        ('no_drive_24 = "Wait', 'no_drive_24 = "{escort} waits'),
        "",
        "text “no_drive_24” holds {escort}, and nothing is put in there.",
    ),
]
