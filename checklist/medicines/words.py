"""Words around a medicine's name that are neither a name nor unknown.

A word here is ignored next to a name. Words that change the meaning are left out on purpose (no, not, never, denies,
stopped, allergic, held, missed, except): they stay "not understood", so that a person looks.
"""

UNITS = frozenset(
    """mg mgs mcg mcgs ug g gm gms gr gram grams kg ng milligram milligrams microgram micrograms ml mls l liter liters
    litre litres cc unit units u iu meq mmol percent hr hrs h hour hours min mins minute minutes oz ounce ounces tsp
    tbsp teaspoon teaspoons tablespoon tablespoons puff puffs spray sprays drop drops gtt gtts glass glasses cup cups
    bottle bottles can cans pack packs pk ppd""".split()
)

NUMBER_WORDS = frozenset("half quarter one two three four five six seven eight nine ten".split())

ROUTES = frozenset(
    """po pr sl iv im sc sq subq subcut subcutaneous subcutaneously oral orally mouth by sublingual sublingually buccal
    nasal nasally intranasal intranasally inhaled inhale inhales topical topically transdermal rectal rectally vaginal
    vaginally ophthalmic otic eye eyes ear ears intramuscular intravenous intrathecal under tongue skin nose nostril
    smoke smokes smoked smoking snort snorts snorted inject injects injected""".split()
)

FREQUENCIES = frozenset(
    """q qd qid bid tid qod qhs hs qam qpm qday qweek qwk qmonth qn od ac pc prn stat daily nightly nitely weekly
    biweekly monthly yearly hourly every each per once twice thrice time times x d w wk wks mo am pm a m day days
    week weeks month months year years morning mornings noon afternoon afternoons evening evenings night nights nite
    bedtime bed weekend weekends weekday weekdays today tonight yesterday ago last other needed alternate
    sun mon tue tues wed thu thur thurs fri sat sunday sundays monday mondays tuesday tuesdays wednesday wednesdays
    thursday thursdays friday fridays saturday saturdays breakfast lunch dinner supper meal meals food water
    sometimes occasional occasionally rarely usually regularly currently still always since""".split()
)

FORMS = frozenset(
    """tab tabs tablet tablets cap caps capsule capsules caplet caplets pill pills softgel softgels gummy gummies
    lozenge lozenges troche troches film films strip strips patch patches gel gels cream creams ointment ointments
    lotion foam shampoo solution suspension syrup elixir liquid liq soln susp powder powders granules sachet packet
    packets drops inhaler inhalers hfa nebulizer nebuliser neb nebs nebulized diskus respimat ellipta handihaler
    injection injections injectable inj shot shots pen pens kwikpen flexpen solostar autoinjector syringe vial
    suppository suppositories supp implant implants pump pumps infusion ring odt chewable dissolve dissolving
    disintegrating effervescent tea extract root supplement supplements er xr xl sr cr la xt ir dr ec sa cd tts
    extended sustained controlled delayed immediate modified release slow fast long acting lai depot enteric
    coated ds hcl hydrochloride hbr hydrobromide sulfate sulphate succinate succ tartrate tart mesylate maleate
    besylate besilate sodium fumarate citrate acetate phosphate bitartrate monohydrate dihydrate hydrate anhydrous
    nitrate bromide chloride oxalate tosylate pamoate palmitate decanoate lactate gluconate xinafoate furoate
    propionate dipropionate disoproxil alafenamide strength extra maximum dose doses dosage generic brand
    prescription prescribed rx otc med meds medication medications medicine medicines""".split()
)

FILLERS = frozenset(
    """the an of for at in on to as is are i he she they his her their my pt patient patients takes taking take took
    taken uses using use used has have had been about approx approximately around up also with or into plus and
    only just little bit low high called named name""".split()
)

IGNORED = UNITS | NUMBER_WORDS | ROUTES | FREQUENCIES | FORMS | FILLERS

# Alone in a part without a number ("Lexapro, a shot") these speak of another medicine and are not ignored.
THINGS = frozenset(
    """pill pills tablet tablets capsule capsules gummy gummies lozenge lozenges patch patches gel cream ointment
    syrup powder powders inhaler inhalers injection injections shot shots suppository implant implants pump pumps
    infusion tea extract root supplement supplements liquid med meds medication medications medicine
    medicines""".split()
)

# Reasons for taking a medicine. "allergy" is left out: "penicillin allergy" must not read as taking penicillin.
REASONS = frozenset(
    """anxiety sleep insomnia pain nausea depression mood headache headaches migraine migraines panic reflux heartburn
    cough congestion cold asthma adhd ptsd nightmares seizures itching itch""".split()
)

# These are a reason only where something says so ("prn allergies", "for allergies").
REASONS_IF_SAID = frozenset({"allergy", "allergies"})
REASON_SIGNS = frozenset({"for", "prn", "needed"})

# Forms that go on acting: the medicine counts as taken now, whatever time is given.
CONTINUOUS = frozenset(
    """patch patches pump pumps implant implants depot lai er xr xl sr cr la xt sa cd tts extended sustained controlled
    modified slow decanoate palmitate pamoate transdermal monthly qmonth""".split()
)
INTERVALS = frozenset({"q", "every"})
LONG_INTERVALS = frozenset({"w", "wks", "weeks", "mo", "month", "months"})

# "Tylenol 3 times a day" is not Tylenol 3.
COUNTED = frozenset({"times", "time", "x", "h", "hr", "hrs", "hour", "hours", "day", "days", "week", "weeks"})

JOINERS = frozenset({"and", "plus"})

# Never ignored and never taken for a misspelt name ("denies" is close to "dexies").
MEANINGFUL = frozenset(
    """no not never none denies denied deny stopped stop stops stopping quit quits allergic allergy allergies held hold
    holding holds missed misses skipped except without refused refuses declined discontinued finished unless until
    before after maybe perhaps instead started starting changed increased decreased tapering tapered""".split()
)

# Mineral salts that follow a medicine's name and are no second medicine ("losartan pot 50").
SALTS: dict[str, frozenset[str]] = {
    "potassium": frozenset({"losartan", "penicillin", "clavulanate", "diclofenac", "amoxicillin", "raltegravir"}),
    "pot": frozenset({"losartan", "penicillin", "clavulanate", "diclofenac", "amoxicillin"}),
    "calcium": frozenset({"atorvastatin", "rosuvastatin", "acamprosate", "pitavastatin"}),
    "magnesium": frozenset({"esomeprazole", "omeprazole", "rabeprazole"}),
}

# Words that only describe a medicine named beside them ("Symbicort inhaler", "flu vaccine").
DESCRIPTIONS = frozenset({"inhaler", "supplement", "supplements", "vaccine", "antibiotic", "herbal supplement"})

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
