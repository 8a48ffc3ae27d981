"""Vital signs and side effects: one line each, kept with the time observed and the time entered."""

import re
from dataclasses import replace

from checklist.desk import codec
from checklist.desk.bounds import for_vitals
from checklist.desk.core import new_id
from checklist.desk.medicine_list import MedicineDesk
from checklist.desk.symptoms import read_symptoms, shown_symptoms, split_symptoms
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import Effect, EntryKind, EventKind, Reading, RowId, SessionId, Stage
from checklist.parse import VitalsDraft, VitalsPreview, parse_text, parse_vitals, preview_vitals
from checklist.protocol import EffectTerm
from checklist.snapshot import Record, Snapshot
from checklist.times import Moment, written_clock

EXPECTED_AT = {
    Stage.BASELINE: ("bp", "hr", "spo2", "rr", "temp"),
    Stage.INFUSION: ("bp", "hr", "spo2", "rr", "sedation"),
    Stage.RECOVERY: ("bp", "hr", "spo2", "rr", "sedation"),
}
"""What a full set holds at each stage (reference 6.2)."""
OTHER = re.compile(r"other\s+(.+)", re.IGNORECASE)  # a side effect that the list does not name: kept in own words
HIGHEST_GRADE = 4  # CTCAE 1-4; grade 5 is not offered (reference 7.9)


def stage_now(record: Record) -> Stage:
    """The stage of a reading taken now, by what has happened: the PC's clock may have been set since."""
    if record.event(EventKind.STARTED) is None:
        return Stage.BASELINE
    return Stage.INFUSION if record.event(EventKind.STOPPED) is None else Stage.RECOVERY


def stage_at(record: Record, observed: Moment) -> Stage:
    """The stage of a reading with a time of its own; compared by the minute, as readings are timed."""
    started, stopped = record.event(EventKind.STARTED), record.event(EventKind.STOPPED)
    if started is None or observed < started.at.to_minute():
        return Stage.BASELINE
    if stopped is None or observed < stopped.at.to_minute():
        return Stage.INFUSION
    return Stage.RECOVERY


