"""A swap: two folders change places at once, or stay as they are."""

from __future__ import annotations

import sys

import pytest

from tally import swap


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    return tmp_path / "one", tmp_path / "other"


def test_two_folders_change_places(folders):
    assert swap.exchange(*folders)
    assert [(folder / "file").read_text() for folder in folders] == ["other", "one"]


def test_a_folder_changes_places_with_nothing_but_a_folder(folders):
    one, other = folders
    assert not swap.exchange(one, other / "nothing")
    assert [(folder / "file").read_text() for folder in folders] == ["one", "other"]


def test_a_system_that_cannot_does_nothing(folders, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert not swap.exchange(*folders)
    assert [(folder / "file").read_text() for folder in folders] == ["one", "other"]
