"""Photographs of patients, between their dialog and the desk."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from checklist.attached import Content, PhotoState
from checklist.errors import KnownError
from checklist.model import PatientId, StaffId
from checklist.ui.pages.photo_dialog import PhotoDialog, photo_words
from checklist.ui.tasks import Worker

if TYPE_CHECKING:
    from checklist.desk.board import Desk


def photo_dialog(desk: "Desk", patient_id: PatientId, worker: Worker, parent: QWidget) -> PhotoDialog:
    """Raises KnownError when the patient cannot be read."""
    patient, photo = desk.patient(patient_id), desk.photo(patient_id)
    names = {person.id: person.signed_name for person in desk.staff()}

    def keep(state: PhotoState, content: Content | None) -> str:
        try:
            if content is not None:
                desk.set_photo(patient_id, content)
            else:
                desk.no_photo(patient_id, state)
        except KnownError as failure:
            return failure.sentence
        return ""

    words = photo_words(photo, lambda by: names.get(StaffId(by), by))
    return PhotoDialog(patient.display_name, photo, words, worker, keep, parent)
