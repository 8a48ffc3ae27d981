"""Vital signs: one line each, kept with the time observed and the time entered."""

from dataclasses import replace

from checklist.desk import codec
from checklist.desk.bounds import for_vitals
from checklist.desk.core import new_id
from checklist.desk.effects import EffectDesk
from checklist.desk.symptoms import read_symptoms, shown_symptoms, split_symptoms
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, EventKind, Reading, RowId, SessionId, Stage
from checklist.parse import VitalsDraft, VitalsPreview, parse_text, parse_vitals, preview_vitals
from checklist.snapshot import Record, Snapshot
from checklist.times import Moment, written_clock

EXPECTED_AT = {
    Stage.BASELINE: ("bp", "hr", "spo2", "rr", "temp"),
    Stage.INFUSION: ("bp", "hr", "spo2", "rr", "sedation"),
    Stage.RECOVERY: ("bp", "hr", "spo2", "rr", "sedation", "dissociation"),
}
"""What a full set holds at each stage (reference 6.2)."""


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


class ReadingDesk(EffectDesk):
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
            agitation=draft.agitation,
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


def _latest(record: Record) -> Reading | None:
    readings = record.valid_readings()
    return readings[-1] if readings else None
