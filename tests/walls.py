"""The walls between the modules, read from the source. A checker takes one file and names what it breaks."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400

GROUND = frozenset(
    {"errors", "times", "ids", "levels", "people", "said", "happened", "beside", "acts", "ink", "attached", "model"}
)
RECORD = GROUND | {"protocol", "snapshot", "judged", "course"}
# Which layer may import which others. A layer may always import itself. Layers not named here (cli, tour and
# other ways to start the program) may import all, and no named layer may import them.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "": frozenset(),
    "errors": frozenset(),
    "times": frozenset({"errors"}),
    "ids": frozenset(),
    "levels": frozenset(),
    "people": frozenset({"ids"}),
    "said": frozenset(),
    "happened": frozenset({"errors", "times", "ids", "levels"}),
    "beside": frozenset({"times", "ids"}),
    "acts": frozenset({"times", "ids"}),
    "ink": frozenset({"times", "ids"}),
    "attached": frozenset({"times", "ids"}),
    "pictures": frozenset({"errors", "times", "ids", "attached"}),
    "model": frozenset({"errors", "times", "ids", "levels", "people", "said", "happened"}),
    "resources": frozenset({"errors"}),
    "protocol": GROUND | {"resources"},
    "course": GROUND,
    "judged": GROUND | {"protocol"},
    "snapshot": GROUND | {"protocol", "judged", "course"},
    "parse": GROUND | {"protocol"},
    "medicines": GROUND | {"resources"},
    "rules": RECORD | {"medicines"},
    "store": RECORD,
    "paper": RECORD | {"resources"},
    "desk": RECORD | {"resources", "parse", "medicines", "rules", "store", "pictures"},
    "commands": RECORD | {"resources", "parse", "medicines", "rules", "desk"},
    "ui": RECORD | {"resources", "parse", "paper", "desk", "pictures"},
}
# Packages with one home.
HOMES: dict[str, frozenset[str]] = {
    "PySide6": frozenset({"ui"}),
    "shiboken6": frozenset({"ui"}),
    "reportlab": frozenset({"paper"}),
    "sqlite3": frozenset({"store"}),
    "sqlite_utils": frozenset({"store"}),
    "sqlcipher3": frozenset({"store"}),
}
STDLIB_ONLY = frozenset({"", *GROUND})
WORLD = frozenset({"os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket", "urllib", "random", "secrets"})
NOT_IN: dict[str, frozenset[str]] = {
    "happened": WORLD | {"time"},
    "beside": WORLD | {"time"},
    "people": WORLD | {"time"},
    "model": WORLD | {"time"},
    "judged": WORLD | {"time"},
    "rules": WORLD | {"time", "logging"},
    "parse": WORLD | {"time"},
    "snapshot": WORLD | {"time"},
    "course": WORLD | {"time"},
    "paper": frozenset({"time", "os", "shutil", "tempfile", "subprocess", "socket", "urllib", "random", "secrets"}),
}
PURE = frozenset({"happened", "beside", "people", "model", "judged", "course", "snapshot", "rules", "parse", "paper"})
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|PRAGMA\s"
    r"|(CREATE|DROP|ALTER)\s+(TEMP\s+|VIRTUAL\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s)",
    re.DOTALL,
)
PROGRAM_DRIVEN = frozenset({"toggled", "valueChanged", "stateChanged", "checkStateChanged"})
MAY_PRINT = frozenset({"cli", "tour", "__main__"})


@dataclass(frozen=True)
class Source:
    """One Python file: its dotted module name, its path from the repository, its text."""

    module: str
    path: str
    text: str

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of its syntax tree: read when a checker first asks for it, and once for all checkers."""
        return tuple(ast.walk(ast.parse(self.text, self.path)))

    @property
    def layer(self) -> str:
        """`rules` for checklist.rules.dose; empty for the package itself."""
        return self.module.partition(".")[2].partition(".")[0]

    def at(self, node: ast.AST, sentence: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {sentence}"


def source(path: str, text: str) -> Source:
    """A file as it would lie at `path` in the repository."""
    parts = Path(path).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(module, path, text)


def sources(folder: str) -> list[Source]:
    files = sorted((ROOT / folder).rglob("*.py"))
    return [source(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]


def imports(file: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every imported module by its full dotted name, also inside functions; `from p import m` gives p.m."""
    for node in file.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(file, node)
            yield from ((node, f"{base}.{alias.name}") for alias in node.names)


def _absolute(file: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = file.path.endswith("__init__.py")
    package = file.module.split(".") if is_package else file.module.split(".")[:-1]
    kept = package[: len(package) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def foreign_layers(file: Source) -> list[str]:
    allowed = MAY_IMPORT.get(file.layer)
    if allowed is None:
        return []
    found = []
    for node, name in imports(file):
        top, _, rest = name.partition(".")
        layer = rest.partition(".")[0]
        # `from checklist import __version__` takes a value of the package itself.
        if top == "checklist" and layer not in {*allowed, file.layer, "__version__"}:
            found.append(file.at(node, f"{file.layer or 'the package'} may not import {layer or 'the package'}"))
    return found


def packages_away_from_home(file: Source) -> list[str]:
    found = []
    for node, name in imports(file):
        top = name.partition(".")[0]
        homes = HOMES.get(top)
        if homes is not None and file.layer not in homes:
            found.append(file.at(node, f"{top} belongs in {', '.join(sorted(homes))} alone"))
        elif file.layer in STDLIB_ONLY and top not in {*sys.stdlib_module_names, "checklist"}:
            found.append(file.at(node, f"{file.layer or 'the package'} uses the standard library alone, not {top}"))
    return found


def the_world_in_pure_code(file: Source) -> list[str]:
    """Disk, network, clock and chance where only values belong."""
    banned = NOT_IN.get(file.layer, frozenset())
    found = [
        file.at(node, f"{file.layer} may not use {name.partition('.')[0]}")
        for node, name in imports(file)
        if name.partition(".")[0] in banned
    ]
    if file.layer in PURE:
        found += [file.at(call, f"{file.layer} may not open files") for call in _calls(file, "open", bare=True)]
    return found


def own_clock(file: Source) -> list[str]:
    """`datetime.now()` and its like outside times.py: the time comes in as a Clock."""
    if file.layer == "times":
        return []
    return [
        file.at(call, "ask the Clock for the time")
        for name in ("now", "utcnow", "today")
        for call in _calls(file, name)
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) in {"datetime", "date", "datetime.datetime", "datetime.date"}
    ]


def sql_outside_store(file: Source) -> list[str]:
    if file.layer == "store":
        return []
    found = [file.at(call, "SQL belongs in store alone") for call in _calls(file, "execute")]
    for node in file.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            found.append(file.at(node, "SQL belongs in store alone"))
    return found


def too_long(file: Source) -> list[str]:
    lines = len(file.text.splitlines())
    return [f"{file.path}: {lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def stray_style(file: Source) -> list[str]:
    if file.path == "checklist/ui/style.py":
        return []
    return [file.at(call, "style belongs in style.qss and ui/style.py") for call in _calls(file, "setStyleSheet")]


def nested_event_loops(file: Source) -> list[str]:
    """Dialogs use open(); the one exec() is the application's own, in ui/app.py."""
    runs = [*_calls(file, "exec"), *_calls(file, "exec_")] if file.layer == "ui" else []
    if file.path == "checklist/ui/app.py":
        runs = runs[1:]
    found = [file.at(call, "use open() or popup(), not a nested exec()") for call in runs]
    return found + [file.at(call, "no processEvents()") for call in _calls(file, "processEvents")]


def signals_the_program_sends(file: Source) -> list[str]:
    """Signals that fire when a record is drawn, too: loading a record must not write one."""
    if file.layer != "ui":
        return []
    return [
        file.at(call, f"{call.func.value.attr} also fires without a person; connect clicked or editingFinished")
        for call in _calls(file, "connect")
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Attribute)
        and call.func.value.attr in PROGRAM_DRIVEN
    ]


def stray_print(file: Source) -> list[str]:
    if file.layer in MAY_PRINT:
        return []
    return [file.at(call, "no print() here") for call in _calls(file, "print", bare=True)]


def global_state(file: Source) -> list[str]:
    return [file.at(node, "no global state: hand the value in") for node in file.nodes if isinstance(node, ast.Global)]


def _calls(file: Source, name: str, *, bare: bool = False) -> Iterator[ast.Call]:
    """Calls of x.name(...), or of plain name(...) when bare, in the order of the lines."""
    for node in file.nodes:
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) if bare else isinstance(called, ast.Attribute):
                written = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                if written == name:
                    yield node


CHECKERS: tuple[Callable[[Source], list[str]], ...] = (
    foreign_layers,
    packages_away_from_home,
    the_world_in_pure_code,
    own_clock,
    sql_outside_store,
    too_long,
    stray_style,
    nested_event_loops,
    signals_the_program_sends,
    stray_print,
    global_state,
)
