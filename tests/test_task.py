"""Tasks: what is noted of a mapping, what is done again, and that two processes make what one does."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import task
from tally.problem import Faulty, Problem
from tally.task import Inputs, Memory, Watched, Whole


def watched(held):
    asked = set()
    return Watched("kind", held, asked), asked


def run(work, held, before=None, **more):
    """The results over one mapping, and the names of the tasks that were done for them."""
    done = []

    def counted(name, do):
        def make(world):
            done.append(name)
            return do(world)
        return make

    made = task.run({name: counted(name, do) for name, do in work.items()}, lambda asked: Watched("kind", held, asked),
                    Inputs({"kind": held}), before, **more)
    return made, done


# ---- what is noted

@pytest.mark.parametrize(("ask", "noted"), [
    (lambda held: held["a"], {("kind", "a")}),
    (lambda held: held.get("z"), {("kind", "z")}),
    (lambda held: "z" in held, {("kind", "z")}),
    (list, {("kind", Whole.NAMES)}),
    (len, {("kind", Whole.NAMES)}),
    (bool, {("kind", Whole.ANY)}),
    (lambda held: dict(held.items()), {("kind", Whole.NAMES), ("kind", "a"), ("kind", "b")}),
])
def test_what_is_asked_of_a_mapping_is_noted(ask, noted):
    held, asked = watched({"a": 1, "b": 2})
    ask(held)
    assert asked == noted


def test_of_a_dictionary_within_its_own_items_are_noted():
    held, asked = watched({"a": {"fr": "x", "de": "y"}})
    assert held["a"]["fr"] == "x"
    assert asked == {("kind/a", "fr")}
    part = Watched("kind", {"a": "x"}, asked, "fr")
    assert part["a"] == "x" and asked == {("kind/a", "fr")}


@given(st.dictionaries(st.text(), st.integers(), max_size=4), st.dictionaries(st.text(), st.integers(), max_size=4))
def test_fingerprints_differ_where_mappings_do(one, other):
    for name in (*one, *other, Whole.NAMES, Whole.ANY):
        def seen(held, name=name):
            return {Whole.NAMES: tuple(held), Whole.ANY: bool(held)}.get(name, (name in held, held.get(name)))
        same = Inputs({"kind": one}).fingerprint(("kind", name)) == Inputs({"kind": other}).fingerprint(("kind", name))
        assert same == (seen(one) == seen(other))


def test_a_fingerprint_does_not_depend_on_the_order_of_a_set():
    @dataclass(frozen=True)
    class Thing:
        names: frozenset[str]

    names = [f"name-{place}" for place in range(40)]
    assert len({task.fingerprint(Thing(frozenset(order))) for order in (names, names[::-1])}) == 1
    assert task.fingerprint(Thing(frozenset(names))) != task.fingerprint(Thing(frozenset(names[1:])))


# ---- what is done again

WORK = {"first": lambda held: held["a"] * 10, "all": lambda held: sum(held.values()), "many": len}


@pytest.mark.parametrize(("now", "again"), [
    ({"a": 1, "b": 2}, []),
    ({"a": 1, "b": 3}, ["all"]),
    ({"a": 5, "b": 2}, ["first", "all"]),
    ({"a": 1, "b": 2, "c": 0}, ["all", "many"]),
    ({"b": 2, "a": 1}, ["all", "many"]),
])
def test_only_what_asked_for_something_that_changed_is_done_again(now, again):
    before, _ = run(WORK, {"a": 1, "b": 2})
    found, done = run(WORK, now, before)
    assert done == again
    assert dict(found) == dict(run(WORK, now)[0])


def test_what_was_asked_for_in_vain_is_done_again_when_it_comes():
    work = {"z": lambda held: held.get("z", 0)}
    before, _ = run(work, {"a": 1})
    assert run(work, {"a": 2}, before)[1] == []
    assert run(work, {"a": 1, "z": 0}, before)[1] == ["z"]


def test_another_ground_and_a_new_task_are_done_again():
    before, _ = run(WORK, {"a": 1, "b": 2})
    assert before.changed(Inputs({"kind": {"a": 1, "b": 2}})) == set()
    assert task.run(WORK, lambda asked: Watched("kind", {"a": 1, "b": 2}, asked), Inputs({"kind": {"a": 1, "b": 2}}, "other"), before).kept["first"] is not before.kept["first"]
    found, done = run({**WORK, "new": bool}, {"a": 1, "b": 2}, before)
    assert done == ["new"] and list(found) == [*WORK, "new"]


def test_what_is_done_already_is_not_done_twice():
    early, _ = run({"first": WORK["first"]}, {"a": 1, "b": 2})
    found, done = run(WORK, {"a": 1, "b": 2}, Memory(), done=early)
    assert done == ["all", "many"] and dict(found) == {"first": 10, "all": 3, "many": 2}


# ---- many, and faults

def test_two_processes_make_what_one_does():
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.fail("these tests are for systems that fork")
    held = {str(place): place for place in range(100)}
    work = {name: (lambda held, name=name: (held[name], os.getpid())) for name in held}
    inputs = Inputs({"kind": held})
    many = task.run(work, lambda asked: Watched("kind", held, asked), inputs)
    assert {name: value for name, (value, _) in many.items()} == held and list(many) == list(held)
    alone = task.run(work, lambda asked: Watched("kind", held, asked), inputs, worth=1000)
    assert {process for _, process in alone.values()} == {os.getpid()}
    assert many.prints == alone.prints and all(many.fresh(name, many.changed(inputs)) for name in work)


def test_the_problems_of_all_tasks_are_raised_together():
    def bad(name):
        def make(held):
            raise Faulty([Problem("f", held[name], 1, "", "bad")])
        return make

    held = {str(place): place for place in range(40)}
    with pytest.raises(Faulty) as caught:
        task.run({name: bad(name) for name in held}, lambda asked: Watched("kind", held, asked), Inputs({"kind": held}))
    assert [problem.line for problem in caught.value.problems] == sorted(held.values())


# ---- known by identity

HELD = st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 2), st.dictionaries(st.sampled_from("xy"), st.integers(0, 1), max_size=2)), max_size=3)


@given(HELD, HELD)
def test_what_is_known_by_identity_is_what_its_fingerprints_tell(one, other):
    other = {name: one[name] if name in one and one[name] == value else value for name, value in other.items()}
    work = {"names": list, "any": bool, **{name: (lambda held, name=name: dict(held[name]) if isinstance(held.get(name), Watched) else held.get(name)) for name in "abc"},
            **{f"{name}.x": (lambda held, name=name: held[name].get("x") if isinstance(held.get(name), Watched) else None) for name in "abc"}}
    before, _ = run(work, one)
    by_print = pickle.loads(pickle.dumps(before))
    assert before.seen is not None and by_print.seen is None
    found, done = run(work, other, before)
    assert (dict(found), done) == (dict(run(work, other, by_print)[0]), run(work, other, by_print)[1])
    assert dict(found) == dict(run(work, other)[0])
