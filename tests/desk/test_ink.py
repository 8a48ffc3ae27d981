"""Patient and escort sign on the screen: what is kept, what is refused, and what it is bound to."""

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.ink import INK_HEIGHT, INK_WIDTH, InkMeaning, Strokes
from checklist.model import EntryKind, Meaning
from checklist.paper import Document, PaperSize, render
from tests.desk.visit import Visit
from tests.paper.pdf import flat

NAME: Strokes = ((100, 200, 300, 80, 500, 220), (520, 100, 760, 180))
CROSS: Strokes = ((400, 50, 600, 250), (600, 50, 400, 250))
PATIENT, ESCORT = InkMeaning.PATIENT_ACKNOWLEDGED, InkMeaning.ESCORT_INSTRUCTED


def test_what_was_drawn_is_kept_with_name_statement_time_and_seal(visit: Visit) -> None:
    visit.identify()
    before = visit.desk.open(visit.session).record.seal
    record = visit.desk.sign_by_hand(visit.session, PATIENT, "Amara Okafor", NAME).record
    ink = record.ink(PATIENT)
    assert ink is not None
    assert (ink.name, ink.strokes, ink.at) == ("Amara Okafor", NAME, visit.desk.now())
    assert ink.statement == "I understand the instructions and will follow them."
    assert ink.seal == before != record.seal
    assert record.ink(ESCORT) is None


def test_who_signs_again_replaces_nothing(visit: Visit) -> None:
    visit.desk.sign_by_hand(visit.session, PATIENT, "Amara Okafor", CROSS)
    record = visit.desk.sign_by_hand(visit.session, PATIENT, "Amara Okafor", NAME).record
    assert [one.strokes for one in record.inks] == [CROSS, NAME]


@pytest.mark.parametrize(
    ("strokes", "sentence"),
    [
        ((), "Nothing was drawn yet"),
        (((500, 100),), "Nothing was drawn yet"),
        (((500, 0, 549, 299),), "Nothing was drawn yet"),
        (((0, 0, INK_WIDTH + 1, 5),), "outside of its field"),
        (((0, 0, 900, INK_HEIGHT + 1),), "outside of its field"),
        (((0, -1, 900, 5),), "outside of its field"),
        (((0, 0, 900),), "outside of its field"),
        (((0, 0, 900, 10) * 5001,), "too long to be kept"),
    ],
)
def test_what_is_no_signature_is_refused_and_nothing_is_kept(visit: Visit, strokes: Strokes, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        visit.desk.sign_by_hand(visit.session, PATIENT, "Amara Okafor", strokes)
    assert visit.desk.open(visit.session).record.inks == ()


def test_a_cross_of_a_twentieth_of_the_width_is_enough(visit: Visit) -> None:
    record = visit.desk.sign_by_hand(visit.session, PATIENT, "X", ((500, 0, 550, 299),)).record
    assert record.ink(PATIENT) is not None


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_signature_needs_a_printed_name(visit: Visit, name: str) -> None:
    with pytest.raises(NotUnderstood):
        visit.desk.sign_by_hand(visit.session, PATIENT, name, NAME)


def test_nobody_draws_on_a_record_that_was_closed_by_its_discharge(recovered: Visit) -> None:
    recovered.sign(Meaning.DISCHARGE)
    with pytest.raises(NotAllowed, match="closed"):
        recovered.desk.sign_by_hand(recovered.session, ESCORT, "Chidi Okafor", NAME)


def test_the_papers_show_who_drew_it_and_when(visit: Visit) -> None:
    visit.desk.sign_by_hand(visit.session, PATIENT, "محمد <b>&", NAME)
    snapshot = visit.desk.sign_by_hand(visit.session, ESCORT, "Chidi Okafor", CROSS)
    record = flat(render(Document.RECORD, snapshot, PaperSize.LETTER))
    assert "Signatures drawn on the screen" in record
    assert "Escort: Chidi Okafor I was given the instructions and take the patient home." in record
    assert "Drawn on the screen 10:42, asked by R. Ortiz" in record
    home = flat(render(Document.INSTRUCTIONS, snapshot, PaperSize.LETTER))
    assert "Escort: Chidi Okafor" in home
    assert "Ink signature" not in home


def test_the_journal_says_that_somebody_signed_and_not_the_points(visit: Visit) -> None:
    visit.desk.sign_by_hand(visit.session, PATIENT, "Amara Okafor", NAME)
    kept = visit.desk._file.journal.entries(session=visit.session, kinds=[EntryKind.INK])
    assert [one.item for one in kept] == ["patient_acknowledged"]
