"""Whoever tries what they may not do leaves an entry: who, which act, why it was refused, in which record."""

from collections.abc import Callable

import pytest

from checklist.errors import NotAllowed
from checklist.model import Choice, Entry, EntryKind, Meaning, Role
from tests.desk.test_held import prepared_with_alprazolam
from tests.desk.test_orders import take
from tests.desk.visit import PASSWORD, Visit


def refused(visit: Visit, act: Callable[[], object], match: str) -> Entry:
    """The one entry that a refused act left."""
    before = visit.desk._file.journal.last_seq
    with pytest.raises(NotAllowed, match=match) as refusal:
        act()
    (entry,) = visit.desk._file.journal.entries(kinds=[EntryKind.REFUSED], after_seq=before)
    assert entry.body["why"] == refusal.value.sentence
    return entry


def by(visit: Visit, user: str) -> str:
    return next(one.id for one in visit.desk.staff() if one.user == user)


def test_to_witness_ones_own_waste_is_an_entry(visit: Visit) -> None:
    visit.give()
    visit.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    entry = refused(visit, lambda: visit.sign(Meaning.WITNESSED_WASTE, "ortiz"), "cannot witness it")
    assert (entry.by, entry.body["act"]) == (by(visit, "ortiz"), "witness_waste")
    assert entry.body["record"] == visit.now.record.session.record_id


def test_to_check_ones_own_order_is_an_entry(visit: Visit) -> None:
    visit.clear()
    visit.order()
    entry = refused(visit, lambda: visit.check_dose(user="ortiz"), "cannot check it")
    assert (entry.by, entry.body["act"]) == (by(visit, "ortiz"), "check_dose")


def test_to_override_what_nobody_may_override_is_an_entry_of_who_tried(visit: Visit) -> None:
    visit.answer(consent__on_file="no")
    key = next(one.key for one in visit.now.findings if one.nobody_overrides and one.key.startswith("consent"))
    entry = refused(visit, lambda: visit.decide(key), "cannot be decided by anybody")
    assert (entry.by, entry.body["act"]) == (by(visit, "menon"), "decide")


def test_an_order_that_was_not_read_back_is_an_entry(visit: Visit) -> None:
    key = prepared_with_alprazolam(visit)

    def order() -> object:
        return visit.desk.decide(
            visit.session, key, Choice.PROCEED, "As heard", user="ortiz", password=PASSWORD, verbal_from="menon"
        )

    assert refused(visit, order, "only when it was read back").body["act"] == "take_order"


def test_to_sign_another_providers_order_is_an_entry(visit: Visit) -> None:
    seq = take(visit).record.outstanding[0].seq
    lee = next(one for one in visit.desk.staff() if one.user == "lee")
    visit.desk.set_roles(lee.id, frozenset({Role.NURSE, Role.PROVIDER}), password=PASSWORD)

    def sign() -> object:
        return visit.desk.authenticate(visit.session, [seq], user="lee", password=PASSWORD)

    assert refused(visit, sign, "gave the order of").body["act"] == "authenticate"


def test_to_hand_over_to_oneself_is_an_entry(visit: Visit) -> None:
    me = ("ortiz", PASSWORD)
    entry = refused(visit, lambda: visit.desk.hand_over(visit.session, "All well", giver=me, taker=me), "somebody else")
    assert entry.body["act"] == "hand_over"


def test_to_disable_oneself_is_an_entry_and_belongs_to_no_record(visit: Visit) -> None:
    me = visit.desk.me.id
    entry = refused(visit, lambda: visit.desk.disable(me, password=PASSWORD), "Nobody disables themselves")
    assert (entry.body["act"], entry.body["record"]) == ("manage_staff", "")


def test_a_refused_try_changes_nothing_that_is_signed(visit: Visit) -> None:
    visit.clear()
    visit.order()
    before = visit.now.record
    refused(visit, lambda: visit.check_dose(user="ortiz"), "cannot check it")
    assert visit.now.record == before


def test_who_may_be_asked_is_said_in_good_english(visit: Visit) -> None:
    visit.desk.me = next(one for one in visit.desk.staff() if one.user == "lee")
    with pytest.raises(NotAllowed, match=r"Ask an administrator\.$"):
        visit.desk.set_backup_folders(["/nowhere"])
    key = prepared_with_alprazolam(visit)
    with pytest.raises(NotAllowed, match=r"Ask a provider\.$"):
        visit.desk.decide(visit.session, key, Choice.PROCEED, "Go on", user="lee", password=PASSWORD)
