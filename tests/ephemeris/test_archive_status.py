"""The rules of an archive's state: pure, with the moment as an argument."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ephemeris.archive_status import (
    Held,
    Looked,
    access,
    counts,
    first_public,
    loss,
    next_release,
    pause,
    state,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAST, FUTURE, ON_HOLD = NOW - timedelta(days=1), NOW + timedelta(days=1), datetime(2099, 1, 1, tzinfo=UTC)
ANSWERED = Looked(NOW, "answered", 5, digest="five")
EMPTY = Looked(NOW, "empty", 0, control_row_count=10, digest="none")
EMPTY_WITHOUT_CONTROL = Looked(NOW, "empty", 0, control_row_count=0, digest="none")


def derived(
    *products: Held, polls: tuple[Looked, ...] = (ANSWERED,), now: datetime = NOW, **more: object
) -> str:
    given = {"observed_from": date(2025, 8, 6), "polled": True, **more}
    return state(products, polls, now=now, **given)  # type: ignore[arg-type]


def of(
    level: str = "raw", rights: str = "unknown", release: datetime | None = FUTURE, **more: object
) -> Held:
    return Held(level, rights, release, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rights", "release", "expected"),
    [
        ("public", None, "public"),
        ("public", FUTURE, "public"),
        ("proprietary", FUTURE, "proprietary"),
        ("proprietary", PAST, "public"),  # the date has passed, whatever the flag still says
        ("proprietary", None, "proprietary"),
        ("unknown", NOW, "public"),
        ("unknown", FUTURE, "proprietary"),
        ("unknown", None, "unknown"),
        ("restricted", PAST, "restricted"),
        ("unknown", ON_HOLD, "on_hold"),
        ("public", ON_HOLD, "on_hold"),
    ],
)
def test_it_tells_who_may_have_a_product(rights: str, release: datetime | None, expected: str) -> None:
    assert access(rights, release, NOW) == expected


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        ([of()], "proprietary"),
        ([of(), of(release=PAST)], "partly_public"),
        ([of(release=PAST), of("derived", "public", None)], "public"),
        ([of(release=ON_HOLD)], "on_hold"),
        ([of(release=ON_HOLD), of()], "proprietary"),
        ([of(release=ON_HOLD), of(release=PAST)], "partly_public"),
        ([of(rights="restricted", release=None)], "proprietary"),
        ([of(release=None)], "unknown"),
        # calibration files are public at once and say nothing about the science
        ([of(), of("calibration", "public", None), of("preview", "public", None)], "proprietary"),
        ([of("calibration", "public", None)], "public"),
        ([of(release=PAST, gone=True), of()], "proprietary"),
        ([of(release=PAST, gone=True)], "withdrawn"),
        ([of(gone=True)], "observed"),
    ],
)
def test_it_derives_the_state_from_what_is_held(products: list[Held], expected: str) -> None:
    assert derived(*products) == expected


def test_it_lets_a_release_pass_by_the_clock_alone() -> None:
    held = (of(release=PAST), of(release=NOW))
    assert derived(*held, now=NOW - timedelta(seconds=1)) == "partly_public"
    assert derived(*held, now=NOW) == "public"


def test_it_calls_nothing_public_that_was_cut_off() -> None:
    cut = Looked(NOW, "truncated", 2000)
    assert derived(of(release=PAST), polls=(cut,)) == "partly_public"
    failed = Looked(NOW + timedelta(hours=1), "timeout", None)
    assert derived(of(release=PAST), polls=(failed, cut)) == "partly_public"


def test_it_knows_nothing_until_somebody_looked_with_success() -> None:
    assert derived(polls=()) == "unknown"
    assert derived(polls=(Looked(NOW, "timeout", None), Looked(NOW, "maintenance", None))) == "unknown"
    assert derived(polls=(EMPTY_WITHOUT_CONTROL,)) == "unknown"
    assert derived(polls=(Looked(NOW, "empty", 0),)) == "unknown", (
        "a control that was not asked is no control"
    )
    assert derived(polls=(), observed_from=date(2026, 3, 2)) == "planned"


def test_it_takes_a_zero_for_a_zero_beside_a_control_that_found_rows() -> None:
    assert derived(polls=(EMPTY,)) == "observed"


def test_it_counts_products_by_level_and_access() -> None:
    held = [of(number=3), of(release=PAST), of("calibration", "public", None, number=7), of(gone=True)]
    assert counts(held, NOW) == {"calibration": {"public": 7}, "raw": {"proprietary": 3, "public": 1}}


def test_it_names_the_first_and_the_next_release() -> None:
    earlier = NOW - timedelta(days=9)
    held = [
        of(release=PAST),
        of(release=earlier),
        of(),
        of(release=ON_HOLD),
        of("calibration", "public", earlier),
    ]
    assert (first_public(held, NOW), next_release(held, NOW)) == (earlier, FUTURE)
    assert next_release([of(release=ON_HOLD)], NOW) is None


def earlier(hours: float, looked: Looked) -> Looked:
    return Looked(
        NOW - timedelta(hours=hours),
        looked.outcome,
        looked.row_count,
        looked.control_row_count,
        looked.digest,
    )


FEWER = Looked(NOW, "answered", 3, digest="three")


@pytest.mark.parametrize(
    ("present", "missing", "answer", "before", "gone"),
    [
        (10, 0, ANSWERED, [], False),
        (10, 2, ANSWERED, [], True),  # a fifth may go without a doubt
        (10, 3, FEWER, [earlier(24, ANSWERED)], False),
        (10, 3, FEWER, [earlier(5.9, FEWER)], False),
        (10, 3, FEWER, [earlier(6, FEWER)], True),
        (10, 3, FEWER, [earlier(2, FEWER), earlier(7, FEWER)], True),
        (10, 3, FEWER, [earlier(2, ANSWERED), earlier(7, FEWER)], False),  # another answer came in between
        (10, 3, FEWER, [earlier(2, Looked(NOW, "timeout", None)), earlier(7, FEWER)], True),
        (10, 10, EMPTY, [earlier(24, ANSWERED)], False),
        (10, 10, EMPTY, [earlier(7, EMPTY)], True),
        (10, 10, EMPTY, [earlier(7, EMPTY_WITHOUT_CONTROL)], False),
        (10, 10, EMPTY_WITHOUT_CONTROL, [earlier(7, EMPTY)], False),
        (10, 10, Looked(NOW, "truncated", 0), [earlier(7, EMPTY)], False),
        (2000, 500, Looked(NOW, "truncated", 1500), [], False),
    ],
)
def test_it_holds_back_a_loss_until_it_is_confirmed(
    present: int, missing: int, answer: Looked, before: list[Looked], gone: bool
) -> None:
    found = loss(present, missing, answer, before)
    assert found.gone == gone
    assert bool(found.reason) == (not gone and missing > 0), "what is held back says why"


def test_it_looks_again_soon_near_a_release_or_in_doubt_and_rarely_when_all_is_quiet() -> None:
    usual = {"release": None, "changed_at": None, "held": False, "now": NOW}
    assert pause("public", **usual) == timedelta(days=7)
    assert pause("proprietary", **usual) == timedelta(days=1)
    assert pause("public", **{**usual, "changed_at": NOW - timedelta(days=3)}) == timedelta(days=1)
    assert pause("proprietary", **{**usual, "release": NOW + timedelta(days=7)}) == timedelta(hours=6)
    assert pause("public", **{**usual, "held": True}) == timedelta(hours=6)
