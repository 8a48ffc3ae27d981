"""The command line: what it says, what it refuses, and that it is light."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checklist import __version__, cli, errors
from checklist.desk.door import PROTOCOL_NAME
from tests.walls import ROOT


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "checklist", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=5,
        check=False,
    )


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as exit_:
        cli.main(arguments)
    assert exit_.value.code == 2
    return capsys.readouterr().err


def test_the_version_is_that_of_the_package() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"checklist {__version__}\n", "")


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["--help"])
    assert exit_.value.code == 0
    said = capsys.readouterr().out
    assert "tour" in said
    assert "--practice" in said


@pytest.mark.parametrize(
    "size", ["", "big", "1366", "1366x", "x768", "799x600", "800x599", "-1366x768", "1366x768x2", "²x²"]
)
def test_a_wrong_size_is_refused_with_an_example(capsys: pytest.CaptureFixture[str], size: str) -> None:
    assert "is not a size of at least 800x600, e.g. 1366x768" in refused(capsys, "tour", "out", f"--size={size}")


@pytest.mark.parametrize("percent", ["", "79", "201", "100%", "1.5", "large"])
def test_a_wrong_percentage_is_refused(capsys: pytest.CaptureFixture[str], percent: str) -> None:
    assert "is not a percentage from 80 to 200" in refused(capsys, f"--font-percent={percent}")


@pytest.mark.parametrize("arguments", [("dance",), ("--colour",), ("tour",)])
def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert "usage: checklist" in refused(capsys, *arguments)


def test_sizes_and_percentages_are_read() -> None:
    options = cli._parser().parse_args(["tour", "out", "--size", "1920X1080", "--font-percent", "150"])
    assert (options.size, options.font_percent, options.out) == ((1920, 1080), 150, Path("out"))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ProtocolError("protocol.toml, line 7: “x” is not a known key. Use one of: id."), cli.EXIT_MISTAKE),
        (errors.DataFileError("The data file is in use. Close the other window."), cli.EXIT_FAILED),
    ],
)
def test_an_error_is_one_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: errors.KnownError, code: int
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_tour", fail)
    assert cli.main(["tour", "out"]) == code
    assert capsys.readouterr().err == error.sentence + "\n"


@pytest.mark.slow
def test_a_mistake_in_the_protocol_ends_the_start_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / PROTOCOL_NAME).write_text('[protocol]\nid = "x"\nversion = 1\n', encoding="utf-8")
    done = run("--data", str(tmp_path))
    assert done.returncode == cli.EXIT_MISTAKE
    assert done.stdout == ""
    assert done.stderr.startswith(f"{tmp_path / PROTOCOL_NAME}, line 1: [protocol]: ")
    assert done.stderr.count("\n") == 1


def test_the_practice_file_has_a_folder_of_its_own() -> None:
    parse = cli._parser().parse_args
    clinic, practice = (cli.data_folder(parse(words)) for words in ([], ["--practice"]))
    assert (clinic.name, practice.name) == ("clinic", "practice")
    assert clinic.parent == practice.parent
    assert cli.data_folder(parse(["--data", "here"])) == Path("here")


def test_importing_the_command_line_brings_no_qt() -> None:
    program = "import sys, checklist.cli; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
def test_without_a_screen_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not cli.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert cli.has_display()


def test_the_workstation_has_a_name() -> None:
    assert cli.workstation()


def test_the_font_size_counts_before_and_after_the_name_of_the_command() -> None:
    parse = cli._parser().parse_args
    assert parse(["--font-percent", "150", "tour", "out"]).font_percent == 150
    assert parse(["tour", "out", "--font-percent", "120"]).font_percent == 120
    assert parse(["tour", "out"]).font_percent == 100
