"""The benchmark: what a page costs a reader, what a build costs an editor, beside a naive build of the same pages, and
how long an editor waits for a new chart.

`python -m tests.bench` runs it and fails where a budget is broken. It is no part of pytest's run; that its parts
work is tested in `tests/test_bench.py`.
"""
