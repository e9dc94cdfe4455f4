"""The page in Debian's Chromium: what people do with it, and what must never happen.

Screenshots of every page at two widths go into the folder that QUOTES_SCREENSHOTS names, or else
into a temporary one that the run prints.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from contextlib import contextmanager
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.documents.document import document_id
from quotes.store import Store
from quotes.web.app import create
from tests.chromium import chromium, needs_chromium
from tests.hostile import HOSTILE
from tests.store.builders import find, make_document
from tests.web.archive import FERRY, MAYOR, build, ferry_id, fill
from tests.web.conftest import TOKEN
from tests.web.test_pages import hostile_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

pytest.importorskip("playwright.sync_api")
WIDTHS = (1280, 390)
URI = "file:///articles/bridge.txt"
BRIDGE = (
    "“The bridge was painted green in the spring of that year,” said Cy Reed.\n\n"
    "“We counted the owls twice in the old tower,” said Cy Reed.\n"
)

pytestmark = [pytest.mark.slow, needs_chromium]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with chromium() as started:
        yield started


@contextmanager
def served(url: str) -> Iterator[str]:
    """Serve a database on a free port and yield the page's address."""
    import uvicorn

    with Store(url) as store, socket.create_server(("127.0.0.1", 0)) as listener:
        app = create(store, token=TOKEN, by="Kim")
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of the small archive, on a database of the test's own; one source has changed."""
    url = build(tmp_path)
    with Store(url) as store:
        for text in (BRIDGE, "It rained.\n\n" + BRIDGE.replace("twice", "thrice")):
            fill(store, (make_document(text, name="bridge.txt"), find(text)))
    with served(url) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, *, width: int = 1280, **options: Any) -> Iterator[Page]:
    """Open a page as one who has the token; a dialog or an error on the console fails."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    wrong: list[str] = []

    def ask(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def tell(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    def fetch(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            wrong.append(f"request {request.url}")

    page.on("dialog", ask)
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    page.on("console", tell)
    page.on("request", fetch)
    page.goto(f"{address}/?token={TOKEN}")
    yield page
    context.close()
    assert wrong == []


def paths() -> dict[str, str]:
    """Return every page by a name for it."""
    return {
        "home": "/",
        "quotations": "/quotations",
        "filtered": "/quotations?speaker=Marsh&kind=mixed",
        "search": "/search?q=boat",
        "sources": "/sources",
        "source": f"/sources/{ferry_id()}",
        "speakers": "/speakers",
        "speaker": f"/speakers/{MAYOR}".replace(" ", "%20"),
        "verify": "/verify?speaker=Quill&claim=We+counted+every+boat+thrice",
        "reviews": "/reviews",
        "older": f"/sources/{document_id(URI)}/versions/{sha256(BRIDGE.encode()).hexdigest()}",
        "add": f"/sources/{ferry_id()}/add",
    }


def paths_of(one: str) -> dict[str, str]:
    """Return the pages about a quotation, which is named by the path of its own."""
    chosen = f"/sources/{ferry_id()}?q={one.rpartition('/')[2]}"
    return {"quotation": one, "edit": f"{one}/edit", "chosen": chosen}


def first_quotation(page: Page, address: str) -> str:
    page.goto(f"{address}/quotations?contains=wet")
    href = page.locator("article blockquote a").first.get_attribute("href")
    assert href is not None
    return href


def test_search_open_click_and_read_the_evidence(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        page.fill("#find", "fares")
        page.press("#find", "Enter")
        page.locator("article .by a").first.click()
        page.wait_for_selector("h1:has-text('Ferry fares')")
        page.locator("a.q.nested").click()
        page.wait_for_selector("#detail h2:has-text('Bo Marsh')")
        panel = page.locator("#detail .panel")
        assert "called" in panel.inner_text()
        assert page.locator(".is-cue").inner_text() == "called"
        assert page.locator(".is-source").inner_text() == "Bo Marsh"
        page.locator("[data-shows]").first.click()
        page.wait_for_selector(f"#detail h2:has-text('{MAYOR}')")
        assert "pronoun" in panel.inner_text()
        assert page.locator("a.q.on").count() >= 2
        assert re.search(r"\?q=q_\w+#q_\w+$", page.url)
        page.reload()
        page.wait_for_selector(f"#detail h2:has-text('{MAYOR}')")


def test_verify_shows_the_aligned_difference(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        page.click("nav >> text=Verify")
        page.fill("[name=speaker]", "Quill")
        page.fill("[name=claim]", "We counted every boat thrice")
        page.click("main button:has-text('Verify')")
        page.wait_for_selector("ins.claimed")
        assert page.locator(".ruling").inner_text().casefold() == "altered"
        assert page.locator("ins.claimed").inner_text() == "thrice"
        assert page.locator("del.held").inner_text() == "twice"


def test_confirm_reassign_and_undo_in_the_margin(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        page.goto(f"{site}/sources/{ferry_id()}")
        page.locator("a.q.nested").click()
        page.locator("#detail button[value=confirm]").click()
        page.wait_for_selector("#detail .badge.confirmed")
        page.locator("#detail .decide summary").click()
        page.fill("#detail [name=speaker]", MAYOR)
        page.fill("#detail [name=note]", "it was hers")
        page.locator("#detail button[value=reassign]").click()
        page.wait_for_selector(f"#detail h2:has-text('{MAYOR}')")
        assert "it was hers" in page.locator("#detail .reviews").inner_text()
        page.locator("#detail button[value=undo]").click()
        page.wait_for_selector("#detail h2:has-text('Bo Marsh')")
        page.locator("#detail button[value=undo]").click()
        page.wait_for_selector("a.q.nested.machine")
        page.goto(f"{site}/reviews")
        page.wait_for_selector("tbody tr:nth-of-type(4)")
        assert page.locator("tbody tr").count() == 4


def test_keys_walk_and_decide(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        page.goto(f"{site}/quotations")
        page.keyboard.press("j")
        page.keyboard.press("j")
        second = page.locator("article").nth(1)
        assert second.evaluate("one => one === document.activeElement")
        page.keyboard.press("c")
        page.wait_for_selector("article:nth-of-type(2) .badge.confirmed")
        page.keyboard.press("u")
        page.wait_for_selector("article:nth-of-type(2):not(.confirmed)")
        page.keyboard.press("r")
        page.wait_for_selector("article:nth-of-type(2).rejected")
        page.keyboard.press("k")
        assert page.locator("article").first.evaluate("one => one === document.activeElement")
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.locator("#find").evaluate("one => one === document.activeElement")
        # In a field a key is a letter.
        page.keyboard.press("r")
        assert page.input_value("#find") == "r"
        page.goto(f"{site}/sources/{ferry_id()}")
        page.keyboard.press("j")
        page.wait_for_selector("#detail .panel")


def offsets(page: Page, role: str) -> list[str]:
    """Return the words that a field's offsets name in the article."""
    spans = [one.split(":") for one in page.input_value(f"[name={role}]").split()]
    return [FERRY[int(start) : int(end)] for start, end in spans]


