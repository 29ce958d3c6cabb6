"""Packing: small, the same every time, and read back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tally.packing import packed, unpacked


@given(st.text())
def test_what_is_packed_is_read_back(text):
    assert unpacked(packed(text)) == text and packed(text) == packed(text)


def test_a_drawing_takes_a_fraction():
    text = "".join(f'<rect x="{x}" y="4" width="10" height="12" class="bar"/>' for x in range(100))
    assert len(packed(text)) < len(text) / 5
