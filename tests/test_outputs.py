"""Outputs: what was written is passed over, what changed is written again, and nothing is ever there by half."""

import errno
import os
import shutil
import subprocess
from dataclasses import replace
from io import FileIO
from pathlib import Path

import pytest

from pressx.entries import Entry
from pressx.fingerprints import take_fingerprint, take_settings_fingerprint
from pressx.outcomes import FailureKind, Outcome, fail
from pressx.outputs import FolderOutput, LinesOutput
from pressx.writing import WritingError

SETTINGS = "as always"


def make_entry(name, data=b"text", **facts):
    return Entry(name, None, data, Path(f"{name}.x"), "text/plain", **facts)


def open_folder(path, settings=SETTINGS, *, resume=True):
    return FolderOutput(path, ".json", settings, resume=resume)


def open_lines(path, settings=SETTINGS, *, resume=True):
    return LinesOutput(path, settings, resume=resume)


OPENERS = {"out": open_folder, "out.jsonl": open_lines}


@pytest.fixture(params=OPENERS)
def path(request, tmp_path):
    return tmp_path / request.param


def run(path, entries, *, made=None, **options):
    """Write a record of each entry that is not done and return the names of those that were written.

    A record says what it was made of. `made` ends the run after so many, as a kill would.
    """
    output = OPENERS[path.name](path, **options)
    written = []
    with output:
        for entry in entries:
            if output.is_done(entry):
                output.write(Outcome(entry.name, entry.record))
            elif entry.data == b"bad":
                output.write(fail(entry, FailureKind.UNREADABLE, "is bad"))
            else:
                if len(written) == made:
                    raise KeyboardInterrupt
                written.append(entry.name)
                text = f"{entry.name} {entry.data.decode()} {options.get('settings', SETTINGS)}"
                output.write(Outcome(entry.name, entry.record, take_fingerprint(entry), text))
    return written


def read_all(path):
    """Return what the user sees of an output."""
    if path.is_file():
        return path.read_text()
    return {file.name: file.read_text() for file in sorted(path.iterdir()) if not file.name.startswith(".")}


A, B, C, D = (make_entry(name) for name in "abcd")


def test_a_second_run_writes_nothing(path):
    assert run(path, [A, B, C]) == ["a", "b", "c"]
    before = read_all(path)
    assert run(path, [A, B, C]) == []
    assert read_all(path) == before


def test_without_resume_everything_is_written(path):
    run(path, [A, B, C])
    assert run(path, [A, B], resume=False) == ["a", "b"]


def test_what_a_run_did_before_it_ended_early_is_kept(path):
    with pytest.raises(KeyboardInterrupt):
        run(path, [A, B, C, D], made=2)
    assert run(path, [A, B, C, D]) == ["c", "d"]
    whole = path.with_name("whole") / path.name
    run(whole, [A, B, C, D])
    assert read_all(path) == read_all(whole)


@pytest.mark.parametrize(
    "changed",
    [
        make_entry("b", b"other text"),
        replace(B, media_type="text/html"),
        replace(B, date="2024-03-04"),
    ],
    ids=["bytes", "media type", "date"],
)
def test_an_input_that_changed_is_done_again(path, changed):
    run(path, [A, B, C])
    assert run(path, [A, changed, C]) == ["b"]
    whole = path.with_name("whole") / path.name
    run(whole, [A, changed, C])
    assert read_all(path) == read_all(whole)


def test_other_settings_do_all_again(path):
    run(path, [A, B])
    assert run(path, [A, B], settings="otherwise") == ["a", "b"]
    assert run(path, [A, B], settings="otherwise") == []


def test_another_input_of_the_same_record_is_another_input(path):
    run(path, [A, B])
    assert run(path, [replace(A, name="elsewhere/a"), B]) == ["elsewhere/a"]


def test_inputs_that_came_later_stand_in_their_place(path):
    run(path, [B, D])
    assert run(path, [A, B, C, D]) == ["a", "c"]
    assert run(path, [A, B, C, D]) == []
    whole = path.with_name("whole") / path.name
    run(whole, [A, B, C, D])
    assert read_all(path) == read_all(whole)


def test_a_run_that_ended_early_goes_on_after_the_inputs_changed(path):
    run(path, [B, D])
    with pytest.raises(KeyboardInterrupt):
        run(path, [A, B, C, D], made=1)
    assert run(path, [A, B, C, D]) == ["c"]
    assert run(path, [D, C, B, A]) == []
    whole = path.with_name("whole") / path.name
    run(whole, [D, C, B, A])
    assert read_all(path) == read_all(whole)


def test_a_file_of_lines_holds_the_inputs_of_the_run_alone(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, [A, B, C])
    assert run(path, [A, C]) == []
    assert [line[0] for line in read_all(path).splitlines()] == ["a", "c"]


def test_an_input_that_fails_now_leaves_no_record(path):
    run(path, [A, B])
    assert run(path, [A, make_entry("b", b"bad")]) == []
    whole = path.with_name("whole") / path.name
    run(whole, [A])
    assert read_all(path) == read_all(whole)
    assert run(path, [A, B]) == ["b"]


def test_a_record_that_was_changed_or_lost_is_made_again(tmp_path):
    run(tmp_path / "out", [A, B, C])
    before = read_all(tmp_path / "out")
    (tmp_path / "out" / "a.json").write_text("mine")
    (tmp_path / "out" / "b.json").unlink()
    assert run(tmp_path / "out", [A, B, C]) == ["a", "b"]
    assert read_all(tmp_path / "out") == before


