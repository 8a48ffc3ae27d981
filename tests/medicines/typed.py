"""Entries as nurses type them, a line each, by what is difficult about them. `⏎` stands for a line break."""

from tests.medicines.test_queries import ROWS

TYPED: dict[str, str] = {
    "dose, route and frequency": """
Xanax 0.5 mg po bid prn
take 1 tab of Lexapro 10 mg by mouth twice a day
Wellbutrin, 150 mg, one tablet daily, XL
Zoloft 1/2 tab qhs
Zoloft ½ tab daily.
Zoloft one and a half tablets, if needed
Zoloft 10 mg → 20 mg
Xanax 0.5 mg x 2.
.5 mg xanax 2
Zoloft 1 or 2 tabs
Zoloft 1 or 2
to sleep: Tylenol as used
Zoloft 20 mg/d
Zoloft 50 mg q d
Zoloft 50 mg each d
Zoloft q.h.s.
p.o. bid Zoloft
Zoloft po.q 8 h
Zoloft 50 p.qd x3
Zoloft p.o.bid
Zoloft 9p
Zoloft 8 a
Zoloft 8am and 8pm
Zoloft 10 u
Zoloft before bed
Zoloft before each meal
Zoloft after breakfast
Zoloft without food
Zoloft with or without food
Zoloft when anxious
Zoloft if required
Zoloft change every 3 days
Zoloft 2 days ago
Zoloft (last dose yesterday 8am)
Zoloft 17-Nov
heparin 10,000 units
Tylenol 500 mg prn for pain
benadryl prn allergies
zyrtec for allergies
lisinopril for blood pressure
Zoloft for anxiety, depression
10 mg daily Zoloft
take with food: 10 mg⏎lexapro
Zoloft,,;⏎ 50
Léxapro 5 µg
Ｌｅｘａｐｒｏ １０ mg
lex\u200bapro\u00ad 10
Lexapro® 10 mg, Xanax™
“Lexapro” 10mg p.o. b.i.d.
<b>Lexapro</b>
""",
    "doses without a space": """
xanax0.5mg
xanax.5mg tid
xanax1/2
Prozac20mg
lamictal200xr
lamictal200mgxr
percocet5/325mg
zoloft50klonopin1
Zoloft50mgXanax
20mgProzac
ambien10mgqhs
adderall xr20
adderallxr20mg
Tylenol3
Tylenol 31tab
tylenol #3500mg
Tylenol 3.5
Tylenol 3.25mg
Tylenol 32.5
Tylenol 325 mg
Tylenol 300mg
Tylenol 305
acetaminophen (Tylenol) 31tab
tylonol 3
tylonol 31 tab
tylonol 300
tylonoll 31 tab
tylonoll 4 tabs
Zantac 36010mg
Zantac 3600 mg
Zantac 360 10mg
zantac 36
zantacc 36010mg
insulin 70/3010 units
insulin 70/30 10 units
insulin 70 30 10 units
insulin 71/30
insulin 70
vitamin d 25 mcg
vitamin d32000iu
vitamin d 2000 iu
vitamin k2100mcg
vitamin b 6100mg
b121000mcg
omega31000mg
2cb10mg
5htp 100
1,4-butanediol2g
T31
Humulin 7030
Advair25050
aspirin 810 mg
""",
    "numbers that belong to a name": """
Tylenol 3
Tylenol #3 q4h
Tylenol No 3
Tylenol 3 tabs
Tylenol 3, 2 tabs
Tylenol 3 times a day
Tylenol 3 x2
Tylenol 3 x daily
Tylenol 3x
Tylenol 3 mg
Tylenol 4
vitamin D 2 puffs
vitamin D 2 tabs
vitamin D2 tabs
vitamin D 3 tabs
vitamin B 12 mcg
vit b 12 shot
Zantac 360 x2
Zantac 360 x daily
Zantac 360 tabs
Plan B 1/2 tab
Plan B 1 2
coq10 vit d3 omega3
co q 10
oxy30s
theo24
KSM 66
aspirin 81
aspirin 81 mg
PT-141
perc 10
DHE 45
T3
t-3 25 mcg
T3s?
T4
""",
    "several in a line": """
Lexapro 10, Wellbutrin 150 & weed
lexapro 10mg; xanax 1 mg⏎zofran
prozac and lithium plus melatonin
escitalopram/bupropion
sertraline + trazodone
lexapro xanax
lexapro tonic klonopinn 1mg
Advil Cold & Sinus, lexapro
advil cold and sinus and prozac
Lexapro.Xanax
a.Lexapro b.Xanax
1. Lexapro 10mg⏎2) Xanax⏎• Tylenol
lexapro/xanax|tylenol
xanax 1 mg fentanyl patch
fentanyl patch xanax 1 mg
Adderall XR 20 mg qam + Adderall 10 mg qpm
Lexapro and 10 mg
and Lexapro
Lexapro and
Lexapro, 10 mg, Xanax, 1 mg
10 mg, Lexapro
Lexapro and plus Xanax
10 mg, daily, Lexapro, Xanax
10 mg, lexipro xanax
10 mg, lexipro xanax tylenol
10 mg, Lexapro tonic
10 mg, Lexapro tonic 20 mg bid
Lexapro and Xanax tonic
  Lexapro 10MG,Xanax   0.5mg ; TONIC ;
""",
    "brand and generic, salts, products": """
Lexapro (escitalopram) 10 mg
escitalopram (Lexapro)
Lexapro Lexapro
Lexapro Cipralex
oxycodone (Percocet) 5/325
Percocet (oxycodone)
Percocet (oxycodone/acetaminophen)
acetaminophen oxycodone
oxycodone Lexapro Percocet
Contrave
naltrexone bupropion
naltrexone Contrave bupropion
losartan pot 50
losartan potassium
losartan potassium chloride
lisinopril potassium
lisinopril, potassium
losartan xanax potassium
penicillin V potassium 500
atorvastatin calcium 40
calcium + D
estradiol-norethindrone
buprenorphine (Sublocade)
N,N-DMT 20mg
smoked N,N-DMT
SAM-e 400 and prozac
sam e
ST. JOHN'S-WORT
St John’s wort
stjohnswort
Klor-Con
Z-Pak
zpak
zp ak
vitd 2000 iu
""",
    "close spellings": """
lexipro 20mg
sertralinne 50
clonidin
desowenn
zyrtex
hydralazin
pasion flwer
sertralinn prozacc
insulin glargien 20 units
glargien insulin
tylenol pmm
lexapro tonicc
xanaz
xanzz
xanx
zolpidmm
zolpmmem
zolpmmmm
busparone
wellbutrinxl
percosett
tizanadine
ylenol
denies
abilfy mantena
one two threee fourr
edibles
beers
hats
acidy
pasion flwer Lexapro zolpidemm
zol pi de mm
zo lp id e mm
insulin a glargien
""",
    "words of double meaning": """
pot
pot daily
pot 1 g daily
a glass of wine
the pill
the pill 10 mg
SAMe
SAMe 400 mg tabs
ice cream
ice pack
coke
coke can
diet coke
2 beers last night
joint pain
a joint
xanax pot
pot xanax
Lexapro, coke
Lexapro 10,pot
Lexapro,10 pot
a,b,pot
pot,a,b
pot, 1 g
weed pot
acid
acid reflux pill
speed 10 mg
""",
    "vague": """
blood pressure pill
blood pressure medication
heart drugs
sleeping pills
nerve pill
pain meds
benzo
benzos
antibiotic
inhaler
vitamins
none
No meds
Nothing
tylenol nothing
trazodone sleeping pill
lexapro benzos
lorazepam benzo
lisinopril blood pressure pill
Lexapro SSRI
Symbicort inhaler
Flovent inhaler
Tylenol inhaler
flu vaccine
Daxxify vaccine
zinc supplement
Tylenol + supplements
azithromycin antibiotic
Tylenol antibiotic
zinc herbal supplement
kava herbal supplement
mushroom supplement
uppers
street drugs
something for sleep
water pill Lasix
""",
    "acting on": """
fentanyl patch
Wellbutrin XL 300
tramadol extended release
Sublocade
Abilify Maintena
MS Contin
haloperidol injection q4weeks
haloperidol every 4 weeks
haloperidol q month
haloperidol every week
haloperidol 4 weeks
morphine pump
naltrexone monthly
testosterone pellets
Xanax 1 mg q8h
oxycodone IR 5
ozempic weekly
ibuprofen every day
lidocaine patch, tylenol
""",
    "past, doubt and denial": """
no xanax
not taking Zoloft
stopped Prozac 2 weeks ago
Prozac - stopped
off Prozac
d/c Prozac
d/c'd Prozac
used to take Tylenol
used daily Tylenol
use to take lithium
Prozac 2 years ago
Tylenol 3 months ago
held lisinopril today
Tylenol or Zoloft
Tylenol and/or Zoloft
Xanax before the infusion
Tylenol when angry
Tylenol change
Tylenol if
Tylenol or
penicillin allergy
penicillin for allergy
Denies Tylenol
""",
    "not understood": """
tonic
10 mg daily
12.5
---
.
x
patch
a shot
Lexapro, G
Lexapro and x
lexapro, a shot
lexapro; patch
lexapro; 2 patch
lexapro, two shots
Lexapro, a b
Tylenol G
D: Prozac 20
Tylenol 💊
💊
💊 Tylenol
Tylenol \ue000 10
Tylenol \u0378 10
Tylenol \ud800 10
tónic
to\u200bnic
Tylenol ยำ
漢字
Tylenol 阿普唑仑
кетамин
at ivan's
<b>"tylenol"</b>
tylenol <x9y>
tylenol nothin
tonic tonic
tonic lexapro ginseng tonic
Lexapro 10 mg\x00
""",
    "look-alikes": """
Zyrtec 10
Klonopin
clonidine
hydroxyzine
Celebrex
tramadol
Tylenol with codeine
Cytomel
""",
    "entries of the reference": "\n".join(row["query"] for row in ROWS),
}


def file_of(topic: str) -> str:
    """The name of its file in `tests/data/said`."""
    return f"medicines_{topic.replace(',', '').replace(' ', '_')}"


def entries(topic: str) -> list[str]:
    return [line.replace("⏎", "\n") for line in TYPED[topic].strip("\n").split("\n")]
