"""Dialogs of what happens to a visit: a call to the provider, a countersignature, a handover."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checklist.acts import Outstanding
from checklist.model import Role, Staff
from checklist.snapshot import Snapshot
from checklist.times import Moment, written_clock, written_length
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.segmented import YES_NO, Segment

if TYPE_CHECKING:
    from checklist.desk.board import Desk


def people_segments(people: Sequence[Staff]) -> tuple[Segment, ...]:
    """People to choose from by a digit; nobody is chosen beforehand."""
    return tuple(Segment(one.user, one.signed_name, str(place)) for place, one in enumerate(people, 1))


class CallDialog(AskDialog):
    """What to tell the provider, and the order as it is heard.

    Signals:
        sheet_wished(): the same on paper.
    """

    sheet_wished = Signal()

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        from checklist.paper.call import situation

        told = situation(live.snapshot)
        lines = [*told.values, *(f"▲ {line}" for line in told.crossed), *told.done]
        fields = (
            AskField("order", "Order, as you hear it"),
            AskField("provider", "Who gives it", choices=people_segments(_providers(live.desk))),
            AskField("given", "When", help="Empty means now. Else 1405 or 14:05."),
            AskField("read_back", "Read back, and the provider said it is right", choices=YES_NO),
        )
        super().__init__(
            "Call the provider",
            "\n".join(lines),
            fields,
            "Keep the order",
            lambda values: _keep(live, values, told.told),
            parent,
        )
        sheet = Button("Sheet for the call…", self, keys="Alt+T")
        sheet.setObjectName("call.sheet")
        self.buttons.insertWidget(0, sheet)
        sheet.clicked.connect(self._on_sheet)

    def _on_sheet(self) -> None:
        self.sheet_wished.emit()


def _providers(desk: "Desk") -> tuple[Staff, ...]:
    return tuple(one for one in desk.people_with(Role.PROVIDER) if one.id != desk.me.id)


def _keep(live: LiveSession, values: Mapping[str, str], told: str) -> str:
    if not values["provider"]:
        return "Choose who gives the order. Nothing was saved yet."
    read_back = {"yes": True, "no": False}.get(values["read_back"])
    return live.take_order(values["order"], values["provider"], values["given"], read_back, told)


def waiting_words(order: Outstanding, now: Moment) -> str:
    """`Ondansetron 4 mg IV now – 11:02, waits 2hr 10min`"""
    since = written_clock(order.since, now.local.date())
    return f"{order.words} – {since}, waits {written_length(now.since(order.since))}"


def countersign_dialog(live: LiveSession, parent: QWidget) -> AskDialog:
    """The provider of the oldest waiting order signs all of theirs."""
    snapshot = live.snapshot
    first = snapshot.record.outstanding[0]
    orders = [one for one in snapshot.record.outstanding if one.provider == first.provider]
    signers = _signers(live.desk, first)
    fields = [AskField("remark", "Remark, only if an order was written otherwise than you gave it")]
    if len(signers) != 1:
        fields.append(AskField("user", "Who signs", choices=people_segments(signers)))
    fields.append(AskField("password", "Password of the provider", password=True, submits=True))
    lines = [waiting_words(one, snapshot.now) for one in orders]
    return AskDialog(
        f"Orders by telephone of {first.provider_name}",
        "\n".join([*lines, f"“{snapshot.protocol.texts['statement_authenticated']}”"]),
        fields,
        "Sign",
        lambda values: live.authenticate(
            [one.seq for one in orders],
            values.get("user") or (signers[0].user if len(signers) == 1 else ""),
            values["password"],
            values["remark"],
        ),
        parent,
    )


def _signers(desk: "Desk", order: Outstanding) -> tuple[Staff, ...]:
    """Who gave the order; where that person cannot sign in any more, every provider."""
    providers = desk.people_with(Role.PROVIDER)
    return tuple(one for one in providers if one.id == order.provider) or providers


def handover_dialog(live: LiveSession, parent: QWidget) -> AskDialog:
    """Who is at the desk hands over; the other one signs too, and goes on."""
    desk = live.desk
    others = [one for role in (Role.NURSE, Role.PROVIDER) for one in desk.people_with(role) if one.id != desk.me.id]
    fields = (
        AskField("summary", "What the next nurse must know"),
        AskField("password", f"Password of {desk.me.signed_name}, who hands over", password=True),
        AskField("taker", "Who takes over", choices=people_segments(tuple(dict.fromkeys(others)))),
        AskField("taker_password", "Password of who takes over", password=True),
    )

    def submit(values: Mapping[str, str]) -> str:
        if not values["taker"]:
            return "Choose who takes over. Nothing was saved yet."
        giver, taker = (desk.me.user, values["password"]), (values["taker"], values["taker_password"])
        return live.hand_over(values["summary"], giver, taker)

    return AskDialog(
        "Hand over this patient",
        "Both sign. From then on the entries are those of who took over.",
        fields,
        "Hand over",
        submit,
        parent,
    )


def standing(snapshot: Snapshot) -> str:
    """What a record has to say beyond its state: version, missing signatures, orders that wait; "" for nothing."""
    record = snapshot.record
    told = [
        "This record was changed in the file after it was signed: it no longer matches its signatures. "
        "Compare it with the signed paper and tell whoever looks after the PC."
        if record.broken
        else "",
        "The whole session was entered in error. It counts for nothing." if record.in_error else "",
        f"Amended: version {record.version}. The signature of version 1 stays valid for version 1."
        if record.version > 1
        else "",
        "Changed after signing: the amendment is not signed yet." if record.is_changed_after_signing else "",
        _orders(snapshot),
    ]
    return " ".join(part for part in told if part)


def _orders(snapshot: Snapshot) -> str:
    waiting = snapshot.record.outstanding
    if not waiting:
        return ""
    oldest = written_clock(min(one.since for one in waiting), snapshot.now.local.date())
    count = f"{len(waiting)} order{'' if len(waiting) == 1 else 's'} by telephone"
    names = ", ".join(dict.fromkeys(one.provider_name for one in waiting))
    return f"Pending authentication: {count} of {names}, since {oldest}."
