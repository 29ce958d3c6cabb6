"""The tiny sites under `tests/sites`, whole or with something changed in memory."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from tally import book, page, poster, press, project, site, source, task
from tally.draft import exchanged
from tally.notation import Notation
from tally.problem import Faulty

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
NAMES = ("solids", "waves")


@cache
def folder(name="solids"):
    """A tiny site as it stands on the disk."""
    return source.load(SITES / name, ROOT)


def changed(path, old, new, name="solids", base=None):
    """A site (`base`, if given) with one text replaced in one file; bytes or None replace or remove the file."""
    base = base or folder(name)
    files = dict(base.files)
    if isinstance(new, bytes):
        files[path] = new
    elif new is None:
        del files[path]
    else:
        text = files[path].decode()
        assert old in text, f"{path} does not hold {old!r}"
        files[path] = text.replace(old, new, 1).encode()
    return replace(base, files=files)


def complaints(given):
    """What is wrong in a folder, line by line."""
    try:
        site.check(given)
    except Faulty as error:
        return [str(problem) for problem in error.problems]
    return []


@cache
def checked(name="solids"):
    """A tiny site with everything that was found out about it."""
    return site.check(folder(name))


@cache
def drawings(name="solids"):
    """Its charts."""
    return checked(name).drawings


def render(name="solids", given=None):
    """All its files, made anew from a folder that passed the checks."""
    return files(checked(name), given or folder(name))


def made(given):
    """All files of a folder with something changed in it."""
    return files(site.check(given), given)


def files(found, given):
    """All files of a publication and its folder, in memory."""
    contents = {}
    own = press.Press.of(found, given, poster.takeaways(found), {})
    late = page.render(own, contents.__setitem__, worth=task.ALONE, only=own.assets.late)
    names = page.names(late)
    page.render(own, contents.__setitem__, done=late, worth=task.ALONE)
    contents |= {file.path: file.content for file in page.loose(own, {})}
    return {names.get(path, path): exchanged(raw, names) for path, raw in sorted(contents.items())}


def written(folder):
    """Every file of a folder on the disk by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def rendered(name="solids"):
    """All its files."""
    return render(name)


def view(path, language, name="solids"):
    """What the page at this path may ask."""
    found = checked(name)
    own = press.Press.of(found, folder(name), {}, {})
    return own.view(path, language)


@cache
def paper():
    """The paper's data, whatever state its stories and charts are in: the project and its book."""
    whole = source.load(ROOT, ROOT)
    data = ("data/tables/", "data/figures/", "data/site", "data/paper", "data/sources", "data/units", "content/interface")
    found = project.validate(replace(whole, files={path: raw for path, raw in whole.files.items() if path.startswith(data)}))
    return found, book.derive(found)


def notation(language):
    """How the published site writes one of its languages."""
    found, _ = paper()
    return Notation(language, found.site.languages[language], found.units, {id: texts[language] for id, texts in found.words.items()})
