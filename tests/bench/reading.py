"""A reading: one thing measured on both builds, with the budget that it is held to."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.budgets import Budget


@dataclass(frozen=True)
class Reading:
    """`ours` and `naive` are in `unit`; None where a build has no such thing, or where `why` it was not measured is told."""

    subject: str
    """the page, or the site that was built"""
    measure: str
    unit: str
    ours: float | None
    naive: float | None = None
    budget: Budget | None = None
    why: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the naive build's."""
        return self.ours / self.naive if self.naive and self.ours is not None else None

    @property
    def holds(self) -> bool | None:
        """Whether the budget is kept, which nothing does that was not measured; None where there is none, or nothing to compare with."""
        if not self.budget:
            return None
        return self.ours is not None and self.budget.holds(self.ours, self.naive)

    @property
    def broken(self) -> bool:
        """Whether this fails the benchmark: a goal that is missed does not."""
        return self.holds is False and bool(self.budget and self.budget.binds)
