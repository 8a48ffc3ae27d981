"""The drug log over all visits, as a table for a spreadsheet."""

import csv
from io import StringIO

from checklist.desk.drug_log import COLUMNS
from tests.desk.visit import Visit


def test_a_visit_stands_in_the_log_with_its_vial(visit: Visit) -> None:
    before = len(visit.desk.drug_log())
    visit.clear()
    visit.order(dose__lot="KT-2207", dose__expiry="2027-03-31", dose__vial="V7", dose__vial_mg="500")
    visit.check_dose()
    visit.desk.start(visit.session)
    visit.clock.advance(minutes=40)
    visit.desk.stop(visit.session, "50")
    visit.answer(waste__drawn_mg="40", waste__wasted_mg="5")
    log = visit.desk.drug_log()
    assert len(log) == before + 1
    last = log[-1]
    assert (last.lot, last.vial, str(last.before), str(last.after)) == ("KT-2207", "V7", "500", "460")
    assert last.warnings == ("DISCREPANCY 0.8 mg missing", "waste without a witness")
    assert last.by == visit.desk.me.signed_name


def test_the_table_holds_the_same_and_no_cell_is_a_formula(cleared: Visit) -> None:
    cleared.order(dose__lot="=HYPERLINK(1)", dose__vial="+7")
    cleared.answer(waste__drawn_mg="40")
    rows = list(csv.DictReader(StringIO(cleared.desk.drug_log_csv())))
    assert tuple(rows[-1]) == COLUMNS
    assert (rows[-1]["lot"], rows[-1]["vial"]) == ("'=HYPERLINK(1)", "'+7")
    assert (rows[-1]["drawn_mg"], rows[-1]["drawn_ml"], rows[-1]["given_mg"]) == ("40", "0.8", "")


def test_the_vial_of_last_time_comes_back_with_one_key_and_its_number_does_not(cleared: Visit) -> None:
    snapshot = cleared.desk.same_as_last(cleared.session, "infusion")
    last = snapshot.past.last
    assert last is not None
    carried = {item for item in ("dose.lot", "dose.expiry", "dose.ndc") if item in last.answers}
    assert {item for item in carried if snapshot.answer(item) is not None} == carried
    assert snapshot.answer("dose.vial") is None
