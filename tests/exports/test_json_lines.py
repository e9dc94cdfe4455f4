from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quotes.exports.json_lines import encode

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text() | st.sampled_from(["\ud800", "\x9b31m", "\u202e", "é"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_json_is_the_same_value_and_steers_no_terminal(value: Any) -> None:
    written = encode(value)
    assert json.loads(written) == value
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in written)
    written.encode("utf-8")


def test_letters_stay_as_they_are() -> None:
    assert encode("石破 é") == '"石破 é"'
