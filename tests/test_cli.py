"""The command: each test states exit code, standard output and standard error together."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pressx.cli.status import ExitStatus
from pressx.media import KNOWN
from pressx.resources import find_models
from pressx.version import VERSION

RELEASE = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer.

"We will grow with the port," said Quill, who starts on April 1.

About Norvik Harbour
Norvik Harbour AS runs the port of Norvik and has done so for many years.
"""
UNDATED = """\
Norvik Harbour AS opens a new quay for ferries, the company said in a notice to its customers and neighbours.

The quay will be open to all ferries on Monday, and the old one will close on that day for good.
"""
SHORT = "The text is very short (2 words)."
EMPTY = "The text is empty."


@pytest.fixture
def files(tmp_path):
    """Two releases in a folder with another below it."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "sub" / "a.md").write_text(UNDATED, encoding="utf-8")
    (folder / "ignored.json").write_text("{}", encoding="utf-8")
    return folder


def read_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def list_names(outcome):
    return [record["source"]["name"] for record in read_lines(outcome.out)]


# One input


def test_one_file_gives_one_compact_object(run, files):
    outcome = run("extract", files / "b.txt")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert outcome.out.count("\n") == 1
    record = json.loads(outcome.out)
    assert outcome.out == json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert [person["name"] for person in record["people"]] == ["Ada Quill"]
    assert record["release"]["date"] == "2024-03-04"


def test_the_module_is_the_command(run, files):
    script = "import sys; from pressx.cli import main; sys.argv[0] = 'pressx'; main()"
    assert run("extract", files / "b.txt", script=script) == run("extract", files / "b.txt")


@pytest.mark.parametrize("arguments", [["extract", "-"], ["extract"]])
def test_standard_input_is_one_input(run, arguments):
    outcome = run(*arguments, stdin=RELEASE)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list_names(outcome) == ["-"]


def test_indent_is_what_the_user_says(run, files):
    outcome = run("extract", files / "b.txt", "--indent", "3", "--fields", "source")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert outcome.out.startswith('{\n   "source": {\n      "name": ')


def test_indent_nought_is_one_line(run, files):
    outcome = run("extract", files / "b.txt", "--indent", "0", "--fields", "dates")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert outcome.out.startswith('{"dates":[{"value":')


def test_fields_keeps_keys_in_the_order_of_the_schema(run, files):
    outcome = run("extract", files / "b.txt", "--fields", "dates, people")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list(json.loads(outcome.out)) == ["people", "dates"]


def test_date_supplies_the_date_that_a_text_lacks(run, files):
    outcome = run("extract", files / "sub" / "a.md", "--date", "2024-03-06", "--fields", "release,dates")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    record = json.loads(outcome.out)
    assert record["release"]["date"] == "2024-03-06"
    assert "2024-03-11" in [date["value"] for date in record["dates"]]


def test_output_does_not_depend_on_the_locale(run):
    outcome = run("extract", "--fields", "people", stdin=RELEASE.replace("Ada", "Zoë"), LC_ALL="C", PYTHONUTF8="0")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert "Zoë Quill" in outcome.out


def test_an_empty_text_is_a_release_with_a_warning(run):
    outcome = run("extract")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, f"warning: -: {EMPTY}\n")
    record = json.loads(outcome.out)
    assert (record["people"], record["blocks"], record["warnings"]) == ([], [], [EMPTY])


# Several inputs


def test_a_folder_gives_json_lines_in_sorted_order(run, files):
    outcome = run("extract", files)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list_names(outcome) == [str(files / "b.txt"), str(files / "sub" / "a.md")]


def test_files_are_sorted_and_read_once(run, files):
    outcome = run("extract", files / "sub" / "a.md", files / "b.txt", files)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list_names(outcome) == [str(files / "b.txt"), str(files / "sub" / "a.md")]


def test_company_changes_nothing_in_a_record(run, files):
    together = run("extract", files)
    alone = run("extract", files / "sub" / "a.md")
    assert (alone.code, alone.err) == (together.code, together.err) == (ExitStatus.OK, "")
    assert together.out.splitlines()[1] == alone.out.rstrip("\n")


def test_markup_in_names_and_texts_is_printed_as_it_stands(run, tmp_path):
    (tmp_path / "[bold]x[").write_text("too short", encoding="utf-8")
    outcome = run("extract", "[bold]x[")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, f"warning: [bold]x[: {SHORT}\n")
    assert list_names(outcome) == ["[bold]x["]


def test_a_name_that_is_no_text_is_no_bug(run, tmp_path):
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/\xff.txt")).write_text(RELEASE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    outcome = run("extract", ".")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert list_names(outcome) == ["\udcff.txt"]


# Output folder


def test_output_mirrors_folders(run, files, tmp_path):
    outcome = run("extract", files, "--output", "new/out")
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    out = tmp_path / "new" / "out"
    assert list_tree(out) == ["b.json", "sub/a.json"]
    assert (out / "b.json").read_text(encoding="utf-8") == run("extract", files / "b.txt").out


def list_tree(folder):
    """Return the files of a folder but the journal."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".pressx-done")
    return sorted(path.relative_to(folder).as_posix() for path in files)


