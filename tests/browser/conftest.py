"""A real browser before the real service: as anybody, wide and narrow, with script or without."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tenants.clock import at as clock_at
from tenants.models import User
from tenants.settings import Settings
from tests.browser_report import chromium
from tests.world import signed_session
from wsgi import create_app

QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, NARROW = 1366, 375
# When a page is left while a part of it is under way, the browser ends that request, and htmx 2
# writes these two to the console as errors; it has no switch for it. Nothing is lost: the page is
# gone. A request that fails by itself has other names (sendError, responseError, timeout).
ON_THE_WAY_OUT = {"htmx:sendAbort", "htmx:afterRequest"}


WIDEST = """() => [...document.querySelectorAll("main *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(-1).map(one => one.outerHTML.slice(0, 200))[0]"""


@dataclass
class Site:
    """The service at an address, at a moment that a test may set."""

    app: Flask
    url: str
    moment: datetime | None = None

    def cookie(self, user: User) -> Any:
        """The session of this user, which lasts as long as a real one."""
        value = signed_session(self.app, user, _permanent=True)
        return {"name": "yaoyue", "value": value, "url": self.url}


@pytest.fixture(scope="session")
def site(app: Flask, settings: Settings) -> Iterator[Site]:
    """The service with all its guards, on a port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    guarded = create_app(
        settings.model_copy(update={"base_url": url, "demo_mode": True}),
        TENANT_KEPT_SECONDS=0.0,
        THROTTLE=False,
    )
    place = Site(guarded, url)

    def at_the_moment(environ: Any, start: Any) -> Any:
        with clock_at(place.moment):
            return guarded(environ, start)

    server.app = at_the_moment
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield place
    server.shutdown()
    thread.join()
    server.server_close()
    with guarded.app_context():
        from tenants.db import db

        db.engine.dispose()
    guarded.extensions["redis"].close()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield running
        running.close()


@dataclass
class Window:
    """One browser of one person, and what its console complained of."""

    page: Page
    context: BrowserContext
    site: Site
    cookies: list[Any]
    said: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    def forget(self) -> None:
        """Know no more than at the beginning: who it is, and the language."""
        if self.page.url.startswith(self.site.url):
            self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.context.clear_cookies()
        self.context.add_cookies(self.cookies)

    def faults(self, *, axe: bool = True) -> list[str]:
        """What is wrong with the page as it stands: for eyes, for readers, for the console."""
        found = self.unreadable() if axe else []
        width = self.page.viewport_size["width"]  # type: ignore[index]
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{wide} px wide on a screen of {width}: {self.page.evaluate(WIDEST)}")
        found += self.said
        self.said.clear()
        return found

    def unreadable(self) -> list[str]:
        """What axe finds serious or critical; moderate advice is for people to weigh."""
        return [
            f"axe {one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in Axe().run(self.page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]

    def shot(self, path: Path) -> None:
        self.page.screenshot(path=str(path), full_page=False)


@contextmanager
def windows(site: Site, chrome: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows: `opened(user, width=375, locale="en", script=False)`; all shut in the end."""
    contexts = []

    def opened(
        user: User | None = None, *, width: int = WIDE, locale: str = "zh_CN", script: bool = True
    ) -> Window:
        context = chrome.new_context(
            viewport={"width": width, "height": 900 if width == WIDE else 780},
            locale="zh-CN",
            reduced_motion="reduce",  # a colour on its way is no colour to judge
            java_script_enabled=script,
        )
        contexts.append(context)
        cookies: list[Any] = [{"name": "language", "value": locale, "url": site.url}]
        if user is not None:
            cookies.append(site.cookie(user))
        made = Window(context.new_page(), context, site, cookies)
        made.forget()
        made.page.on("pageerror", lambda error: made.said.append(str(error)))
        made.page.on(
            "console",
            lambda line: (
                made.said.append(line.text)
                if line.type == "error" and line.text not in ON_THE_WAY_OUT
                else None
            ),
        )
        return made

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def window(site: Site, chrome: Browser) -> Iterator[Callable[..., Window]]:
    """Windows for one test; the clock of the site runs again when they are shut."""
    with windows(site, chrome) as opened:
        yield opened
    site.moment = None
