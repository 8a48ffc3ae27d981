"""The patient banner: never covered, never shortened, always there while a record is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checklist.model import AllergyState, Patient, Quantity, Sex
from checklist.snapshot import Snapshot
from checklist.times import written_date, written_time, years_between
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.portrait import Portrait
from checklist.ui.widgets.text import text_label

_SEX = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.OTHER: "Other", Sex.NOT_KNOWN: "Not known"}


def born_text(snapshot: Snapshot) -> str:
    """`14-Mar-1986 (40y)`."""
    born = snapshot.patient.born
    return f"{written_date(born)} ({years_between(born, snapshot.now.local.date())}y)"


def weight_text(snapshot: Snapshot) -> str:
    """`68.4 kg` as measured today; "Not yet today" without an answer, never an older weight as if it were new."""
    answer = snapshot.answer("vitals.weight")
    if answer is None or not isinstance(answer.value, Quantity):
        return "Not yet today"
    return f"{round(answer.value.value, 1).normalize():f} {answer.value.unit}"


def nurse_text(snapshot: Snapshot) -> str:
    """Who answers for the patient: `S. Lee, RN since 11:40` after a handover; "" before the first entry."""
    record = snapshot.record
    if record.responsible is None:
        return ""
    since = f" since {written_time(record.handover.at)}" if record.handover else ""
    return f"{snapshot.name_of(record.responsible)}{since}"


def allergy_text(patient: Patient) -> tuple[str, str]:
    """The words of the allergy box and its tone."""
    if patient.allergy_state is AllergyState.LISTED:
        return f"ALLERGY  {patient.allergies}", "alert"
    if patient.allergy_state is AllergyState.NONE_KNOWN:
        return "No known allergies", "plain"
    return "Allergies: not asked", "unasked"


class Fact(QWidget):
    """A label lighter than its value, side by side."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        self._label = label
        row.addWidget(text_label(label, "label", self), 0, Qt.AlignmentFlag.AlignBaseline)
        self.value = text_label("", "strong", self)
        row.addWidget(self.value, 0, Qt.AlignmentFlag.AlignBaseline)

    def show_value(self, text: str, spoken: str = "") -> None:
        """`spoken`: what a screen reader says instead, where the word alone would be too short."""
        self.value.setText(text)
        self.setAccessibleName(f"{self._label} {spoken or text}")


class PatientBanner(QFrame):
    """Name, birth date, sex, MRN, weight, session, allergies. Wraps when narrow; nothing is ever cut off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "banner")
        self._weight, self._weight_hidden = "", False
        row = QHBoxLayout(self)
        self._row = row
        who = QHBoxLayout()
        who.setSpacing(scaled(10))
        self.portrait = Portrait(36, self)
        who.addWidget(self.portrait)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.name = text_label("", "patient", self, wrap=True)
        self.name.setObjectName("banner.name")
        self.preferred = text_label("", "help", self, wrap=True)
        self.mark = text_label("", "same-name", self, wrap=True)
        names.addStretch(1)
        for label in (self.name, self.preferred, self.mark):
            names.addWidget(label)
        names.addStretch(1)
        who.addLayout(names, 1)
        row.addLayout(who, 3)
        facts = QWidget(self)
        flow = FlowLayout(facts, scaled(16))
        self.facts = {label: Fact(label, facts) for label in ("Born", "Sex", "MRN", "Weight", "Session")}
        for fact in self.facts.values():
            flow.addWidget(fact)
        row.addWidget(facts, 9, Qt.AlignmentFlag.AlignVCenter)
        self.allergy = text_label("", "allergy", self, wrap=True)
        self.allergy.setObjectName("banner.allergy")
        row.addWidget(self.allergy, 3, Qt.AlignmentFlag.AlignVCenter)
        self._show_photo(None)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        patient = snapshot.patient
        self._show_photo(snapshot.photo.data if snapshot.photo else None)
        self.name.setText(patient.display_name)
        self.name.setMinimumWidth(self._name_width())
        self.preferred.setText(f"known as “{patient.preferred}”")
        self.preferred.setVisible(bool(patient.preferred))
        values = {
            "Born": born_text(snapshot),
            "Sex": _SEX[patient.sex],
            "MRN": patient.mrn or "Not known",
            "Session": snapshot.record.session.count_text,
        }
        for label, text in values.items():
            self.facts[label].show_value(text)
        self._weight = weight_text(snapshot)
        self._show_weight()
        text, tone = allergy_text(patient)
        self.allergy.setText(text)
        set_role(self.allergy, "allergy" if tone == "alert" else f"allergy-{tone}")
        self.allergy.ensurePolished()
        # As wide as its words, never wider; long ones wrap in the room there is.
        self.allergy.setMaximumWidth(self.allergy.fontMetrics().horizontalAdvance(text) + scaled(48))

    def hide_weight(self, hidden: bool) -> None:
        """While a second person checks the dose, who reads it off the scale and not off the screen."""
        self._weight_hidden = hidden
        self._show_weight()

    def _show_weight(self) -> None:
        if self._weight_hidden:
            self.facts["Weight"].show_value("Hidden", "hidden during the check")
        else:
            self.facts["Weight"].show_value(self._weight)

    def _show_photo(self, jpeg: bytes | None) -> None:
        """It takes its place from margins and gaps: the words keep theirs, so the banner gets no line more."""
        self.portrait.show_photo(jpeg)
        left, right, gap = (6, 8, 12) if jpeg else (20, 20, 24)
        self._row.setContentsMargins(scaled(left), scaled(8), scaled(right), scaled(8))
        self._row.setSpacing(scaled(gap))

    def _name_width(self) -> int:
        """The whole name in one line as long as that leaves room for the rest; longer names wrap."""
        self.name.ensurePolished()
        wanted = self.name.fontMetrics().horizontalAdvance(self.name.text()) + scaled(4)
        return min(wanted, scaled(240))

    def show_same_name(self, same_name: bool) -> None:
        """Another patient of today has this or a similar name."""
        self.mark.setText("▲ Another patient today has a similar name" if same_name else "")
        self.mark.setVisible(same_name)