def test_inputs_of_one_stem_keep_their_suffixes(run, tmp_path):
    for name in ("a.md", "a.txt", "b.txt"):
        (tmp_path / name).write_text("too short", encoding="utf-8")
    outcome = run("extract", "a.txt", "a.md", "b.txt", "--output", "out", "--quiet")
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    assert list_tree(tmp_path / "out") == ["a.md.json", "a.txt.json", "b.json"]


def test_inputs_of_one_name_mirror_the_folders_that_tell_them_apart(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "release.txt").write_text("too short", encoding="utf-8")
    outcome = run("extract", "one/release.txt", "two/release.txt", "--output", "out", "--quiet")
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    assert list_tree(tmp_path / "out") == ["one/release.json", "two/release.json"]


def test_a_record_is_replaced_whole(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "stdin.json").write_text("x" * 100_000, encoding="utf-8")
    outcome = run("extract", "--output", "out", stdin=RELEASE)
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    assert list_names(run("extract", stdin=RELEASE)) == ["-"]
    assert json.loads((tmp_path / "out" / "stdin.json").read_text(encoding="utf-8"))["source"]["name"] == "-"
    assert list_tree(tmp_path / "out") == ["stdin.json"]


def test_a_record_that_cannot_be_written_leaves_nothing_behind(run, tmp_path):
    (tmp_path / "out" / "stdin.json").mkdir(parents=True)
    outcome = run("extract", "--output", "out", stdin=RELEASE)
    assert outcome == type(outcome)(ExitStatus.UNUSABLE, "", "error: out/stdin.json: Is a directory\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".pressx-done", "stdin.json"]


def test_a_record_is_readable_by_whom_the_umask_allows(run, tmp_path):
    before = os.umask(0o027)
    try:
        outcome = run("extract", "--output", "out", stdin=RELEASE)
    finally:
        os.umask(before)
    assert outcome == type(outcome)(ExitStatus.OK, "", "")
    assert (tmp_path / "out" / "stdin.json").stat().st_mode & 0o777 == 0o640


# Failures


def test_failed_inputs_are_named_and_the_others_written(run, files, tmp_path):
    (files / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "nothing").mkdir()
    outcome = run("extract", "missing.txt", files / "binary.txt", "nothing", files / "b.txt")
    assert outcome.code == ExitStatus.FAILED
    assert list_names(outcome) == [str(files / "b.txt")]
    binary, missing, empty = outcome.err.splitlines()
    assert empty == f"error: nothing: no file of a known format in this folder ({KNOWN})"
    assert binary.startswith(f"error: {files / 'binary.txt'}: is ")
    assert missing == "error: missing.txt: No such file or directory"


def test_a_missing_file_alone_fails(run):
    outcome = run("extract", "missing.txt")
    assert outcome == type(outcome)(ExitStatus.FAILED, "", "error: missing.txt: No such file or directory\n")


def test_a_forbidden_file_fails(run, tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(RELEASE, encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read every file")
    outcome = run("extract", "secret.txt")
    assert outcome == type(outcome)(ExitStatus.FAILED, "", "error: secret.txt: Permission denied\n")


def test_an_empty_folder_leaves_nothing_to_do(run, tmp_path):
    (tmp_path / "nothing").mkdir()
    outcome = run("extract", "nothing")
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert outcome.err == (
        f"error: nothing: no file of a known format in this folder ({KNOWN})\nerror: there is nothing to extract\n"
    )


def test_an_output_that_is_a_file_stops_at_once(run, files, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    outcome = run("extract", files, "--output", "out")
    assert outcome == type(outcome)(ExitStatus.UNUSABLE, "", "error: out: File exists\n")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["extract -", "schema", "info"])
def test_a_full_disk_stops(tmp_path, command):
    line = f"exec '{sys.executable}' -m pressx {command} > /dev/full"
    done = subprocess.run(["sh", "-c", line], input=RELEASE, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (ExitStatus.UNUSABLE, "")
    assert done.stderr == "error: standard output: No space left on device\n"


@pytest.mark.parametrize(
    ("channels", "code", "message"),
    [
        ("<&-", ExitStatus.FAILED, "error: -: standard input is closed\n"),
        (">&-", ExitStatus.UNUSABLE, "error: standard output is closed\n"),
        ("2>&-", ExitStatus.OK, ""),
    ],
)
def test_closed_channels_are_no_bugs(tmp_path, channels, code, message):
    line = f"exec '{sys.executable}' -m pressx extract - {channels}"
    done = subprocess.run(["sh", "-c", line], input=RELEASE, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (code, message)
    assert bool(done.stdout) is (code is ExitStatus.OK)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "--date", "yesterday"], "'yesterday' is not a day such as 2025-09-02"),
        (["extract", "--date", "20250902"], "'20250902' is not a day such as 2025-09-02"),
        (["extract", "--fields", "people,names"], "names is not among schema_version, generator, source, release"),
        (["extract", "--fields", ""], "nothing is not among schema_version"),
        (["extract", "--indent", "many"], "--indent"),
        (["extract", "--unknown"], "No such option: --unknown"),
        (["reports"], "No such command 'reports'"),
    ],
)
def test_wrong_usage_is_explained(run, arguments, message):
    outcome = run(*arguments, stdin=RELEASE)
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert message in outcome.err
    assert "Usage: " in outcome.err


def test_no_arguments_show_the_help(run):
    outcome = run()
    assert outcome.code == ExitStatus.UNUSABLE
    assert "Usage: " in outcome.out + outcome.err
    assert "extract" in outcome.out + outcome.err


# Rules and model


def write_rules(folder, line):
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "own.jsonl").write_text("\n" + line + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Invalid JSON"),
        ('{"id": "own.x", "label": "DATE", "pattern": "x"}', "examples: Field required"),
        ('{"id": "own.x", "label": "DATE", "pattern": {"regex": "("}, "examples": ["[x]"]}', "missing )"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "info"])
