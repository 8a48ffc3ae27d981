"""Answer to durable commit, and how long the rules and the whole snapshot take."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from secrets import token_hex

import sqlcipher3

from checklist.desk import Desk, practice
from checklist.model import Draft, EntryKind, SessionId
from checklist.rules.evaluate import evaluate
from checklist.times import ManualClock, Moment
from tests.bench.figures import Figure, least_cpu_ms, median_ms, medians_ms

NOW = Moment.stored("2026-11-18T10:42:00-05:00[America/New_York]")
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL")


def prepared(folder: Path) -> tuple[Desk, SessionId]:
    """The practice file, signed in, with Okafor's fourth session half answered."""
    desk = practice.create(folder, ManualClock(NOW)).sign_in("ortiz", practice.PASSWORD)
    session = desk.new_session(desk.find_patients("oka")[0].patient.id).record.session.id
    for item in ("identity.name", "identity.born", "consent.on_file", "consent.discussed"):
        desk.answer(session, item, "yes")
    desk.same_as_last(session, "medicines")
    return desk, session


def bare_insert(folder: Path) -> Callable[[], None]:
    """One row into a SQLCipher table with the same durability: the floor of every commit."""
    connection = sqlcipher3.connect(str(folder / f"floor-{token_hex(4)}.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{token_hex(32)}'\"")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    body = "x" * 400

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entries (body) VALUES (?)", (body,))
        connection.execute("COMMIT")

    return insert


def an_answer(desk: Desk, session: SessionId) -> Draft:
    """The answer that the desk wrote last, to be written once more."""
    last = desk._file.journal.entries(session, kinds=[EntryKind.ANSWER])[-1]
    return Draft(last.kind, last.by, last.body, last.patient, last.session, last.item)


def used_again(insert: Callable[[], None]) -> Callable[[], None]:
    """After 1,000 pages SQLite writes its log from the beginning, which is quicker than to lengthen it."""
    for _ in range(1_100):
        insert()
    return insert


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk, session = prepared(folder / "data")
        save = partial(desk._file.journal.append, an_answer(desk, session))  # without judging, which comes after it
        saved_ms, floor = medians_ms(save, bare_insert(folder), 400)
        near = saved_ms <= 1.5 * floor
        yield Figure("answer durable on disk", saved_ms, "ms", floor, "1.5 times the bare insert", near)
        cpu, bare_cpu = least_cpu_ms(save, 100), least_cpu_ms(bare_insert(folder), 100)
        yield Figure("processor time of that", cpu, "ms", bare_cpu)
        again_ms, floor_again = medians_ms(save, used_again(bare_insert(folder)), 400)
        yield Figure("the same, both logs used again", again_ms, "ms", floor_again)
        lock_ms, floor_lock = medians_ms(desk.lock, bare_insert(folder), 200)
        yield Figure("the lock, which belongs to no visit, durable on disk", lock_ms, "ms", floor_lock)
        answer_ms = median_ms(lambda: desk.answer(session, "identity.name", "yes"), 100)
        yield Figure("answer: parsed, saved, judged, snapshot", answer_ms, "ms", floor, "under 16 ms", answer_ms < 16)
        facts = desk._facts(session)  # the bench looks inside to time the rules alone, each time on facts made anew
        rules_ms = median_ms(lambda: evaluate(replace(facts)), 200)
        yield Figure("all findings recomputed", rules_ms, "ms", None, "under 2 ms", rules_ms < 2)
        yield Figure("whole snapshot", median_ms(lambda: desk.open(session), 100), "ms")
        yield Figure("Today board", median_ms(desk.board, 50), "ms")
        desk.close()
