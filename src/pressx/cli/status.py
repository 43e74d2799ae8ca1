"""The ways in which `pressx` ends."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """Exit codes of the command; the README lists them."""

    OK = 0
    """All inputs were extracted."""
    FAILED = 1
    """Some inputs failed; each was named with its reason, the others were written."""
    UNUSABLE = 2
    """The command could not start or go on: wrong usage, a bad rule, no model, an output that can't be written."""
    BUG = 3
    """An error that pressx did not foresee."""
    INTERRUPTED = 130
    """Ctrl-C: 128 and the number of SIGINT, as shells count."""
