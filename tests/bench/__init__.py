"""The benchmark: what a page costs a reader and what a build costs an editor, beside a naive build of the same pages.

`python -m tests.bench` runs it and fails where a budget is broken. It is no part of pytest's run; that its parts
work is tested in `tests/test_bench.py`.
"""