def test_lines_that_were_changed_are_made_again(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, [A, B, C])
    before = read_all(path)
    path.write_text(before.replace("b text", "B TEXT"))
    assert run(path, [A, B, C]) == ["b"]
    assert read_all(path) == before
    path.write_text(before[:5])
    assert "c" in run(path, [A, B, C])
    assert read_all(path) == before


def test_what_a_killed_run_had_not_noted_is_written_again(tmp_path):
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run(path, [A, B, C], made=2)
    with (tmp_path / ".out.jsonl.part").open("a") as part:
        part.write("c te")
    assert not path.exists()
    assert run(path, [A, B, C]) == ["c"]
    assert [line[0] for line in read_all(path).splitlines()] == ["a", "b", "c"]
    assert sorted(file.name for file in tmp_path.iterdir()) == [".out.jsonl.done", "out.jsonl"]


def test_the_old_file_of_lines_stays_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "out.jsonl"
    run(path, [A])
    before = read_all(path)
    with pytest.raises(KeyboardInterrupt):
        run(path, [A, B, C], made=1, resume=False)
    assert read_all(path) == before


def test_a_record_of_what_cannot_be_read_twice_is_not_passed_over(path):
    pipe = Entry("pipe", Path("/dev/null"), None, Path("pipe.x"), "text/plain")
    assert take_fingerprint(pipe) is None
    for _ in range(2):
        with OPENERS[path.name](path) as output:
            assert not output.is_done(pipe)
            output.write(Outcome(pipe.name, pipe.record, None, "text"))
    assert "text" in str(read_all(path))


def test_two_runs_do_not_write_to_one_output(path):
    with OPENERS[path.name](path), pytest.raises(WritingError, match="another run is writing here"):
        OPENERS[path.name](path)


def test_a_journal_that_is_none_is_named(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".pressx-done").write_text("no database" * 1000)
    with pytest.raises(WritingError, match=r"out/\.pressx-done: file is not a database"):
        open_folder(tmp_path / "out")


def test_names_that_are_no_text_are_kept(path):
    odd = make_entry("\udcff\ud800", b"text")
    odd = replace(odd, record=Path("odd.x"))
    with OPENERS[path.name](path) as output:
        output.write(Outcome(odd.name, odd.record, take_fingerprint(odd), "text"))
    with OPENERS[path.name](path) as output:
        assert output.is_done(odd)
        output.write(Outcome(odd.name, odd.record))


# A full disk


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 256 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser mounts file systems")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", OPENERS)
def test_a_full_disk_ends_the_run_and_loses_nothing(small_disk, monkeypatch, name):
    monkeypatch.setattr("pressx.journal.COMMIT_SECONDS", 0)
    path = small_disk / name
    entries = [make_entry(f"{count:03}", b"x" * 10_000) for count in range(60)]
    with pytest.raises(WritingError, match=r"No space left on device|disk is full"):
        run(path, entries)
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    assert 0 < len(run(path, entries)) < 60
    whole = small_disk / "whole" / name
    run(whole, entries)
    assert read_all(path) == read_all(whole)


class FullFile(FileIO):
    """A file that has room for five bytes more."""

    room = 5

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = super().write(data[: self.room])
        self.room -= written
        return written


def test_a_disk_that_is_full_in_the_middle_of_a_record_leaves_no_half(tmp_path, monkeypatch):
    path = tmp_path / "out.jsonl"
    run(path, [A])
    with monkeypatch.context() as patch:
        patch.setattr("pressx.outputs.FileIO", FullFile)
        with pytest.raises(WritingError, match="No space left on device"):
            run(path, [A, B])
    assert [line[0] for line in read_all(path).splitlines()] == ["a"]
    assert run(path, [A, B]) == ["b"]
    assert [line[0] for line in read_all(path).splitlines()] == ["a", "b"]


@pytest.mark.parametrize("name", OPENERS)
def test_a_read_only_output_is_named(small_disk, name):
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(WritingError, match=r"disk/.*(Read-only file system|unable to open database file)"):
        OPENERS[name](small_disk / "below" / name)


# Settings


def test_settings_are_options_and_rules(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.jsonl").write_text("one")
    taken = [take_settings_fingerprint(None, {"date": None}), take_settings_fingerprint(None, {"date": "2024-03-04"})]
    taken.append(take_settings_fingerprint(str(tmp_path), {"date": None}))
    (tmp_path / "rules" / "own.jsonl").write_text("two")
    taken.append(take_settings_fingerprint(str(tmp_path), {"date": None}))
    assert len(set(taken)) == len(taken)
    assert take_settings_fingerprint(str(tmp_path), {"date": None}) == taken[-1]


@pytest.mark.parametrize("package", ["spacy", "onnxruntime"])
def test_settings_are_versions(monkeypatch, package):
    before = take_settings_fingerprint(None, {})
    monkeypatch.setattr("pressx.fingerprints.version", lambda name: "0" if name == package else "1")
    between = take_settings_fingerprint(None, {})
    monkeypatch.setattr("pressx.fingerprints.version", lambda _: "1")
    assert len({before, between, take_settings_fingerprint(None, {})}) == 3
