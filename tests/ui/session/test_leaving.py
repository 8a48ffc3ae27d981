"""A patient who leaves against advice before being awake and lucid: the departure asks for a provider."""

from checklist.model import EventKind, Meaning, SessionState
from checklist.ui.session.parts.ask import AskDialog
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before
from tests.ui.session.test_signing_pages import order

CHECK = {
    "patient": "yes",
    "drug": "ketamine",
    "weight": "68.4 kg",
    "mg": "34.2",
    "concentration": "50",
    "total_ml": "50",
    "rate": "75",
}


def stopped_and_drowsy(visit: Visit) -> None:
    answer_all_before(visit)
    visit.desk.sign(visit.live.session_id, Meaning.CHECKED, user="ortiz", password=PASSWORD)
    visit.live.refresh()
    order(visit)
    visit.live.verify_dose(CHECK, "lee", PASSWORD)
    visit.live.start()
    visit.live.stop("12", "patient_request")
    visit.live.record_reading("130/82 74 98 14 s3", None)


def test_a_drowsy_patient_leaves_against_advice_only_with_a_provider_s_password(visit: Visit) -> None:
    stopped_and_drowsy(visit)
    visit.page._ask_end()
    dialog = visit.dialog()
    assert isinstance(dialog, AskDialog)
    dialog.form.show_values({"kind": "left_ama", "reason": "Walked out"})
    dialog.action.click()
    assert "A provider judges whether the patient can decide" in dialog.problem.text()
    assert visit.live.snapshot.record.event(EventKind.ENDED) is None
    dialog.form.show_values({"user": "menon", "password": PASSWORD})
    dialog.action.click()
    assert visit.live.snapshot.state is SessionState.ENDED
