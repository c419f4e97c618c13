"""A real worker process on a real Valkey and a real Redis."""

import os
import signal
import time

from tests.integration.conftest import VISIBILITY_TIMEOUT_S, Queue, wait_for


def test_it_retries_a_task_until_it_succeeds_and_starts_a_later_one_on_time(queue: Queue) -> None:
    queue.start_worker()
    sent = time.time()
    queue.send("probe.remark", "later", countdown=1.0)
    queue.send("probe.third_time_lucky")
    wait_for("the third attempt", lambda: "succeeded" in queue.notes())
    assert queue.notes().count("tried") == 3
    wait_for("the later task", lambda: "later" in queue.notes())
    assert 1.0 <= queue.times("later")[0] - sent < 3.0


def test_it_delivers_the_task_of_a_killed_worker_to_the_next_one(queue: Queue) -> None:
    worker = queue.start_worker()
    queue.send("probe.linger", 60)
    wait_for("the task to begin", lambda: queue.notes() == ["began"])
    os.killpg(worker.pid, signal.SIGKILL)  # no farewell: the task stays unacknowledged
    worker.wait()
    time.sleep(VISIBILITY_TIMEOUT_S + 0.5)
    queue.start_worker()
    wait_for("the task to be done again", lambda: queue.notes() == ["began", "began", "ended"])


def test_it_puts_a_running_task_back_when_it_is_told_to_stop(queue: Queue) -> None:
    worker = queue.start_worker()
    queue.send("probe.linger", 60)
    wait_for("the task to begin", lambda: queue.notes() == ["began"])
    asked = time.monotonic()
    worker.terminate()
    worker.wait(50)
    assert time.monotonic() - asked < 30, "it waited for the end of the task"
    assert queue.waiting("interactive") == 1
    queue.start_worker()
    wait_for("the task to be done again", lambda: queue.notes() == ["began", "began", "ended"])


def test_it_runs_the_task_of_a_process_that_died_under_it_again(queue: Queue) -> None:
    worker = queue.start_worker()
    queue.send("probe.linger", 60)
    wait_for("the task to begin", lambda: queue.notes() == ["began"])
    with open(f"/proc/{worker.pid}/task/{worker.pid}/children") as children:
        pool = [int(pid) for pid in children.read().split()]
    for pid in pool:
        os.kill(pid, signal.SIGKILL)  # as the kernel does when memory runs out
    wait_for("the task to be done again", lambda: queue.notes() == ["began", "began", "ended"])


def test_it_drops_what_waited_longer_than_it_is_worth(queue: Queue) -> None:
    queue.send("probe.remark", "stale", expires=0.2)
    time.sleep(0.4)
    queue.send("probe.remark", "fresh")
    queue.start_worker()
    wait_for("the fresh task", lambda: "fresh" in queue.notes())
    assert "stale" not in queue.notes()
