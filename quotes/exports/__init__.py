"""Quote sheets for other programs and for people, one module per format."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotes.exports.exporter import Exporter, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its module in this package, which has `exporter(setting)`.

    `binary` files are no text, `grouped` ones are sheets by speaker or by source, and `many` tells
    of a format of many files, which comes as one zip archive.
    """

    module: str
    binary: bool = False
    grouped: bool = False
    many: bool = False


FORMATS = {
    "csv": Format(module="csv_sheet"),
    "xlsx": Format(module="xlsx", binary=True),
    "jsonl": Format(module="json_lines"),
    "md": Format(module="markdown", grouped=True),
    "html": Format(module="html", grouped=True),
    "docx": Format(module="docx", binary=True, grouped=True),
    "webannotation": Format(module="web_annotation"),
    "tei": Format(module="tei"),
    "brat": Format(module="brat", binary=True, many=True),
    "prov": Format(module="prov"),
    "schema": Format(module="schema_org"),
}


def load_exporter(name: str, setting: Setting) -> Exporter:
    """Return the exporter of a format."""
    build: Callable[[Setting], Exporter] = import_module(
        f"quotes.exports.{FORMATS[name].module}"
    ).exporter
    return build(setting)
