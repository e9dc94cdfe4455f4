from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quotes.web.plots import columns

DAYS = st.dictionaries(
    st.dates(min_value=date(1000, 1, 1)), st.integers(1, 10_000), min_size=1, max_size=40
)


@given(DAYS)
def test_the_bars_have_every_quotation_in_order(by_day: dict[date, int]) -> None:
    plot = columns(by_day)
    assert sum(bar.count for bar in plot.bars) == sum(by_day.values())
    assert plot.most == max(bar.count for bar in plot.bars)
    labels = [bar.label for bar in plot.bars]
    assert labels == sorted(set(labels))
    assert plot.step == "year" or len(labels) <= 62


@given(DAYS)
def test_no_bar_stands_out_of_the_plot(by_day: dict[date, int]) -> None:
    plot = columns(by_day)
    for bar in plot.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= plot.width
        assert 0 <= bar.y <= 100
        assert abs(bar.y + bar.height - 100) < 0.02


def test_nothing_to_show_is_no_bar() -> None:
    assert columns({}).bars == ()


def test_a_gap_is_seen() -> None:
    plot = columns({date(2025, 1, 1): 3, date(2025, 1, 3): 1})
    assert [(bar.label, bar.count) for bar in plot.bars] == [
        ("2025-01-01", 3),
        ("2025-01-02", 0),
        ("2025-01-03", 1),
    ]
