"""Somebody who holds the key and knows SQL: change, delete, insert, swap and re-hash single entries, by chance."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from checklist.attached import Content, Media
from checklist.store.canonical import entry_hash
from checklist.store.chain import COLUMNS
from checklist.store.datafile import DATA_NAME
from checklist.store.slots import DataKey
from checklist.store.verify import CLOSED, check, opened
from tests.campaigns.clinics import Line, clinic_of, new_key, workplace
from tests.store.drafts import raw_connection
from tests.store.test_attachments import attached

TRIES = 200
SCAN = Content(Media.JPEG, random.Random("scan").randbytes(20_000))
NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "prev_hash", "hash"))
Edit = Callable[[sqlcipher.Connection, random.Random, int], None]


def lines(tries: int = TRIES) -> Iterator[Line]:
    with workplace() as place:
        key = new_key()
        with clinic_of(place / "clinic", key, 1) as data:
            data.append_with(SCAN, attached(SCAN))
            newest = data.journal.last_seq
        original = (place / "clinic" / DATA_NAME).read_bytes()
        for what, edit in EDITS.items():
            yield _campaign(what, edit, place / "clinic" / DATA_NAME, original, key, newest, tries)


def _campaign(what: str, edit: Edit, path: Path, original: bytes, key: DataKey, newest: int, tries: int) -> Line:
    chance, found = random.Random(what), 0
    for _ in range(tries):
        path.write_bytes(original)
        raw = raw_connection(path, key)
        raw.execute("PRAGMA journal_mode = DELETE")
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        edit(raw, chance, newest)
        raw.close()
        with opened(path, key, CLOSED) as db:
            found += not check(db).ok
    return Line(f"with the key and SQL: {what}", tries, found)


def _change(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    column = chance.choice(("kind", "entered", '"by"', "patient", "session", "item", "workstation", "version"))
    raw.execute(f"UPDATE entries SET {column} = 'other' WHERE seq = ?", [chance.randint(1, newest)])


def _change_body(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    raw.execute("""UPDATE entries SET body = '{"typed":"0"}' WHERE seq = ?""", [chance.randint(1, newest)])


def _delete(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    raw.execute("DELETE FROM entries WHERE seq = ?", [chance.randint(1, newest)])


def _cut_off(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    raw.execute("DELETE FROM entries WHERE seq >= ?", [chance.randint(2, newest)])


def _insert(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    row = raw.execute(f"SELECT {NAMES} FROM entries WHERE seq = ?", [chance.randint(1, newest)]).fetchone()
    raw.execute(f"INSERT INTO entries ({NAMES}) VALUES ({', '.join('?' * len(row))})", [newest + 1, *row[1:]])


def _swap(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    one, other = chance.sample(range(5, newest + 1), 2)
    raw.execute("UPDATE entries SET seq = -1 WHERE seq = ?", [one])
    raw.execute("UPDATE entries SET seq = ? WHERE seq = ?", [one, other])
    raw.execute("UPDATE entries SET seq = ? WHERE seq = -1", [other])


def _rehash_one(raw: sqlcipher.Connection, chance: random.Random, newest: int) -> None:
    """Change an entry and give it the hash that fits. The newest one is left out: see the remark in the report."""
    seq = chance.randint(1, newest - 1)
    raw.execute("""UPDATE entries SET body = '{"typed":"0"}' WHERE seq = ?""", [seq])
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    row = raw.execute(f"SELECT {columns}, prev_hash FROM entries WHERE seq = ?", [seq]).fetchone()
    raw.execute("UPDATE entries SET hash = ? WHERE seq = ?", [entry_hash(tuple(row[:-1]), row[-1]), seq])


LISTS = (
    "UPDATE patients SET allergies = ''",
    "DELETE FROM patient_words",
    "UPDATE sessions SET day = '2020-01-01'",
    "UPDATE days SET day = '2020-01-01'",
    "UPDATE staff SET active = 0",
    "DELETE FROM runs WHERE first_seq = (SELECT max(first_seq) FROM runs)",
    "UPDATE runs SET session = 'another'",
)


def _list(raw: sqlcipher.Connection, chance: random.Random, _newest: int) -> None:
    raw.execute(chance.choice(LISTS))


def _attachment_byte(raw: sqlcipher.Connection, chance: random.Random, _newest: int) -> None:
    place, bit = chance.randrange(len(SCAN.data)), 1 << chance.randrange(8)
    changed = bytearray(SCAN.data)
    changed[place] ^= bit
    raw.execute("UPDATE attachments SET bytes = ?", [bytes(changed)])


def _attachment_gone(raw: sqlcipher.Connection, _chance: random.Random, _newest: int) -> None:
    raw.execute("DELETE FROM attachments")


def _attachment_more(raw: sqlcipher.Connection, chance: random.Random, _newest: int) -> None:
    more = Content(Media.PNG, chance.randbytes(chance.randint(1, 2000)))
    values = (more.sha256, more.media.value, len(more.data), more.data)
    raw.execute("INSERT INTO attachments VALUES (?, ?, ?, ?)", values)


EDITS: dict[str, Edit] = {
    "change a column": _change,
    "change an answer": _change_body,
    "delete an entry": _delete,
    "cut off the end": _cut_off,
    "insert a copy": _insert,
    "swap two entries": _swap,
    "change and re-hash one entry": _rehash_one,
    "change a list": _list,
    "change one bit of an attachment": _attachment_byte,
    "delete an attachment": _attachment_gone,
    "add an attachment that no entry names": _attachment_more,
}
