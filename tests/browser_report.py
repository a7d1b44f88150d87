"""Where Chromium is, and one loud line at the end when there was none to click with."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NONE_FOUND = "no Chromium on this machine"


def chromium() -> str | None:
    """The browser named by CHROMIUM, else the first that is found."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *ON_MACOS) if path and Path(path).exists()), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NONE_FOUND))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """After everything else that is printed, so that nobody overlooks it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    skipped = [
        report
        for report in reporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and NONE_FOUND in report.longrepr[2]
    ]
    if skipped:
        reporter.write_line(
            f"!!! {len(skipped)} BROWSER TESTS DID NOT RUN: {NONE_FOUND}. "
            "Install chromium, or say where it is: CHROMIUM=/path/to/chromium make test",
            red=True,
            bold=True,
        )