def test_a_bad_rule_is_named_by_file_and_line(run, tmp_path, line, reason, command):
    write_rules(tmp_path / "mine", line)
    outcome = run(command, "--rules", "mine", stdin=RELEASE)
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert outcome.err.startswith("error: mine/rules/own.jsonl:2: ")
    assert reason in outcome.err
    assert outcome.err.count("\n") == 1


def test_rules_of_a_missing_folder_are_refused(run):
    outcome = run("extract", "--rules", "mine", stdin=RELEASE)
    assert outcome == type(outcome)(ExitStatus.UNUSABLE, "", "error: mine: no such folder of rules\n")


def test_own_lexicons_add_to_ours(run, tmp_path):
    (tmp_path / "mine" / "lexicons").mkdir(parents=True)
    (tmp_path / "mine" / "lexicons" / "months.txt").write_text("Marchember\n", encoding="utf-8")
    plain, own = run("info"), run("info", "--rules", "mine")
    assert (plain.code, plain.err) == (own.code, own.err) == (ExitStatus.OK, "")
    assert read_info(own)["lexicons"].split()[0] == read_info(plain)["lexicons"].split()[0]
    assert int(read_info(own)["lexicons"].split()[-2]) == int(read_info(plain)["lexicons"].split()[-2]) + 1