def selected(page: Page, words: str) -> None:
    """Select words with the mouse, in the text in which they can be chosen."""
    place = """([words]) => {
        const walk = document.createTreeWalker(document.querySelector("[data-selectable]"), 4);
        while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            walk.currentNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
            const rects = [...range.getClientRects()];
            const [first, last] = [rects[0], rects[rects.length - 1]];
            const middle = (one) => one.top + one.height / 2;
            return [first.left, middle(first), last.right, middle(last)];
        }
    }"""
    left, top, right, bottom = page.evaluate(place, [words])
    page.mouse.move(left + 0.5, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom)
    page.mouse.move(right - 0.5, bottom)
    page.mouse.up()


@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_chosen_with_the_mouse(browser: Browser, site: str, width: int) -> None:
    with opened(browser, site, width=width) as page:
        page.goto(f"{site}/sources/{ferry_id()}")
        page.locator("a.q.nested").click()
        page.wait_for_selector("#detail h2:has-text('Bo Marsh')")
        page.locator("#detail [data-edits]").click()
        page.wait_for_selector("[data-take]")
        assert offsets(page, "content") == ["“a wet letter”"]
        selected(page, " timetable ")
        page.locator("[data-takes=content]").click()
        # White space at the edges is no word.
        assert offsets(page, "content") == ["timetable"]
        assert page.locator("[data-words=content]").inner_text() == "timetable"
        selected(page, "letter")
        page.locator("[data-adds]").check()
        page.locator("[data-takes=content]").click()
        assert offsets(page, "content") == ["timetable", "letter"]
        assert page.evaluate("CSS.highlights.get('content').size") == 2
        page.locator("form.edit button").click()
        page.wait_for_selector("#detail .badge.corrected")
        assert page.locator("a.q.on").all_inner_texts() == ["timetable", "letter"]


