"""The README and the manual cannot lie: what they show is run as written.

Blocks marked `console` hold lines `$ command` (goes on after `> `), each followed by what it prints on a terminal; they
are run in a folder that holds the samples. `...` stands for anything. Blocks marked `pycon` are doctests, run there
too. Blocks marked `sh` set things up and can't be run by the tests they run: all they may do is clone, make and install.
"""

import doctest
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from conftest import ROOT, are_alike
from pressx.cli import app
from pressx.cli.status import ExitStatus

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SHELL = {"sh", "shell", "bash", "zsh", "console"}


def list_blocks(*languages, pages=(Path("README.md"),)):
    return [block for page in pages for language, block in BLOCK.findall(PAGES[page]) if language in languages]


def name_blocks(*languages):
    """Return the blocks of all pages as arguments of a test, each called after its page and first line."""
    return [
        pytest.param(block, id=f"{page.stem}: {block.splitlines()[0].lstrip('$> ')}")
        for page in PAGES
        for block in list_blocks(*languages, pages=[page])
    ]


def split_console(block):
    """Return the commands of a block as one script, and all that they are said to print."""
    commands = [line[2:] for line in block.splitlines() if line.startswith(("$ ", "> "))]
    printed = [line for line in block.splitlines() if not line.startswith(("$ ", "> "))]
    return "\n".join(commands), "".join(f"{line}\n" for line in printed)


def run_on_terminal(script, folder):
    """Return what a script prints on a terminal, without colours."""
    main, end = pty.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1"}
    with subprocess.Popen(["bash", "-c", script], cwd=folder, env=environment, stdout=end, stderr=end) as process:
        os.close(end)
        data = b""
        while part := read_part(main):
            data += part
    os.close(main)
    return process.returncode, ESCAPE.sub("", data.decode()).replace("\r\n", "\n")


def read_part(main):
    try:
        return os.read(main, 65536)
    except OSError:  # how a terminal says that its other end is closed
        return b""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    return tmp_path


@pytest.mark.parametrize("block", name_blocks("console"))
def test_a_command_prints_what_is_shown(folder, block):
    script, shown = split_console(block)
    if re.search(r"\bjq\b", script) and shutil.which("jq") is None:
        pytest.skip("jq is not installed: apt-get install jq")
    assert script
    _, printed = run_on_terminal(script, folder)
    printed = re.sub(r" +$", "", printed, flags=re.MULTILINE)  # how a table is filled up is not to be seen
    same = are_alike(printed, shown)
    assert same or doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS), printed


@pytest.mark.parametrize("block", name_blocks("pycon"))
def test_a_python_session_goes_as_shown(folder, monkeypatch, block):
    monkeypatch.chdir(folder)
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    reports = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=reports.append)
    assert "".join(reports) == ""


@pytest.mark.parametrize("block", list_blocks("sh"), ids=lambda block: block.splitlines()[0])
def test_what_sets_up_is_there(block):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for line in block.splitlines():
        command, *arguments = line.split("#")[0].split() or ["#"]
        assert command in {"git", "cd", "make", "pip", "pipx", "apt-get", "sudo", "#"}
        assert command != "make" or set(arguments) <= set(targets)


def test_the_readme_shows_commands_and_no_other_kind_of_shell_block():
    assert len(list_blocks("console")) >= 5
    assert list_blocks(*SHELL - {"sh", "console"}) == []
    assert len(re.findall(r"\bjq\b", "".join(list_blocks("console")))) >= 3


@pytest.mark.parametrize("status", ExitStatus, ids=lambda status: status.name)
def test_every_exit_code_is_explained(status):
    assert re.search(rf"^\| *`?{status.value}`? *\|", README, re.MULTILINE)


def test_every_command_and_option_is_mentioned():
    commands = typer.main.get_command(app).commands
    wanted = [f"pressx {name}" for name in commands]
    assert len(wanted) > 8
    assert [word for word in wanted if word not in README] == []


def list_commands(group, path="pressx"):
    """Yield the name of each command, the group's own among them, and its options."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from list_commands(command, f"{path} {name}")
        else:
            options = [max(option.opts, key=len) for option in command.params if option.opts[0].startswith("-")]
            yield f"{path} {name}", options


@pytest.mark.parametrize(("command", "options"), list(list_commands(typer.main.get_command(app))))
def test_the_manual_has_a_section_with_every_option(command, options):
    sections = re.split(r"^## ", (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next((text for text in sections if text.startswith(f"{command}\n")), None)
    assert section is not None, f"docs/cli.md has no section {command}"
    assert [option for option in options if f"`{option}" not in section and option != "--help"] == [], command


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "models/README.md", *map(str, PAGES)])
def test_links_lead_somewhere(page):
    for target, anchor in LINK.findall((ROOT / page).read_text(encoding="utf-8")):
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), target
        if anchor:
            assert anchor in list_anchors(path.read_text(encoding="utf-8")), f"{target}#{anchor}"


def list_anchors(text):
    """Return the anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
