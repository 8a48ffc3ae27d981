"""The pages around a session, each with its use cases of the desk. Pages are made when they are first wanted."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Union

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from checklist.desk import FieldError, PatientDraft, PatientRow
from checklist.errors import KnownError, NotSaved, PossibleDuplicate
from checklist.model import PatientId, SessionId
from checklist.paper import PaperSize, render_drug_log
from checklist.ui.pages.clock_dialog import clock_dialog
from checklist.ui.pages.today import TodayPage
from checklist.ui.tasks import Worker

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.ui.pages.call import CallPage
    from checklist.ui.pages.course import CoursePage
    from checklist.ui.pages.drug_log import DrugLogPage
    from checklist.ui.pages.journal import JournalPageView
    from checklist.ui.pages.new_session import NewSessionPage, SessionWish
    from checklist.ui.pages.patient import PatientPage
    from checklist.ui.pages.patient_form import PatientFormPage
    from checklist.ui.pages.patients import PatientsPage
    from checklist.ui.pages.records import RecordsPage
    from checklist.ui.pages.settings import SettingsPage
    from checklist.ui.safe_pages import SafePages
    from checklist.ui.settings_desk import SettingsDesk


Page = Union[
    "TodayPage",
    "DrugLogPage",
    "PatientsPage",
    "PatientPage",
    "PatientFormPage",
    "NewSessionPage",
    "RecordsPage",
    "SettingsPage",
    "JournalPageView",
]

Beside = Union["CallPage", "CoursePage"]
"""Pages with an open record that is no visit: a follow-up call, a course."""


class DeskPages(QObject):
    """Signals:
    session_wished(str): open this session.
    call_wished(str): session id: open its follow-up call.
    course_wished(str): patient id: show the course.
    place_wished(str): go to today, patients, records, drugs or settings.
    front_wished(QWidget): put this page in front.
    board_changed(): the board has to be looked at again.
    not_saved(str, callable): for the red bar with Retry.
    failed(str): for the red bar.
    """

    session_wished = Signal(str)
    call_wished = Signal(str)
    course_wished = Signal(str)
    place_wished = Signal(str)
    front_wished = Signal(object)
    board_changed = Signal()
    not_saved = Signal(str, object)
    failed = Signal(str)

    def __init__(self, desk: "Desk", worker: Worker, host: QWidget, safe: "SafePages") -> None:
        super().__init__(host)
        self._desk = desk
        self._worker = worker
        self._host = host
        self._safe = safe
        safe.front_wished.connect(self.front_wished)
        safe.settings_wished.connect(lambda: self.place_wished.emit("settings"))
        safe.not_saved.connect(self.not_saved)
        self.today = TodayPage(host)
        self.patients: PatientsPage | None = None
        self.patient: PatientPage | None = None
        self.form: PatientFormPage | None = None
        self.new: NewSessionPage | None = None
        self.records: RecordsPage | None = None
        self._settings: SettingsDesk | None = None
        self.drugs: DrugLogPage | None = None
        self._edited: PatientId | None = None
        self.today.opened.connect(self.session_wished)
        self.today.call_opened.connect(self.call_wished)
        self.today.place_wished.connect(self._on_place)

    def _on_place(self, place: str) -> None:
        if place == "clock":
            dialog = clock_dialog(self._desk, self._host)
            dialog.accepted.connect(self.board_changed)
            dialog.open()
        else:
            self.place_wished.emit(place)

    def show_place(self, place: str) -> Page:
        """The page of a place of the navigation, drawn anew."""
        if place == "patients":
            page = self._patients_page()
            page.refresh()
            return page
        if place == "drugs":
            return self._drug_log_page()
        if place == "records":
            return self._records_page()
        if place == "settings":
            return self._settings_page()
        self.board_changed.emit()
        return self.today

    def show_me(self) -> None:
        """Another person may have unlocked."""
        if self._settings is not None:
            self._settings.show_me()
            self._safe.refresh()

    def patient_page(self, patient_id: PatientId) -> Page:
        """One patient with the sessions so far. Raises KnownError when the record cannot be read."""
        from checklist.ui.pages.patient import PatientPage

        if self.patient is None:
            self.patient = PatientPage(self._host)
            self.patient.start_wished.connect(self._on_start_wished)
            self.patient.edit_wished.connect(self._on_edit_wished)
            self.patient.opened.connect(self.session_wished)
            self.patient.course_wished.connect(self.course_wished)
            self.patient.photo_wished.connect(self._on_photo_wished)
        patient = self._desk.patient(patient_id)
        photo = self._desk.photo(patient_id)
        sessions = self._desk.sessions_of(patient_id)
        self.patient.show_patient(patient, sessions, self._today(), photo.data if photo else None)
        return self.patient

    def call_page(self, session_id: SessionId) -> "CallPage":
        """The follow-up call of a visit. Raises KnownError where there is none."""
        from checklist.ui.live_call import LiveCall
        from checklist.ui.pages.call import CallPage

        live = LiveCall(self._desk, session_id, self._host)
        page = CallPage(live, self._host)
        live.setParent(page)
        return page

    def course_page(self, patient_id: PatientId, worker: Worker) -> "CoursePage | None":
        """The course of a patient; None for somebody who has no visit. Raises KnownError."""
        from checklist.ui.live_call import LiveCourse
        from checklist.ui.pages.course import CoursePage

        latest = self._desk.latest_session(patient_id)
        if latest is None:
            return None
        live = LiveCourse(self._desk, latest, self._host)
        page = CoursePage(live, worker, self._host)
        live.setParent(page)
        page.opened.connect(self.session_wished)
        page.call_wished.connect(self.call_wished)
        return page

    def new_session_page(self) -> Page:
        page = self._new_page()
        page.begin()
        return page

    # patients

    def _patients_page(self) -> "PatientsPage":
        from checklist.ui.pages.patients import PatientsPage

        if self.patients is None:
            self.patients = PatientsPage(self._find, self._today, self._host)
            self.patients.opened.connect(self._on_patient_opened)
            self.patients.add_wished.connect(self._on_add_wished)
        return self.patients

    def _form_page(self) -> "PatientFormPage":
        from checklist.ui.pages.patient_form import PatientFormPage

        if self.form is None:
            self.form = PatientFormPage(self._host)
            self.form.submitted.connect(self._on_patient_submitted)
            self.form.left.connect(self._on_form_left)
        return self.form

    def _on_patient_opened(self, patient_id: str) -> None:
        self._do(lambda: self.front_wished.emit(self.patient_page(PatientId(patient_id))))

    def _on_add_wished(self) -> None:
        self._edited = None
        page = self._form_page()
        page.show_new()
        self.front_wished.emit(page)

    def _on_photo_wished(self, patient_id: str) -> None:
        from checklist.ui.photographs import photo_dialog

        dialog = photo_dialog(self._desk, PatientId(patient_id), self._worker, self._host)
        dialog.accepted.connect(lambda: self._on_patient_opened(patient_id))
        dialog.open()

    def _on_edit_wished(self, patient_id: str) -> None:
        self._edited = PatientId(patient_id)
        page = self._form_page()
        page.show_patient(self._desk.patient(self._edited))
        self.front_wished.emit(page)

    def _on_form_left(self) -> None:
        if self._edited is None:
            self.place_wished.emit("patients")
        else:
            self._on_patient_opened(self._edited)

    def _on_patient_submitted(self, draft: PatientDraft, another_person: bool) -> None:
        page = self._form_page()
        try:
            if self._edited is None:
                patient = self._desk.add_patient(draft, another_person)
            else:
                patient = self._desk.edit_patient(self._edited, draft)
        except PossibleDuplicate as twin:
            page.show_duplicate(twin.sentence)
        except FieldError as refused:
            page.show_refusal(refused)
        except NotSaved as failure:
            self.not_saved.emit(failure.sentence, lambda: self._on_patient_submitted(draft, another_person))
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            page.forget()
            self._on_patient_opened(patient.id)

    # a new session

    def _new_page(self) -> "NewSessionPage":
        from checklist.ui.pages.new_session import NewSessionPage

        if self.new is None:
            self.new = NewSessionPage(self._find, self._today, self._host)
            self.new.submitted.connect(self._on_session_submitted)
            self.new.open_wished.connect(self.session_wished)
            self.new.add_wished.connect(self._on_add_wished)
            self.new.left.connect(lambda: self.place_wished.emit("today"))
        return self.new

    def _on_start_wished(self, patient_id: str) -> None:
        patient = self._desk.patient(PatientId(patient_id))
        rows = self._find(f"{patient.family} {patient.given}")
        row = next((one for one in rows if one.patient.id == patient_id), None)
        page = self._new_page()
        if row is not None:
            page.begin_with(row)
        self.front_wished.emit(page)

    def _on_session_submitted(self, wish: "SessionWish") -> None:
        page = self._new_page()
        try:
            snapshot = self._desk.new_session(
                PatientId(wish.patient), wish.planned, wish.course_total, wish.number, wish.indication
            )
        except FieldError as refused:
            page.show_problem(refused.sentence, refused.field)
        except NotSaved as failure:
            self.not_saved.emit(failure.sentence, lambda: self._on_session_submitted(wish))
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            self._go_on_with(snapshot.record.session.id, wish)

    def _go_on_with(self, session_id: str, wish: "SessionWish") -> None:
        """A session for now is opened; one for later stands on the board."""
        if wish.planned.strip().lower() in ("", "now"):
            self.session_wished.emit(session_id)
        else:
            self.place_wished.emit("today")

    # the drug log

    def _drug_log_page(self) -> "DrugLogPage":
        from checklist.ui.pages.drug_log import DrugLogPage

        if self.drugs is None:
            self.drugs = DrugLogPage(self._host)
            self.drugs.file_wished.connect(self._on_log_wished)
            self.drugs.more_wished.connect(self._show_drug_log)
        self._show_drug_log(self.drugs.days)
        return self.drugs

    def _show_drug_log(self, days: int) -> None:
        page = self.drugs
        if page is not None:
            self._do(lambda: page.show_log(self._desk.drug_log(days), days))

    def _on_log_wished(self, kind: str, path: str) -> None:
        """Write the log where a person chose to. The record of each visit is what counts; this is a copy."""
        page = self._drug_log_page()
        try:
            Path(path).write_bytes(self._log_bytes(kind))
        except OSError:
            page.message.show_message(f"“{path}” could not be written. Choose another folder. Nothing was changed.")
        except KnownError as failure:
            page.message.show_message(failure.sentence)
        else:
            page.message.show_message(f"Saved as {Path(path).name}.")

    def _log_bytes(self, kind: str) -> bytes:
        desk = self._desk
        if kind == "csv":
            return desk.drug_log_csv().encode("utf-8-sig")
        size = PaperSize(desk.clinic.paper)
        return render_drug_log(desk.drug_log(), desk.clinic, desk.now(), size, practice=desk.practice)

    # records

    def _records_page(self) -> "RecordsPage":
        from checklist.ui.pages.records import RecordsPage

        if self.records is None:
            self.records = RecordsPage(self._host)
            self.records.opened.connect(self.session_wished)
            self.records.filed.connect(self._on_filed)
            self.records.more_wished.connect(self._show_records)
        self._show_records(self.records.days)
        return self.records

    def _show_records(self, days: int) -> None:
        page = self.records
        if page is not None:
            self._do(lambda: page.show_records(self._desk.records(days), self._desk.now()))

    def _on_filed(self, session_id: str) -> None:
        page = self._records_page()
        try:
            self._desk.file_paper(SessionId(session_id))
        except NotSaved as failure:
            self.not_saved.emit(failure.sentence, lambda: self._on_filed(session_id))
        except KnownError as failure:
            page.show_problem(failure.sentence)
        else:
            page.show_problem("")
            self._show_records(page.days)

    # settings

    @property
    def settings(self) -> "SettingsPage | None":
        """The settings page, once it was wanted."""
        return self._settings.page if self._settings is not None else None

    def _settings_page(self) -> "SettingsPage":
        from checklist.ui.settings_desk import SettingsDesk

        if self._settings is None:
            self._settings = SettingsDesk(self._desk, self._worker, self._host)
            self._settings.not_saved.connect(self.not_saved)
            self._settings.failed.connect(self.failed)
            self._settings.board_changed.connect(self.board_changed)
            page = self._settings.page
            page.journal_wished.connect(lambda: self._do(self._safe.show_journal))
            page.support_wished.connect(self._safe.show_support)
            self._safe.attach(page.backups)
        self._settings.show()
        return self._settings.page

    # asking the desk

    def _find(self, text: str) -> Sequence[PatientRow]:
        found: Sequence[PatientRow] = ()

        def look() -> None:
            nonlocal found
            found = self._desk.find_patients(text)

        self._do(look)
        return found

    def _today(self) -> date:
        return self._desk.now().local.date()

    def _do(self, call: Callable[[], None]) -> None:
        try:
            call()
        except KnownError as failure:
            self.failed.emit(failure.sentence)
