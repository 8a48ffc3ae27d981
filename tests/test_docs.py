"""What the documents say of the program is so: tests they name, links, decisions, hazards, counts of limits."""

import re
from pathlib import Path

import pytest

from checklist import __version__
from checklist.protocol.files import shipped

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")),
)
AN_EXAMPLE = "test_fasting_3"  # of a name that says nothing, in CONTRIBUTING.md


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def heading_ids(text: str) -> set[str]:
    """The anchors of the headings, as the pages of the repository make them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_test_and_every_file_a_document_names_is_there(path: Path) -> None:
    known = {
        name
        for one in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"^\s*def (test_\w+)", one.read_text(encoding="utf-8"), re.MULTILINE)
    }
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text)) - {AN_EXAMPLE}
    assert named - known == set()
    files = re.findall(r"`(tests/[\w/]+(?:\.\w+)?)`", text)
    assert [one for one in files if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_or_a_heading_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", text):
        found = path.parent / target if target else path
        assert found.exists(), target
        if anchor:
            assert anchor in heading_ids(found.read_text(encoding="utf-8")), anchor


def test_each_decision_has_a_number_of_its_own_and_stands_in_the_list_in_order() -> None:
    files = sorted(path.name for path in (ROOT / "docs" / "adr").glob("0*.md"))
    numbers = [int(name[:4]) for name in files]
    assert numbers == list(range(1, len(files) + 1))
    for number, name in zip(numbers, files, strict=True):
        assert read(f"docs/adr/{name}").startswith(f"# {number}. ")
    listed = re.findall(r"^\| \[(\d+)\]\((0[^)]+)\)", read("docs/adr/README.md"), re.MULTILINE)
    assert listed == [(str(number), name) for number, name in zip(numbers, files, strict=True)]


def test_a_decision_named_by_number_is_the_one_the_link_leads_to() -> None:
    for path in DOCUMENTS:
        for number, target in re.findall(r"\[ADR (\d+)\]\([^)]*?(\d{4})-[^)]*\)", path.read_text(encoding="utf-8")):
            assert int(number) == int(target), path.name


def test_each_hazard_has_one_row_and_the_rows_are_in_order() -> None:
    rows = re.findall(r"^\| (\d+) \| \*\*(.+?)\*\* \|(.*)$", read("docs/hazards.md"), re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, len(rows) + 1))
    titles = [title for _, title, _ in rows]
    assert len(set(titles)) == len(titles)
    without = [title for _, title, rest in rows if "test_" not in rest and "no test" not in rest]
    assert without == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/protocol.md"])
def test_the_counts_of_limits_are_those_of_the_shipped_protocol(name: str) -> None:
    protocol = shipped()
    limits = protocol.limits.values()
    none = sum(not one.source.startswith("S:") for one in limits)
    policy = sum(protocol.source_of(one.key) == "clinic policy" for one in limits)
    shown = f"{policy} are shown as “clinic policy”: {none} cite no source, {policy - none}"
    counts = {
        "README.md": f"Of {len(limits)} limits shipped, {shown} (",
        "CHANGELOG.md": f"Of {len(limits)} limits, {shown} a weak one",
        "docs/protocol.md": f"Of its {len(limits)} limits {len(limits) - none} cite a source and {none} are proposals.",
    }
    text = " ".join(read(name).split())
    assert counts[name] in text
    assert len(re.findall(r"Of (?:its )?\d+ limits", text)) == 1


def test_the_changelog_puts_safety_first_and_says_nothing_twice() -> None:
    text = read("CHANGELOG.md")
    assert f"## [{__version__}]" in text
    parts = re.findall(r"^### (\w+)", text, re.MULTILINE)
    assert parts[0] == "Safety"
    assert len(set(parts)) == len(parts)
    first_lines = re.findall(r"^- (.+)$", text, re.MULTILINE)
    assert len(set(first_lines)) == len(first_lines)
    assert text.count("Known limits") == 1
