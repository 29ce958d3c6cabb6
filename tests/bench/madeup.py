"""A made-up site of as many charts as wanted, in two languages: the same bytes whenever it is written.

A table for every twenty charts, drawn in every form that takes numbers, and a story for every table with its figures
in sentences, some of them asserted. The words of the interface, and those to watch for, are the project's own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.bench.process import ENGINE

PER_TABLE = 20
PLACES = dict(zip("abcdefghij", "甲乙丙丁戊己庚辛壬癸", strict=True))
YEARS = ("2022", "2025", "more")
FORMS: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("bars", {"columns": ["2022"]}),
    ("change", {"rows": ["c"], "columns": ["2022", "2025"]}),
    ("pairs", {"rows": ["a", "b", "e", "f"], "columns": ["2022", "2025"]}),
    ("dots", {"columns": ["2025"]}),
    ("slope", {"rows": ["b", "d", "g", "h"], "columns": ["2022", "2025"]}),
    ("share", {"rows": ["a", "d", "i"], "columns": ["2022", "more"]}),
)
CHANGE = ("data/tables/t1.yaml", "'2022': 137", "'2022': 139")
"""A figure that charts and sentences show, before and after an editor's change."""


def write(root: Path, charts: int) -> None:
    """The whole site into `root`."""
    for path, content in files(charts):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        target.write_text(text, "utf-8")
    for name in ("interface.yaml", "watchwords.yaml"):
        shutil.copy(ENGINE / "content" / name, root / "content" / name)


def files(charts: int) -> Iterator[tuple[str, Any]]:
    """Every file but those that are the project's own."""
    yield from _ground()
    for table in range(1, -(-charts // PER_TABLE) + 1):
        yield f"data/tables/t{table}.yaml", _table(table)
        own = range((table - 1) * PER_TABLE + 1, min(table * PER_TABLE, charts) + 1)
        yield from ((f"data/charts/c{chart}.yaml", _chart(chart, table)) for chart in own)
        yield f"content/stories/s{table}/story.yaml", {"order": table, "published": "2026-11-22", "lead": f"c{own[0]}"}
        yield from ((f"content/stories/s{table}/{language}.md", _story(table, own[:5], language)) for language in ("zh", "en"))


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _ground() -> Iterator[tuple[str, Any]]:
    yield "data/site.yaml", {
        "languages": {"zh": {"tag": "zh-Hant-HK", "locale": "zh_Hant_HK", "name": "繁體中文", "script": "han"},
                      "en": {"tag": "en", "locale": "en_HK", "name": "English", "script": "latin"}},
        "title": _both("各地", "Places"), "tagline": _both("各地的企業", "Firms in many places"), "publisher": _both("對數", "Tally"),
        "overview": "c1", "package": "places", "sections": {"all": _both("全部", "All")}}
    yield "data/units.yaml", {"units": {"家": {"base": "firms", "name": _both("家企業", "firms"), "show": {
        "zh": "{} 家", "en": {"one": "{} firm", "other": "{} firms"}}}}}
    yield "data/paper.yaml", {"source": "paper", "name": _both("該文", "the paper"), "sections": {1: {"title": _both("全文", "All")}}}
    yield "data/sources.yaml", {"sources": {"paper": {
        "producer": _both("無人", "Nobody"), "title": _both("不存在的文章", "No such paper"),
        "citation_full": _both("不存在的文章。", "No such paper."), "license": {"name": _both("無", "None")}}}}
    for page in ("front", "about"):
        yield f"content/pages/{page}/zh.md", "---\ntitle: 各地\ndek: 數目各異。\n---\n甲地有 {{ t1.a.2022 }}。\n"
        yield f"content/pages/{page}/en.md", "---\ntitle: Places\ndek: They differ.\n---\nPlace A has {{ t1.a.2022 }}.\n"


def _table(table: int) -> dict[str, Any]:
    return {
        "title": _both("各地企業", "Firms by place"), "source": "paper", "place": {"section": 1, "table": str(table)},
        "columns": {"2022": {"label": _both("2022 年", "2022"), "period": "2022", "role": "base"},
                    "2025": {"label": _both("2025 年", "2025"), "period": "2025", "role": "target"},
                    "more": {"label": _both("增加", "Increase"), "formula": "row.2025 - row.2022", "unit": "家"}},
        "rows": {id: {"label": _both(f"{han}地", f"Place {id.upper()}"), "unit": "家", "cells": _cells(table, at)}
                 for at, (id, han) in enumerate(PLACES.items())}}


def _cells(table: int, row: int) -> dict[str, int]:
    start = 100 + (37 * table + 61 * row) % 900
    return {"2022": start, "2025": start + 20 + (53 * table + 29 * row) % 300}


def _chart(chart: int, table: int) -> dict[str, Any]:
    form, cut = FORMS[chart % len(FORMS)]
    place = list(PLACES)[chart % len(PLACES)]
    cell, later = f"t{table}.{place}.2022", f"t{table}.{place}.2025"
    return {
        "form": form, "order": chart, "section": "all",
        "title": _both(f"{PLACES[place]}地有 {{{{ {cell} }}}}，[[ 還會再多 | {later} > {cell} ]]",
                       f"Place {place.upper()} has {{{{ {cell} }}}} and will [[ have more | {later} > {cell} ]]"),
        "subtitle": _both("各地企業數目", "Firms by place"), "alt": _both("各地企業數目圖。", "Firms by place, drawn."),
        "cut": {"table": f"t{table}", **cut}, "sort": "falling" if form in ("bars", "dots") else "given"}


def _story(table: int, charts: range, language: str) -> str:
    title, dek = {"zh": ("由 {{ t%d.a.2022 }}起", "各地數目。"), "en": ("From {{ t%d.a.2022 }} up", "Firms by place.")}[language]
    parts = [f'---\ntitle: "{title % table}"\ndek: {dek}\n---\n']
    for place, chart in zip(PLACES, charts, strict=False):
        now, then = f"t{table}.{place}.2022", f"t{table}.{place}.2025"
        more = {"zh": "比原來多", "en": "more than before"}[language]
        begun, aim, claim = f"{{{{ {now} }}}}", f"{{{{ {then} }}}}", f"[[ {more} | {then} > {now} ]]"
        parts.append({"zh": f"{PLACES[place]}地有 {begun}，目標是 {aim}，{claim}。",
                      "en": f"Place {place.upper()} has {begun} and aims for {aim}, {claim}."}[language])
        parts.append(f"::chart c{chart}")
    return "\n\n".join(parts) + "\n"
