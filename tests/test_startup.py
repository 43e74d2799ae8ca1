"""How quickly the command answers."""

import os
import subprocess
import sys

# What only extracting needs; each of these takes longer to import than the whole of `pressx --help` may.
HEAVY = ("spacy", "thinc", "numpy", "onnxruntime", "tokenizers", "pydantic", "charset_normalizer")


def test_importing_the_command_imports_nothing_heavy():
    script = f"import sys, pressx, pressx.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def measure(*arguments):
    """Return the seconds of processor time that a command takes, which wait for nothing else that the machine does."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def test_help_answers_in_under_a_third_of_the_time_that_spacy_is_imported_in():
    # The shortest of runs that take turns: what else the machine does only ever adds, and to both.
    runs = [(measure("-m", "pressx", "--help"), measure("-c", "import spacy")) for _ in range(6)]
    answered, imported = map(min, zip(*runs, strict=True))
    assert answered < imported / 3
