"""The pool: processes that extract, one entry at a time each.

Our own rather than a library's. `concurrent.futures` gives up all that waits when one process dies, and pebble sends
everything through one pipe behind one lock, which a process that is killed may take with it. Here each process has a
pipe of its own, whose end tells of its death; what the others do is not touched by it. A process is started as a
command, so that the program that uses the pool is not imported again in it.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import connection
from types import TracebackType
from typing import Any, Self

from pressx.entries import Entry
from pressx.errors import PressxError
from pressx.outcomes import FailureKind, Outcome, fail

# Outcomes for each process that may wait for an earlier one. An input that takes as long as 30 others then holds up
# no process, and what waits is 30 records of some 10 kB.
AHEAD = 32
TRIES = 3  # processes that may die one after the other before one can begin

Extract = Callable[[Entry], Outcome]
Message = Outcome | Exception | None
"""What a process says: an outcome, why it can't begin, or None when it can."""


class Worker:
    """A process and the entry it was given; `deadline` is in the seconds of `time.monotonic`."""

    def __init__(self, make: Callable[[], Extract], entry: Entry, position: int) -> None:
        self.connection, theirs = connection.Pipe()
        trash = subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603  # our own words
            [sys.executable, "-P", "-c", f"from pressx.pool import serve; serve({theirs.fileno()})"],
            stdin=subprocess.PIPE,  # which ends when this process does
            stdout=trash if sys.stderr is None else 2,  # what a library prints is no record
            stderr=trash if sys.stderr is None else 2,
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            process_group=0,  # Ctrl-C, which a terminal sends to all processes of a group, is for this one to decide
        )
        theirs.close()
        self.make = make
        self.is_ready = False
        self.entry: Entry | None = entry
        self.position = position
        self.deadline: float | None = None

    def begin(self, timeout: float | None) -> None:
        """Hand the entry over. Raises OSError when the process is dead."""
        self.connection.send(self.entry)
        self.deadline = None if timeout is None else time.monotonic() + timeout

    def end(self) -> str:
        """End the process and say how it had ended, had it."""
        self.process.kill()
        with self.process:
            self.connection.close()
        code = self.process.returncode
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


class Pool:
    """At most `jobs` processes, each started when there is work for it. Use as a context manager, which ends them.

    `make` is called once in each process, for as long as it likes, and returns what extracts; it can be pickled.
    `timeout` is in seconds for one entry.
    """

    def __init__(self, make: Callable[[], Extract], jobs: int, timeout: float | None = None) -> None:
        self.make = make
        self.jobs = jobs
        self.timeout = timeout
        self.ahead = AHEAD * jobs
        self.workers: list[Worker] = []
        self.stillborn = 0  # processes that died since one was ready

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def has_room(self) -> bool:
        return len(self.workers) < self.jobs or any(worker.entry is None for worker in self.workers)

    def begin(self, entry: Entry, position: int) -> None:
        """Give an entry to an idle process, or to a new one."""
        for worker in [worker for worker in self.workers if worker.entry is None]:
            worker.entry, worker.position = entry, position
            try:
                worker.begin(self.timeout)
            except OSError:  # it died while it was idle, which is no fault of the entry
                self.dismiss(worker)
            else:
                return
        worker = Worker(self.make, entry, position)
        self.workers.append(worker)
        try:
            worker.connection.send(self.make)
        except OSError:
            self.mourn(worker, entry)

    def dismiss(self, worker: Worker) -> str:
        self.workers.remove(worker)
        return worker.end()

    def collect(self) -> Iterator[tuple[int, Outcome]]:
        """Wait until something happens; yield the outcomes that came of it with their positions."""
        busy = [(worker, worker.entry) for worker in self.workers if worker.entry is not None]
        deadlines = [worker.deadline for worker, _ in busy if worker.deadline is not None]
        patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        heard = connection.wait([worker.connection for worker, _ in busy], patience)
        for worker, entry in busy:
            if worker.connection in heard:
                if outcome := self.hear(worker, entry):
                    yield worker.position, outcome
            elif worker.deadline is not None and time.monotonic() >= worker.deadline:
                self.dismiss(worker)
                yield worker.position, fail(entry, FailureKind.TIMEOUT, f"took longer than {self.timeout:g} seconds")

    def hear(self, worker: Worker, entry: Entry) -> Outcome | None:
        """Return the outcome when there is one. Raises what kept the process from beginning."""
        try:
            message: Message = worker.connection.recv()
            if message is None:
                worker.begin(self.timeout)
        except (EOFError, OSError):
            return self.mourn(worker, entry)
        if isinstance(message, Exception):
            raise message
        if message is None:
            worker.is_ready, self.stillborn = True, 0
        else:
            worker.entry = worker.deadline = None
        return message

    def mourn(self, worker: Worker, entry: Entry) -> Outcome | None:
        """Return the failure of the entry that a process died with; one that it had not begun goes to another."""
        end = self.dismiss(worker)
        if worker.is_ready:
            return fail(entry, FailureKind.DIED, f"the process that read it {end}")
        self.stillborn += 1
        if self.stillborn >= TRIES:
            raise PressxError(f"a worker process {end} while it started")
        self.begin(entry, worker.position)
        return None


def serve(number: int) -> None:
    """Extract what comes through the pipe with this number until it is closed; what a process of the pool does."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    pipe: connection.Connection[Any, Any] = connection.Connection(number)
    try:
        extract = pipe.recv()()  # pickled by the process that started this one, and by no other
        pipe.send(None)
        while True:
            pipe.send(extract(pipe.recv()))
    except EOFError:
        return
    except Exception as error:  # noqa: BLE001  # it is raised again where a user can see it
        pipe.send(error)


def end_with_parent() -> None:
    """End this process when the one that started it is gone, were it killed: then its end of the pipe is closed."""
    os.read(0, 1)
    os._exit(1)
