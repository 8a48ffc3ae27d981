"""A time that nobody knows exactly is read as the latest it can have been."""

import pytest

from checklist.errors import NotUnderstood
from checklist.parse import parse_estimate, parse_time
from checklist.times import Moment, written_clock

NOW = Moment.stored("2026-11-18T10:42:00.000000-05:00[America/New_York]")


def estimate(text: str) -> tuple[str, bool]:
    found = parse_estimate(text, lambda words: parse_time(words, NOW, confirmed=True))
    return written_clock(found.at, NOW.local.date()), found.estimated


def test_the_earlier_end_of_a_range_is_kept_too() -> None:
    found = parse_estimate("between yesterday 18:00 and yesterday 20:00", lambda words: parse_time(words, NOW))
    assert found.earliest is not None
    assert written_clock(found.earliest, NOW.local.date()) == "Yesterday 18:00"
    assert parse_estimate("about 0700", lambda words: parse_time(words, NOW)).earliest is None


@pytest.mark.parametrize(
    ("text", "latest", "estimated"),
    [
        ("2130", "Yesterday 21:30", False),
        ("approx 2130", "Yesterday 21:30", True),
        ("~2130", "Yesterday 21:30", True),
        ("About yesterday 21:30", "Yesterday 21:30", True),
        ("between 20:00 and 22:00", "Yesterday 22:00", True),
        ("Between yesterday 22:00 and 01:00", "01:00", True),
        ("from 0600 to 0720", "07:20", True),
        ("between 22:00 and 01:00", "01:00", True),
        ("between 0700 and 0700", "07:00", True),
    ],
)
def test_the_latest_possible_time_counts(text: str, latest: str, estimated: bool) -> None:
    assert estimate(text) == (latest, estimated)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("between 0900 and 0700", "ends at 07:00, before it begins"),
        ("between 0700 and later", "“later” is not a time"),
        ("between 0700", "is not a time"),
        ("about", "A time is needed here."),
    ],
)
def test_what_is_no_range_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        estimate(text)
