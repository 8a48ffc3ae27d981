"""Amended, moved and pending records on paper: what was signed stays readable, every page says its version."""

from dataclasses import replace

import pytest

from checklist.acts import Amendment, AmendmentKind, Handover, Target, VerbalOrder
from checklist.model import Effect, Meaning, Role, RowId, Signature
from checklist.paper import Document, PaperSize, render
from checklist.paper.call import situation
from checklist.snapshot import Record, Snapshot
from tests.paper import build
from tests.paper.build import at
from tests.paper.parts import NURSE, PROVIDER, SECOND
from tests.paper.pdf import flat, pages

CORRECTED = Amendment(
    AmendmentKind.CORRECTION,
    Target.ANSWER,
    "vitals.weight",
    "Weight",
    "86.4 kg",
    "68.4 kg",
    "Read from the wrong line",
    NURSE,
    at("09:12", 19),
    900,
    2,
)
STRUCK = replace(
    CORRECTED, kind=AmendmentKind.IN_ERROR, target=Target.EFFECT, ref="e9", label="Side effect", was="Vomiting", now=""
)
LATE = replace(
    CORRECTED,
    kind=AmendmentKind.LATE_ENTRY,
    target=Target.RECORD,
    ref="",
    was="",
    now="Sister called",
    happened=at("11:40"),
)
ORDER = VerbalOrder(
    700, "Ondansetron 4 mg IV now", PROVIDER, "Dr. A. Menon, MD", at("11:20"), True, "BP 148/90", NURSE, at("11:21")
)


def signature(meaning: Meaning, seq: int, version: int = 1, covers: tuple[int, ...] = ()) -> Signature:
    role, by = (Role.PROVIDER, PROVIDER) if meaning is Meaning.AUTHENTICATED else (Role.NURSE, NURSE)
    name = "Dr. A. Menon, MD" if by is PROVIDER else "R. Ortiz, RN"
    return Signature(
        meaning, by, name, role, at("12:30"), "I did.", "7F3A-91C2-D05E", seq, version=version, covers=covers
    )


def with_record(**changes: object) -> Snapshot:
    snapshot = build.routine()
    record: Record = replace(snapshot.record, **changes)  # type: ignore[arg-type]
    return replace(snapshot, record=record)


def amended(*amendments: Amendment, signed: bool = True) -> Snapshot:
    signatures = build.routine().record.signatures
    if signed:
        signatures = (*signatures, signature(Meaning.AMENDMENT, 901, 2))
    return with_record(amendments=amendments, version=2, signed_version=2 if signed else 1, signatures=signatures)


def printed(snapshot: Snapshot, kind: Document = Document.RECORD) -> str:
    return flat(render(kind, snapshot, PaperSize.LETTER))


@pytest.mark.parametrize("kind", [Document.CHECKLIST, Document.RECORD, Document.INSTRUCTIONS, Document.CALL])
def test_every_page_of_an_amended_record_says_its_version_and_what_it_supersedes(kind: Document) -> None:
    for page in pages(render(kind, amended(CORRECTED), PaperSize.A4)):
        assert "Record S-2026-0417 v2 · seal" in page.flat
        assert "Amended, version 2, supersedes v1" in page.flat


def test_the_original_stands_struck_beside_the_new_value_where_it_was_and_in_the_list() -> None:
    told = printed(amended(CORRECTED))
    assert "68.4 kg 86.4 kg corrected, v2" in told
    assert "v2 Corrected Weight 86.4 kg 68.4 kg Read from the wrong line. R. Ortiz, RN 19-Nov-2026 09:12" in told


def test_an_amended_answer_stands_alone_on_the_short_checklist() -> None:
    assert "68.4 kg 86.4 kg corrected, v2" in printed(amended(CORRECTED), Document.CHECKLIST)


def test_the_first_signature_stays_valid_for_its_version_and_the_amendment_has_its_own() -> None:
    told = printed(amended(CORRECTED))
    assert "Valid for version 1; this is version 2" in told
    assert (
        "Signed by: R. Ortiz, RN (user rortiz) | 18-Nov-2026 12:30:00 -05:00 (17:30:00Z) | Meaning: Amendment: I did. "
        "| Record S-2026-0417 v2 | Seal 7F3A-91C2-D05E"
    ) in told


def test_an_amendment_nobody_signed_is_said_on_every_page() -> None:
    for page in pages(render(Document.RECORD, amended(CORRECTED, signed=False), PaperSize.LETTER)):
        assert "CHANGED AFTER SIGNING, not signed anew" in page.flat


