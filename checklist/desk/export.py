"""A visit as data: all of it as JSON for machines, and every entry as a table for people. Read, never written.

Both name each entry by its number and hash, so that a copy can be held against the record it was made of.
"""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from checklist import __version__
from checklist.desk import codec
from checklist.desk.codec import text_of
from checklist.desk.journal_view import JournalDesk, in_words
from checklist.judged import Finding
from checklist.model import Answer, Entry, EntryKind, Patient, SessionId, Signature
from checklist.snapshot import Snapshot

FORMAT = "ketamine checklist, one visit, 1"
COLUMNS = ("entry", "written", "observed", "who", "what", "question", "value", "hash")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula gets a quote before it


class ExportDesk(JournalDesk):
    """Use cases of a copy that leaves the program."""

    def record_as_data(self, session_id: SessionId) -> bytes:
        """JSON, UTF-8: clinic, patient, visit, current answers, findings, signatures, and each entry as it was written.

        Values are as the journal keeps them: decimals and moments as text, moments with offset and zone. Letters
        beyond ASCII are escaped, so that even half an emoji survives. Raises NotAllowed, DataFileError.
        """
        snapshot = self.snapshot(session_id)
        record = snapshot.record
        whole = {
            "format": FORMAT,
            "program": __version__,
            "practice": snapshot.practice,
            "made": {"at": snapshot.now.store(), "by": self.me.signed_name},
            "clinic": {"name": snapshot.clinic.name, "address": snapshot.clinic.address, "zone": snapshot.clinic.zone},
            "patient": _patient(snapshot.patient),
            "visit": {
                "record": record.session.record_id,
                "planned": record.session.planned.store(),
                "number": record.session.number,
                "course_total": record.session.course_total,
                "phase": record.session.phase,
                "indication": record.session.indication,
                "protocol_version": record.session.protocol_version,
                "record_version": record.version,
                "state": snapshot.state.value,
            },
            "answers": [_answer(snapshot, one) for one in record.answers.values()],
            "findings": [_finding(one) for one in snapshot.findings],
            "signatures": [_signature(one) for one in record.signatures],
            "entries": [self._entry(one) for one in self._entries_of(session_id)],
        }
        return json.dumps(whole, indent=1).encode("ascii")

    def record_as_table(self, session_id: SessionId) -> bytes:
        """CSV with a head, UTF-8 with a mark for spreadsheets; a row for each entry, the oldest first."""
        out = StringIO()
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows([_safe(text) for text in self._cells(one)] for one in self._entries_of(session_id))
        return out.getvalue().encode("utf-8-sig", "backslashreplace")

    def _entries_of(self, session_id: SessionId) -> Iterator[Entry]:
        """What was written of the patient before and during the visit, and of the visit, in the order written."""
        patient = self._patient_of(session_id).id
        own = self._file.journal.entries(patient=patient, kinds=[EntryKind.PATIENT])
        yield from sorted((*own, *self._file.journal.entries(session_id)), key=lambda entry: entry.seq)

    def _entry(self, entry: Entry) -> dict[str, Any]:
        return {
            "entry": entry.seq,
            "kind": entry.kind.value,
            "item": entry.item,
            "written": entry.entered.store(),
            "by": self._who(entry),
            "body": entry.body,
            "hash": entry.hash,
        }

    def _cells(self, entry: Entry) -> tuple[str, ...]:
        observed = text_of(entry.body, "observed")
        told = (self._who(entry), self._what(entry), entry.item, in_words(entry))
        return (str(entry.seq), entry.entered.store(), observed, *told, entry.hash)


def _patient(patient: Patient) -> dict[str, str]:
    return {
        "family": patient.family,
        "given": patient.given,
        "born": patient.born.isoformat(),
        "sex": patient.sex.value,
        "mrn": patient.mrn,
        "phone": patient.phone,
        "allergies": patient.allergies,
        "allergy_state": patient.allergy_state.value,
    }


def _answer(snapshot: Snapshot, answer: Answer) -> dict[str, Any]:
    labels = {item.id: item.label for item in snapshot.protocol.items()}
    return {
        "item": answer.item,
        "question": labels.get(answer.item, ""),
        "state": answer.state.value,
        "value": codec.write_value(answer.value),
        "typed": answer.typed,
        "reason": answer.reason,
        "by": snapshot.name_of(answer.by),
        "observed": answer.observed.store(),
        "entered": answer.entered.store(),
        "entry": answer.seq,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "level": finding.level.value,
        "title": finding.title,
        "detail": finding.detail,
        "action": finding.action,
        "source": finding.source,
        "inputs": dict(finding.inputs),
        "decided": finding.decision.choice if finding.decision else "",
        "items": list(finding.items),
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "meaning": signature.meaning.value,
        "name": signature.name,
        "role": signature.role.value,
        "at": signature.at.store(),
        "statement": signature.statement,
        "seal": signature.seal,
        "void": signature.void,
        "intact": signature.intact,
        "record_version": signature.version,
        "entry": signature.seq,
    }


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
