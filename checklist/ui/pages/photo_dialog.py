"""The photograph of a patient: choose a picture, look at it, keep it; or say that there is none."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.attached import Content, Photo, PhotoState
from checklist.pictures import as_photo
from checklist.times import written_date, written_time
from checklist.ui.chosen_file import PICTURES, ask_file, read_in
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.portrait import Portrait
from checklist.ui.widgets.text import text_label

STATES = {
    PhotoState.TAKEN: "Photograph",
    PhotoState.DECLINED: "Declined by the patient",
    PhotoState.NONE: "No photograph",
}
Keep = Callable[[PhotoState, Content | None], str]
"""Asks the desk; "" when it did it, else the sentence why not."""


def photo_words(photo: Photo | None, name_of: Callable[[str], str]) -> str:
    """`Photograph, R. Ortiz, RN 18-Nov-2026 10:42`"""
    if photo is None:
        return "No photograph yet. That is normal and holds nothing up."
    damaged = " It does not read back and is not shown." if photo.sha256 and photo.data is None else ""
    when = f"{written_date(photo.entered.local.date())} {written_time(photo.entered)}"
    return f"{STATES[photo.state]}, {name_of(photo.by)} {when}.{damaged}"


class PhotoDialog(VisitDialog):
    """What is chosen is shown first and kept only by the second press."""

    def __init__(self, who: str, photo: Photo | None, words: str, worker: Worker, keep: Keep, parent: QWidget) -> None:
        super().__init__(f"Photograph of {who}", parent, width=560)
        self._worker, self._keep = worker, keep
        self._content: Content | None = None
        told = "A picture from the PC's camera program or a telephone. It is made small; place and time are left out."
        self.column.addWidget(text_label(told, "subtitle", self, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(scaled(16))
        self.portrait = Portrait(180, self, height=240)
        self.portrait.show_photo(photo.data if photo else None)
        row.addWidget(self.portrait)
        beside = QVBoxLayout()
        beside.setSpacing(scaled(10))
        self.state = text_label(words, "strong", self, wrap=True)
        self.choose = Button("Choose a picture…", self)
        declined, none = Button("Patient declined", self), Button("No photograph", self)
        beside.addWidget(self.state)
        for button in (self.choose, declined, none):
            beside.addWidget(button)
        beside.addStretch(1)
        row.addLayout(beside, 1)
        self.column.addLayout(row)
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.column.addLayout(self._buttons())
        self.choose.clicked.connect(lambda: ask_file("Choose a picture", PICTURES, self.take, self))
        declined.clicked.connect(lambda: self._say(PhotoState.DECLINED))
        none.clicked.connect(lambda: self._say(PhotoState.NONE))
        self.choose.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button("Cancel", self)
        self.keep = Button("Keep this photograph", self, kind="primary")
        self.keep.hide()
        row.addWidget(cancel)
        row.addWidget(self.keep)
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(lambda: self._say(PhotoState.TAKEN))
        return row

    def take(self, name: str) -> None:
        """A file was chosen: show it as it would be kept."""
        self.state.setText("Reading…")
        read_in(self._worker, name, as_photo, self._on_read, self._on_refused, self)

    def _on_read(self, content: Content) -> None:
        self._content = content
        self.portrait.show_photo(content.data)
        self.state.setText("This is how it will be kept. Is it this patient?")
        self._show_problem("")
        self.keep.show()
        self.keep.setFocus()
        self.fit()

    def _on_refused(self, sentence: str) -> None:
        self.state.setText("")
        self._show_problem(sentence)

    def _show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.fit()

    def _say(self, state: PhotoState) -> None:
        sentence = self._keep(state, self._content if state is PhotoState.TAKEN else None)
        if sentence:
            self._show_problem(sentence)
        else:
            self.accept()