def test_words_are_chosen_with_the_keyboard_and_nothing_is_typed(
    browser: Browser, site: str
) -> None:
    with opened(browser, site) as page:
        page.goto(f"{site}/sources/{ferry_id()}")
        page.locator("text=Add a quotation that was missed").click()
        # The page's script shows it once it listens to keys.
        page.wait_for_selector("[data-take]")
        text = page.locator("[data-selectable]")
        before = text.inner_text()
        text.focus()
        page.keyboard.press("Control+Home")
        for _ in range(2):
            page.keyboard.press("Control+Shift+ArrowRight")
        page.keyboard.press("c")
        assert offsets(page, "content") == ["Ferry fares"]
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+End")
        page.keyboard.press("Shift+C")
        assert offsets(page, "content") == ["Ferry fares", "to rise"]
        page.keyboard.type("xyz")
        page.keyboard.press("Delete")
        page.keyboard.press("Enter")
        assert text.inner_text() == before
        page.fill("[name=speaker]", "Bo Marsh")
        page.locator("form.edit button").click()
        page.wait_for_selector("#detail h2:has-text('Bo Marsh')")
        assert "Ferry fares to rise" in page.locator("#detail blockquote").inner_text()


def test_without_scripts_words_are_typed(browser: Browser, site: str) -> None:
    with opened(browser, site, java_script_enabled=False) as page:
        page.goto(f"{site}/sources/{ferry_id()}/add")
        assert not page.locator("[data-take]").is_visible()
        page.fill("[name=content]", "the timetable")
        page.locator("form.edit button").click()
        page.wait_for_selector("#detail .badge.corrected")


def test_without_scripts_all_of_it_works(browser: Browser, site: str) -> None:
    with opened(browser, site, java_script_enabled=False) as page:
        page.goto(f"{site}/sources/{ferry_id()}")
        page.locator("a.q.nested").click()
        page.wait_for_selector("#detail h2:has-text('Bo Marsh')")
        page.locator("#detail button[value=reject]").click()
        page.wait_for_selector("#detail .badge.rejected")
        assert "/sources/" in page.url
        page.goto(f"{site}/quotations")
        page.locator("article button[value=confirm]").first.click()
        page.wait_for_selector("article .badge.confirmed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, site: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width in WIDTHS:
        # Axe puts its script into the page, which the page's own policy forbids.
        with opened(browser, site, width=width, color_scheme=scheme, bypass_csp=True) as page:
            one = first_quotation(page, site)
            for name, path in {**paths(), **paths_of(one)}.items():
                page.goto(site + path)
                for details in page.locator("details").all():
                    details.evaluate("one => { one.open = true }")
                found = axe.run(page)
                assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_hostile_text_never_runs(browser: Browser, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'quotes.db'}"
    with Store(url, create=True) as store:
        fill(store, *hostile_documents())
    with served(url) as address, opened(browser, address) as page:
        page.goto(f"{address}/quotations?limit=200")
        links = page.locator("article blockquote a").all()
        assert len(links) == len(HOSTILE)
        ids = [str(one.get_attribute("href")).rpartition("/")[2] for one in links]
        records = page.evaluate("fetch('/api/v1/quotations?limit=200').then(one => one.json())")
        sources = [one["document"]["id"] for one in records["quotations"]]
        for path in ("/", "/speakers", "/sources", "/quotations?limit=200"):
            page.goto(address + path)
        for id_, source in zip(ids, sources, strict=True):
            page.goto(f"{address}/sources/{source}")
            page.locator("a.q").first.click()
            page.wait_for_selector(f"[data-panel={id_}]")
            page.mouse.move(200, 200)
        for path in ("/search", "/verify"):
            field = "#q" if path == "/search" else "[name=claim]"
            for bad in ("<script>alert(1)</script>", "<svg onload=alert(1)>"):
                page.goto(address + path)
                page.fill(field, bad)
                if path == "/verify":
                    page.fill("[name=speaker]", bad)
                page.locator("main form button").first.click()
                page.wait_for_load_state()


def test_no_page_is_wider_than_a_phone(browser: Browser, site: str) -> None:
    with opened(browser, site, width=360) as page:
        for name, path in {**paths(), **paths_of(first_quotation(page, site))}.items():
            page.goto(site + path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, name


def test_screenshots_of_every_page(browser: Browser, site: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("QUOTES_SCREENSHOTS", tmp_path / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in product(WIDTHS, ("light", "dark")):
        with opened(browser, site, width=width, color_scheme=scheme) as page:
            one = first_quotation(page, site)
            for name, path in {**paths(), **paths_of(one)}.items():
                page.goto(site + path)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    print(f"screenshots are in {folder}")
    assert len(list(folder.glob("*.png"))) >= 4 * len(paths())
