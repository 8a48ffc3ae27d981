"""What stands on the printed documents of a routine, a held, an empty and an extreme visit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import AllergyState, EventKind, ItemId, Level, Meaning
from checklist.paper import Document, PaperSize, chart_svg, render, render_blank, suggested_name
from checklist.protocol import NeededFor
from checklist.snapshot import Given, Snapshot
from tests.paper import build
from tests.paper.pdf import flat, pages

MARGIN = 39.0
CASES = (build.routine, build.held, build.empty, build.extreme)
Case = Callable[[], Snapshot]


@pytest.fixture(params=CASES, ids=lambda case: case.__name__)
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    case: Case = request.param
    return case()


@pytest.mark.parametrize("kind", Document)
@pytest.mark.parametrize("size", PaperSize)
def test_nothing_stands_outside_the_margins(snapshot: Snapshot, kind: Document, size: PaperSize) -> None:
    for page in pages(render(kind, snapshot, size)):
        assert (page.width, page.height) == pytest.approx(size.points, abs=0.01)
        for left, bottom, right, top in page.boxes:
            assert left >= MARGIN - 1
            assert bottom >= MARGIN - 3
            assert right <= page.width - MARGIN + 1
            assert top <= page.height - MARGIN + 3


@pytest.mark.parametrize("kind", [Document.CHECKLIST, Document.RECORD, Document.INSTRUCTIONS])
def test_every_page_names_patient_record_seal_and_page(kind: Document) -> None:
    found = pages(render(kind, build.routine(), PaperSize.LETTER))
    for number, page in enumerate(found, 1):
        assert "OKAFOR, Amara (Ms)" in page.flat
        assert "Born 14-Mar-1986 (40y) Sex F MRN 004512 Weight 68.4 kg" in page.flat
        assert "ALLERGY Penicillin: rash" in page.flat
        assert "OKAFOR, Amara · born 14-Mar-1986 · MRN 004512" in page.flat
        assert "Record S-2026-0417 v1 · seal 7F3A-91C2-D05E · protocol 1" in page.flat
        assert f"Page {number} of {len(found)}" in page.flat
        assert "IV ketamine · session 4 of 6 · Wed 18-Nov-2026" in page.flat
        assert "Riverside Infusion Clinic" in page.flat
        assert "120 Harbor Road, Albany NY 12205 · 555 0100" in page.flat


def test_the_same_snapshot_gives_the_same_bytes(snapshot: Snapshot) -> None:
    for kind in Document:
        assert render(kind, snapshot, PaperSize.A4) == render(kind, snapshot, PaperSize.A4)


def test_pages_and_charts_drawn_at_once_stay_the_same() -> None:
    """The worker prints while the window draws its chart: ReportLab's fonts are shared by both."""
    whole = build.extreme()
    wanted, chart = render(Document.RECORD, whole, PaperSize.LETTER), chart_svg(whole)
    with ThreadPoolExecutor(3) as pool:
        printed = [pool.submit(render, Document.RECORD, whole, PaperSize.LETTER) for _ in range(4)]
        charts = [pool.submit(chart_svg, whole) for _ in range(4)]
    assert {one.result() for one in printed} == {wanted}
    assert {one.result() for one in charts} == {chart}


def test_a_markup_like_note_prints_letter_for_letter() -> None:
    printed = flat(render(Document.RECORD, build.extreme(), PaperSize.LETTER))
    assert 'Said <b>no</b> to <oral midazolam> & "later" next line <br/>' in printed
    assert "[U+202E]evil[U+202C][U+0007] end" in printed
    assert printed.count("xxxxxxxx") >= 100


def test_a_name_of_many_scripts_is_whole_on_every_page() -> None:
    for page in pages(render(Document.CHECKLIST, build.extreme(), PaperSize.LETTER)):
        assert "NGUYỄN-ŁUKASZ" in page.flat
        assert "王小明" in page.flat
        assert "Thị Ánh <Mary> & “Co” (Ms)" in page.flat


def test_a_long_allergy_list_stands_in_full_on_the_first_page() -> None:
    found = pages(render(Document.CHECKLIST, build.extreme(), PaperSize.LETTER))
    assert found[0].flat.count("Penicillin: rash & <hives>;") >= 30
    assert all("whole list on page 1" in page.flat for page in found)


