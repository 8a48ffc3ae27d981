"""Words around a medicine's name that are neither a name nor unknown.

A word here is ignored next to a name. Words that change the meaning are left out on purpose (no, not, never, denies,
stopped, allergic, held, missed, except): they stay "not understood", so that a person looks. Some words are ignored in
one place and not in another; `around.py` decides that by the tables at the end of the first half.
"""

UNITS = frozenset(
    """mg mgs mcg mcgs ug g gm gms gr gram grams kg ng milligram milligrams microgram micrograms ml mls l liter liters
    litre litres cc unit units u iu meq mmol percent hr hrs h hour hours min mins minute minutes oz ounce ounces tsp
    tbsp teaspoon teaspoons tablespoon tablespoons puff puffs spray sprays drop drops gtt gtts glass glasses bottle
    bottles cup cups""".split()
)

# What something comes in, or is taken with. Ignored beside a name, but "coke can" and "ice pack" are no substances.
CONTAINERS = frozenset("can cans pack packs packet packets sachet pk ppd water".split())

NUMBER_WORDS = frozenset(
    """half quarter one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million couple few""".split()
)

ROUTES = frozenset(
    """po pr sl iv im sc sq subq subcut subcutaneous subcutaneously oral orally mouth by via sublingual sublingually
    buccal nasal nasally intranasal intranasally inhaled inhale inhales topical topically transdermal rectal
    rectally rectum vaginal vaginally ophthalmic ophth otic eye eyes ear ears os ou intramuscular intravenous
    intrathecal intrathecally under tongue skin nose nostril smoke smokes smoked smoking snort snorts snorted inject
    injects injected""".split()
)

FREQUENCIES = frozenset(
    """q qd qid bid tid bd tds qds qod eod qhs hs qam qpm qday qweek qwk qmonth qn od ac pc achs prn stat daily nightly
    nitely nocte noc weekly fortnightly biweekly monthly bimonthly quarterly yearly hourly every everyday everyother
    each per once twice thrice time times x d w wk wks mo am pm a m p day days week weeks month months year years yr
    yrs morning mornings noon midnight afternoon afternoons evening evenings night nights nite bedtime bed weekend
    weekends weekday weekdays today tonight yesterday ago last this earlier oclock other needed necessary alternate
    sun mon tue tues wed thu thur thurs fri sat sunday sundays monday mondays tuesday tuesdays wednesday wednesdays
    thursday thursdays friday fridays saturday saturdays jan feb mar apr may jun jul aug sep sept oct nov dec
    january february march april june july august september october november december sometimes occasional
    occasionally rarely usually regularly currently still always since""".split()
)

MEALS = frozenset("breakfast lunch dinner supper meal meals food eating".split())

FORMS = frozenset(
    """tab tabs tablet tablets cap caps capsule capsules caplet caplets pill pills softgel softgels gummy gummies
    lozenge lozenges troche troches film films strip strips patch patches gel gels cream creams ointment ointments
    lotion foam shampoo solution suspension syrup elixir liquid liq soln susp powder powders granules inhaler
    inhalers hfa nebulizer nebuliser neb nebs nebulized diskus respimat ellipta handihaler injection injections
    injectable inj shot shots pen pens kwikpen flexpen solostar autoinjector syringe syringes vial vials ampule
    ampules cartridge suppository suppositories supp enema swab implant implants pump pumps infusion ring odt
    chewable dissolve dissolving disintegrating effervescent tea extract root supplement supplements er xr xl sr cr
    la xt ir dr ec sa cd tts extended sustained controlled delayed immediate modified release slow fast long acting
    lai depot enteric coated ds hcl hydrochloride hbr hydrobromide sulfate sulphate sulf succinate succ tartrate
    tart mesylate maleate besylate besilate sodium fumarate citrate acetate phosphate bitartrate bitart carb
    monohydrate dihydrate hydrate anhydrous nitrate bromide chloride oxalate tosylate pamoate palmitate decanoate
    lactate gluconate xinafoate furoate propionate dipropionate disoproxil alafenamide strength extra maximum max
    dose doses dosage generic brand compounded prescription prescribed directed instructed rx otc med meds
    medication medications medicine medicines""".split()
)

