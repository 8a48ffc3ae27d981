"""A form: named fields under each other, each with its own problem line."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.fields import LabelledField, PasswordField, TextField
from checklist.ui.widgets.segmented import Segment, Segmented


class Form(QWidget):
    """Fields by name. Nothing is sent while typing; the page reads `values()` when a person submits.

    Signals:
        submitted(): Enter in the last field, or in one that was added with `submits`.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(12))
        self._row: QHBoxLayout | None = None
        self._fields: dict[str, TextField | Segmented] = {}
        self._labelled: dict[str, LabelledField] = {}

    def begin_row(self) -> None:
        """The next fields stand beside each other, until end_row()."""
        self._row = QHBoxLayout()
        self._row.setSpacing(scaled(12))
        self._column.addLayout(self._row)

    def end_row(self) -> None:
        self._row = None

    def add_text(
        self, name: str, label: str, *, help: str = "", password: bool = False, submits: bool = False, share: int = 1
    ) -> TextField:
        field = PasswordField(label, self) if password else TextField(label, self)
        field.entered.connect(self.submitted if submits else self._on_entered)
        self._add(name, label, field, help, share)
        return field

    def add_choice(
        self, name: str, label: str, segments: Sequence[Segment], *, help: str = "", share: int = 1
    ) -> Segmented:
        field = Segmented(segments, label, self, loose=True)
        field.passed.connect(self._on_entered)
        self._add(name, label, field, help, share)
        return field

    def values(self) -> dict[str, str]:
        """What stands in each field; a choice not made is empty."""
        return {
            name: field.text() if isinstance(field, TextField) else field.choice() or ""
            for name, field in self._fields.items()
        }

    def show_values(self, values: Mapping[str, str]) -> None:
        """Fill the named fields; the others are left as they are."""
        for name, text in values.items():
            field = self._fields[name]
            if isinstance(field, TextField):
                field.setText(text)
                field.setCursorPosition(0)
            else:
                field.show_choice(text or None)

    def show_problem(self, name: str, sentence: str) -> bool:
        """Say it under the field and go there; False when the form has no such field."""
        labelled = self._labelled.get(name)
        if labelled is None:
            return False
        labelled.show_problem(sentence)
        self.focus(name)
        return True

    def show_help(self, name: str, words: str) -> None:
        """Other words under a field, for what is typed there now."""
        self._labelled[name].show_help(words)

    def show_field(self, name: str, shown: bool) -> None:
        """A field that does not matter now is hidden, and Enter passes it by."""
        self._labelled[name].setVisible(shown)

    def clear_problems(self) -> None:
        for labelled in self._labelled.values():
            labelled.show_problem("")

    def problems(self) -> dict[str, str]:
        return {name: one.problem() for name, one in self._labelled.items() if one.problem()}

    def focus(self, name: str, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to a field. With TabFocusReason its text is selected, ready to be typed over."""
        self._fields[name].setFocus(reason)

    def _add(self, name: str, label: str, field: TextField | Segmented, help: str, share: int) -> None:
        field.setObjectName(name)
        labelled = LabelledField(label, field, self, help=help)
        self._fields[name] = field
        self._labelled[name] = labelled
        if self._row is None:
            self._column.addWidget(labelled)
        else:
            self._row.addWidget(labelled, share)

    def _on_entered(self) -> None:
        """Enter goes on to the next field, and submits from the last."""
        names = [name for name, labelled in self._labelled.items() if not labelled.isHidden()]
        sender = self.sender()
        here = next(i for i, name in enumerate(names) if self._fields[name] is sender)
        if here + 1 < len(names):
            self.focus(names[here + 1], Qt.FocusReason.TabFocusReason)
        else:
            self.submitted.emit()
