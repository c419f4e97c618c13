"""The door of the desk in a real browser: enrolment, sign-in with app and passkey, and an admin without a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_pages import violations
from tests.claims.doors import code_of
from tests.live import LiveSite

PASSWORD = "a long password of the browser tests"
ENROL = "/accounts/2fa/totp/activate/"


def account(live: LiveSite, name: str, role: str) -> str:
    """Make somebody on the running site, with a second factor from scratch; returns the name."""
    live.manage(
        "shell", "-c",
        "from django.contrib.auth.models import Group, User;"
        f"User.objects.filter(username={name!r}).exists() or "
        f"User.objects.create_user({name!r}, password={PASSWORD!r}, is_staff=True)"
        f".groups.add(Group.objects.get(name={role!r}))",
    )  # fmt: skip
    return name


def give_password(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def log_out(page: Page) -> None:
    """Leave the desk, and wait until the site has said so: going elsewhere at once would cut the request off."""
    button = page.get_by_role("button", name="Log out")
    button.click()
    expect(button).to_have_count(0)


def enrol(page: Page) -> str:
    """Follow the enrolment page as a person would; returns the secret."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("list", name="Unused recovery codes").get_by_role("listitem")).to_have_count(10)
    return secret


def test_a_reviewer_enrols_and_signs_in_again_without_scripts(
    page_without_scripts: Page, live: LiveSite, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    name, page = account(live, "door-reviewer", "reviewer"), page_without_scripts
    give_password(page, name)
    expect(page).to_have_url(f"{live.url}{ENROL}")
    page.goto("/admin/claims/claim/")
    expect(page).to_have_url(f"{live.url}{ENROL}")
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    enrol(page)
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="to the desk").click()
    expect(page).to_have_url(f"{live.url}/admin/")
    log_out(page)
    give_password(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    page.goto("/admin/claims/claim/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    page.get_by_label("Code").fill("123")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code is not valid")).to_be_visible()
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live.url}/admin/")


@pytest.fixture
def at_localhost(browser: Browser, browser_context_args: dict[str, Any], live: LiveSite) -> Iterator[Page]:
    """A page of the site under a host name: a passkey belongs to a name and not to a number."""
    address = live.url.replace("127.0.0.1", "localhost")
    watched = Complaints(address)
    context = browser.new_context(**{**browser_context_args, "base_url": address})
    context.on("page", watched.watch)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True, "hasResidentKey": True,
            }
        },
    )  # fmt: skip
    yield page
    context.close()
    assert watched.lines == []


def test_a_reviewer_enrols_and_signs_in_with_a_passkey(at_localhost: Page, live: LiveSite) -> None:
    name, page = account(live, "door-passkey", "reviewer"), at_localhost
    give_password(page, name)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("link", name="to the desk").click()
    log_out(page)
    give_password(page, name)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="The record")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("Passkey 1", exact=True)).to_be_visible()
    assert violations(page) == []


def test_every_main_page_of_the_desk_is_without_a_complaint_of_the_policy(page: Page, live: LiveSite) -> None:
    name = account(live, "door-chief", "chief editor")
    give_password(page, name)
    enrol(page)
    page.goto("/admin/")
    lists = page.locator("#content-main th a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert "/admin/claims/signin/" in lists
    assert len(lists) > 20
    for address in lists:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        first = page.locator("#result_list tbody th a, #result_list tbody td a").first
        if first.count() and address in (
            "/admin/claims/claim/",
            "/admin/claims/verdictversion/",
            "/admin/claims/signin/",
        ):
            first.click()
            expect(page.locator("#content h1, #content-main").first).to_be_visible()
    page.goto("/admin/claims/verdictversion/add/")
    expect(page.get_by_role("heading", name="Add verdict version")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_account_are_accessible(
    browser: Browser,
    browser_context_args: dict[str, Any],
    complaints: Complaints,
    live: LiveSite,
    scheme: str,
) -> None:
    name = account(live, f"door-pages-{scheme}", "reviewer")
    context = browser.new_context(**browser_context_args, color_scheme=scheme)  # type: ignore[arg-type]
    context.on("page", complaints.watch)
    page = context.new_page()

    def look() -> None:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
            assert violations(page) == [], (page.url, width)
            assert page.locator("h1").count() == 1

    page.goto("/admin/login/")
    look()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("do not belong together")).to_be_visible()  # the next page is there
    look()
    give_password(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    look()
    enrol(page)
    look()
    for address in (
        "/accounts/2fa/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/", "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/", "/admin/password_change/", "/admin/logout/",
        "/accounts/letter/", "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/",
    ):  # fmt: skip
        page.goto(address)
        look()
    context.clear_cookies()
    give_password(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    look()
    context.close()
