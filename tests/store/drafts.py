"""What the desk would write: drafts with the bodies of a patient, a visit, an answer, a member of staff, the clinic."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from checklist.model import Draft, EntryKind, Json, PatientId, SessionId, StaffId
from checklist.store.slots import DataKey

NURSE = StaffId("staff-1")


def patient(number: int = 1, **changes: Json) -> Draft:
    body: dict[str, Json] = {
        "family": "Okafor",
        "given": "Amara",
        "title": "Ms",
        "preferred": "",
        "born": "1986-03-14",
        "sex": "female",
        "mrn": "004417",
        "phone": "(555) 010-2233",
        "allergy_state": "listed",
        "allergies": "Penicillin: rash",
        "notes": "",
    }
    return Draft(EntryKind.PATIENT, NURSE, body | changes, PatientId(f"patient-{number}"))


def session(number: int = 1, of_patient: int = 1, **changes: Json) -> Draft:
    body: dict[str, Json] = {
        "record_id": f"S-2026-{number:04d}",
        "number": number,
        "course_total": 6,
        "phase": "induction",
        "indication": "mood",
        "planned": "2026-11-18T13:30:00.000000-05:00[America/New_York]",
        "protocol_version": "1.0",
        "previous": None,
    }
    patient_id = PatientId(f"patient-{of_patient}")
    return Draft(EntryKind.SESSION, NURSE, body | changes, patient_id, SessionId(f"session-{number}"))


def answer(typed: str = "y", of_session: int = 1, item: str = "consent.on_file") -> Draft:
    body: dict[str, Json] = {"state": "answered", "typed": typed}
    return Draft(EntryKind.ANSWER, NURSE, body, PatientId("patient-1"), SessionId(f"session-{of_session}"), item)


def member(number: int = 1, **changes: Json) -> Draft:
    body: dict[str, Json] = {
        "id": f"staff-{number}",
        "user": "rortiz",
        "name": "R. Ortiz",
        "credentials": "RN",
        "roles": ["nurse", "administrator"],
        "active": True,
    }
    return Draft(EntryKind.STAFF, NURSE, body | changes)


def clinic(**changes: Json) -> Draft:
    body: dict[str, Json] = {
        "name": "Harbor Infusion",
        "address": "1 Pier Road",
        "phone": "555 0100",
        "zone": "America/New_York",
        "paper": "a4",
        "fasting_profile": "CLINIC_4_6",
    }
    return Draft(EntryKind.CLINIC, NURSE, body | changes)


def raw_connection(path: Path, key: DataKey) -> sqlcipher.Connection:
    """As somebody who has the key and a tool of their own would open the file: none of our settings."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
    return connection
