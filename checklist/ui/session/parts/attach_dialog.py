"""Attach a paper to the visit: the file, what it is, the time on it; to a closed record as a signed late entry."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.attached import Content
from checklist.pictures import as_paper
from checklist.ui.chosen_file import PAPERS, ask_file, read_in, size_words
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.amend_dialog import signers
from checklist.ui.session.parts.attached import PapersList, PaperViewer
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.text import text_label

WHERE = "attach"


class AttachDialog(VisitDialog):
    """The papers that are there already stand on top and open from here."""

    def __init__(self, live: LiveSession, worker: Worker, parent: QWidget) -> None:
        super().__init__("Attached papers", parent, width=760)
        self._live, self._worker = live, worker
        self._content: Content | None = None
        self._retry: Callable[[], str] | None = None
        self._closed = live.snapshot.record.is_closed
        self.papers = PapersList(self)
        self.papers.show_snapshot(live.snapshot)
        self.column.addWidget(self.papers)
        words = "Attach a scan, a photograph or a PDF, up to 10 MB: it is kept as it is, inside the encrypted record."
        if self._closed:
            words += " This record is closed: the paper is a late entry, and a new version is signed."
        self.column.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.column.addLayout(self._file_row())
        self.form = self._form()
        self.column.addWidget(self.form)
        self.question = QuestionBar(self)
        self.column.addWidget(self.question)
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self._add_end()
        self.papers.opened.connect(lambda row: PaperViewer(live, worker, row, self).open())
        self.question.confirmed.connect(self._on_confirmed)
        self.question.rejected.connect(lambda: self.form.focus("from"))
        live.asked.connect(self._on_asked)
        self.choose.setFocus()

    def _file_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        self.choose = Button("Choose a file…", self)
        self.file = text_label("No file chosen yet", "help", self, wrap=True)
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        self.choose.clicked.connect(lambda: ask_file("Choose a scan, photograph or PDF", PAPERS, self.take, self))
        return row

    def _form(self) -> Form:
        form = Form(self)
        form.begin_row()
        form.add_text("title", "What it is", help="Downtime sheet, consent, letter. No other patient's name.", share=3)
        form.add_text("from", "Time on paper, from", help="If known: 1105", share=2)
        form.add_text("to", "to", help="If known: 1140", share=2)
        form.end_row()
        if self._closed:
            form.add_text("reason", "Why it is attached now")
        return form

    def _add_end(self) -> None:
        if self._closed:
            live = self._live
            self.credentials = Credentials(signers(live), "Sign and attach", self)
            self.credentials.show_people(signers(live), live.desk.me.user)
            self.column.addWidget(self.credentials)
            self.credentials.submitted.connect(self._send)
            self.form.submitted.connect(self.credentials.setFocus)
            return
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button("Cancel", self)
        self.action = Button("Attach", self, kind="primary")
        row.addWidget(cancel)
        row.addWidget(self.action)
        self.column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self.action.clicked.connect(lambda: self._send("", ""))
        self.form.submitted.connect(self.action.setFocus)

    def take(self, name: str) -> None:
        """A file was chosen: read it through before anything else."""
        self._content = None
        self.file.setText("Reading…")
        read_in(self._worker, name, as_paper, self._on_read, self._on_refused, self)

    def _on_read(self, content: Content) -> None:
        self._content = content
        pages = f", {content.pages} pages" if content.pages > 1 else ""
        self.file.setText(f"✓ {content.media.word}{pages}, {size_words(len(content.data))}, read through")
        self._show("")
        self.form.focus("title")

    def _on_refused(self, sentence: str) -> None:
        self.file.setText("No file chosen yet")
        self._show(sentence)

    def _send(self, user: str, password: str) -> None:
        self._retry = None
        self.question.clear_message()
        if self._content is None:
            self._show("Choose a file first. Nothing was saved yet.")
            return
        values = self.form.values()
        times = (values["from"], values["to"])
        self._after(self._live.attach(self._content, values["title"], times, values.get("reason", ""), user, password))

    def _on_asked(self, where: str, sentence: str, retry: Callable[[], str]) -> None:
        if where == WHERE and self.isVisible():
            self._retry = retry
            self.question.show_question(sentence)

    def _on_confirmed(self) -> None:
        retry, self._retry = self._retry, None
        if retry is not None:
            self._after(retry())

    def _after(self, sentence: str) -> None:
        if not sentence:
            self.accept()
        elif self._retry is None:
            self._show(sentence)
        else:
            self.fit()

    def _show(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.fit()
