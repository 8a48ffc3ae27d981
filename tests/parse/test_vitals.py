"""The vitals line: one line, at most 14 keys, nothing guessed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import VitalsDraft, parse_vitals, preview_vitals
from tests.parse.clinic import LIMITS, NOW, TODAY, at, reading, tried

FULL = "142/88 mmHg · HR 76 · SpO2 98 % · RR 14 · 36.7 °C"
DURING = ("bp", "hr", "spo2", "rr", "sedation")


@pytest.mark.parametrize(
    ("typed", "preview"),
    [
        ("142/88 76 98 14 36.7", FULL),
        ("14288769814367", FULL),
        ("142/88 769814 36.7", FULL),
        ("142 88 76 98 14 36,7", FULL),
        ("142/88, 76, 98, 14, 36.7", FULL),
        ("142/88 76 98 14 367", FULL),
        ("bp 142/88 hr 76 spo2 98 rr 14 t 36.7", FULL),
        ("BP:142/88 HR=76 sats 98% RR14 temp36.7", FULL),
        ("142/88 mmHg 76 bpm 98 % rr 14 /min 36.7 °C", FULL),
        ("142/88 76 98 14 98.1f", FULL),
        ("０９05 １４２/88 76 98 14 36.7", f"09:05 · {FULL}"),
        ("0905 14288769814367", f"09:05 · {FULL}"),
        ("@0905 14288769814367", f"09:05 · {FULL}"),
        ("9:05 142/88 76 98 14 36.7", f"09:05 · {FULL}"),
        ("bp 138/86", "138/86 mmHg"),
        ("138/86 72", "138/86 mmHg · HR 72"),
        ("138/86 7298", "138/86 mmHg · HR 72 · SpO2 98 %"),
        ("98%", "SpO2 98 %"),
        ("hr 72 2L", "HR 72 · O2 2 L/min"),
        ("o2:1.5 n1 p 3 d2", "O2 1.5 L/min · Dissociation 2 · Nausea 1 · Pain 3"),
        ("o2 2 spo2 97", "SpO2 97 % · O2 2 L/min"),
        ("142/88 76 98% 14 ra", "142/88 mmHg · HR 76 · SpO2 98 % · RR 14 · Room air"),
        ("14288769814 s4", "142/88 mmHg · HR 76 · SpO2 98 % · RR 14 · MOAA/S 4"),
    ],
)
def test_a_line_says_what_the_nurse_meant(typed: str, preview: str) -> None:
    draft = parse_vitals(typed, NOW, LIMITS)
    assert draft.preview(TODAY) == preview
    assert draft.typed == typed


def test_a_full_set_as_values() -> None:
    assert parse_vitals("14288769814367", NOW, LIMITS) == VitalsDraft(
        observed=at("2026-11-18 10:42"),
        timed=False,
        typed="14288769814367",
        sbp=142,
        dbp=88,
        hr=76,
        spo2=98,
        rr=14,
        temp_c=Decimal("36.7"),
    )


def test_a_last_single_digit_is_sedation_only_where_sedation_is_expected() -> None:
    assert parse_vitals("142/88 76 98 14 4", NOW, LIMITS, DURING).moaas == 4
    assert parse_vitals("142887698144", NOW, LIMITS, DURING).moaas == 4
    with pytest.raises(NotUnderstood):
        parse_vitals("142/88 76 98 14 4", NOW, LIMITS)
    with pytest.raises(NotUnderstood):
        parse_vitals("142/88 76 98 14 4", NOW, LIMITS, (*DURING, "temp"))
    assert parse_vitals("142/88 76 98 14 36 s4", NOW, LIMITS, DURING).temp_c == 36


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("14288769854", "could be read as “142/88 76 98 54” or “142/88 76 98 5 4”. Put spaces between the numbers."),
        ("142/88 769854", "could be read as “76 98 54” or “76 98 5 4”"),
        ("1428876", "has numbers without a name. Type the pressure like 142/88, others like hr 76."),
        ("98", "has numbers without a name"),
        ("142 88 76", "has numbers without a name"),
        ("9060505098", "does not part into vital signs in one way"),
        ("1428876981436", "does not part into vital signs in one way"),
        ("08804076981", "does not part"),
        ("142/88 76 98 14 36.7 99", "does not part"),
        ("76 142/88", "does not part"),
        ("2561 142/88 76", "does not part"),
        ("88/142", "DBP is not below SBP"),
        ("88/88", "DBP is not below SBP"),
        ("142/88 720", "cannot be right: HR 720 (20–250 /min is possible). Correct the line."),
        ("142/88 76 101", "cannot be right: SpO2 101 (50–100 % is possible)"),
        ("142/88 98 110 14", "HR 98 and SpO2 110 look swapped: is it HR 110, SpO2 98?"),
        ("hr 76.5", "HR 76.5 has too many decimals"),
        ("t 200", "cannot be right: Temp 200 (30–43 °C is possible)"),
        ("p11", "cannot be right: Pain 11 (0–10 is possible)"),
        ("hr 76 hr 77", "gives one sign twice"),
        ("@0905 9:05 142/88", "gives two times"),
        ("spo298", "is unclear at “spo298”. Put a space after spo2."),
        ("hr 76%", "has a unit that does not belong at “hr 76%”"),
        ("14 /min", "is unclear at “14 /min”. Type hr or rr before it."),
        ("142/88 abc", "is not understood at “abc”"),
        ("0905", "has numbers without a name"),
        ("@0905", "holds no vital signs"),
        ("", "holds no vital signs"),
        ("1043 142/88", "a few minutes from now"),
        ("@2561 142/88", "“2561” is not a time"),
        ("1" * 201, "is too long"),
    ],
)
def test_a_line_that_is_not_clear_is_refused(typed: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_vitals(typed, NOW, LIMITS, DURING, confirmed=True)
    assert why in refused.value.sentence


def test_all_that_is_unusual_stands_in_one_question() -> None:
    line = "238/84 155 87 33 s4 7L"
    with pytest.raises(NeedsConfirmation) as asked:
        parse_vitals(line, NOW, LIMITS)
    assert asked.value.sentence == (
        "SBP 238 is unusual (80–220 mmHg is usual); O2 7 is unusual (0–6 L/min is usual); HR 155 is unusual "
        "(40–150 /min is usual); SpO2 87 is unusual (88–100 % is usual); RR 33 is unusual (8–30 /min is usual); pulse "
        "pressure 154 is unusual (15–100 mmHg is usual). Confirm it, or type it again. Nothing was saved yet."
    )
    assert parse_vitals(line, NOW, LIMITS, confirmed=True).sbp == 238


def test_a_reading_of_another_day_asks() -> None:
    with pytest.raises(NeedsConfirmation, match=r"^the time is Yesterday 14:05\."):
        parse_vitals("1405 142/88", NOW, LIMITS)
    draft = parse_vitals("1405 142/88", NOW, LIMITS, confirmed=True)
    assert (draft.observed, draft.timed) == (at("2026-11-17 14:05"), True)


def test_fahrenheit_in_the_line_is_named_and_recorded_as_celsius_when_confirmed() -> None:
    with pytest.raises(NeedsConfirmation, match=r"^98\.6 looks like °F and would be recorded as 37 °C\."):
        parse_vitals("142/88 76 98 14 98.6", NOW, LIMITS)
    assert parse_vitals("142/88 76 98 14 98.6", NOW, LIMITS, confirmed=True).temp_c == 37
    assert parse_vitals("142/88 76 98 14 98.6 F", NOW, LIMITS).temp_c == 37


def test_heart_rate_and_saturation_swapped_are_named() -> None:
    with pytest.raises(NeedsConfirmation, match="HR 98 and SpO2 76 look swapped: is it HR 76, SpO2 98"):
        parse_vitals("142/88 98 76 14", NOW, LIMITS)
    with pytest.raises(NeedsConfirmation) as asked:
        parse_vitals("142/88 120 86 14", NOW, LIMITS)
    assert "swapped" not in asked.value.sentence


def test_183_after_138_may_be_two_digits_in_each_others_place() -> None:
    before = reading(sbp=138, dbp=82, hr=70)
    with pytest.raises(NeedsConfirmation, match=r"SBP 183 after 138: two digits may have changed places \(138\)"):
        parse_vitals("183/84 71", NOW, LIMITS, previous=before)
    assert parse_vitals("165/84 71", NOW, LIMITS, previous=before).sbp == 165
    assert parse_vitals("hr 90", NOW, LIMITS, previous=before).hr == 90
    assert parse_vitals("183/84", NOW, LIMITS, previous=reading(hr=70)).sbp == 183
    assert parse_vitals("140/84", NOW, LIMITS, previous=before).sbp == 140


def test_the_preview_grows_with_the_keys() -> None:
    grown = [preview_vitals("14288769814367"[:keys], NOW, LIMITS, ("bp", "hr", "temp")) for keys in range(15)]
    assert (grown[0].text, grown[0].problem, grown[0].missing) == ("", "", ("bp", "hr", "temp"))
    assert grown[5].text == "142/88 mmHg"
    assert grown[8].text == "142/88 mmHg · HR 76"
    assert grown[8].missing == ("temp",)
    assert "has numbers without a name" in grown[8].problem
    assert grown[8].draft is None
    assert grown[11].draft is not None
    assert grown[13].text == "142/88 mmHg · HR 76 · SpO2 98 % · RR 14"
    assert (grown[14].text, grown[14].problem, grown[14].missing) == (FULL, "", ())


def test_the_preview_says_what_will_be_asked() -> None:
    shown = preview_vitals("142/88 98 76 14", NOW, LIMITS)
    assert shown.question.startswith("SpO2 76 is unusual")
    assert shown.draft is not None
    assert preview_vitals("142/88 76 abc", NOW, LIMITS).text == "142/88 mmHg · HR 76"
    assert preview_vitals("abc", NOW, LIMITS).text == ""


SETS = st.tuples(
    st.integers(95, 300),
    st.integers(20, 94),
    st.integers(20, 250),
    st.integers(50, 100),
    st.integers(3, 70),
    st.one_of(st.none(), st.integers(300, 430).map(lambda tenths: Decimal(tenths) / 10)),
)


@given(SETS)
def test_digits_without_spaces_mean_the_same_as_with_spaces_or_are_refused(
    values: tuple[int, int, int, int, int, Decimal | None],
) -> None:
    sbp, dbp, hr, spo2, rr, temp = values
    spaced = f"{sbp}/{dbp} {hr} {spo2} {rr} {temp or ''}"
    compact = f"{sbp}{dbp}{hr}{spo2}{rr}{int(temp * 10) if temp else ''}"
    meant = parse_vitals(spaced, NOW, LIMITS, confirmed=True)
    understood, sentence = tried(lambda: parse_vitals(compact, NOW, LIMITS, confirmed=True))
    if understood is None:
        assert "could be read as" in sentence
        return
    assert replace(understood, typed=meant.typed) == meant


@given(SETS, st.integers(0, 5), st.integers(0, 3), st.integers(0, 10), st.one_of(st.none(), st.integers(0, 15)))
def test_a_preview_is_itself_a_line(
    values: tuple[int, int, int, int, int, Decimal | None], sedation: int, level: int, pain: int, oxygen: int | None
) -> None:
    sbp, dbp, hr, spo2, rr, temp = values
    flow = "" if oxygen is None else f"{oxygen}L"
    line = f"0905 {sbp}/{dbp} {hr} {spo2} {rr} {temp or ''} {flow} s{sedation} d{level} n{level} p{pain}"
    draft = parse_vitals(line, NOW, LIMITS, confirmed=True)
    again = parse_vitals(draft.preview(TODAY), NOW, LIMITS, confirmed=True)
    assert replace(again, typed=draft.typed) == draft


@given(
    st.one_of(
        st.text(),
        st.text("0123456789/. %@sdnpto2lbhr:,", max_size=30),
        st.lists(st.sampled_from("142/88 76 98 98% 14 36.7 98.6f s4 d1 2L ra @0905 0905 hr spo2 x".split())).map(
            " ".join
        ),
    ),
    st.sampled_from([(), DURING]),
)
def test_any_line_is_vital_signs_or_an_honest_refusal_and_previews(text: str, expects: tuple[str, ...]) -> None:
    shown = preview_vitals(text, NOW, LIMITS, expects)
    assert shown.problem.isprintable()
    draft, sentence = tried(lambda: parse_vitals(text, NOW, LIMITS, expects, confirmed=True))
    assert shown.draft == draft
    assert draft is None or draft.observed <= NOW
    assert shown.problem == (sentence if text.strip() else "")


@pytest.mark.parametrize(
    "typed", ["142/88 84 97 14 4 1", "142/88 84 97 1441", "1428884971441", "142/88 84 97 14 s4 d1"]
)
def test_sedation_and_dissociation_are_the_last_two_digits_of_a_set(typed: str) -> None:
    draft = parse_vitals(typed, NOW, LIMITS, DURING)
    assert (draft.rr, draft.moaas, draft.dissociation) == (14, 4, 1)


@pytest.mark.parametrize("typed", ["142/88 84 97 14 4 8", "142/88 84 97 520"])
def test_two_last_digits_that_are_not_both_scores_are_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        parse_vitals(typed, NOW, LIMITS, DURING)


def test_before_the_infusion_two_last_digits_are_no_scores() -> None:
    with pytest.raises(NotUnderstood):
        parse_vitals("142/88 84 97 14 4 1", NOW, LIMITS, ("bp", "hr", "spo2", "rr", "temp"))
