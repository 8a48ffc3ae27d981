"""Which way each limit is stricter, held against the range that a clinic may choose from."""

from decimal import Decimal

import pytest

from checklist.protocol import Limit, files
from checklist.protocol.stricter import _HIGHER, _NEITHER, Turn, turn

SHIPPED = files.shipped()
LIMITS = list(SHIPPED.limits.values())


def test_every_key_named_is_a_limit() -> None:
    assert set(SHIPPED.limits) >= _HIGHER | _NEITHER
    assert not _HIGHER & _NEITHER


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.key)
def test_a_limit_at_the_end_of_its_range_can_only_become_stricter(limit: Limit) -> None:
    """The shipped ranges let a clinic go the safe way: where the value stands at one end, the other end is stricter."""
    low, high = limit.allowed
    if low < high and limit.value in (low, high) and limit.key not in _NEITHER:
        other = high if limit.value == low else low
        assert turn(limit, other) is Turn.STRICTER


@pytest.mark.parametrize(
    ("key", "after", "way"),
    [
        ("baseline.sbp_hold", "150", Turn.STRICTER),
        ("baseline.sbp_hold", "170", Turn.LOOSER),
        ("baseline.sbp_hold", "160", Turn.NEITHER),
        ("baseline.spo2_hold", "93", Turn.STRICTER),
        ("schedule.recovery_every", "20", Turn.LOOSER),
        ("schedule.observe_after_end", "20", Turn.LOOSER),
        ("dose.minutes_review", "20", Turn.LOOSER),
        ("aldrete.spo2_air", "93", Turn.NEITHER),
        ("followup.due_until", "60", Turn.NEITHER),
    ],
)
def test_stricter_means_more_margin_for_the_patient(key: str, after: str, way: Turn) -> None:
    assert turn(SHIPPED.limits[key], Decimal(after)) is way