FILLERS = frozenset(
    """the an of for at in on to as is are i he she they his her their my pt patient patients takes taking take took
    taken uses using use used has have had been about approx approximately around up also with or into plus and only
    just little bit low high called named name apply applies applied place placed chew chewed swallow swallowed give
    gives given""".split()
)

IGNORED = UNITS | CONTAINERS | NUMBER_WORDS | ROUTES | FREQUENCIES | MEALS | FORMS | FILLERS

# Beside dose, route, frequency and form alone a word of `whole_entry_only` is still the whole entry ("pot daily"). A
# container, a meal or a reason makes it a question: "ice pack", "joint pain", and so does "ice cream".
AMOUNTS = (UNITS | NUMBER_WORDS | ROUTES | FREQUENCIES | FORMS | FILLERS | {"if", "when"}) - {"cream", "creams"}

# Single letters are a unit or a frequency only after a number, a unit or a frequency: "mg/d", "q w", "10 u", "9 p". So
# the D of "calcium + D" is not taken for "day".
LETTERS = frozenset("d g h l m p u w".split())
BEFORE_LETTERS = UNITS | NUMBER_WORDS | frozenset("q x per every each once twice thrice a times time".split())

# Two words that together say that the medicine may not be taken now; each alone is ignored.
CHANGES_MEANING = frozenset(
    {("used", "to"), ("use", "to"), ("d", "c"), ("d", "cd"), ("d", "ced")}
    | {(time, "ago") for time in ("week", "weeks", "wk", "wks", "month", "months", "year", "years", "yr", "yrs", "mo")}
    | {("last", time) for time in ("week", "month", "year")}
)

# Words that are ignored only before certain others: "before meals", "if needed", "change every 72 hours".
_NEEDED = frozenset({"needed", "necessary", "required"})
ONLY_BEFORE: dict[str, frozenset[str]] = {
    "before": MEALS | {"bed", "bedtime", "each", "every", "noon"},
    "after": MEALS | {"each", "every", "noon"},
    "without": MEALS | {"water"},
    "if": _NEEDED,
    "when": _NEEDED | {"anxious", "nauseous", "dizzy", "restless"},
    "change": frozenset({"every", "q"}),
}

# Alone in a part without a number ("Lexapro, a shot") these speak of another medicine and are not ignored.
THINGS = frozenset(
    """pill pills tablet tablets capsule capsules gummy gummies lozenge lozenges patch patches gel cream ointment syrup
    powder powders inhaler inhalers injection injections shot shots suppository implant implants pump pumps infusion
    tea extract root supplement supplements liquid med meds medication medications medicine medicines""".split()
)

# Reasons for taking a medicine. "allergy" is left out: "penicillin allergy" must not read as taking penicillin.
REASONS = frozenset(
    """anxiety sleep insomnia pain nausea depression mood headache headaches migraine migraines panic reflux heartburn
    cough congestion cold asthma adhd ptsd nightmares seizures itching itch""".split()
)

# These are a reason only where something says so ("prn allergies", "for blood pressure").
REASONS_IF_SAID = frozenset(
    """allergy allergies blood pressure bp hypertension htn diabetes nerve nerves heart thyroid cholesterol stomach
    bladder prostate sinus sinuses back knee neck muscle spasm spasms cramps skin acne rash hives infection fever
    gout arthritis inflammation swelling epilepsy bipolar ocd mania stress appetite weight loss vertigo dizziness
    constipation diarrhea neuropathy fibromyalgia menopause tremor tremors restless legs performance chronic severe
    breakthrough anxious nauseous dizzy""".split()
)
REASON_SIGNS = frozenset({"for", "prn", "needed", "when"})

# Forms that go on acting: the medicine counts as taken now, whatever time is given.
CONTINUOUS = frozenset(
    """patch patches pump pumps implant implants depot lai er xr xl sr cr la xt sa cd tts extended sustained controlled
    modified slow decanoate dec palmitate pamoate transdermal monthly bimonthly quarterly qmonth""".split()
)
INTERVALS = frozenset({"q", "every"})
LONG_INTERVALS = frozenset({"w", "wk", "wks", "weeks", "mo", "month", "months"})

# "Tylenol 3 times a day" and "vitamin D 2 mg" are not Tylenol 3 and vitamin D2: the number counts.
COUNTED = UNITS | frozenset("times time x day days night nights week weeks month months year years yrs".split())
# "Tylenol 3 tabs" may be either; the reading with more interaction classes stands.
COUNTED_FORMS = frozenset(
    """tab tabs tablet tablets cap caps capsule capsules pill pills gummy gummies patch patches dose doses""".split()
)

