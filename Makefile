# Everything runs in .venv, which is made anew from requirements.lock when it is missing or older than the lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEMO := samples/cooperation/release.txt

.PHONY: help demo test eval bench lock clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

demo: $(INSTALLED) ## print the JSON of a sample release
	@$(BIN)/pressx extract $(DEMO) --indent 2

test: $(INSTALLED) ## lint, type-check and run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2

eval: $(INSTALLED) ## score pressx on ../shared/eval/dev
	@test -d ../shared/eval/dev || { echo "there is no ../shared/eval/dev here" >&2; exit 2; }
	@rm -rf build/eval
	@$(BIN)/pressx extract ../shared/eval/dev/texts --output build/eval --quiet
	@$(BIN)/python ../shared/eval/score.py ../shared/eval/dev/gold build/eval

bench: $(INSTALLED) ## compare speed with en_core_web_sm
	@$(BIN)/python benchmarks/speed.py

lock: $(INSTALLED) ## pin the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet pip-tools
	@mkdir -p build
	$(BIN)/python -c 'import tomllib; \
	  file = tomllib.load(open("pyproject.toml", "rb")); project = file["project"]; \
	  extras = [line for name, lines in project["optional-dependencies"].items() if name != "all" for line in lines]; \
	  print(*project["dependencies"], *extras, *file["dependency-groups"]["dev"], sep="\n")' > build/all.in
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate --output-file requirements.lock build/all.in

clean: ## remove what is made here
	rm -rf $(VENV) build dist

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "pressx needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "installing into $(VENV), which takes a minute ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
