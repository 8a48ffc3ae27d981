"""The limits that only the desk reads, one step below, at and above."""

import pytest

from checklist.errors import NeedsConfirmation
from tests.desk.visit import Visit


@pytest.mark.parametrize("typed", ["15-Nov 10:43", "15-Nov 10:42"])
def test_a_meal_up_to_72_hours_ago_is_taken_as_said(visit: Visit, typed: str) -> None:
    assert visit.answer(fasting__solids=typed).answer("fasting.solids") is not None


def test_a_meal_more_than_72_hours_ago_is_asked_once_more(visit: Visit) -> None:
    with pytest.raises(NeedsConfirmation, match="Sun 15-Nov 10:41 is 72hr 1min ago"):
        visit.answer(fasting__solids="15-Nov 10:41")
    assert visit.now.answer("fasting.solids") is None