@pytest.mark.parametrize(
    ("state", "printed"),
    [(AllergyState.NONE_KNOWN, "No known allergies"), (AllergyState.NOT_ASKED, "Allergies not asked")],
)
def test_no_allergies_and_not_asked_are_two_things(state: AllergyState, printed: str) -> None:
    whole = build.routine()
    other = replace(whole, patient=replace(whole.patient, allergy_state=state, allergies=""))
    assert all(printed in page.flat for page in pages(render(Document.CHECKLIST, other, PaperSize.LETTER)))


def test_practice_is_said_on_every_page() -> None:
    practice = replace(build.routine(), practice=True)
    for kind in (Document.CHECKLIST, Document.RECORD, Document.INSTRUCTIONS):
        for page in pages(render(kind, practice, PaperSize.LETTER)):
            assert page.flat.count("PRACTICE") == 2
    assert "PRACTICE" not in flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))


def test_a_checklist_nobody_signed_is_a_draft_on_every_page() -> None:
    for page in pages(render(Document.CHECKLIST, build.held(), PaperSize.LETTER)):
        assert "DRAFT, not signed" in page.flat
    assert "DRAFT" not in flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))


def test_a_record_without_the_discharge_signature_is_a_draft() -> None:
    whole = build.routine()
    before = tuple(one for one in whole.record.signatures if one.meaning is not Meaning.DISCHARGE)
    undone = replace(whole, record=replace(whole.record, signatures=before))
    assert "DRAFT, not signed" in flat(render(Document.RECORD, undone, PaperSize.LETTER))


def test_the_verdict_is_said_in_words_with_its_sum() -> None:
    cleared = flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))
    assert "CLEARED after provider review 17 items clear, 2 reviewed, 0 stopped or held" in cleared
    held = flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))
    assert "HELD until 13:20 40 items clear, 0 reviewed, 2 stopped or held, 1 not answered" in held
    assert "Cannot start before 13:20: last solid food 07:20 (4hr 20min)." in held


def test_refused_unknown_and_not_applicable_are_told_apart_from_not_answered() -> None:
    held = flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))
    assert "Weight today Declined: does not want to be weighed" in held
    assert "Pregnancy Does not apply: hysterectomy 2019" in held
    assert "Risks discussed, questions answered Not known" in held
    assert "Escort now Not answered" in held


def test_a_visit_nobody_began_shows_every_needed_item_as_not_answered() -> None:
    empty = build.empty()
    items = [view.item for step in empty.steps if step.step.phase == "before" for view in step.items]
    asked = sum(item.needed_for is not NeededFor.NOTHING for item in items)
    printed = flat(render(Document.CHECKLIST, empty, PaperSize.LETTER))
    assert printed.count("Not answered") == asked
    assert "MRN Not known Weight Not known" in printed


def test_times_of_another_day_carry_their_date_and_fasting_its_length() -> None:
    printed = flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))
    assert "Tue 17-Nov 21:30 (14hr 10min before)" in printed
    assert "Last clear fluid 09:40 (2hr before)" in printed
    assert "Approx 07:20" in flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))


def test_a_medicine_shows_tall_letters_finding_and_decision() -> None:
    printed = flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))
    assert "ALPRAZolam 0.5 mg 06:30 Review: Benzodiazepine within 12 h Proceed: Usual dose" in printed
    assert "Proceed: Usual dose, alert. (Dr. A. Menon 11:02)" in printed
    assert "lamoTRIgine 200 mg Tue 17-Nov 21:00 Note: May reduce the effect." in printed
    whole = flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
    assert "Benzodiazepine within 12 h. May weaken the effect and deepen sedation." in whole


def test_a_finding_that_is_still_open_is_never_cut_short() -> None:
    printed = flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))
    assert "Benzodiazepine within 12 h. May weaken the effect" in printed


