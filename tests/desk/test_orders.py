"""Orders by telephone: as heard, read back, outstanding until their provider signs (reference 12.22, 12.24)."""

from dataclasses import replace

import pytest

from checklist.acts import Outstanding
from checklist.desk import Desk, NewStaff
from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood, SignInFailed
from checklist.model import Choice, Meaning, Role, SessionState
from checklist.snapshot import Snapshot
from checklist.times import ManualClock, written_time
from tests.desk.closed import Closed, signed
from tests.desk.visit import PASSWORD, Visit

HEARD = "Ondansetron 4 mg IV now"


def take(
    visit: Visit, text: str = HEARD, *, read_back: bool | None = True, given: str = "", by: str = "menon"
) -> Snapshot:
    return visit.desk.take_order(
        visit.session, text, provider=by, given=given, read_back=read_back, told="BP 142/88, nausea 3"
    )


def countersign(visit: Visit, *seqs: int, user: str = "menon", remark: str = "") -> Snapshot:
    chosen = seqs or tuple(one.seq for one in visit.now.record.outstanding)
    return visit.desk.authenticate(visit.session, chosen, user=user, password=PASSWORD, remark=remark)


def only(snapshot: Snapshot) -> Outstanding:
    (waiting,) = snapshot.record.outstanding
    return waiting


def test_22_an_order_is_kept_as_heard_with_orderer_time_read_back_and_receiver(visit: Visit) -> None:
    visit.clock.advance(minutes=12)
    (order,) = take(visit, given="10:50").record.orders
    assert (order.text, order.provider_name, order.read_back) == (HEARD, "Dr. A. Menon, MD", True)
    assert (written_time(order.given), written_time(order.entered)) == ("10:50", "10:54")
    assert visit.now.name_of(order.by) == "R. Ortiz, RN"
    assert order.told == "BP 142/88, nausea 3"


def test_22_it_is_outstanding_until_the_provider_signs_with_the_own_password(visit: Visit) -> None:
    take(visit)
    waiting = only(visit.now)
    assert (waiting.words, waiting.provider_name) == (HEARD, "Dr. A. Menon, MD")
    with pytest.raises(SignInFailed):
        visit.desk.authenticate(visit.session, [waiting.seq], user="menon", password="guess")
    visit.clock.advance(hours=26)
    snapshot = countersign(visit)
    assert not snapshot.record.outstanding
    (signature,) = signed(snapshot.record, Meaning.AUTHENTICATED)
    assert (signature.name, signature.covers, signature.intact) == ("Dr. A. Menon, MD", (waiting.seq,), True)
    with pytest.raises(NotAllowed, match="any more"):
        countersign(visit, waiting.seq)


def test_22_a_nurse_cannot_sign_for_the_provider_nor_a_provider_for_another(visit: Visit) -> None:
    take(visit)
    with pytest.raises(NotAllowed, match="has no provider role and may not sign an order"):
        countersign(visit, user="lee")
    visit.desk.me = replace(visit.desk.me, roles=frozenset({Role.ADMINISTRATOR, Role.NURSE}))
    visit.desk.add_staff(NewStaff("holm", "B. Holm", "NP", frozenset({Role.PROVIDER})), PASSWORD)
    with pytest.raises(NotAllowed, match=r"Dr\. A\. Menon, MD gave the order"):
        countersign(visit, user="holm")
    assert only(visit.now).provider_name == "Dr. A. Menon, MD"


def test_22_the_provider_says_where_the_order_was_written_otherwise(visit: Visit) -> None:
    take(visit, "Ondansetron 8 mg IV")
    (signature,) = signed(countersign(visit, remark="I said 4 mg").record, Meaning.AUTHENTICATED)
    assert signature.remark == "I said 4 mg"


def test_22_an_order_that_was_not_read_back_is_kept_as_such_and_silence_is_refused(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="read back"):
        take(visit, read_back=None)
    with pytest.raises(NotUnderstood, match="as you heard it"):
        take(visit, "  ")
    with pytest.raises(NotAllowed, match="is not a provider"):
        take(visit, by="lee")
    assert not visit.now.record.orders
    assert take(visit, read_back=False).record.orders[0].read_back is False


def test_22_the_time_of_an_order_is_never_to_come(visit: Visit) -> None:
    with pytest.raises((NotUnderstood, NeedsConfirmation)):
        take(visit, given="tomorrow 08:00")


def test_24_a_decision_by_telephone_waits_for_its_provider_like_any_order(visit: Visit) -> None:
    visit.prepare("146/92 72 98 14 36.6")
    finding = visit.now.clearance.open_findings[0]
    visit.desk.decide(
        visit.session,
        finding.key,
        Choice.PROCEED,
        "Usual dose",
        user="ortiz",
        password=PASSWORD,
        verbal_from="menon",
        read_back=True,
    )
    assert only(visit.now).words == "Proceed: Usual dose"
    assert not countersign(visit).record.outstanding


def test_a_decision_signed_in_the_clinic_waits_for_nobody(visit: Visit) -> None:
    visit.prepare("146/92 72 98 14 36.6")
    assert visit.decide_all().record.decisions
    assert not visit.now.record.outstanding


def test_22_the_session_closes_as_pending_authentication_and_is_signed_afterwards(given: Visit) -> None:
    take(given)
    given.recover()
    snapshot = given.sign(Meaning.DISCHARGE)
    assert snapshot.state is SessionState.DISCHARGED
    (row,) = (one for one in given.desk.board().rows if one.session.id == given.session)
    assert row.now_text.endswith("pending authentication")
    assert [one.title for one in given.desk.board().notices] == ["1 order waits for Dr. A. Menon, MD"]
    (record_row,) = (one for one in given.desk.records().rows if one.session.id == given.session)
    assert record_row.status == "Pending authentication"
    snapshot = countersign(given)
    assert (snapshot.record.version, snapshot.record.outstanding) == (1, ())
    assert [one.intact for one in snapshot.record.signatures] == [True] * len(snapshot.record.signatures)
    assert not given.desk.board().notices


def test_22_the_queue_names_every_order_however_old(visit: Visit, desk: Desk, clock: ManualClock) -> None:
    take(visit)
    take(visit, "Labetalol 10 mg IV")
    clock.advance(days=60)
    queue = desk.records().orders
    assert [one.order.words for one in queue] == [HEARD, "Labetalol 10 mg IV"]
    assert {one.session.id for one in queue} == {visit.session}
    countersign(visit, queue[1].order.seq)
    assert [one.order.words for one in desk.records().orders] == [HEARD]


def test_22_an_order_in_the_wrong_record_waits_for_nobody(visit: Visit) -> None:
    take(visit)
    key = f"order:{visit.now.record.orders[0].seq}"
    visit.desk.mark_in_error(visit.session, [key], "Other patient", user="ortiz", password=PASSWORD)
    assert not visit.now.record.outstanding
    assert visit.now.record.orders[0].error == "entered in error: Other patient"


def test_22_a_closed_record_takes_no_new_order(desk: Desk, clock: ManualClock) -> None:
    closed = Closed.third(desk, clock)
    with pytest.raises(NotAllowed, match="closed"):
        desk.take_order(closed.session, HEARD, provider="menon", read_back=True)


def test_22_the_words_are_kept_to_the_letter(visit: Visit) -> None:
    for words in ("<b>10 mg</b> & “stat”", "Nguyễn 王小明 محمد 🙂", "one\ntwo"):
        assert take(visit, words).record.orders[-1].text == words
