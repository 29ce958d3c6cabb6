"""Problems: what is wrong, where, and the nearest known name."""

from __future__ import annotations

from tally.problem import Faulty, Problem, nearest


def test_a_problem_reads_as_file_line_column_key_and_message():
    assert str(Problem("data/a.yaml", 3, 7, "rows.x", "is wrong")) == "data/a.yaml:3:7: rows.x: is wrong"


def test_a_problem_without_a_key_leaves_it_out():
    assert str(Problem("data/a.yaml", 1, 1, "", "is empty")) == "data/a.yaml:1:1: is empty"


def test_problems_are_sorted_by_place_and_said_once():
    late, early = Problem("b", 1, 1, "", "x"), Problem("a", 10, 2, "", "x")
    assert Faulty([late, early, late]).problems == [early, late]


def test_lines_are_sorted_as_numbers():
    assert [problem.line for problem in Faulty([Problem("a", 10, 1, "", "x"), Problem("a", 9, 1, "", "x")]).problems] == [9, 10]


def test_the_closest_name_is_offered():
    assert nearest("vacansy", ["density", "vacancy"]) == "did you mean vacancy?"


def test_a_few_names_are_listed_when_none_is_close():
    assert nearest("zzz", ["b", "a"]) == "known: a, b"


def test_a_long_list_is_cut():
    assert nearest("zzz", "abcdefgh") == "known: a, b, c, d, e, f, …"


def test_nothing_is_offered_where_nothing_is_declared():
    assert nearest("zzz", []) == "none is declared"
