"""What a medicine's name means is worked out once, not anew at each answer."""

from dataclasses import replace

from checklist.desk import Desk
from tests.desk.visit import Visit
from tests.rules.build import facts, medicine


def test_the_desk_remembers_what_an_entry_means(desk: Desk, visit: Visit) -> None:
    desk.add_medicine(visit.session, "zzyzx 5 mg")
    before = desk._facts(visit.session)
    row = before.record.current_medicines[0]
    meaning = before.matches(row)
    visit.answer(identity__name="yes")
    assert desk._facts(visit.session).matches(row) is meaning


def test_a_name_that_was_confirmed_is_read_anew() -> None:
    here = facts()
    asked = here.matches(medicine("lexipro 10"))
    told = replace(here).matches(medicine("lexipro 10", spelling="Lexapro"))
    assert (asked[0].certainty, told[0].certainty) == ("confirm", "exact")
