"""What SECURITY.md promises of the code itself, read off its syntax trees."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import quotes
from quotes.web.guard import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(quotes.__file__).parents[1]
MODULES: Final = sorted(
    [*(ROOT / "quotes").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")],
)
NAMES: Final = [str(path.relative_to(ROOT)) for path in MODULES]

# What runs what it reads, or may.
RUNS: Final = frozenset(
    "pickle cPickle dill cloudpickle joblib marshal shelve yaml jsonpickle code codeop pty".split()  # noqa: SIM905 - as a list it would be a screenful
)
CALLS: Final = frozenset({"eval", "exec", "compile", "__import__", "execfile"})
METHODS: Final = frozenset({"os.system", "os.popen", "np.load", "numpy.load"})

# Where SQL is put together, and why no value from outside gets into it.
PUT_TOGETHER: Final = {
    **{
        (f"quotes/store/dialects/{module}.py", function): reason
        for module, reason, functions in (
            (
                "sqlite",
                "names of the package; keys are integers of the database; the search is bound",
                "found beginning counted rows_with inconsistent _vocabulary",
            ),
            ("sqlite_engine", "one of two words", "prepare"),
            ("sqlite_rows", "names of the models' tables and columns; values are bound", "put"),
            ("postgres_rows", "names and types of the models' columns; values are bound", "put"),
            (
                "postgres",
                "names of the package and of what is bound, and numbers; the search is bound",
                "found counted inconsistent rows_with _by_worth _measured _rows_of",
            ),
            ("postgres_engine", "one of two statements of the module, with a number", "begin"),
            (
                "postgres_schema",
                "names of the package, and of the schema of an extension",
                "create drop",
            ),
            ("pgvector", "names and numbers of the package; the vector is bound", "create nearest"),
        )
        for function in functions.split()
    },
    ("quotes/store/fulltext.py", "total"): "the name of a table of the package",
    ("quotes/scale/ceiling.py", "rate"): "names of tables and triggers of the package",
    ("quotes/scale/ceiling.py", "_rows"): "the name of a table of the package",
    ("migrations/versions/0001_create_the_schema.py", "downgrade"): "names of the revision",
    ("migrations/versions/0001_create_the_schema.py", "_create_fts5"): "the same",
    ("migrations/versions/0006_keep_how_a_quotation_stands_after_a_review.py", "downgrade"): (
        "a query of the revision"
    ),
}
SQL_METHODS: Final = frozenset(
    {"execute", "executemany", "executescript", "exec_driver_sql", "scalar", "scalars"}
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the name of the function it stands in."""

    def walk(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.Call]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = node.name
        if isinstance(node, ast.Call):
            yield inside, node
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    return walk(tree, "")


def dangers(tree: ast.Module) -> Iterator[str]:
    """Yield what in some code can run what it reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"imports {name}" for name in names if name.partition(".")[0] in RUNS)
    for _, call in calls(tree):
        name = dotted(call.func)
        given = {word.arg: ast.unparse(word.value) for word in call.keywords}
        if name in CALLS or name in METHODS:
            yield f"calls {name}"
        if given.get("shell", "False") != "False":
            yield f"{name} with a shell"
        if given.get("allow_pickle", "False") != "False":
            yield f"{name} with pickle"
        if name == "torch.load" and given.get("weights_only") != "True":
            yield "torch.load of more than weights"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_nothing_that_is_read_is_run(path: Path) -> None:
    assert list(dangers(tree(path))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from yaml import load",
        "def f(x): return eval(x)",
        "exec('x')",
        "subprocess.run('x', shell=True)",
        "np.load(path, allow_pickle=True)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
    ],
)
def test_what_runs_would_be_seen(code: str) -> None:
    assert list(dangers(ast.parse(code)))


def is_fixed(node: ast.expr) -> bool:
    """Tell whether a piece of SQL is one that stands in the code, or a query that is built."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_fixed(node.body) and is_fixed(node.orelse)
    return False


def put_together(tree: ast.Module) -> Iterator[str]:
    """Yield the functions in which text goes to a database that does not stand there in whole."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in {"text", "literal_column", "DDL"}
    }
    for function, call in calls(tree):
        if not call.args:
            continue
        sql = call.args[0]
        name = dotted(call.func)
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        is_text = name in imported or method == "exec_driver_sql"
        is_string = isinstance(sql, ast.JoinedStr | ast.BinOp) or (
            isinstance(sql, ast.Call) and dotted(sql.func).endswith(".format")
        )
        if (is_text and not is_fixed(sql)) or (method in SQL_METHODS and is_string):
            yield function


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_sql_is_put_together_only_where_it_is_said_why(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    assert {one for one in put_together(tree(path)) if (name, one) not in PUT_TOGETHER} == set()


def test_every_reason_is_still_needed() -> None:
    found = {
        (name, one)
        for path, name in zip(MODULES, NAMES, strict=True)
        for one in put_together(tree(path))
    }
    assert set(PUT_TOGETHER) <= found


@pytest.mark.parametrize(
    "code",
    [
        "from sqlalchemy import text\ndef f(c, x): c.execute(text(f'SELECT {x}'))",
        "from sqlalchemy import text\ndef f(c, x): c.execute(text('SELECT ' + x))",
        "from sqlalchemy import text as t\ndef f(c, x): c.execute(t(x))",
        "def f(c, x): c.exec_driver_sql(x)",
        "def f(c, x): c.execute('SELECT %s' % x)",
        "def f(c, x): c.execute('SELECT {}'.format(x))",
        "def f(c, x): c.scalars(f'SELECT {x}')",
    ],
)
def test_sql_put_together_would_be_seen(code: str) -> None:
    assert list(put_together(ast.parse(code))) == ["f"]


def _folded(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Return the version that constraints.txt has for each distribution."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        if bare := line.partition("#")[0].strip():
            name, exact, version = bare.partition("==")
            assert exact, f"{bare} is not pinned"
            found[_folded(name)] = version.strip()
    return found


def needed(extras: tuple[str, ...]) -> set[str]:
    """Return every distribution that an installation pulls, as the installed ones tell."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = list(project["dependencies"])
    for extra in extras:
        waiting += project["optional-dependencies"][extra]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = _folded(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
        if name in seen:
            continue
        seen.add(name)
        found = [one for one in _requirements(name) if "extra ==" not in one]
        waiting += [one for one in found if _applies(one)]
    return seen


def _requirements(name: str) -> list[str]:
    try:
        return list(distribution(name).requires or ())
    except PackageNotFoundError:
        # Left out on this machine; it must be pinned itself all the same.
        return []


def _applies(requirement: str) -> bool:
    from packaging.requirements import Requirement

    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": ""})


def test_every_dependency_is_pinned() -> None:
    assert sorted(needed(("dev",)) - set(pinned())) == []


def test_pages_forbid_what_they_do_not_use() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
