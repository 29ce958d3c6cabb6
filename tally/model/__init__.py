"""The model: what each file of `data/` and `content/` may say, as types.

One class for each thing an editor writes; pydantic checks shape and types, and every description here ends
up in editors' help. Rules that need two files (does this row exist?) are `project`'s; arithmetic is
`book`'s. Figures arrive as the strings that were typed and become `Decimal`, never float.
"""

from tally.model.base import MOST_DIGITS, Date, Figure, Id, Localized, Measure, Qualifier, Role, Strict, fault, is_id
from tally.model.chart import LOGARITHMIC, Annotation, Chart, Cut, Grid, GridColumn, GridRow, Span, Spot
from tally.model.claim import Claim, Claims
from tally.model.content import Interface, MadeFrom, PageMeta, StoryMeta, Watchwords, WatchwordsFile
from tally.model.data import Cell, Column, FigureSet, Place, Printed, Row, Single, Table
from tally.model.release import (
    Correction,
    Corrections,
    FrozenCell,
    FrozenChart,
    FrozenClaim,
    FrozenColumn,
    FrozenFace,
    FrozenPoint,
    FrozenRow,
    Release,
    Withdrawal,
)
from tally.model.site import Language, Origin, Paper, Pattern, Section, Site, Sources, Unit, Units

__all__ = [
    "LOGARITHMIC",
    "MOST_DIGITS",
    "Annotation",
    "Cell",
    "Chart",
    "Claim",
    "Claims",
    "Column",
    "Correction",
    "Corrections",
    "Cut",
    "Date",
    "Figure",
    "FigureSet",
    "FrozenCell",
    "FrozenChart",
    "FrozenClaim",
    "FrozenColumn",
    "FrozenFace",
    "FrozenPoint",
    "FrozenRow",
    "Grid",
    "GridColumn",
    "GridRow",
    "Id",
    "Interface",
    "Language",
    "Localized",
    "MadeFrom",
    "Measure",
    "Origin",
    "PageMeta",
    "Paper",
    "Pattern",
    "Place",
    "Printed",
    "Qualifier",
    "Release",
    "Role",
    "Row",
    "Section",
    "Single",
    "Site",
    "Sources",
    "Span",
    "Spot",
    "StoryMeta",
    "Strict",
    "Table",
    "Unit",
    "Units",
    "Watchwords",
    "WatchwordsFile",
    "Withdrawal",
    "fault",
    "is_id",
]