def test_a_medicine_keeps_what_the_nurse_typed() -> None:
    whole = build.routine()
    row = replace(whole.record.medicines[0], typed="xanax 0.5 mg", dose="")
    gone = replace(whole.record.medicines[1], removed=True)
    record = replace(whole.record, medicines=(row, gone))
    levels = {**whole.medicine_levels, "m1": (Level.REVIEW, "ALPRAZolam (Xanax)", "Benzodiazepine", "")}
    printed = flat(render(Document.CHECKLIST, replace(whole, record=record, medicine_levels=levels), PaperSize.LETTER))
    assert "ALPRAZolam (Xanax) xanax 0.5 mg 06:30" in printed
    assert "Taken off the list" in printed


def test_a_medicine_says_what_changed_what_is_held_and_who_cleared_it_for_later_visits() -> None:
    whole = build.routine()
    notes = {"m1": ("by mouth", "held today, on the advice of Dr. A. Menon", "cleared by Dr. A. Menon 28-Oct-2026")}
    for document in (Document.CHECKLIST, Document.RECORD):
        printed = flat(render(document, replace(whole, medicine_notes=notes), PaperSize.LETTER))
        assert "by mouth · held today, on the advice of Dr. A. Menon · cleared by" in printed.replace("\n", " ")


def test_a_clearance_for_later_visits_and_its_end_stand_in_the_record() -> None:
    whole = build.routine()
    given = replace(whole.record.decisions[0], standing=True)
    ended = replace(given, finding="standing.m1", fingerprint="", reason="A fall", standing=False, ends_standing=True)
    changed = replace(whole, record=replace(whole.record, decisions=(given, ended)))
    printed = flat(render(Document.RECORD, changed, PaperSize.LETTER))
    assert "Proceed, also for later visits: Usual dose, alert." in printed
    assert "No longer cleared for later visits: A fall" in printed
    assert "standing.m1" not in printed


def test_a_long_note_flows_over_pages_and_a_short_row_stays_whole() -> None:
    found = pages(render(Document.RECORD, build.extreme(), PaperSize.LETTER))
    lettered = [page for page in found if "xxxxxxxx" in page.flat]
    assert len(lettered) == 2
    typed = " ".join(build.WEIRD.replace("😀", "[U+1F600]").split()[:4])
    assert sum(typed in page.flat for page in found) == 3  # the note, the escort's name, the escort at discharge


def test_no_page_ends_with_a_title_or_the_head_of_a_table() -> None:
    """Whatever the length of what stands before: the note above pushes the rest down line by line."""
    whole = build.routine()
    titles = [step.title for step in whole.protocol.steps] + ["Signatures", "Vital signs of the visit"]
    heads = ["Medicine Last taken Finding Provider", "Temp °C Taken by, remark"]
    for lines in range(0, 40, 3):
        note = replace(whole.patient, notes="line\n" * lines)
        for page in pages(render(Document.RECORD, replace(whole, patient=note), PaperSize.LETTER)):
            body = page.flat.split(" OKAFOR, Amara · born")[0]
            assert not body.endswith((*titles, *heads))


def test_a_finding_names_its_limit_source_and_decision() -> None:
    printed = flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))
    assert "Review: Systolic 142 mmHg is above 140" in printed
    assert "Spravato monograph Provider: Proceed: Settled on repeat. (Dr. A. Menon 11:02)" in printed
    assert "Not now: Last solid food 4hr 20min before the start 6 h are needed. · ASA fasting times 2017" in flat(
        render(Document.CHECKLIST, build.held(), PaperSize.LETTER)
    )


def test_signatures_print_name_role_time_zone_meaning_and_seal() -> None:
    printed = flat(render(Document.CHECKLIST, build.routine(), PaperSize.LETTER))
    assert "R. Ortiz, RN (user rortiz) · nurse" in printed
    assert "I reviewed the findings and clear this patient." in printed
    assert "Signed on this computer 18-Nov-2026 10:58:14 -05:00 (15:58:14Z)" in printed
    assert printed.count("Record S-2026-0417 v1 · Seal of what was signed 7F3A-91C2-D05E") == 2
    assert "Printed name" not in printed
    assert "Printed name" in flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))


