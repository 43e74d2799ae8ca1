"""Many inputs at once: the command with processes, resumed, interrupted and killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pressx.batch import FEW_BYTES, FEW_INPUTS, Settings, extract_all, look_ahead
from pressx.cli.status import ExitStatus
from pressx.entries import Entry, list_entries

COUNT = FEW_INPUTS + 4
PARAGRAPH = '"We will grow with the port," said Ada Quill, Chief Executive Officer of Norvik Harbour AS. '


def write_releases(folder, count=COUNT):
    folder.mkdir()
    for number in range(count):
        text = f"OSLO, Norway, March {number % 28 + 1}, 2024 -- Norvik Harbour AS opened quay {number}. {PARAGRAPH}\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def many(tmp_path):
    """A folder of more releases than one process would do alone, with two files that can't be read."""
    folder = write_releases(tmp_path / "in")
    (folder / "005a.txt").write_bytes(bytes(range(256)))
    (folder / "015a.txt").write_bytes(b"%PDF-1.7")
    return folder


# One process and several


def test_processes_change_no_byte(run, many):
    one, two = (run("extract", many, "--jobs", jobs, "--failures", f"{jobs}.jsonl") for jobs in (1, 2))
    assert one.code == ExitStatus.FAILED
    assert [json.loads(line)["source"]["name"] for line in one.out.splitlines()] == [
        str(many / f"{number:03}.txt") for number in range(COUNT)
    ]
    assert len(one.err.splitlines()) == 2
    assert two == one
    assert (many.parent / "1.jsonl").read_bytes() == (many.parent / "2.jsonl").read_bytes()


def test_who_hands_out_work_does_not_load_the_pipeline(run, many):
    script = (
        "import atexit, sys; from pressx.cli import main; sys.argv[0] = 'pressx'\n"
        "atexit.register(lambda: print([name for name in ('spacy', 'onnxruntime') if name in sys.modules]))\n"
        "main()"
    )
    outcome = run("extract", many, "--jobs", "2", "--output", "out", "--quiet", script=script)
    assert (outcome.code, outcome.out) == (ExitStatus.FAILED, "[]\n")


def test_a_few_inputs_start_no_process(run, tmp_path):
    write_releases(tmp_path / "in", FEW_INPUTS - 1)
    script = (
        "import sys; from pressx.cli import main; sys.argv[0] = 'pressx'; sys.modules['pressx.pool'] = None; main()"
    )
    outcome = run("extract", "in", "--jobs", "4", "--fields", "source", script=script)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert outcome.out.count("\n") == FEW_INPUTS - 1


@pytest.mark.parametrize(
    ("sizes", "few"),
    [
        ([], True),
        ([10 * FEW_BYTES], True),
        ([FEW_BYTES, 1], False),
        ([1] * (FEW_INPUTS - 1), True),
        ([1] * FEW_INPUTS, False),
    ],
)
def test_what_few_inputs_are(sizes, few):
    entries = [Entry(str(number), None, b"x" * size, Path("r"), "text/plain") for number, size in enumerate(sizes)]
    stream, are_few = look_ahead(entries)
    assert list(stream) == entries
    assert are_few is few


