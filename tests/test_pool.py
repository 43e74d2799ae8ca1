"""The pool: outcomes in order, one for each entry, whatever happens to its processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pressx.entries import Fault
from pressx.errors import PressxError
from pressx.ordering import extract_in_order
from pressx.outcomes import FailureKind
from pressx.pool import AHEAD, Pool
from workers import make_dead_worker, make_entry, make_no_worker, make_worker


@pytest.fixture
def run_pool():
    """Return a function that gives the outcomes of entries called as it is told."""

    def run(names, *, jobs=2, timeout=None, make=make_worker, is_done=lambda _: False, is_stopped=lambda: False):
        with Pool(make, jobs, timeout) as pool:
            yield from extract_in_order(pool, map(make_entry, names), is_done, is_stopped)

    return run


def list_ends(outcomes):
    return [(outcome.name, outcome.failure and outcome.failure.kind) for outcome in outcomes]


def test_outcomes_come_in_the_order_of_the_entries_from_all_processes(run_pool, tmp_path):
    # The first ends after the last has, in another process, however long that takes to start.
    names = [f"wait-{tmp_path / 'last'}", *map(str, range(20)), f"create-{tmp_path / 'last'}"]
    outcomes = list(run_pool(names))
    assert list_ends(outcomes) == [(name, None) for name in names]
    assert len({outcome.text for outcome in outcomes}) == 2
    assert str(os.getpid()) not in {outcome.text for outcome in outcomes}


def test_no_more_processes_are_started_than_there_are_entries(run_pool):
    assert len({outcome.text for outcome in run_pool(["a"], jobs=8)}) == 1


@pytest.mark.parametrize(
    ("death", "reason"),
    [
        ("kill", "the process that read it was ended by SIGKILL"),
        ("exit-3", "the process that read it ended with exit code 3"),
    ],
)
def test_a_process_that_dies_fails_its_entry_alone_and_is_replaced(run_pool, death, reason):
    names = ["a", death, "b", f"{death}-again", "c", "d"]
    outcomes = list(run_pool(names))
    died = FailureKind.DIED
    assert list_ends(outcomes) == [
        ("a", None), (death, died), ("b", None), (f"{death}-again", died), ("c", None), ("d", None)
    ]  # fmt: skip
    assert outcomes[1].failure.reason == reason


def test_a_process_that_dies_while_it_is_idle_fails_nothing(run_pool):
    outcomes = run_pool(["a", "b", "c"], jobs=1)
    process = int(next(outcomes).text)
    second = int(next(outcomes).text)
    assert second == process
    os.kill(process, signal.SIGKILL)
    # It may have been given the third entry before it died.
    assert list_ends(outcomes) in ([("c", None)], [("c", FailureKind.DIED)])


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_entry_that_takes_too_long_fails_alone(run_pool, jobs):
    start = time.monotonic()
    outcomes = list(run_pool(["a", "spin", "b", "sleep-60", "c"], jobs=jobs, timeout=1.5))
    assert time.monotonic() - start < 30
    late = FailureKind.TIMEOUT
    assert list_ends(outcomes) == [("a", None), ("spin", late), ("b", None), ("sleep-60", late), ("c", None)]
    assert outcomes[1].failure.reason == "took longer than 1.5 seconds"


def test_processes_that_die_before_they_begin_end_the_run(run_pool):
    with pytest.raises(PressxError, match="a worker process ended with exit code 7 while it started"):
        list(run_pool(["a"], make=make_dead_worker))


def test_what_keeps_a_process_from_beginning_is_raised(run_pool):
    with pytest.raises(ValueError, match="it can't begin"):
        list(run_pool(["a"], make=make_no_worker))


def test_once_stopped_no_entry_is_begun_and_those_begun_are_finished(run_pool):
    taken = []

    def name():
        for count in range(1000):
            taken.append(count)
            yield f"sleep-0.01-{count}"

    stopped = []
    outcomes = run_pool(name(), is_stopped=lambda: bool(stopped))
    next(outcomes)
    stopped.append(True)
    begun = len(taken)
    assert 1 + len(list(outcomes)) == len(taken) == begun
    assert len(taken) <= 2 * AHEAD


def test_entries_are_taken_as_they_are_needed(run_pool):
    taken = []

    def name():
        yield "sleep-1"
        for count in range(10_000):
            taken.append(count)
            yield str(count)

    outcomes = run_pool(name(), jobs=2)
    next(outcomes)
    assert len(taken) <= 2 * AHEAD
    outcomes.close()


def test_what_is_done_starts_no_process(run_pool):
    outcomes = list(run_pool(map(str, range(1000)), make=make_dead_worker, is_done=lambda _: True))
    assert [outcome.name for outcome in outcomes] == [str(count) for count in range(1000)]
    assert not any(outcome.text or outcome.failure for outcome in outcomes)


def test_a_fault_fails_in_its_place():
    with Pool(make_worker, 1) as pool:
        entries = [make_entry("a"), Fault("b", "is a door"), make_entry("c")]
        outcomes = list(extract_in_order(pool, entries, lambda _: False, lambda: False))
    assert list_ends(outcomes) == [("a", None), ("b", FailureKind.UNREADABLE), ("c", None)]
    assert outcomes[1].failure.reason == "is a door"


def test_what_a_process_prints_does_not_mix_with_records(run_pool, capfd):
    assert list_ends(run_pool(["print"])) == [("print", None)]
    assert capfd.readouterr() == ("", "noise\n")


def test_processes_end_with_a_parent_that_is_killed(tmp_path):
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pressx.ordering import extract_in_order
from pressx.pool import Pool
from workers import make_entry, make_worker
with Pool(make_worker, 2) as pool:
    entries = map(make_entry, ["a", "b", "spin", "sleep-600"])
    for outcome in extract_in_order(pool, entries, lambda _: False, lambda: False):
        print(outcome.text, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        children = {int(parent.stdout.readline()) for _ in range(2)}
        parent.kill()
    until = time.monotonic() + 20
    while (alive := [child for child in children if is_alive(child)]) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive == []


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
