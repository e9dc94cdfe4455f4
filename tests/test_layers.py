"""The way of the data: which layer may import which, and which libraries each may use."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(quotes.__file__).parent

# Each line may import the lines above it and, within a package, itself.
LAYERS = (
    ("errors",),
    ("spans",),
    ("quotation",),
    ("documents",),
    ("nlp",),
    ("extraction",),
    ("speakers",),
    ("vectors",),
    ("records", "pipeline", "component", "inventory"),
    ("batching", "links", "summary"),
    ("engines",),
    ("store",),
    ("verification", "exports"),
    ("anchoring",),
    ("journal",),
    ("lookahead", "deposit"),
    ("ingest", "indexing"),
    ("evaluation",),
    ("incoming",),
    ("training",),
    ("web",),
    ("scale",),
    ("cli",),
    ("__init__", "__main__"),
)
RANK = {unit: rank for rank, units in enumerate(LAYERS) for unit in units}
LIBRARIES = {
    "spacy": {"nlp", "extraction", "speakers", "component", "evaluation", "training", "scale"},
    "stanza": {"nlp"},
    "distributed": {"engines"},
    "platformdirs": {"nlp"},
    "textacy": {"evaluation"},
    "rapidfuzz": {"evaluation"},
    "sqlalchemy": {"store", "journal", "deposit", "ingest", "verification", "scale", "web", "cli"},
    "alembic": {"store"},
    "click": {"cli"},
    "starlette": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "uvicorn": {"cli"},
    "rich": {"cli"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "xlsxwriter": {"exports"},
    "docx": {"exports"},
    "charset_normalizer": {"documents"},
    "numpy": {"extraction", "vectors", "store", "training", "verification"},
    "onnxruntime": {"extraction", "vectors", "training"},
    "tokenizers": {"extraction", "vectors", "training"},
    "torch": {"nlp", "training"},
    "transformers": {"nlp"},
    "huggingface_hub": {"nlp"},
    "safetensors": {"training"},
    "onnx": {"training"},
    "scipy": {"nlp", "training"},
    "sklearn": {"training"},
}
# The database knows nothing of language, and takes of the pipeline only its result's type.
FORBIDDEN_AT_RUN_TIME = {
    "store": {"pipeline", "nlp", "extraction"},
    "verification": {"pipeline", "nlp", "extraction"},
    "exports": {"pipeline", "nlp", "extraction"},
    "journal": {"pipeline", "nlp", "extraction"},
    "lookahead": {"pipeline", "nlp", "extraction"},
    "deposit": {"pipeline", "nlp", "extraction"},
    "ingest": {"pipeline", "nlp", "extraction"},
    "indexing": {"pipeline", "nlp", "extraction"},
    "web": {"pipeline", "nlp", "extraction", "ingest", "training", "evaluation"},
}
# What the wheel leaves out; a clone has it.
NOT_INSTALLED = {"training"}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def unit_of(module: Path) -> str:
    """Return the top-level module or package that a file belongs to."""
    return module.parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that some code imports, wherever in it; `quotes.x` for `from quotes`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            assert node.level == 0
            if node.module == "quotes":
                yield from (f"quotes.{alias.name}" for alias in node.names)
            else:
                yield node.module


def without_type_checking(tree: ast.Module) -> ast.Module:
    """Return the code without what stands under `if TYPE_CHECKING`."""

    class Running(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
            self.generic_visit(node)
            named = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            return node.orelse if named else node

    return ast.fix_missing_locations(Running().visit(tree))  # type: ignore[no-any-return]  # a visitor gives any node


def parsed(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def own_units(names: Iterator[str]) -> Iterator[str]:
    """Yield the units of this package among some modules."""
    for name in names:
        first, _, rest = name.partition(".")
        if first == "quotes" and rest:
            yield rest.partition(".")[0]


def test_every_unit_has_its_layer() -> None:
    assert {unit_of(module) for module in MODULES} == set(RANK)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_layer_imports_only_what_lies_below_it(module: Path) -> None:
    unit = unit_of(module)
    above = [
        other
        for other in own_units(imported(parsed(module)))
        # `from quotes import extract` of a public name, or of the package itself.
        if other in RANK and other != unit and RANK[other] >= RANK[unit]
    ]
    assert above == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_library_is_used_where_it_belongs(module: Path) -> None:
    unit = unit_of(module)
    for name in imported(parsed(module)):
        library = name.partition(".")[0]
        if library in {"quotes", "__future__"} or library in sys.stdlib_module_names:
            continue
        assert unit in LIBRARIES.get(library, set()), f"{module} imports {name}"


@pytest.mark.parametrize("unit", FORBIDDEN_AT_RUN_TIME)
def test_what_keeps_quotations_runs_without_what_finds_them(unit: str) -> None:
    for module in (one for one in MODULES if unit_of(one) == unit):
        running = set(own_units(imported(without_type_checking(parsed(module)))))
        assert running & FORBIDDEN_AT_RUN_TIME[unit] == set(), module


def test_nothing_that_is_installed_imports_what_is_not() -> None:
    for module in (one for one in MODULES if unit_of(one) not in NOT_INSTALLED):
        assert set(own_units(imported(parsed(module)))) & NOT_INSTALLED == set(), module


def test_the_test_sees_imports_wherever_they_stand() -> None:
    code = (
        "if TYPE_CHECKING:\n import spacy.tokens\nelse:\n import lxml\n"
        "def f():\n from quotes.store import Store\n from quotes import pipeline\n"
    )
    tree = ast.parse(code)
    assert sorted(imported(tree)) == ["lxml", "quotes.pipeline", "quotes.store", "spacy.tokens"]
    assert sorted(own_units(imported(tree))) == ["pipeline", "store"]
    assert sorted(imported(without_type_checking(tree))) == [
        "lxml",
        "quotes.pipeline",
        "quotes.store",
    ]
