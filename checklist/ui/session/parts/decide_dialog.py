"""Who decides: the dialog in which a provider, or a nurse with a provider on the telephone, signs the decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.model import Choice, Role
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.segmented import YES_NO, Segment, Segmented
from checklist.ui.widgets.text import text_label

_WAYS = (Segment("here", "In the clinic", "1"), Segment("phone", "By telephone", "2"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as typed, not yet signed."""

    finding: str
    choice: Choice
    code: str
    words: str
    reason: str  # as it will be read: the words of the code, and those typed
    condition: str = ""
    condition_by: str = ""
    standing: bool = False  # for later visits too

    @property
    def word(self) -> str:
        """`Proceed`, `Postpone`, `Proceed, at later visits too`."""
        later = ", at later visits too until medicine or dose changes" if self.standing else ""
        return f"{self.choice.value.capitalize()}{later}"


class DecideDialog(VisitDialog):
    """Who decides: a provider here, or a provider by telephone with a nurse who read the order back."""

    def __init__(self, live: LiveSession, drafts: Sequence[Draft], titles: Sequence[str], parent: QWidget) -> None:
        super().__init__("Sign the decisions", parent, width=560)
        self._live = live
        self._drafts = list(drafts)
        self._providers = live.desk.people_with(Role.PROVIDER)
        self._nurses = live.desk.people_with(Role.NURSE)
        column = self.column
        for draft, title in zip(drafts, titles, strict=True):
            said = live.condition_words(draft.condition, draft.condition_by) if draft.condition else ""
            words = f"{draft.word}: {title}. Reason: {draft.reason}"
            words = f"{words.rstrip('.')}. {said}" if said else words
            column.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.way = Segmented(_WAYS, "How the provider decides", self)
        self.way.setObjectName("decide.way")
        self.way.show_choice("here")
        column.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        self.phone = self._phone()
        column.addWidget(self.phone)
        self.credentials = Credentials(self._providers, "Sign", self)
        column.addWidget(self.credentials)
        self.way.chosen.connect(self._on_way)
        self.way.passed.connect(self.credentials.setFocus)
        self.credentials.submitted.connect(self._on_submitted)
        self.credentials.setFocus()

    def _phone(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self.provider = TextField("Provider who gave the order", box)
        self.provider.setObjectName("decide.verbal_from")
        column.addWidget(LabelledField("Provider who gave the order", self.provider, box))
        self.read_back = Segmented(YES_NO, "Order read back, and confirmed", box)
        self.read_back.setObjectName("decide.read_back")
        column.addWidget(LabelledField("Order read back, and confirmed by the provider", self.read_back, box))
        self.provider.entered.connect(self.read_back.setFocus)
        self.read_back.chosen.connect(self.read_back.show_choice)
        self.read_back.passed.connect(self.credentials_focus)
        box.hide()
        return box

    def credentials_focus(self) -> None:
        self.credentials.setFocus()

    def _on_way(self, way: str) -> None:
        self.way.show_choice(way)
        by_phone = way == "phone"
        self.phone.setVisible(by_phone)
        self.fit()
        self.credentials.show_people(self._nurses if by_phone else self._providers, self._live.desk.me.user)
        if by_phone:
            self.provider.setFocus()
        else:
            self.credentials.setFocus()

    def _on_submitted(self, user: str, password: str) -> None:
        by_phone = self.way.choice() == "phone"
        provider = self.provider.text().strip() if by_phone else ""
        if by_phone and not provider:
            self.credentials.show_problem("Write which provider gave the order. Nothing was saved yet.")
            self.provider.setFocus()
            return
        while self._drafts:
            draft = self._drafts[0]
            sentence = self._live.decide(
                draft.finding,
                draft.choice,
                draft.words,
                code=draft.code,
                condition=draft.condition,
                condition_by=draft.condition_by,
                user=user,
                password=password,
                verbal_from=provider,
                read_back=by_phone and self.read_back.choice() == "yes",
                standing=draft.standing,
            )
            if sentence:
                self.credentials.show_problem(sentence)
                self.fit()
                return
            self._drafts.pop(0)
        self.accept()
