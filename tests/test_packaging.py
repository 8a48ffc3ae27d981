"""The wheel that clinics install: whole, clean, small."""

import subprocess
import sys
import tomllib
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

import checklist

ROOT = Path(checklist.__file__).resolve().parent.parent
LARGEST_WHEEL = 15 * 1024 * 1024
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_every_resource_is_in_the_wheel_once(wheel: Path) -> None:
    shipped = {
        f"checklist/_resources/{file.relative_to(ROOT / 'resources').as_posix()}"
        for file in (ROOT / "resources").rglob("*")
        if file.is_file()
    }
    assert {name for name in names(wheel) if name.startswith("checklist/_resources/")} == shipped
    assert not [name for name in names(wheel) if name.startswith("resources/")]


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    package = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "checklist").rglob("*")
        if file.suffix in (".py", ".typed")
    }
    assert package <= names(wheel)
    tops = {name.partition("/")[0] for name in names(wheel)}
    assert tops == {"checklist", f"ketamine_checklist-{checklist.__version__}.dist-info"}
    assert not [name for name in names(wheel) if "__pycache__" in name or name.endswith((".pyc", ".db"))]


def test_the_wheel_stays_under_15_mib(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_the_wheel_carries_the_licences(wheel: Path) -> None:
    licences = {name.partition("licenses/")[2] for name in names(wheel) if ".dist-info/licenses/" in name}
    assert {"LICENSE", "resources/icons/LICENSE", "resources/fonts/LICENSES/NotoSans-OFL.txt"} <= licences
    assert metadata(wheel)["License-Expression"] == "Apache-2.0"


def test_the_exact_versions_lie_within_the_promised_ranges(wheel: Path) -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lock = [Requirement(line) for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if "==" in line]
    pinned = {canonicalize_name(entry.name): next(iter(entry.specifier)).version for entry in lock}
    promised = [Requirement(line) for line in metadata(wheel).get_all("Requires-Dist", [])]
    assert len(promised) == len(PROJECT["dependencies"])
    assert [str(r) for r in promised if not r.specifier.contains(pinned[canonicalize_name(r.name)])] == []


def test_the_installed_wheel_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from checklist import resources; "
        "print(resources.path('fonts/fonts.toml')); print(len(resources.names('icons')))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(tmp_path / "site")],
        cwd=tmp_path, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    place, icons = done.stdout.splitlines()
    assert Path(place) == tmp_path / "site" / "checklist" / "_resources" / "fonts" / "fonts.toml"
    assert int(icons) == len([file for file in (ROOT / "resources" / "icons").iterdir() if file.is_file()])