class ReadingDesk(MedicineDesk):
    """Use cases of monitoring."""

    def preview_reading(self, snapshot: Snapshot, text: str) -> VitalsPreview:
        """What the line says so far. Never raises, touches no disk."""
        now, (values, _, marked) = self.now(), split_symptoms(text)
        expects = EXPECTED_AT[stage_now(snapshot.record)]
        previous = _latest(snapshot.record)
        preview = preview_vitals(values, now, for_vitals(self.protocol), expects, previous=previous)
        return self._with_symptoms(preview, text) if marked else preview

    def _with_symptoms(self, preview: VitalsPreview, text: str) -> VitalsPreview:
        try:
            shown = shown_symptoms(read_symptoms(text, self.protocol), self.protocol)
        except NotUnderstood as mistake:
            return replace(preview, problem=preview.problem or mistake.sentence, draft=None)
        return replace(preview, text=" · ".join(part for part in (preview.text, shown) if part))

    def record_reading(
        self, session_id: SessionId, text: str, *, observed: Moment | None = None, confirmed: bool = False
    ) -> Snapshot:
        """Keep a row of vital signs. `observed` is a stamped time; a time in the line goes before it.

        After a `!` stand symptoms that call the provider: `184/112 96 97 16 s4 ! chest pain`.
        """
        self._refuse_closed(session_id, after_end=True)
        record, now = self._record(session_id), self.now()
        if observed is not None and observed > now:
            raise NotUnderstood(
                f"{written_clock(observed, now.local.date())} is still to come. Stamp the time again, or type the "
                "reading with its time. Nothing was saved."
            )
        expects = EXPECTED_AT[stage_now(record)]
        limits = for_vitals(self.protocol)
        symptoms = read_symptoms(text, self.protocol)
        values = split_symptoms(text)[0]
        draft = parse_vitals(values, now, limits, expects, previous=_latest(record), confirmed=confirmed)
        at = draft.observed if draft.timed or observed is None else observed.to_minute()
        stage = stage_at(record, at) if draft.timed or observed is not None else stage_now(record)
        reading = replace(self._reading(draft, stage, at, parse_text(text, 500)), symptoms=symptoms)
        return self._write(session_id, EntryKind.ROW, "reading", codec.reading_body(reading))

    def _reading(self, draft: VitalsDraft, stage: Stage, at: Moment, typed: str) -> Reading:
        return Reading(
            id=RowId(new_id()),
            stage=stage,
            observed=at,
            entered=self.now(),
            by=self.me.id,
            typed=typed,
            sbp=draft.sbp,
            dbp=draft.dbp,
            hr=draft.hr,
            spo2=draft.spo2,
            rr=draft.rr,
            temp_c=draft.temp_c,
            oxygen_l_min=draft.oxygen_l_min,
            moaas=draft.moaas,
            dissociation=draft.dissociation,
            nausea=draft.nausea,
            pain=draft.pain,
        )

    def strike_reading(self, session_id: SessionId, row_id: RowId, reason: str) -> Snapshot:
        """Mark a reading as an artefact: it stays in the record, struck, and the rules leave it out (case 12.6)."""
        self._refuse_closed(session_id, after_end=True)
        words = parse_text(reason, 500).strip()
        if not words:
            raise NotUnderstood("Write why this reading is not right, e.g. “cuff slipped”. Nothing was changed.")
        for reading in self._record(session_id).readings:
            if reading.id == row_id:
                body = codec.reading_body(replace(reading, artefact=words))
                return self._write(session_id, EntryKind.ROW, "reading", body)
        raise NotAllowed("This reading is not in the record. Nothing was changed.")

    # ---- side effects

    def preview_effect(self, text: str) -> str:
        """What the line would keep, in words; "" while it cannot be read."""
        try:
            term, grade, action = self._effect_words(text)
        except NotUnderstood:
            return ""
        shown = f"{term.label}, grade {grade}: {self._grade_words(term, grade)}"
        return f"{shown}; {action}" if action else shown

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
        return self._write(session_id, EntryKind.ROW, "effect", codec.effect_body(effect))

    def end_effect(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        return self._change_effect(session_id, row_id, ended=True)

    def remove_effect(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        return self._change_effect(session_id, row_id, ended=False)

    def _change_effect(self, session_id: SessionId, row_id: RowId, *, ended: bool) -> Snapshot:
        self._refuse_closed(session_id, after_end=True)
        for effect in self._record(session_id).current_effects:
            if effect.id == row_id:
                changed = replace(effect, ended=self.now()) if ended else replace(effect, removed=True)
                return self._write(session_id, EntryKind.ROW, "effect", codec.effect_body(changed))
        raise NotAllowed("This side effect is not in the record. Nothing was changed.")

    def _effect_words(self, text: str) -> tuple[EffectTerm, int, str]:
        words = " ".join(parse_text(text, 500).split())
        name, grade, action = _split_grade(words)
        own_words = OTHER.fullmatch(name)
        if own_words:
            name, action = "other", "; ".join(part for part in (own_words[1], action) if part)
        if not name or grade is None:
            raise NotUnderstood("Type the side effect and its grade, e.g. “nausea 1” or “dizz 2 sat down”.")
        if not 1 <= grade <= HIGHEST_GRADE:
            raise NotUnderstood(
                f"Grade {grade} is not on the scale. Use 1 mild, 2 moderate, 3 severe, 4 life-threatening."
            )
        return self._term(name), grade, action

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

    def _grade_words(self, term: EffectTerm, grade: int) -> str:
        return term.grades[grade - 1] if grade <= len(term.grades) else "life-threatening, urgent help"


def _split_grade(words: str) -> tuple[str, int | None, str]:
    """`dizz 2 sat down` -> dizz, 2, sat down; `na1` -> na, 1, ""."""
    for index, char in enumerate(words):
        if char.isascii() and char.isdigit():
            rest = words[index + 1 :]
            if rest[:1].isdigit():
                return words[:index].strip(), int(words[index : index + 2]), ""
            return words[:index].strip(" ,:-"), int(char), rest.strip(" ,:;-")
    return words, None, ""


def _latest(record: Record) -> Reading | None:
    readings = record.valid_readings()
    return readings[-1] if readings else None
