"""The browser tests' own rules: the real site answers, and what a page may not do is noticed."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.live import LiveSite


def test_it_signs_an_editor_in_on_the_running_site(page: Page, live: LiveSite) -> None:
    page.goto("/admin/")
    page.get_by_label("Name").fill("editor")
    page.get_by_label("Password").fill(live.passwords["editor"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_it_notices_console_errors_blocked_scripts_and_requests_to_other_sites(
    page: Page, complaints: Complaints
) -> None:
    page.goto("/admin/login/")
    assert complaints.lines == []
    page.evaluate("console.error('a planted error')")
    page.evaluate("setTimeout(() => { throw new Error('a planted exception') })")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/pixel.png'}))"
    )
    page.wait_for_timeout(300)
    seen = "\n".join(complaints.lines)
    assert "a planted error" in seen
    assert "a planted exception" in seen
    assert "script-src" in seen, "the policy did not block the inline script"
    assert page.evaluate("window.ran") is None
    assert "elsewhere.example" in seen
    complaints.lines.clear()  # they were meant


def test_it_runs_management_commands_on_the_running_site(live: LiveSite) -> None:
    assert "0 unapplied" in live.manage(
        "shell",
        "-c",
        (
            "from django.db import connection; from django.db.migrations.executor import MigrationExecutor as M;"
            "e = M(connection); print(len(e.migration_plan(e.loader.graph.leaf_nodes())), 'unapplied')"
        ),
    )


def test_it_reads_pages_without_scripts(page_without_scripts: Page) -> None:
    answer = page_without_scripts.goto("/admin/login/")
    assert answer is not None
    assert answer.status == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
