"""Another program that holds the data file in one of several ways, until its input is closed.

Arguments: how (`open`, `write`, `exclusive`), the folder, the key in hexadecimal.
"""

import sys
from pathlib import Path

from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.slots import DataKey
from checklist.times import SystemClock
from tests.store.drafts import raw_connection


def main(how: str, folder: Path, key: DataKey) -> None:
    if how == "open":
        held = DataFile.open(folder, key, SystemClock("UTC"), "another")
    else:
        connection = raw_connection(folder / DATA_NAME, key)
        if how == "exclusive":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
    if how == "open":
        held.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), DataKey(bytes.fromhex(sys.argv[3])))
