"""Patients: find, add, edit; two people with one name are told apart."""

from checklist.attached import Content, Photo, PhotoState
from checklist.desk.attach_codec import photo_body
from checklist.desk.bounds import for_parser
from checklist.desk.core import DeskCore, new_id
from checklist.desk.entry import FieldError, form_field
from checklist.desk.similar import similar
from checklist.desk.values import PatientDraft, PatientRow
from checklist.errors import PossibleDuplicate
from checklist.model import AllergyState, Draft, EntryKind, Json, Patient, PatientId
from checklist.parse import parse_birth_date, parse_name, parse_phone, parse_text
from checklist.snapshot import SessionInfo
from checklist.times import written_date


def patient_body(patient: Patient) -> dict[str, Json]:
    return {
        "family": patient.family,
        "given": patient.given,
        "title": patient.title,
        "preferred": patient.preferred,
        "born": patient.born.isoformat(),
        "sex": patient.sex.value,
        "mrn": patient.mrn,
        "phone": patient.phone,
        "allergy_state": patient.allergy_state.value,
        "allergies": patient.allergies,
        "notes": patient.notes,
    }


class PatientDesk(DeskCore):
    """Use cases about patients."""

    def find_patients(self, text: str, limit: int = 20) -> tuple[PatientRow, ...]:
        """Patients whose name, birth date or MRN starts with the words typed; an empty text finds nobody.

        Marked is who is easily taken for another one found, or for somebody who comes today.
        """
        found = self._file.index.find_patients(text, limit)
        booked = {one.patient for one in self._file.index.sessions_on(self.now().local.date())} if found else set()
        others = (*found, *(self._patient(one) for one in booked))
        return tuple(self._row(patient, others) for patient in found)

    def _row(self, patient: Patient, others: tuple[Patient, ...]) -> PatientRow:
        sessions = self._file.index.sessions_of(patient.id)
        begun = [one for one in sessions if self._outline(one.id).begun]
        unfinished = [one for one in sessions if not self._outline(one.id).closed]
        same_name = any(similar(patient, other, self.protocol) for other in others)
        return PatientRow(
            patient=patient,
            last_visit=begun[-1].planned if begun else None,
            open_session=unfinished[-1].id if unfinished else None,
            same_name=same_name,
            photo=self._photos.picture(patient.id) if same_name else None,
            indication=sessions[-1].indication if sessions else "",
        )

    def patient(self, patient_id: PatientId) -> Patient:
        return self._patient(patient_id)

    def sessions_of(self, patient_id: PatientId) -> tuple[SessionInfo, ...]:
        return self._file.index.sessions_of(patient_id)

    def add_patient(self, draft: PatientDraft, another_person: bool = False) -> Patient:
        """Raises FieldError, and PossibleDuplicate unless a person said that this is another patient."""
        patient = self._checked(draft, PatientId(new_id()))
        twins = self._file.index.same_name_and_birth(patient.family, patient.given, patient.born)
        if twins and not another_person:
            raise PossibleDuplicate(
                f"{twins[0].display_name}, born {written_date(patient.born)}, is already here"
                f"{f' with MRN {twins[0].mrn}' if twins[0].mrn else ''}. Nothing was added. "
                "Open that record, or say that this is another person."
            )
        self._append(Draft(EntryKind.PATIENT, self.me.id, patient_body(patient), patient=patient.id))
        return patient

    def edit_patient(self, patient_id: PatientId, draft: PatientDraft) -> Patient:
        """New values beside the old ones: the journal keeps both. Raises FieldError."""
        self._patient(patient_id)
        patient = self._checked(draft, patient_id)
        self._append(Draft(EntryKind.PATIENT, self.me.id, patient_body(patient), patient=patient_id))
        return patient

    def photo(self, patient_id: PatientId) -> Photo | None:
        """What is known of the patient's photograph; None: nobody has said anything of one."""
        return self._photos.of(patient_id)

    def set_photo(self, patient_id: PatientId, content: Content) -> Photo:
        """Another photograph beside the one before, which is kept. Raises NotSaved, DataFileError."""
        return self._say_photo(patient_id, PhotoState.TAKEN, content)

    def no_photo(self, patient_id: PatientId, state: PhotoState) -> Photo:
        """The patient declined, or there is none; one that was shown until now is kept and not shown any more."""
        return self._say_photo(patient_id, state, None)

    def _say_photo(self, patient_id: PatientId, state: PhotoState, content: Content | None) -> Photo:
        patient = self._patient(patient_id)
        body = photo_body(state, content)
        self._append(Draft(EntryKind.PHOTO, self.me.id, body, patient=patient.id), content=content)
        photo = self._photos.of(patient_id)
        assert photo is not None
        return photo

    def _checked(self, draft: PatientDraft, patient_id: PatientId) -> Patient:
        age = for_parser(self.protocol.bounds["age"])
        today = self.now().local.date()
        return Patient(
            id=patient_id,
            family=form_field("family", lambda: parse_name(draft.family)),
            given=form_field("given", lambda: parse_name(draft.given)),
            born=form_field("born", lambda: parse_birth_date(draft.born, today, age, confirmed=True)),
            sex=draft.sex,
            mrn=form_field("mrn", lambda: parse_text(draft.mrn, 40).strip()),
            title=form_field("title", lambda: parse_text(draft.title, 40).strip()),
            preferred=form_field("preferred", lambda: parse_text(draft.preferred, 200).strip()),
            phone=form_field("phone", lambda: parse_phone(draft.phone) if draft.phone.strip() else ""),
            allergy_state=_allergy_state(draft),
            allergies=form_field("allergies", lambda: parse_text(draft.allergies, 1000).strip()),
            notes=form_field("notes", lambda: parse_text(draft.notes).strip()),
        )


def _allergy_state(draft: PatientDraft) -> AllergyState:
    """Allergies are none known, listed, or not asked; a list without words, or words without a list, is refused."""
    if draft.allergy_state is AllergyState.LISTED and not draft.allergies.strip():
        raise FieldError("allergies", "Write the allergy and the reaction, or choose “None known”.")
    if draft.allergy_state is not AllergyState.LISTED and draft.allergies.strip():
        raise FieldError("allergies", "Choose “Listed” to keep this allergy, or clear the text.")
    return draft.allergy_state
