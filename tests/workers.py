"""What stands in for the pipeline in processes of the pool: it does what the name of an entry says."""

import os
import signal
import sys
import time
from pathlib import Path

from pressx.entries import Entry
from pressx.outcomes import Outcome


def make_entry(name):
    return Entry(name, None, name.encode(), Path(f"{name}.json"), "text/plain")


def make_worker():
    return do_as_named


def make_no_worker():
    raise ValueError("it can't begin")


def make_dead_worker():
    os._exit(7)


def do_as_named(entry):
    """Return the process that did it as the text."""
    match entry.name.split("-"):
        case ["sleep", seconds, *_]:
            time.sleep(float(seconds))
        case ["wait", *path]:
            while not Path("-".join(path)).exists():
                time.sleep(0.01)
        case ["create", *path]:
            Path("-".join(path)).touch()
        case ["spin", *_]:
            while True:
                pass
        case ["kill", *_]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exit", code, *_]:
            os._exit(int(code))
        case ["print", *_]:
            sys.stdout.write("noise\n")
            sys.stdout.flush()
    return Outcome(entry.name, entry.record, text=str(os.getpid()))
