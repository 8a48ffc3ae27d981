"""Side effects: one line each, then what was done, the outcome and whether the infusion caused it (reference 8.1)."""

import re
from dataclasses import replace

from checklist.desk import codec
from checklist.desk.core import new_id
from checklist.desk.stamps import StampDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.happened import HIGHEST_GRADE
from checklist.model import Doing, Done, Effect, EntryKind, Outcome, Related, RowId, SessionId
from checklist.parse import parse_text
from checklist.protocol import EffectTerm
from checklist.snapshot import Snapshot

OTHER = re.compile(r"other\s+(.+)", re.IGNORECASE)  # a side effect that the list does not name: kept in own words


class EffectDesk(StampDesk):
    """Use cases of side effects. The words of the grades are shown; which one it is, the nurse says."""

    def preview_effect(self, text: str) -> str:
        """What the line would keep, in words; while the grade is missing, the words of all grades; else ""."""
        try:
            term, grade, action = self._effect_words(text)
        except NotUnderstood:
            return self._offer(text)
        shown = f"{term.label}, grade {grade}: {grade_words(term, grade)}"
        return f"{shown}; {action}" if action else shown

    def _offer(self, text: str) -> str:
        """`Nausea: 1 no treatment · 2 antiemetic given · 3 cannot take fluids`."""
        name, grade, _ = _split_grade(" ".join(text.split()))
        if not name or grade is not None:
            return ""
        try:
            term = self._term(name)
        except NotUnderstood:
            return ""
        words = [f"{number} {word}" for number, word in enumerate(term.grades, 1) if word]
        return f"{term.label}: {' · '.join(words)}"

    def record_effect(self, session_id: SessionId, text: str) -> Snapshot:
        """`nausea 1` or `na 1 ondansetron 4 mg`: term by the start of its name, grade 1-4, then what was done."""
        self._refuse_closed(session_id, after_end=True)
        term, grade, action = self._effect_words(text)
        effect = Effect(
            id=RowId(new_id()),
            term=term.id,
            grade=grade,
            onset=self.now(),
            action=action,
            ended=None,
            removed=False,
            by=self.me.id,
            entered=self.now(),
        )
        return self._write_effect(session_id, effect)

    def grade_effect(self, session_id: SessionId, row_id: RowId, grade: str) -> Snapshot:
        """The effect got worse (or was graded wrongly): its peak grade. The earlier grade stays in the journal."""
        found = self._effect(session_id, row_id)
        words = grade.strip()
        number = int(words) if words.isascii() and words.isdigit() and len(words) == 1 else 0
        _refuse_grade(self._term_of(found), number, words)
        return self._write_effect(session_id, replace(found, grade=number))

    def do_about_effect(
        self, session_id: SessionId, row_id: RowId, what: Doing, detail: str = "", *, at: str = ""
    ) -> Snapshot:
        """One thing that was done, now or at the typed time. Of a drug: name, dose, route and who gave it."""
        found, now, words = self._effect(session_id, row_id), self.now(), parse_text(detail, 500).strip()
        if what is Doing.DRUG and not words:
            raise NotUnderstood("Write the medicine: name, dose, route, given by whom. Nothing was saved.")
        when = self._happened_at(at) if at.strip() else now
        one = Done(what, when, self.me.id, words)
        return self._write_effect(session_id, replace(found, done=(*found.done, one)))

    def judge_effect(
        self,
        session_id: SessionId,
        row_id: RowId,
        outcome: Outcome = Outcome.NOT_RECORDED,
        related: Related = Related.NOT_RECORDED,
    ) -> Snapshot:
        """How it came out, and whether the infusion caused it; what is left out stays as it was."""
        found = self._effect(session_id, row_id)
        changed = replace(found, outcome=outcome or found.outcome, related=related or found.related)
        return self._write_effect(session_id, changed)

    def end_effect(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        return self._write_effect(session_id, replace(self._effect(session_id, row_id), ended=self.now()))

    def remove_effect(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        return self._write_effect(session_id, replace(self._effect(session_id, row_id), removed=True))

    def _effect(self, session_id: SessionId, row_id: RowId) -> Effect:
        for effect in self._record(session_id).current_effects:
            if effect.id == row_id:
                return effect
        raise NotAllowed("This side effect is not in the record. Nothing was changed.")

    def _write_effect(self, session_id: SessionId, effect: Effect) -> Snapshot:
        self._refuse_closed(session_id, after_end=True)
        return self._write(session_id, EntryKind.ROW, "effect", codec.effect_body(effect))

    def _effect_words(self, text: str) -> tuple[EffectTerm, int, str]:
        words = " ".join(parse_text(text, 500).split())
        name, grade, action = _split_grade(words)
        own_words = OTHER.fullmatch(name)
        if own_words:
            name, action = "other", "; ".join(part for part in (own_words[1], action) if part)
        if not name or grade is None:
            raise NotUnderstood("Type the side effect and its grade, e.g. “nausea 1” or “dizz 2 sat down”.")
        if not 1 <= grade <= HIGHEST_GRADE:
            raise _off_the_scale(str(grade))
        term = self._term(name)
        _refuse_grade(term, grade, str(grade))
        return term, grade, action

    def _term_of(self, effect: Effect) -> EffectTerm | None:
        return next((one for one in self.protocol.effects if one.id == effect.term), None)

    def _term(self, name: str) -> EffectTerm:
        """The one term whose label or one of its words starts with what was typed."""
        wanted = name.casefold()
        labels = [(one, one.label.casefold()) for one in self.protocol.effects]
        found = [one for one, label in labels if label.startswith(wanted)]
        found = found or [one for one, label in labels if any(w.startswith(wanted) for w in label.split())]
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotUnderstood(
                f"“{name}” is not on the list of side effects. Type “other {name} 1”, or its first letters."
            )
        raise NotUnderstood(f"“{name}” could be: {', '.join(one.label for one in found)}. Type one letter more.")


def grade_words(term: EffectTerm, grade: int) -> str:
    return term.grades[grade - 1] if grade <= len(term.grades) else "life-threatening, urgent help"


def _off_the_scale(grade: str) -> NotUnderstood:
    return NotUnderstood(f"Grade {grade} is not on the scale. Use 1 mild, 2 moderate, 3 severe, 4 life-threatening.")


def _refuse_grade(term: EffectTerm | None, grade: int, typed: str) -> None:
    """A grade that the protocol gives no words does not exist: a laryngospasm is never mild."""
    if not 1 <= grade <= HIGHEST_GRADE:
        raise _off_the_scale(f"“{typed}”")
    if term is not None and not grade_words(term, grade):
        known = [number for number, word in enumerate(term.grades, 1) if word]
        least = min(known, default=HIGHEST_GRADE)
        words = f"is at least grade {least}" if grade < least else f"has no grade {grade}"
        raise NotUnderstood(f"“{term.label}” {words}. Type another grade. Nothing was saved.")


def _split_grade(words: str) -> tuple[str, int | None, str]:
    """`dizz 2 sat down` -> dizz, 2, sat down; `na1` -> na, 1, ""."""
    for index, char in enumerate(words):
        if char.isascii() and char.isdigit():
            rest = words[index + 1 :]
            if rest[:1].isdigit():
                return words[:index].strip(), int(words[index : index + 2]), ""
            return words[:index].strip(" ,:-"), int(char), rest.strip(" ,:;-")
    return words, None, ""
