"""Random stories of several people: whatever they try, in whatever order, the editorial rules hold.

`make test` plays a few; more of them, each time others, long (60 steps) or short:

    HYPERBOLE_TEST_STORIES=200 HYPERBOLE_TEST_STEPS=20 HYPERBOLE_TEST_DATABASE=postgresql pytest -s --timeout 7200 tests/claims/editing/test_stories.py
"""

import logging
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.claims.editing.stage import sql
from tests.claims.editing.story import Story

pytestmark = pytest.mark.django_db
STORIES = int(os.environ.get("HYPERBOLE_TEST_STORIES", "0"))
STEPS = int(os.environ.get("HYPERBOLE_TEST_STEPS", "60" if STORIES else "40"))
FEW = 8
ENOUGH = 5000  # random steps, from which on every kind of step is among them


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refused requests are what these stories are made of; nobody wants to read of each."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(before)


def test_no_sequence_of_actions_breaks_the_editorial_rules(empty_record: None) -> None:
    Story.done, Story.refused = Counter(), Counter()
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=STORIES or FEW, stateful_step_count=STEPS, deadline=None, derandomize=not STORIES,
            database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip
    taken = Story.done.total() + Story.refused.total()
    print(
        f"{taken} actions, {Story.refused.total()} refused; {dict(Story.done)}; refused {dict(Story.refused)}"
    )
    if STORIES and STORIES * STEPS < ENOUGH:
        return
    # the stories were worth telling: every kind of step succeeded somewhere and was refused somewhere
    for name in (
        "draft",
        "edit",
        "approve by model",
        "publish by model",
        "import",
        "submit at the desk",
        "approve at the desk",
        "draft by admin",
        "edit of words in the admin",
        "appearance in the admin",
        "appearances by a file",
    ):
        assert Story.done[name], name
    assert sum(number for name, number in Story.refused.items() if name.startswith("draft")) > 0
    assert sum(number for name, number in Story.refused.items() if name.startswith("approve")) > 0
    assert sum(number for name, number in Story.refused.items() if name.startswith("tamper")) > 0


def test_the_stories_would_notice_a_guard_that_is_missing(empty_record: None) -> None:
    story = Story()
    try:
        version = story._open("one-claim")
        assert version is not None
        story.submit("first", "one-claim", 1)
        story.approve("third", "one-claim", 1)
        story.no_approval_is_older_than_the_last_edit()
        trigger = "DROP TRIGGER void_after_text_change"
        sql(trigger if connection.vendor == "sqlite" else f"{trigger} ON claims_verdictversion")
        story.tick += 1
        story.edit_past_the_rules("second", "one-claim", 0)
        with pytest.raises(AssertionError):
            story.no_approval_is_older_than_the_last_edit()
        story.edited[version.pk] = 0
        story.no_approval_is_older_than_the_last_edit()
        trigger = "DROP TRIGGER void_after_appearance_insert"
        sql(trigger if connection.vendor == "sqlite" else f"{trigger} ON claims_appearance")
        story.tick += 1
        story.write_beside_past_the_rules("second", "one-claim", 0)
        with pytest.raises(AssertionError):
            story.no_approval_is_older_than_the_last_edit()
        story.no_author_or_editor_approved_what_stands()
        story.wrote[version.pk].add(story.people["third"].pk)
        sql("UPDATE claims_verdictversion SET state = 'approved' WHERE id = %s", version.pk)
        with pytest.raises(AssertionError):
            story.no_author_or_editor_approved_what_stands()
        story.spoken.add("feed")
        story.tick = 0
        with pytest.raises(AssertionError):
            story.no_draft_is_public()
    finally:
        story.teardown()
