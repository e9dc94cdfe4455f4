"""The tables that `quotes evaluate` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import print_table
from quotes.evaluation.report import (
    figure_rows,
    figures_beside,
    kind_rows,
    kinds_beside,
    reliability_rows,
    speaker_rows,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def print_report(report: dict[str, Any]) -> None:
    """Print every figure of one evaluation."""
    _print_head(report)
    click.echo(f"{_counts(report)}\n")
    print_table(["", "P", "R", "F1"], figure_rows(report), numeric=(1, 2, 3))
    click.echo()
    columns = ["kind", "n", "found %", "with source %", "P", "R", "F1"]
    print_table(columns, kind_rows(report), numeric=range(1, 7))
    if rows := speaker_rows(report):
        click.echo()
        print_table(["speakers of those found", ""], rows, numeric=(1,))
    if report["kind_accuracy"] is not None:
        rest = f", act in {report['act_accuracy']} %" if report["act_accuracy"] is not None else ""
        click.echo(f"\nof those found, the kind is right in {report['kind_accuracy']} %{rest}")
    _print_reliability(report)


def print_beside(reports: Mapping[str, dict[str, Any]]) -> None:
    """Print the figures of several extractors beside each other."""
    first, *_ = reports.values()
    _print_head({**first, "seconds": None})
    for name, report in reports.items():
        click.echo(f"{name}: {_counts(report)}{_speed(report)}")
    click.echo()
    columns = [f"{name} {figure}" for name in reports for figure in ("P", "R", "F1")]
    print_table(["", *columns], figures_beside(reports), numeric=range(1, len(columns) + 1))
    click.echo()
    columns = [f"{name}, with source %" for name in reports]
    print_table(["kind", "n", *columns], kinds_beside(reports), numeric=range(1, len(columns) + 2))
    for name, report in reports.items():
        _print_reliability(report, name=name)


def number_of_texts(count: int) -> str:
    """Return a number of texts in words."""
    return "1 text" if count == 1 else f"{count} texts"


def _print_head(report: dict[str, Any]) -> None:
    size = f"{number_of_texts(report['documents'])}, {report['words']} words"
    click.echo(f"{report['corpus']}: {size}{_speed(report)}")


def _counts(report: dict[str, Any]) -> str:
    return f"{report['gold']} attributions annotated, {report['predicted']} predicted"


def _speed(report: dict[str, Any]) -> str:
    if not report["seconds"]:
        return ""
    return f", {report['seconds']} s, {report['words_per_second']} words per second"


def _print_reliability(report: dict[str, Any], *, name: str = "") -> None:
    if not report["reliability"]:
        return
    click.echo(f"\n{name}" if name else "")
    columns = ["confidence", "n", "mean %", "right %"]
    print_table(columns, reliability_rows(report), numeric=(1, 2, 3))
    figures = report["reliability"]
    error = 100 * figures["expected_calibration_error"]
    without = figures["without_confidence"]
    rest = f"; {without} more have no confidence" if without else ""
    click.echo(f"expected calibration error {error:.1f} points{rest}")