def test_a_late_entry_prints_when_it_happened_and_when_it_was_entered() -> None:
    told = printed(amended(LATE))
    assert "v2 Late entry Weight happened 11:40 - Sister called" in told
    assert "R. Ortiz, RN 19-Nov-2026 09:12" in told


def test_what_was_entered_in_error_is_struck_and_says_so() -> None:
    effect = Effect(RowId("e9"), "vomiting", 2, at("11:30"), "", None, True, NURSE, at("11:30"))
    effect = replace(effect, error="entered in error: other row")
    told = printed(replace(amended(STRUCK), record=replace(amended(STRUCK).record, effects=(effect,))))
    assert "entered in error: other row" in told
    assert "v2 Entered in error Side effect Vomiting Not counted any more" in told


def test_an_order_waits_as_pending_authentication_on_every_page_until_it_is_signed() -> None:
    waiting = with_record(orders=(ORDER,))
    for page in pages(render(Document.RECORD, waiting, PaperSize.LETTER)):
        assert "Pending authentication: 1 order of Dr. A. Menon, MD" in page.flat
    told = printed(waiting)
    assert "Ondansetron 4 mg IV now Dr. A. Menon, MD by telephone 11:20, read back, taken by R. Ortiz 11:21" in told
    signed = (*waiting.record.signatures, signature(Meaning.AUTHENTICATED, 950, covers=(700,)))
    told = printed(with_record(orders=(ORDER,), signatures=signed))
    assert "Pending authentication" not in told
    assert "Signed by the provider 12:30" in told


def test_an_order_not_read_back_says_so() -> None:
    assert "NOT read back" in printed(with_record(orders=(replace(ORDER, read_back=False),)))


def test_a_handover_names_both_and_who_is_responsible() -> None:
    handover = Handover(800, NURSE, SECOND, at("11:40"), "BP settled, <b>nausea</b> & husband waits")
    took = replace(signature(Meaning.TOOK_OVER, 802, covers=(800,)), by=SECOND)
    signatures = (*build.routine().record.signatures, took)
    snapshot = with_record(handovers=(handover,), signatures=signatures, first_nurse=NURSE)
    told = printed(snapshot)
    assert f"R. Ortiz, RN to {snapshot.name_of(SECOND)}, 11:40 BP settled, <b>nausea</b> & husband waits" in told
    assert f"Responsible nurse {snapshot.name_of(SECOND)}, since 11:40" in told
    assert "does not count" in printed(with_record(handovers=(handover,)))


def test_a_signature_that_the_file_contradicts_is_named_as_such_on_every_page() -> None:
    broken = tuple(replace(one, intact=False) for one in build.routine().record.signatures)
    snapshot = with_record(signatures=broken)
    for page in pages(render(Document.RECORD, snapshot, PaperSize.LETTER)):
        assert "CHANGED AFTER SIGNING: does not match its signatures" in page.flat
    assert "This record no longer matches this signature" in printed(snapshot)


def test_the_sheet_for_a_call_has_the_values_what_was_done_and_room_for_the_order() -> None:
    told = printed(with_record(orders=(ORDER,)), Document.CALL)
    for words in ("Values", "Thresholds crossed", "Done so far", "Order, as heard", "Read back, word for word"):
        assert words in told
    assert "Ordered ketamine 34.2 mg over 40 min, weight 68.4 kg" in told
    assert "11:20 Order by telephone: Ondansetron 4 mg IV now" in told


def test_what_was_told_is_one_text_with_the_latest_values() -> None:
    told = situation(build.routine())
    assert told.values[0].startswith("Infusion stopped")
    assert any(line.startswith("Now ") for line in told.values)
    assert any(line.startswith("Baseline ") for line in told.values)
    assert " · " in told.told
    assert situation(build.empty()).values == ("The infusion has not started",)


@pytest.mark.parametrize("words", ["x" * 3000, "محمد 王小明 🙂 <b>", "line\nline"])
def test_long_and_foreign_words_stay_within_the_margins(words: str) -> None:
    made = replace(CORRECTED, kind=AmendmentKind.ADDENDUM, target=Target.RECORD, ref="", was="", now=words)
    for page in pages(render(Document.RECORD, amended(made), PaperSize.LETTER)):
        for left, _, right, _ in page.boxes:
            assert left >= 38
            assert right <= page.width - 38
