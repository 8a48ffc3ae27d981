"""`checklist assess`: what the rules say of a case, or of every case in a folder, under a protocol."""

import json
from pathlib import Path
from typing import Any

from checklist import resources
from checklist.commands import case_result
from checklist.commands.case import Case, Mistaken, load
from checklist.commands.case_scales import fasting_rows
from checklist.commands.outcome import Outcome, refused
from checklist.medicines import load_sealed
from checklist.model import Clinic, EventKind
from checklist.protocol import files
from checklist.rules.assemble import assemble
from checklist.rules.dose_warnings import start_blockers
from checklist.snapshot import Finding, Snapshot, Verdict
from checklist.times import Moment, written_clock


def assess(path: Path, protocol_file: Path | None = None, at: str | None = None, *, text: bool = False) -> Outcome:
    """Verdict, sentence and findings, as JSON or for people. Mistakes in a case: none of the cases is judged.

    Raises ProtocolError, ResourceMissing.
    """
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not paths:
        return refused([f"{path}: the folder holds no case. Put files into it whose names end in .json."])
    protocol = files.shipped() if protocol_file is None else files.own(protocol_file)
    table = load_sealed(resources.read_text)
    read = [load(one, protocol, table, at) for one in paths]
    mistakes = [sentence for one in read if isinstance(one, Mistaken) for sentence in one.mistakes]
    if mistakes:
        return refused(mistakes)
    cases = [(str(file), one, judge(one)) for file, one in zip(paths, read, strict=True) if isinstance(one, Case)]
    if text:
        return Outcome("\n".join(_for_people(*case) for case in cases))
    results = [as_json(*case) for case in cases]
    shown = results if path.is_dir() else results[0]
    return Outcome(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")


def judge(case: Case) -> Snapshot:
    """The case as a session would be drawn at its moment."""
    facts = case.facts
    profile = facts.protocol.setting("fasting_profile")
    clinic = Clinic("", "", "", facts.now.zone, fasting_profile=profile)
    return assemble(facts, clinic, {}, practice=True)


def _verdict_now(snapshot: Snapshot) -> tuple[str, Verdict]:
    """The pause point that is next: the start, or once the infusion was started the discharge."""
    if snapshot.record.event(EventKind.STARTED) is None:
        return "start", snapshot.clearance
    return "discharge", snapshot.discharge


def as_json(file: str, case: Case, snapshot: Snapshot) -> dict[str, Any]:
    """Plain values for `json`; times in RFC 9557 form, with offset and zone."""
    point, verdict = _verdict_now(snapshot)
    return {
        "case": file,
        "title": case.title,
        "protocol": {"id": snapshot.protocol.id, "version": snapshot.protocol.version},
        "at": snapshot.now.store(),
        "state": snapshot.state.value,
        "pause_point": point,
        **_verdict(verdict),
        "earliest_start": _stored(snapshot.earliest_start),
        "start_blockers": list(start_blockers(case.facts, snapshot.clearance, snapshot.findings)),
        "findings": [_finding(one) for one in snapshot.findings],
        "medicines": [case_result.medicine(snapshot, row_id) for row_id in snapshot.medicine_levels],
        "questionnaires": case_result.questionnaires(snapshot),
        "scores": [
            {"name": score.name, "total": score.total, "passes": score.passes, "parts": dict(score.parts)}
            for score in snapshot.scores
        ],
        "criteria": [
            {"key": one.key, "title": one.title, "detail": one.detail, "met": one.met.value}
            for one in (snapshot.criteria if point == "discharge" else ())
        ],
        "fasting": fasting_rows(case.facts, case.intakes),
        "suicide_screen": case_result.suicide_screen(case.facts),
        "scales": case.scales,
        "body": case_result.body(case.facts),
        "dose": case_result.ordered(case.facts),
        "readings": case_result.readings(case.facts),
        "news2": case_result.news2_rows(case.facts),
        "schedule": case_result.schedule(case.facts, snapshot),
        "asked_once": list(case.asked),
        "not_asked": list(case_result.not_asked(case.facts)),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.kind.value,
        "verdict_title": verdict.title,
        "sentence": verdict.sentence,
        "until": _stored(verdict.until),
        "missing": [item.id for item in verdict.missing],
    }


def _stored(moment: Moment | None) -> str | None:
    return moment.store() if moment else None


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "key": found.key,
        "level": found.level.value,
        "title": found.title,
        "detail": found.detail,
        "action": found.action,
        "step": found.step,
        "items": list(found.items),
        "source": found.source,
        "inputs": dict(found.inputs),
        "until": _stored(found.until),
        "nobody_overrides": found.nobody_overrides,
        "open": found.is_open,
    }


def _for_people(file: str, case: Case, snapshot: Snapshot) -> str:
    """The verdict, then every finding that is not clear, heaviest first."""
    point, verdict = _verdict_now(snapshot)
    today = snapshot.now.local.date()
    named = f"{file}: {case.title}" if case.title else file
    lines = [f"{named} ({written_clock(snapshot.now, today)})", f"{verdict.title.upper()}. {verdict.sentence}"]
    heaviest_first = sorted(snapshot.findings, key=lambda one: -one.level.rank)
    for found in heaviest_first:
        if found.level.rank > 0:
            lines += [f"  {found.level.value:<6}  {found.title} [{found.key}]", *_told(found)]
    if point == "start" and verdict.passes:
        blockers = start_blockers(case.facts, verdict, snapshot.findings)
        lines += [f"  to do   {sentence}" for sentence in blockers]
    lines += [f"  asked once  {sentence}" for sentence in case.asked]
    lines += [
        f"  not asked   {item}: answered, and this case does not ask it" for item in case_result.not_asked(case.facts)
    ]
    clear = sum(found.level.rank == 0 for found in snapshot.findings)
    return "\n".join([*lines, f"  {clear} clear; protocol {snapshot.protocol.id} {snapshot.protocol.version}", ""])


def _told(found: Finding) -> list[str]:
    words = [found.detail, found.action, f"Source: {found.source}." if found.source else ""]
    return [f"          {' '.join(word for word in words if word)}"]
