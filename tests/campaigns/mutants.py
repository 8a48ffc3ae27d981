"""What `make mutate` found, from the folder mutmut leaves behind.

python -m tests.campaigns.mutants           a row for each module, then each survivor that nobody has explained
python -m tests.campaigns.mutants show X    what was changed in the survivors whose name begins with checklist.X
python -m tests.campaigns.mutants again     let the next run try the survivors once more (the tests may be better now)
python -m tests.campaigns.mutants refused   mark what mypy refuses: it could not be merged, so no test is run on it
python -m tests.campaigns.mutants explained set aside what is explained: pytest need not try it

A mutant that no test can tell from the program stands in equivalent.toml with its reason. It is named by its function
and by the line it becomes, because mutmut numbers its mutants anew when a function changes.
"""

import ast
import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MUTANTS = Path("mutants")
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
_KILLED, _TIMEOUTS, _REFUSED = (1, 3), (36, 24, -24, 152, 255, -9), 37
_SET_ASIDE = 34  # mutmut's word for it is “skipped”


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed function: `result` is the exit code of its tests, None when they have not run."""

    name: str
    result: int | None

    @property
    def module(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def function(self) -> str:
        """`checklist.parse.people.parse_phone` or `checklist.rules.facts.Facts.word`."""
        mangled = self.name.rpartition(".")[2].partition("__mutmut_")[0]  # x_parse_phone, x__private, xǁFactsǁword
        plain = mangled[2:] if mangled.startswith("x_") else mangled[2:].replace("ǁ", ".")
        return f"{self.module}.{plain}"

    @property
    def is_dead(self) -> bool:
        return self.result in (*_KILLED, *_TIMEOUTS, _REFUSED)


def all_mutants() -> list[Mutant]:
    found = []
    for file in sorted(MUTANTS.rglob("*.meta")):
        results = json.loads(file.read_text("utf-8"))["exit_code_by_key"]
        found += [Mutant(name, result) for name, result in results.items()]
    return found


def change(mutant: Mutant) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    path = Path(f"{mutant.module.replace('.', '/')}.py")
    lines = get_diff_for_mutant(mutant.name, path=path).splitlines()
    old = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    new = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    return old, new


def becomes(mutant: Mutant) -> str:
    old, new = change(mutant)
    return " ".join(new) if new else f"without {' '.join(old)}"


def explained() -> dict[tuple[str, str], str]:
    """(function, the line it becomes) -> why nothing can tell it from the program."""
    entries = tomllib.loads(EQUIVALENT.read_text("utf-8")).get("equivalent", [])
    return {(entry["function"], line): entry["why"] for entry in entries for line in entry["becomes"]}


def survivors(mutants: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant that lived, with its explanation or an empty text."""
    reasons = explained()
    for mutant in mutants:
        if mutant.result is not None and not mutant.is_dead:
            yield mutant, reasons.get((mutant.function, becomes(mutant)), "")


def table(mutants: list[Mutant], equivalent: Counter[str]) -> list[str]:
    """Of each module: mutants, those that mypy refuses, killed by a test, equivalent, left, and the share killed."""
    lines = [
        "| module | mutants | refused by mypy | killed | equivalent | left | killed |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    rows = [(name, [one for one in mutants if one.module == name]) for name in dict.fromkeys(m.module for m in mutants)]
    for name, group in [*rows, ("all", mutants)]:
        refused = sum(one.result == _REFUSED for one in group)
        killed = sum(one.is_dead for one in group) - refused
        same = equivalent.total() if name == "all" else equivalent[name]
        left = len(group) - refused - killed - same
        share = 100 * killed / (killed + left) if killed + left else 100
        numbers = f"{len(group)} | {refused} | {killed} | {same} | {left} | {share:.1f} %"
        lines.append(f"| {name.removeprefix('checklist.')} | {numbers} |")
    return lines


def report() -> int:
    mutants = all_mutants()
    lived = list(survivors(mutants))
    equivalent = Counter(mutant.module for mutant, why in lived if why)
    print("\n".join(table(mutants, equivalent)))
    for mutant, why in lived:
        if not why:
            print(f"\n{mutant.name}\n  {becomes(mutant)}")
    untested = sum(mutant.result is None for mutant in mutants)
    if untested:
        print(f"\n{untested} mutants were not tried.")
    return 1 if untested or not all(why for _, why in lived) else 0


def show(prefix: str) -> int:
    for mutant, why in survivors([one for one in all_mutants() if one.name.startswith(f"checklist.{prefix}")]):
        if not why:
            old, new = change(mutant)
            print("\n".join([mutant.name, *(f"  - {line}" for line in old), *(f"  + {line}" for line in new)]))
    return 0


def _refused_lines() -> dict[str, set[int]]:
    """Mutated file -> lines that mypy complains about."""
    command = [sys.executable, "-m", "mypy", "--config-file", "tests/campaigns/mypy.ini", "--output", "json"]
    done = subprocess.run(command, cwd=MUTANTS, capture_output=True, text=True, check=False)
    lines: dict[str, set[int]] = {}
    for told in map(json.loads, filter(None, done.stdout.splitlines())):
        if told["severity"] == "error":
            lines.setdefault(told["file"], set()).add(told["line"])
    return lines


def _functions(file: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name:
            yield node


def refused() -> int:
    """Gives the verdict to mutants that have none yet. mutmut can ask mypy itself, but far more slowly."""
    for name, lines in _refused_lines().items():
        file = MUTANTS / f"{name}.meta"
        body = json.loads(file.read_text("utf-8"))
        hit = {
            node.name
            for node in _functions(MUTANTS / name)
            if lines & {*range(node.lineno, (node.end_lineno or node.lineno) + 1)}
        }
        results = body["exit_code_by_key"]
        for mutant, result in results.items():
            if result is None and mutant.rpartition(".")[2] in hit:
                results[mutant] = _REFUSED
        file.write_text(json.dumps(body, indent=4), "utf-8")
    return 0


def set_aside() -> int:
    """Gives a verdict to what has none yet and is explained. The next run tries it again, like every survivor."""
    reasons = explained()
    for file in sorted(MUTANTS.rglob("*.meta")):
        body = json.loads(file.read_text("utf-8"))
        results = body["exit_code_by_key"]
        for mutant in [Mutant(name, result) for name, result in results.items() if result is None]:
            if (mutant.function, becomes(mutant)) in reasons:
                results[mutant.name] = _SET_ASIDE
        file.write_text(json.dumps(body, indent=4), "utf-8")
    return 0


def again() -> int:
    """Forgets the survivors and what ran out of time on a busy PC, so that they are tried once more."""
    for file in sorted(MUTANTS.rglob("*.meta")):
        body = json.loads(file.read_text("utf-8"))
        results = body["exit_code_by_key"]
        body["exit_code_by_key"] = {n: r if r in (*_KILLED, _REFUSED) else None for n, r in results.items()}
        file.write_text(json.dumps(body, indent=4), "utf-8")
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            sys.exit(report())
        case ["show", wanted]:
            sys.exit(show(wanted))
        case ["again"]:
            sys.exit(again())
        case ["refused"]:
            sys.exit(refused())
        case ["explained"]:
            sys.exit(set_aside())
        case _:
            sys.exit(__doc__)
