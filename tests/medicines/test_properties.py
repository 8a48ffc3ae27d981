"""What holds for every entry: nothing dropped, nothing clear that is not understood, order and dose change nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.medicines import MedicineTable, find, is_understood
from checklist.medicines import words as known
from checklist.medicines.values import Name, NameKind
from checklist.resources import read_text

TABLE = MedicineTable.load(read_text)
RIGHT = [one for one in TABLE.names if one.kind is not NameKind.MISSPELLING and not one.alone_only]
IGNORED = known.IGNORED | known.REASONS | known.JOINERS
NAMES = st.sampled_from(RIGHT)
DOSES = st.lists(
    st.sampled_from(
        """10 0.5 mg mcg µg g mL units IU % tabs tablet po sl im iv pr bid tid qid qhs prn q6h daily nightly weekly
        twice half XR ER SR CR LA XL ODT patch pump depot cream food morning 20/12.5 1,000 (10) x3 ½""".split()
    ),
    max_size=5,
).map(" ".join)
SEPARATORS = st.sampled_from([", ", "; ", "\n", " & ", " and ", " plus "])
JUNK = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9).filter(
    lambda word: word not in TABLE.known_words and word not in IGNORED and TABLE.lookup([word]) is None
)


def ingredients(text: str) -> frozenset[str]:
    return frozenset(one.name for match in find(TABLE, text) for one in match.ingredients)


def noticed(text: str) -> list[str]:
    """Every stretch that somebody is told was not understood, or is asked about."""
    matches = find(TABLE, text)
    asked = [question.heard for match in matches for question in match.questions]
    return [word for match in matches for word in match.not_understood] + asked


@given(NAMES, DOSES, DOSES)
@settings(max_examples=250, deadline=None)
def test_a_dose_before_or_after_never_changes_the_ingredients(name: Name, before: str, after: str) -> None:
    expected = frozenset(one.name for one in name.entry.ingredients)
    assert ingredients(f"{name.shown}, {after} {before}") == expected
    if not name.key[0].isdigit():
        assert expected <= ingredients(f"{before} {name.shown}")


@given(NAMES, JUNK, JUNK)
@settings(max_examples=250, deadline=None)
def test_a_word_nobody_knows_is_told_wherever_it_stands(name: Name, one: str, two: str) -> None:
    told = " ".join(noticed(f"{one} {name.shown} 10 mg {two}")).lower()
    assert one in told
    assert two in told
    assert not all(is_understood(match) for match in find(TABLE, f"{name.shown} {one}"))


@given(st.lists(st.tuples(NAMES, DOSES), min_size=2, max_size=5), SEPARATORS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_medicines_in_a_line_does_not_matter(
    parts: list[tuple[Name, str]], separator: str, shuffle: st.DataObject
) -> None:
    texts = [f"{name.shown} 10 mg" for name, _ in parts]
    found = ingredients(separator.join(texts))
    shuffle.shuffle(texts)  # type: ignore[attr-defined]
    assert ingredients(separator.join(texts)) == found
    assert found == {one.name for name, _ in parts for one in name.entry.ingredients}


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_the_same_twice_and_keeps_all_it_says(one: str, two: str) -> None:
    text = f"{one}{two}"
    matches = find(TABLE, text)
    assert matches == find(TABLE, text)
    assert all(match.text in text for match in matches)
    assert all(word in text for match in matches for word in match.not_understood)
