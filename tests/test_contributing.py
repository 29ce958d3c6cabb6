"""The steps in CONTRIBUTING.md: each is done as it is written, in a copy, and does what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tally import site, source, splice
from tally.problem import Faulty
from tests.test_build import run
from tests.tiny import ROOT, SITES

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def section(title):
    """One section of the page."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def commands(text):
    """What is to be typed at the command line."""
    return re.findall(r"`python build\.py ([^`]+)`", text)


def yaml(text):
    """Each block of YAML, without the indentation of the list that it stands in."""
    return [re.sub(r"(?m)^ {3}", "", block) for block in re.findall(r"(?s) {3}```yaml\n(.*?) {3}```", text)]


def do(root, command):
    made = run(*command.split(), "--root", root)
    assert made.returncode == 0, made.stderr
    return made.stdout


@pytest.fixture
def copy(tmp_path):
    """The published site's input, to change."""
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_correct_a_figure(copy):
    text = section("Correct a figure")
    ask, check, bring = commands(text)
    name, _, value = ask.removeprefix("impact ").partition("=")
    table, row, column = name.split(".")
    assert f"`{name}`: the file is `data/tables/{table}.yaml`, the row `{row}`, the column `{column}`" in " ".join(text.split())
    said = do(copy, ask)
    assert f"{name}: " in said and value in said

    file = copy / "data/tables" / f"{table}.yaml"
    before = file.read_text("utf-8")
    was = re.search(rf"{row}: .*{column}: ([0-9.]+)", before)
    file.write_text(before[: was.start(1)] + value + before[was.end(1):], "utf-8")
    do(copy, check)

    sheet = copy / "sheet.csv"
    sheet.write_text(f"id,{column}\n{row},{was[1]}\n", "utf-8")
    do(copy, f"{bring.replace('sheet.csv', str(sheet))} --yes")
    assert file.read_text("utf-8") == before


def test_release_and_correct(copy):
    text = section("Release and correct")
    release, check = commands(text)
    do(copy, release)
    name = release.split()[1]
    assert f"`data/releases/{name}.json.br`" in text and (copy / f"data/releases/{name}.json.br").is_file()

    correction, withdrawal = yaml(text)
    table, row, column = re.search(r"cells: \[([^\]]*)\]", correction)[1].split(".")
    file = copy / f"data/tables/{table}.yaml"
    before = file.read_text("utf-8")
    figure = re.search(rf"{row}: .*{column}: ([0-9.]+)", before)
    file.write_text(before[: figure.end(1)] + "1" + before[figure.end(1):], "utf-8")
    assert "to look at" in run(*check.split(), "--root", copy).stderr
    told = run("check", "--strict", "--root", copy)
    assert told.returncode == 1 and f"cells: [{table}.{row}.{column}]" in told.stderr

    released = run(*release.split(), "--root", copy)
    assert released.returncode == 1  # a release never changes
    block = re.sub(r"date: [0-9-]+", "date: 2126-12-01", correction)  # after the release, whenever this is run
    (copy / "data/corrections.yaml").write_text(block + withdrawal, "utf-8")
    do(copy, "check --strict")


def test_add_a_chart_in_four_steps(copy):
    text = section("Add a chart in four steps")
    assert re.findall(r"(?m)^([0-9])\. ", text) == ["1", "2", "3", "4"]
    new, check, confirm = commands(text)
    made = Path(re.search(r"Wrote (.*)", do(copy, new))[1])
    assert f"`{made.relative_to(copy)}`" in text
    do(copy, "check")

    [block] = yaml(text)
    first = made.read_text("utf-8").split("\n")[0]
    made.write_text(f"{first}\n{block}", "utf-8")
    do(copy, check)

    shown = re.search(r"`(::chart [^`]+)`", text)[1]
    story = next(path.parent for path in sorted((copy / "content/stories").glob("*/story.yaml")))
    for path in story.glob("*.md"):
        body = path.read_text("utf-8")
        at = body.index("\n\n", body.index("\n---\n") + 5) + 2
        path.write_text(f"{body[:at]}{shown}\n\n{body[at:]}", "utf-8")
    assert run("check", "--strict", "--root", copy).returncode == 1
    do(copy, confirm.replace("STORY", story.name))
    do(copy, f"build --strict --no-pictures --output {copy / 'site'}")
    page = re.search(r"`(site/en/charts/[^`]+/)`", text)[1]
    assert (copy / page / "index.html").is_file()
    assert (copy / "site/zh/charts" / made.stem / "index.html").is_file()


def test_add_a_language(tmp_path):
    text = section("Add a language")
    assert "copy of `tests/sites/waves`" in " ".join(text.split())
    root = tmp_path / "waves"
    shutil.copytree(SITES / "waves", root)
    file = root / "data/site.yaml"
    [block] = yaml(text)
    file.write_text(re.sub(r"(?m)^languages:\n.*\n", lambda found: f"{found[0]}  {block}", file.read_text("utf-8")), "utf-8")
    language = block.partition(":")[0]

    kinds = []
    while problems := wrong(root):
        kind = "texts" if problems[0].path.endswith(".yaml") else "pages"
        assert kind not in kinds, f"{kind} are named again: {problems[0]}"
        kinds.append(kind)
        for path in {problem.path for problem in problems}:
            write(root, path, language, [problem for problem in problems if problem.path == path])
    assert kinds == ["texts", "pages"], "first every text of the YAML files is named, then every page"

    do(root, commands(text)[0])
    do(root, commands(text)[-1])
    do(root, f"build --no-pictures --output {tmp_path / 'site'}")
    assert (tmp_path / "site" / language / "index.html").is_file()


def wrong(root):
    try:
        site.check(source.load(root, ROOT))
    except Faulty as error:
        return error.problems
    return []


def write(root, path, language, problems):
    """What the check asks for: each text once more, and each page."""
    file = root / path
    if path.endswith(".md"):
        assert [problem.message for problem in problems] == ["this translation is missing; it is the twin of en.md"]
        shutil.copy(file.with_name("en.md"), file)
        return
    found = site.projects.document.parse(path, file.read_text("utf-8"))
    changes = []
    for problem in problems:
        assert problem.message.startswith(f"the translation {language} is missing"), problem
        where = next(where for where in found.places() if ".".join(map(str, where)) == problem.key)
        data = found.data
        for step in where:
            data = data[step]
        changes.append(splice.Change((*where, language), None, data["en"]))
    file.write_text(splice.spliced(found.text, changes), "utf-8")


def test_the_commands_of_the_page_are_those_that_there_are():
    given = {command.split()[0] for command in commands(PAGE)}
    assert given and given <= set(re.findall(r"build\.py (\w+)", (ROOT / "build.py").read_text("utf-8")))