JOINERS = frozenset({"and", "plus"})

# Never ignored and never taken for a misspelt name ("denies" is close to "dexies").
MEANINGFUL = frozenset(
    """no not never none denies denied deny stopped stop stops stopping quit quits allergic allergy allergies held hold
    holding holds missed misses skipped except without refused refuses declined discontinued finished unless until
    before after maybe perhaps instead started starting changed increased decreased tapering tapered former formerly
    previous previously either""".split()
)

# Mineral salts that follow a medicine's name and are no second medicine ("losartan pot 50").
SALTS: dict[str, frozenset[str]] = {
    "potassium": frozenset({"losartan", "penicillin", "clavulanate", "diclofenac", "amoxicillin", "raltegravir"}),
    "pot": frozenset({"losartan", "penicillin", "clavulanate", "diclofenac", "amoxicillin"}),
    "calcium": frozenset({"atorvastatin", "rosuvastatin", "acamprosate", "pitavastatin"}),
    "magnesium": frozenset({"esomeprazole", "omeprazole", "rabeprazole"}),
}

# Words that only say what the medicine beside them is ("zinc supplement", "flu vaccine"). Beside another one they speak
# of something else, which is asked about: "Tylenol antibiotic".
_HERBS = """ashwagandha; black cohosh; boswellia; chamomile; echinacea; elderberry; feverfew; garlic; ginger; ginkgo;
    ginseng; hops; kava; lemon balm; maca; milk thistle; passionflower; rhodiola; saffron extract; saw palmetto;
    skullcap; st john's wort; turmeric; valerian"""
_SUPPLEMENTS = """5-hydroxytryptophan; acetylcysteine; alpha lipoic acid; ascorbic acid; biotin; calcium carbonate;
    calcium citrate; cholecalciferol; chromium; coenzyme q10; collagen; cranberry; creatine; cyanocobalamin; d-mannose;
    electrolytes; ergocalciferol; evening primrose oil; ferrous sulfate; folic acid; glucosamine; inositol; iodine;
    l-lysine; l-methylfolate; l-theanine; l-tryptophan; magnesium; melatonin; multivitamin; niacin; niacinamide;
    omega-3 fatty acids; potassium chloride; probiotic; protein powder; psyllium; pyridoxine; quercetin; riboflavin;
    s-adenosylmethionine; selenium; thiamine; vitamin a; vitamin b complex; vitamin e; vitamin k; zinc"""


def _listed(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.split(";"))


DESCRIPTIONS: dict[str, frozenset[str]] = {
    "inhaler": _listed(
        """aclidinium; beclomethasone; budesonide; ciclesonide; cromolyn; fluticasone; glycopyrrolate; insulin inhaled;
        ipratropium; mometasone; nicotine; revefenacin; tiotropium; umeclidinium"""
    ),
    "supplement": _listed(f"{_HERBS}; {_SUPPLEMENTS}"),
    "supplements": _listed(f"{_HERBS}; {_SUPPLEMENTS}"),
    "herbal supplement": _listed(_HERBS),
    "vaccine": _listed(
        """covid-19 vaccine; human papillomavirus vaccine; influenza vaccine; pneumococcal vaccine; rabies vaccine;
        rsv vaccine; tetanus vaccine; zoster vaccine"""
    ),
    "antibiotic": _listed(
        """amoxicillin; ampicillin; azithromycin; bacitracin; cefadroxil; cefdinir; cefixime; cefpodoxime; ceftriaxone;
        cefuroxime; cephalexin; ciprofloxacin; clarithromycin; clavulanate; clindamycin; dalbavancin; dicloxacillin;
        doxycycline; fosfomycin; levofloxacin; linezolid; metronidazole; minocycline; moxifloxacin; mupirocin;
        neomycin; nitrofurantoin; penicillin; rifaximin; sulfamethoxazole; tetracycline; tinidazole; trimethoprim;
        vancomycin"""
    ),
}

# People say pill, meds, medicine for the same thing; vague terms are known with each.
PILL_WORDS = (
    "pill",
    "pills",
    "med",
    "meds",
    "medicine",
    "medicines",
    "medication",
    "medications",
    "drug",
    "drugs",
)
