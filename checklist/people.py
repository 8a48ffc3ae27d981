"""The clinic, its staff and its patients, as values. Frozen; standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checklist.ids import PatientId, StaffId


class Role(StrEnum):
    NURSE = "nurse"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class AllergyState(StrEnum):
    NOT_ASKED = "not_asked"
    NONE_KNOWN = "none_known"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Clinic:
    name: str
    address: str
    phone: str
    zone: str
    paper: str = "letter"  # or "a4"
    fasting_profile: str = "ASA"  # or "CLINIC_4_6"


@dataclass(frozen=True, slots=True)
class Staff:
    id: StaffId
    user: str
    name: str
    credentials: str
    roles: frozenset[Role]
    active: bool = True

    @property
    def is_person(self) -> bool:
        """False for the emergency account, whose user name no person can have."""
        return not self.user.startswith("#")

    @property
    def signed_name(self) -> str:
        """`R. Ortiz, RN` as it stands beside entries and signatures."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True, slots=True)
class Patient:
    id: PatientId
    family: str
    given: str
    born: date
    sex: Sex
    mrn: str
    title: str = ""
    preferred: str = ""
    phone: str = ""
    allergy_state: AllergyState = AllergyState.NOT_ASKED
    allergies: str = ""
    notes: str = ""

    @property
    def display_name(self) -> str:
        """`OKAFOR, Amara (Ms)`: family name first in capitals, as in the NHS Common User Interface."""
        title = f" ({self.title})" if self.title else ""
        return f"{self.family.upper()}, {self.given}{title}"
