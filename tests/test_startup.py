"""How quickly the command answers."""

import subprocess
import sys
import time

# What only extracting needs; each of these takes longer to import than the whole of `pressx --help` may.
HEAVY = ("spacy", "thinc", "numpy", "onnxruntime", "tokenizers", "pydantic", "charset_normalizer")


def test_importing_the_command_imports_nothing_heavy():
    script = f"import sys, pressx, pressx.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def measure(*arguments):
    """Return the shortest of five runs in seconds: what else the machine does only ever adds."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def test_help_answers_in_under_a_third_of_the_time_that_spacy_is_imported_in():
    assert measure("-m", "pressx", "--help") < measure("-c", "import spacy") / 3
