"""Of whom pregnancy is asked: by age and sex, within limits of the protocol."""

from dataclasses import replace
from datetime import date

import pytest

from checklist.model import Sex
from tests.rules.build import PATIENT, PROTOCOL, facts, with_limit

ITEM = PROTOCOL.item("screening.pregnancy")


@pytest.mark.parametrize(("age", "asked"), [(9, False), (10, True), (55, True), (56, False)])
def test_pregnancy_is_asked_from_10_to_55_years_both_included(age: int, asked: bool) -> None:
    patient = replace(PATIENT, born=date(2026 - age, 11, 18))
    assert facts(patient=patient).is_visible(ITEM) is asked
    assert facts(patient=replace(patient, sex=Sex.NOT_KNOWN)).is_visible(ITEM) is asked
    assert not facts(patient=replace(patient, sex=Sex.MALE)).is_visible(ITEM)


def test_the_ages_are_the_clinic_s() -> None:
    older, younger = (replace(PATIENT, born=date(year, 11, 18)) for year in (1968, 2017))
    assert facts(patient=older, protocol=with_limit("age.pregnancy_to", 58)).is_visible(ITEM)
    assert facts(patient=younger, protocol=with_limit("age.pregnancy_from", 9)).is_visible(ITEM)
