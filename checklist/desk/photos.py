"""The photographs of patients: the newest one counts, read from the file once for as long as the desk is open."""

from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.attached import Photo
from checklist.desk.attach_codec import read_photo
from checklist.errors import DataFileError
from checklist.model import EntryKind, PatientId

if TYPE_CHECKING:
    from checklist.store.datafile import DataFile


class Photos:
    """Has the data file. A photograph that does not read back is as none: care never waits for a picture."""

    def __init__(self, file: "DataFile") -> None:
        self._file = file
        self._known: dict[PatientId, Photo | None] = {}

    def of(self, patient: PatientId) -> Photo | None:
        """None: nobody has said anything of a photograph."""
        if patient not in self._known:
            self._known[patient] = self._read(patient)
        return self._known[patient]

    def picture(self, patient: PatientId) -> bytes | None:
        photo = self.of(patient)
        return photo.data if photo else None

    def forget(self, patient: PatientId) -> None:
        self._known.pop(patient, None)

    def _read(self, patient: PatientId) -> Photo | None:
        entries = self._file.journal.entries(patient=patient, kinds=[EntryKind.PHOTO])
        if not entries:
            return None
        photo = read_photo(entries[-1])
        if not photo.sha256:
            return photo
        try:
            return replace(photo, data=self._file.attachments.content(photo.sha256))
        except DataFileError:
            return photo
