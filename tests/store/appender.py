"""Writes a scripted visit without end and says each number only after the journal has it; it is killed while it does.

Arguments: the folder, the key in hexadecimal. Each append has two parts, so that half of one would be seen.
"""

import sys
from pathlib import Path

from checklist.model import Draft, EntryKind, Json, PatientId, SessionId
from checklist.store.datafile import DataFile
from checklist.store.slots import DataKey
from checklist.times import SystemClock
from tests.store.drafts import NURSE


def part(number: int, of_two: int) -> Draft:
    body: dict[str, Json] = {"number": number, "part": of_two, "typed": "142/88 76 98 14 36.7"}
    return Draft(EntryKind.ROW, NURSE, body, PatientId("patient-1"), SessionId("session-1"), "reading")


def main(folder: Path, key: DataKey) -> None:
    data = DataFile.open(folder, key, SystemClock("America/New_York"), "front-desk")
    number = data.journal.last_seq
    while True:
        number += 1
        entries = data.journal.append(part(number, 1), part(number, 2))
        sys.stdout.write(f"{entries[-1].seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2])))
