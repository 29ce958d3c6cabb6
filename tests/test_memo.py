"""A memo: what is made once, and what is forgotten."""

from __future__ import annotations

from tally.memo import latest, remembered


def counted(keeping):
    made = []

    @keeping
    def listed(*given):
        made.append(given)
        return list(given)

    return listed, made


def test_of_the_very_same_things_it_is_made_once():
    one, equal = [1], [1]
    for keeping in (remembered, latest):
        listed, made = counted(keeping)
        assert listed("a" * 2, one) is listed("aa", one) and len(made) == 1
        assert listed("aa", equal) is not listed("aa", one) and len(made) == 2


def test_only_the_last_few_are_kept_and_what_is_asked_for_stays():
    listed, made = counted(latest)
    stays = [0]
    first = listed(stays)
    for _ in range(40):
        listed([1])
        assert listed(stays) is first
    gone = made[1][0]
    assert listed(gone) is not made[1] and made[-1][0] is gone and len(made) == 42