def test_the_record_shows_order_arithmetic_check_and_amounts() -> None:
    printed = flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
    assert "ketamine DOSE 34.2 mg in 50 mL - over 40 minutes" in printed
    assert "34.2 mg ÷ 68.4 kg actual weight = 0.5 mg/kg · draw 0.68 mL of 50 mg/mL · pump 75 mL/h" in printed
    assert "Agrees 34.2 mg, 50 mg/mL, 75 mL/h L. Chen 11:30" in printed
    assert "Given 34.2 mg, not given 0 mg" in printed


def test_an_infusion_stopped_at_60_of_100_ml_gives_21_of_35_mg() -> None:
    """The worked example of reference 5.3."""
    whole = build.routine()
    answers = dict(whole.record.answers)
    for item, value in (("dose.mg", "35"), ("dose.total_ml", "100")):
        old = answers[ItemId(item)]
        answers[old.item] = build.quantity_of(old, value)
    early = tuple(
        replace(event, detail={"infused_ml": "60", "reason": "bp"}) if event.kind is EventKind.STOPPED else event
        for event in whole.record.events
    )
    record = replace(whole.record, answers=answers, events=early)
    given = Given(Decimal(60), Decimal(21), Decimal(14))
    printed = flat(render(Document.RECORD, replace(whole, record=record, given=given), PaperSize.LETTER))
    assert "blood pressure, 60 mL infused, 42min after the start" in printed
    assert "Given 21 mg, not given 14 mg" in printed


def test_late_excluded_and_missed_readings_are_named() -> None:
    printed = flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
    assert "late entry, entered 12:41" in printed
    assert "232/140 85 72 14" in printed
    assert "Excluded: cuff slipped, arm moved" in printed
    assert "12:10 Missed (infusion)" in printed


def test_a_changed_answer_keeps_the_old_value_beside_the_new() -> None:
    printed = flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
    assert "Escort's phone 555 0124 R. Ortiz 10:39 555 0142 R. Ortiz 10:39" in printed


def test_scores_and_criteria_name_what_is_missing() -> None:
    printed = flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
    assert "Modified Aldrete (1995), % of baseline 10 9 or more to leave Activity 2" in printed
    assert "MPADSS not complete" in printed
    assert "SpO2 above 92 % Not met 98 %" in printed


def test_the_instructions_give_phone_date_and_escort_in_large_letters() -> None:
    pdf = render(Document.INSTRUCTIONS, build.routine(), PaperSize.LETTER)
    printed = flat(pdf)
    assert len(pages(pdf)) == 1
    assert "Call us 555 0100" in printed
    assert "12. If you think of ending your life: call or text 988" in printed
    assert "No driving before Thu 19-Nov-2026 12:22, and a full night's sleep" in printed
    assert "Going home with Chidi Okafor" in printed


def test_a_blank_form_asks_every_item_of_the_protocol_but_what_only_the_program_knows_to_ask() -> None:
    printed = flat(render_blank(build.protocol(), build.CLINIC, PaperSize.LETTER))
    for item in build.protocol().items():
        if any(one.fact == "similar_today" for one in item.show_when):
            assert item.label not in printed
            continue
        label = item.label.replace("{last_visit}", "the last visit").replace("{escort}", "The escort")
        assert " ".join(label.split()) in printed
    assert "{" not in printed
    assert "OKAFOR" not in printed


def test_file_names_carry_the_record_and_no_patient() -> None:
    whole = build.routine()
    assert suggested_name(Document.RECORD, whole) == "S-2026-0417-record.pdf"
    assert suggested_name(Document.BLANK, whole) == "blank-checklist.pdf"
    odd = replace(whole, record=replace(whole.record, session=replace(whole.record.session, record_id="../S 1:Ö")))
    assert suggested_name(Document.CHECKLIST, odd) == "S-1-checklist.pdf"


def test_23_what_a_provider_decided_stands_on_the_first_page_of_the_record() -> None:
    first = pages(render(Document.RECORD, build.routine(), PaperSize.LETTER))[0]
    assert "Decisions of providers" in first.flat
    for reason in ("Usual dose, alert.", "Settled on repeat."):
        assert f"Proceed: {reason} (Dr. A. Menon" in first.flat
