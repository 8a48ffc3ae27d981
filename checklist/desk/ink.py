"""Drawn signatures of patient and escort, kept as lines in the record."""

from checklist.desk.authority import Act
from checklist.desk.codec import Body
from checklist.desk.seals import seal
from checklist.desk.words import WordsDesk
from checklist.errors import NotUnderstood
from checklist.ink import INK_HEIGHT, INK_WIDTH, InkMeaning, Strokes
from checklist.model import EntryKind, Json, SessionId
from checklist.parse import parse_name
from checklist.snapshot import Snapshot

LEAST_WIDTH = INK_WIDTH // 20  # a dot is no signature; a cross is
MOST_NUMBERS = 20_000  # about half a minute of drawing


class InkDesk(WordsDesk):
    """Use cases about signatures that are drawn."""

    def sign_by_hand(self, session_id: SessionId, meaning: InkMeaning, name: str, strokes: Strokes) -> Snapshot:
        """Keep what somebody drew, with who it is and what it means. Raises NotUnderstood, NotAllowed, NotSaved."""
        self._refuse_closed(session_id, after_end=True)
        self._allow(self.me, Act.RECORD)
        who = parse_name(name)
        _check(strokes)
        body: Body = {
            "name": who,
            "strokes": [list[Json](line) for line in strokes],
            "statement": self.protocol.texts[f"statement_{meaning.value}"],
            "seal": seal(self._log(session_id)),
        }
        return self._write(session_id, EntryKind.INK, meaning.value, body)


def _check(strokes: Strokes) -> None:
    """Raises NotUnderstood for what is no drawing: empty, a dot, outside of the field, without end."""
    numbers = [number for line in strokes for number in line]
    if len(numbers) > MOST_NUMBERS:
        raise NotUnderstood("The drawing is too long to be kept. Nothing was saved. Clear it and sign once more.")
    across = [number for line in strokes for number in line[::2]]
    down = [number for line in strokes for number in line[1::2]]
    inside = all(0 <= x <= INK_WIDTH for x in across) and all(0 <= y <= INK_HEIGHT for y in down)
    if any(len(line) % 2 for line in strokes) or not inside:
        raise NotUnderstood("The drawing has points outside of its field. Nothing was saved. Sign once more.")
    if not across or max(across) - min(across) < LEAST_WIDTH:
        raise NotUnderstood("Nothing was drawn yet. Sign in the field; a cross is enough for who cannot write.")