def test_a_program_of_ones_own_needs_no_guard(tmp_path):
    folder = write_releases(tmp_path / "in")
    (tmp_path / "own.py").write_text(
        "import sys\nfrom pathlib import Path\nimport pressx\n"
        "from pressx.batch import Settings, extract_all\nfrom pressx.entries import list_entries\n"
        "entries = list_entries([Path(sys.argv[1])])\n"
        "print([outcome.failure for outcome in extract_all(entries, Settings(), jobs=2)])\n",
        encoding="utf-8",
    )
    command = [sys.executable, tmp_path / "own.py", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{[None] * COUNT}\n", "")


# Failures


def test_failures_are_written_as_json_lines(run, many, tmp_path):
    (tmp_path / "failures.jsonl").write_text("of yesterday")
    outcome = run("extract", many, "missing.txt", "--failures", "failures.jsonl", "--fields", "source", "--quiet")
    assert outcome.code == ExitStatus.FAILED
    lines = [json.loads(line) for line in (tmp_path / "failures.jsonl").read_text().splitlines()]
    assert [(line["source"], line["error"]) for line in lines] == [
        (str(many / "005a.txt"), "unreadable"),
        (str(many / "015a.txt"), "unreadable"),
        ("missing.txt", "unreadable"),
    ]
    assert outcome.err == "".join(f"error: {line['source']}: {line['message']}\n" for line in lines)


def test_without_a_failure_the_file_is_empty(run, tmp_path):
    write_releases(tmp_path / "in", 2)
    outcome = run("extract", "in", "--failures", "failures.jsonl", "--fields", "source")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert (tmp_path / "failures.jsonl").read_bytes() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_failures_that_cannot_be_written_stop_the_run(run):
    outcome = run("extract", "missing.txt", "--failures", "/dev/full")
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert outcome.err.splitlines()[-1] == "error: /dev/full: No space left on device"


@pytest.mark.parametrize("option", ["--failures", "--output"])
def test_a_place_that_cannot_be_written_to_stops_at_once(run, tmp_path, option):
    write_releases(tmp_path / "in", 1)
    (tmp_path / "file").write_text("mine")
    outcome = run("extract", "in", option, "file/below.jsonl")
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert outcome.err.startswith("error: file")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_input_that_takes_too_long_fails_alone(run, tmp_path, jobs):
    folder = write_releases(tmp_path / "in", 2)
    (folder / "000a.txt").write_text(PARAGRAPH * 30_000, encoding="utf-8")  # minutes
    outcome = run("extract", folder, "--jobs", jobs, "--timeout", "6", "--fields", "source")
    assert outcome.code == ExitStatus.FAILED
    assert outcome.err == f"error: {folder / '000a.txt'}: took longer than 6 seconds\n"
    assert outcome.out.count("\n") == 2


def test_a_process_that_dies_costs_one_input(many, tmp_path):
    command = [sys.executable, "-m", "pressx", "extract", many, "--jobs", "2", "--output", "out", "--verbose"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        lines = []
        while not any(line.endswith(": reading\n") for line in lines[4:]):
            lines.append(process.stderr.readline())
        os.kill(max(list_children(process.pid)), signal.SIGKILL)
        lines += process.communicate(timeout=120)[1].splitlines(keepends=True)
    assert process.returncode == ExitStatus.FAILED
    died = [line for line in lines if "the process that read it was ended by SIGKILL" in line]
    records = len(list((tmp_path / "out").glob("*.json")))
    assert (len(died), records) in [(1, COUNT - 1), (0, COUNT)]  # it may have been idle


def list_children(process):
    """Return the worker processes of a run, by their numbers."""
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if parent == process and "pressx.pool" in command:
            children.append(int(stat.parent.name))
    return children


# Resuming


@pytest.mark.parametrize(
    "options", [["--resume"], ["--resume", "--output", "out", "--format", "csv"]], ids=["stream", "csv"]
)
def test_only_what_keeps_a_journal_can_be_resumed(run, tmp_path, options):
    write_releases(tmp_path / "in", 1)
    outcome = run("extract", "in", *options)
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert "can be resumed" in outcome.err


@pytest.mark.parametrize("output", ["out", "out.jsonl"])
def test_what_is_done_is_passed_over(run, many, output):
    first = run("extract", many, "--output", output)
    before = read_output(many.parent / output)
    again = run("extract", many, "--output", output, "--resume", "--verbose")
    assert first.code == again.code == ExitStatus.FAILED
    assert again.err.endswith(f"info: 0 extracted, 2 failed, {COUNT} done before\n")
    assert read_output(many.parent / output) == before
    dated = run("extract", many, "--output", output, "--resume", "--verbose", "--date", "2024-03-04")
    assert dated.err.endswith(f"info: {COUNT} extracted, 2 failed\n")


def read_output(path):
    if path.is_file():
        return path.read_bytes()
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*.json"))}


@pytest.mark.parametrize("output", ["out", "out.jsonl"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_is_killed_and_resumed_ends_as_one_that_was_not(run, tmp_path, output, jobs):
    chance = random.Random(f"{output} {jobs}")
    write_releases(tmp_path / "in", 40)
    whole = run("extract", "in", "--output", f"whole/{output}")
    assert (whole.code, whole.err) == (ExitStatus.OK, "")
    command = [sys.executable, "-m", "pressx", "extract", "in", "--jobs", str(jobs), "--output", output, "--resume"]
    for _ in range(3):
        process = subprocess.Popen(command, cwd=tmp_path)
        time.sleep(chance.uniform(0.2, 4))
        process.kill()
        process.wait()
        if output == "out.jsonl" and (tmp_path / output).exists():  # it had come to its end
            assert read_output(tmp_path / output) == read_output(tmp_path / "whole" / output)
    outcome = run("extract", "in", "--output", output, "--resume")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert read_output(tmp_path / output) == read_output(tmp_path / "whole" / output)
    hidden = {".pressx-done", ".out.jsonl.done"}
    assert {path.name for path in tmp_path.rglob(".*") if path.is_file()} <= hidden


# Interruptions


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interruption_finishes_what_is_begun_and_says_where_it_stopped(run, tmp_path, jobs):
    write_releases(tmp_path / "in", 200)
    command = [sys.executable, "-m", "pressx", "extract", "in", "--jobs", str(jobs), "--output", "out.jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while not (part := tmp_path / ".out.jsonl.part").exists() or not part.stat().st_size:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the processes too
        _, err = process.communicate(timeout=120)
    assert process.returncode == ExitStatus.INTERRUPTED
    first, second = err.splitlines()
    assert first == "finishing what is begun; press Ctrl-C again to end at once"
    count = part.read_bytes().count(b"\n")
    last = f"in/{count - 1:03}.txt"
    assert second == f"error: interrupted after {count} inputs, the last of them {last}; --resume goes on from there"
    assert not (tmp_path / "out.jsonl").exists()
    outcome = run("extract", "in", "--jobs", "2", "--output", "out.jsonl", "--resume", "--verbose")
    assert outcome.err.endswith(f"info: {200 - count} extracted, 0 failed, {count} done before\n")
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 200


def test_a_second_interruption_ends_at_once(tmp_path):
    write_releases(tmp_path / "in", 16)
    (tmp_path / "in" / "000.txt").write_text(PARAGRAPH * 30_000, encoding="utf-8")  # minutes
    command = [sys.executable, "-m", "pressx", "extract", "in", "--jobs", "2", "--verbose"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.stderr.readline() != "info: in/008.txt: reading\n":
            pass
        os.killpg(process.pid, signal.SIGINT)
        while not process.stderr.readline().startswith("finishing"):
            pass
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (ExitStatus.INTERRUPTED, "")
    assert err.splitlines()[-1] == "error: interrupted"
    assert "Traceback" not in err


# Folders


def test_a_folder_that_holds_itself_is_read_once(run, tmp_path):
    folder = write_releases(tmp_path / "in", 2)
    (folder / "again").symlink_to(folder)
    (folder / "circle").symlink_to("circle")
    outcome = run("extract", "in", "--output", "out", "--fields", "source")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list(read_output(tmp_path / "out")) == ["000.json", "001.json"]


def test_a_folder_that_cannot_be_read_fails_and_the_others_are_read(run, tmp_path):
    folder = write_releases(tmp_path / "in", 2)
    (folder / "secret").mkdir(mode=0)
    if os.access(folder / "secret", os.R_OK):
        pytest.skip("the superuser may read every folder")
    outcome = run("extract", "in", "--fields", "source")
    assert (outcome.code, outcome.err) == (ExitStatus.FAILED, f"error: {folder / 'secret'}: Permission denied\n")
    assert outcome.out.count("\n") == 2


def test_inputs_of_one_name_from_two_folders_have_a_record_each(run, tmp_path):
    for name in ("one", "two"):
        write_releases(tmp_path / name, 1)
    outcome = run("extract", "one", "two/000.txt", "--output", "out", "--fields", "source")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    names = [json.loads(data)["source"]["name"] for data in read_output(tmp_path / "out").values()]
    assert sorted(names) == ["one/000.txt", "two/000.txt"]


# The same bytes in whatever company


def test_the_order_of_inputs_changes_no_record(tmp_path):
    folder = write_releases(tmp_path / "in", 6)
    (folder / "long.txt").write_text(PARAGRAPH * 60, encoding="utf-8")
    entries = list(list_entries([folder]))
    forwards = {outcome.name: outcome.text for outcome in extract_all(entries, Settings())}
    backwards = {outcome.name: outcome.text for outcome in extract_all(reversed([*entries, *entries]), Settings())}
    assert forwards == backwards
    assert all(forwards.values())
