"""The short checklist: how many pages it takes, what stands together, and that nothing unusual hides in it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from checklist.model import Answer, AnswerState, ItemId
from checklist.paper import Document, PaperSize, render, render_blank
from checklist.snapshot import Snapshot
from tests.paper import build
from tests.paper.conftest import FIRST_VISITS
from tests.paper.parts import SECOND, answered, steps_of
from tests.paper.pdf import Page, flat, pages

ASQ = (
    "In the past few weeks, have you wished you were dead? No",
    "In the past few weeks, have you felt that you or your family would be better off if you were dead? No",
    "In the past week, have you been having thoughts about killing yourself? No",
    "Have you ever tried to kill yourself? No",
)


def checklist_of(snapshot: Snapshot, size: PaperSize = PaperSize.LETTER) -> list[Page]:
    return pages(render(Document.CHECKLIST, snapshot, size))


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("name", ["Okafor", *FIRST_VISITS])
def test_a_routine_checklist_is_one_page(visits: Mapping[str, Snapshot], name: str, size: PaperSize) -> None:
    assert len(checklist_of(visits[name], size)) == 1


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("name", ["Okafor", *FIRST_VISITS])
def test_a_whole_record_is_six_pages_at_most(visits: Mapping[str, Snapshot], name: str, size: PaperSize) -> None:
    assert len(pages(render(Document.RECORD, visits[name], size))) <= 6


@pytest.mark.parametrize("size", PaperSize)
def test_a_held_checklist_with_its_findings_is_two_pages_at_most(size: PaperSize) -> None:
    assert len(checklist_of(build.held(), size)) <= 2


@pytest.mark.parametrize(("size", "most"), [(PaperSize.A4, 6), (PaperSize.LETTER, 7)])
def test_a_blank_form_is_signed_on_its_sixth_page_at_most_and_what_goes_wrong_stands_after_it(
    size: PaperSize, most: int
) -> None:
    found = pages(render_blank(build.protocol(), build.CLINIC, size))
    assert len(found) <= most
    signed = next(place for place, page in enumerate(found, 1) if "Signatures" in page.flat)
    assert signed <= most - 1
    assert found[signed - 1].flat.count("Ink signature Printed name, role Date and time") == 4
    rest = " ".join(page.flat for page in found[signed - 1 :])
    assert rest.index("Signatures") < rest.index("When something goes wrong") < rest.index("Life-threatening")


@pytest.mark.parametrize("kind", [Document.CHECKLIST, Document.RECORD])
def test_signatures_never_stand_alone_on_a_page(kind: Document) -> None:
    """Whatever the length of what stands before: each further allergy or note pushes the rest down."""
    for lines in range(0, 60, 4):
        whole = build.routine()
        patient = replace(
            whole.patient, notes="line\n" * lines, allergies="long name of an allergy, " * (7 + lines * 3)
        )
        signed = next(
            page
            for page in pages(render(kind, replace(whole, patient=patient), PaperSize.LETTER))
            if "Signatures" in page.flat
        )
        before = signed.flat.split("Signatures")[0].split("whole list on page 1")[-1]
        assert len(before.split()) > 8


def test_the_safety_questions_keep_their_words_and_rows(visits: Mapping[str, Snapshot]) -> None:
    for name in FIRST_VISITS:
        printed = checklist_of(visits[name])[0].flat
        assert all(question in printed for question in ASQ)
        assert "Ask Suicide-Screening Questions (ASQ), National Institute of Mental Health." in printed


def test_conditions_that_are_not_there_are_one_sentence_with_their_count(visits: Mapping[str, Snapshot]) -> None:
    snapshot = visits["Delacruz"]
    asked = [one.item.label for one in snapshot.step("screening").items if one.item.group == "Conditions"][:-2]
    printed = checklist_of(snapshot)[0].flat
    assert f"{len(asked)} conditions asked, all No: {' · '.join(asked)}" in printed
    assert "19 conditions as on 11-Nov-2026, all No: Chest infection" in checklist_of(visits["Okafor"])[0].flat


@pytest.mark.parametrize(
    ("state", "value", "told"),
    [
        (AnswerState.ANSWERED, True, "Porphyria Yes"),
        (AnswerState.UNKNOWN, None, "Porphyria Not known"),
        (AnswerState.UNANSWERED, None, "Porphyria Not answered"),
    ],
)
def test_a_condition_that_is_there_or_not_known_has_its_own_row(
    state: AnswerState, value: bool | None, told: str
) -> None:
    printed = flat(render(Document.CHECKLIST, with_answer("cond.porphyria", state, value), PaperSize.LETTER))
    assert told in printed
    assert "· Porphyria ·" not in printed


def with_answer(item: str, state: AnswerState, value: bool | None, **rest: object) -> Snapshot:
    """The routine visit with one answer changed; nothing is taken over from the last one."""
    whole = build.routine()
    old: Answer = answered(item, False)
    answers = {**whole.record.answers, ItemId(item): replace(old, state=state, value=value, **rest)}  # type: ignore[arg-type]
    return replace(whole, record=replace(whole.record, answers=answers), steps=steps_of(answers, frozenset()))


def test_the_escort_is_one_line_while_nothing_about_it_is_open(visits: Mapping[str, Snapshot]) -> None:
    printed = checklist_of(visits["Okafor"])[0].flat
    assert "Escort Chidi Okafor, husband, 518-555-0142 · named adult · 18 or older · in the clinic" in printed
    assert "Escort now Not answered" in flat(render(Document.CHECKLIST, build.held(), PaperSize.LETTER))


def test_an_answer_of_somebody_else_names_who_gave_it() -> None:
    other = with_answer("consent.discussed", AnswerState.ANSWERED, True, by=SECOND)
    printed = flat(render(Document.CHECKLIST, other, PaperSize.LETTER))
    assert "Risks discussed, questions answered Yes L. Chen 10:36" in printed


def test_the_title_of_a_step_says_who_asked_and_when(visits: Mapping[str, Snapshot]) -> None:
    assert "Identity and consent R. Ortiz 10:42" in checklist_of(visits["Okafor"])[0].flat
    assert "Identity and consent R. Ortiz 10:36 to 10:37" in flat(
        render(Document.CHECKLIST, build.routine(), PaperSize.LETTER)
    )


def test_what_is_optional_and_not_answered_is_left_out_of_the_checklist(visits: Mapping[str, Snapshot]) -> None:
    assert "Chewing gum" not in checklist_of(visits["Okafor"])[0].flat
    record = flat(render(Document.RECORD, visits["Okafor"], PaperSize.LETTER))
    assert "Optional, not answered: Chewing gum or sweet · Medicines taken this morning with a sip of water" in record


def test_a_value_taken_over_says_from_which_day(visits: Mapping[str, Snapshot]) -> None:
    printed = checklist_of(visits["Okafor"])[0].flat
    assert "Date of the consent 12-Oct-2026 from 11-Nov-2026" in printed
    assert "Height 165 cm from 11-Nov-2026" in printed