def read_info(outcome):
    return dict(line.split(None, 1) for line in outcome.out.splitlines())


@pytest.fixture
def broken(tmp_path):
    """A copy of the package whose entity model the test may damage."""
    package = Path(sys.modules["pressx"].__file__).parent
    copy = tmp_path / "copy" / "pressx"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "models"))
    shutil.copytree(find_models() / "pressx_en", copy / "models" / "pressx_en")
    return copy


@pytest.mark.parametrize("command", ["extract", "info"])
@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_broken_model_says_what_to_do(run, broken, command, damage):
    model = broken / "models" / "pressx_en" / "ner" / "model.onnx"
    data = model.read_bytes()
    model.unlink()
    if damage == "cut short":
        model.write_bytes(data[: len(data) // 2])
    outcome = run(command, stdin=RELEASE, PYTHONPATH=str(broken.parent))
    assert (outcome.code, outcome.out) == (ExitStatus.UNUSABLE, "")
    assert outcome.err.startswith("error: entity model: ")
    assert outcome.err.endswith("; install pressx again\n")
    assert str(model) in outcome.err
    assert outcome.err.count("\n") == 1


# Bugs and interruptions

BUG = """
import sys
from pressx.cli import main
import pressx.{module}

def fail(*args, **kwargs):
    raise RuntimeError("it [/] broke")

pressx.{module}.{name} = fail
sys.argv[0] = "pressx"
main()
"""


def test_a_bug_loses_its_input_and_is_the_exit_code(run, files):
    script = (
        BUG.format(module="extraction", name="assemble")
        .replace("def fail(", "good = pressx.extraction.assemble\n\ndef fail(")
        .replace(
            "    raise",
            "    if args[1].name == '-' or args[1].name.endswith('.md'):\n        return good(*args, **kwargs)\n    raise",
        )
    )
    outcome = run("extract", files, script=script)
    assert outcome.code == ExitStatus.BUG
    assert list_names(outcome) == [str(files / "sub" / "a.md")]
    message = f"error: {files / 'b.txt'}: a bug in pressx, please report it: RuntimeError: it [/] broke\n"
    assert outcome.err == message


def test_a_bug_shows_its_place_when_verbose(run):
    outcome = run("extract", "-v", script=BUG.format(module="extraction", name="assemble"), stdin=RELEASE)
    assert (outcome.code, outcome.out) == (ExitStatus.BUG, "")
    assert "Traceback (most recent call last)" in outcome.err


def test_a_bug_before_the_first_input_is_one_too(run):
    outcome = run("extract", script=BUG.format(module="pipeline", name="load"), stdin=RELEASE)
    assert (outcome.code, outcome.out) == (ExitStatus.BUG, "")
    assert outcome.err.startswith("error: a bug in pressx, please report it: RuntimeError: it [/] broke\nTraceback")


@pytest.mark.parametrize("arguments", ["extract in in/b.txt", "schema"])
def test_a_closed_pipe_ends_quietly(files, tmp_path, arguments):
    for number in range(30):  # more than a pipe holds
        shutil.copy(files / "b.txt", files / f"b{number}.txt")
    line = f"'{sys.executable}' -m pressx {arguments} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, status = done.stdout.splitlines()
    assert first.startswith("{")
    assert status == str(int(ExitStatus.OK))


# Messages


def test_quiet_keeps_warnings_back_and_not_errors(run, tmp_path):
    (tmp_path / "a.txt").write_text("too short", encoding="utf-8")
    outcome = run("extract", "a.txt", "missing.txt", "--quiet")
    assert (outcome.code, outcome.err) == (ExitStatus.FAILED, "error: missing.txt: No such file or directory\n")
    assert read_lines(outcome.out)[0]["warnings"] == [SHORT]


def test_verbose_tells_what_is_done(run, files):
    outcome = run("extract", files / "b.txt", "missing.txt", "--verbose")
    assert outcome.code == ExitStatus.FAILED
    assert list_names(outcome) == [str(files / "b.txt")]
    reading, counts, other, missing, end = outcome.err.splitlines()
    assert reading == f"info: {files / 'b.txt'}: reading"
    assert counts.startswith(f"info: {files / 'b.txt'}: 1 people, ")
    assert (other, missing) == (
        "info: missing.txt: reading",
        "error: missing.txt: No such file or directory",
    )
    assert end == "info: 1 extracted, 1 failed"


def run_on_terminals(tmp_path, *arguments, out=True, **environment):
    """Run the command with standard error, and standard output when `out`, on a terminal of their own each."""
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200", **environment}
    channels = {"err": pty.openpty(), "out": pty.openpty() if out else os.pipe()}
    with subprocess.Popen(
        [sys.executable, "-m", "pressx", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=channels["out"][1],
        stderr=channels["err"][1],
        cwd=tmp_path,
        env=environment,
    ) as process:
        for _, end in channels.values():
            os.close(end)
        texts = {name: read_all(end) for name, (end, _) in channels.items()}
    return process.returncode, texts["out"], texts["err"]


def read_all(end):
    data = b""
    while True:
        try:
            part = os.read(end, 65536)
        except OSError:  # how a terminal says that its other end is closed
            part = b""
        if not part:
            os.close(end)
            return data.decode().replace("\r\n", "\n")
        data += part


def test_a_record_on_a_terminal_is_indented(tmp_path, files):
    code, out, err = run_on_terminals(tmp_path, "extract", files / "b.txt", "--fields", "source")
    assert (code, err) == (ExitStatus.OK, "")
    assert out.startswith('{\n  "source": {\n    "name": ')


def test_indent_wins_over_the_terminal(tmp_path, files):
    code, out, err = run_on_terminals(tmp_path, "extract", files / "b.txt", "--fields", "dates", "--indent", "0")
    assert (code, err) == (ExitStatus.OK, "")
    assert out.startswith('{"dates":[')


def test_json_lines_on_a_terminal_stay_lines_and_no_bar_runs_into_them(tmp_path, files):
    code, out, err = run_on_terminals(tmp_path, "extract", files, "--fields", "schema_version")
    assert (code, err) == (ExitStatus.OK, "")
    assert out == '{"schema_version":"1.0"}\n' * 2


@pytest.mark.parametrize(("options", "shown"), [([], True), (["--quiet"], False)])
def test_the_bar_is_shown_on_a_terminal_alone(tmp_path, files, options, shown):
    code, out, err = run_on_terminals(tmp_path, "extract", files, "--fields", "schema_version", *options, out=False)
    assert (code, out) == (ExitStatus.OK, '{"schema_version":"1.0"}\n' * 2)
    assert ("extracting" in err) is shown
    assert bool(err) is shown


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_messages_have_colours_unless_no_color_is_set(tmp_path, environment, coloured):
    code, out, err = run_on_terminals(tmp_path, "extract", "missing.txt", **environment)
    assert (code, out) == (ExitStatus.FAILED, "")
    assert ("\x1b[" in err) is coloured
    assert "missing.txt: No such file or directory" in err


def test_a_terminal_as_input_is_asked_for_a_path(tmp_path):
    main, end = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "pressx", "extract"],
        stdin=end, cwd=tmp_path, text=True, capture_output=True, check=False,
    )  # fmt: skip
    os.close(main)
    os.close(end)
    assert (done.returncode, done.stdout) == (ExitStatus.UNUSABLE, "")
    assert "give a file, a folder, or a text on standard input" in done.stderr


# The other commands


def test_version(run):
    outcome = run("--version")
    assert outcome == type(outcome)(ExitStatus.OK, f"pressx {VERSION}\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["extract", "--help"], ["schema", "-h"], ["info", "-h"]])
def test_help(run, arguments):
    outcome = run(*arguments)
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert "Usage: " in outcome.out


def test_info_names_versions_model_rules_and_paths(run):
    outcome = run("info")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    lines = read_info(outcome)
    assert lines["pressx"] == VERSION
    assert lines["model"].startswith("pressx_en-ner-")
    assert int(lines["rules"]) > 100
    assert (Path(lines["data"]) / "ner" / "model.onnx").is_file()
    assert lines["spacy"].startswith("3.8.")


def test_every_status_has_a_test():
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [status.name for status in ExitStatus if f"ExitStatus.{status.name}" not in tests] == []
