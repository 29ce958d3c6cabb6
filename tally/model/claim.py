"""The claims: `data/claims/*.yaml`, what the paper says and how it is tried."""

from __future__ import annotations

from pydantic import Field, model_validator

from tally.model.base import CellName, ChartId, Id, Localized, Strict, fault


class Claim(Strict):
    """A quantitative statement of the paper, in our words. Its verdict is worked out, never typed.

    With a `formula` the printed figure is recomputed; with `against` it is held against another figure that
    the paper prints for the same thing; with a `condition` a statement that prints no figure is tried; with
    none of the three it cannot be checked, and `why` says why not.
    """

    statement: Localized = Field(description="what the paper says, paraphrased, its figures bound")
    printed: CellName = Field(description="the name of the figure that the paper prints for it")
    formula: str | None = Field(default=None, description="recomputes the printed figure", examples=["targets.hk-firms.2025 - targets.hk-firms.2022"])
    against: CellName | None = Field(default=None, description="another figure that the paper prints for the same thing")
    condition: str | None = Field(default=None, description="tries a statement that prints no figure", examples=["targets.global-providers.2025 > targets.global-providers.2022"])
    why: Localized | None = Field(default=None, description="why it cannot be checked")
    finding: Localized | None = Field(default=None, description="what the recomputation shows, in a sentence")
    reading: Localized | None = Field(default=None, description="an innocent reading, where there is one")
    chart: ChartId | None = Field(default=None, description="the chart that shows it")

    @model_validator(mode="after")
    def _one_test(self) -> Claim:
        tests = [self.formula, self.against, self.condition, self.why]
        if sum(test is not None for test in tests) != 1:
            raise fault("write exactly one of formula, against, condition, why")
        return self


class Claims(Strict):
    """`data/claims/NAME.yaml`: claims, in the order of the paper."""

    claims: dict[Id, Claim] = Field(min_length=1, description="claims by their ids, in the order of the paper")
