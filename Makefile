# From a fresh clone: `make brief` for the first briefing, `make test` for the tests. `make help` lists the rest.
PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

# Containers often set this; then each process that a test starts compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE

# A lock is all that is needed, in one version each: nothing is left to find out, and no later release can disturb.
INSTALL = $(PIP) install --no-deps --require-hashes

# Each stands for a finished step and is renewed when what the step depends on changes.
PACKAGE = $(VENV)/.package-installed
TOOLS = $(VENV)/.tools-installed
CHECKERS = .ci/node_modules/.checkers-installed

.PHONY: help install brief check quick test coverage test-all lowest newest locks fuzz bench verapdf lock clean system system-tests system-all
.DEFAULT_GOAL = help

help: ## say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 8

install: $(PACKAGE) ## set up

brief: $(PACKAGE) ## set up, and write the briefing of meeting 8
	@echo "==> Writing the briefing of meeting 8"
	$(BIN)/reporter build --meeting 8
	@echo "==> Here it is:"
	@ls -1 output/meeting-08.html output/meeting-08.pdf

check: $(PACKAGE) ## read and cross-check the records
	$(BIN)/reporter check

quick: system-tests $(TOOLS) $(CHECKERS) ## set up, and run the quick tests; or: make quick PYTHON=python3.14 VENV=.venv-3.14
	$(BIN)/pytest

test: system-tests $(TOOLS) $(CHECKERS) ## set up, and run the checks and the tests
	@echo "==> Checking the code"
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@echo "==> Running the tests"
	$(BIN)/pytest $(COVERAGE) -m "not long and not bench and not fuzz and not index"

coverage: COVERAGE = --cov
coverage: test ## the same, and say which lines no test has run, those of child processes included

# Many of them wait for something that died, or for a mirror: three keep two cores busy.
LONG_JOBS = 3
test-all: test system-all ## run every test: also every report in the browser and in the validators, and the locks
	@echo "==> Running the long tests"
	$(BIN)/pytest --numprocesses=$(LONG_JOBS) -m "(long or index) and not fuzz and not bench"

# What holds for the locked versions only.
BY_LOCK = tests/test_locks.py tests/test_schema.py::test_the_schemas_in_the_project_are_current

lowest: HOW = --resolution lowest-direct
lowest: ## run the quick tests with the lowest versions that pyproject.toml allows

newest: HOW = --resolution highest
newest: ## run the quick tests with the newest versions that pyproject.toml allows

lowest newest: system-tests $(TOOLS) $(CHECKERS)
	@echo "==> Installing the $@ versions of what reporter needs"
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-$@
	$(BIN)/uv pip install --quiet --python .venv-$@ $(HOW) --group build --group test --editable '.[cluster]'
	.venv-$@/bin/pytest $(BY_LOCK:%=--deselect %)

locks: $(TOOLS) ## install the locks with the oldest pip, as on a day when each package has a newer release
	@echo "==> Installing the locks into empty environments"
	$(BIN)/pytest -n0 -m index tests/test_locks.py

FUZZ = 5000
# Seconds for one search; each example has a limit of its own.
LONGEST = $$((900 + 10 * $(FUZZ)))
fuzz: $(TOOLS) ## search for surprises in generated projects and damaged files; for longer: make fuzz FUZZ=50000
	@echo "==> Trying about $(FUZZ) examples of each sort; what fails is kept in .hypothesis/ and tried first the next time"
	FUZZ=$(FUZZ) $(BIN)/pytest -m "not browser and not bench" \
		--timeout $(LONGEST) -o faulthandler_timeout=$(LONGEST) tests/test_fuzz_*.py tests/test_page_one.py
	$(BIN)/pytest -m "fuzz and long"

bench: $(TOOLS) ## measure against other ways to do the same, as a table; on a quiet machine
	$(BIN)/python tests/bench/bench.py $(BENCH)

VERAPDF = java -cp $(JAR) org.verapdf.apps.GreenfieldCliWrapper --format text
verapdf: $(PACKAGE) ## check every PDF by veraPDF: make verapdf JAR=greenfield-apps-1.28.2.jar
	@echo "==> Checking every PDF as PDF/A-3a and as PDF/UA-1; what is wrong begins with FAIL"
	$(BIN)/reporter build
	$(VERAPDF) --flavour 3a output/*.pdf
	$(VERAPDF) --flavour ua1 output/*.pdf

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml
WITHOUT_HOSTS = JSON.stringify(require("./.ci/package-lock.json"), (key, value) => key === "funding" ? undefined : value, 2)

lock: system-tests $(TOOLS) ## renew the locked versions in .ci/
	@echo "==> Asking for the newest versions that pyproject.toml allows"
	$(LOCK) --upgrade --group build --output-file .ci/requirements.txt
	$(LOCK) --upgrade --extra cluster --group build --group test --group bench --group lock --constraint .ci/requirements.txt --output-file .ci/requirements-tests.txt
	npm update --prefix .ci --package-lock-only --silent
	node -p '$(WITHOUT_HOSTS)' > .ci/package-lock.new && mv .ci/package-lock.new .ci/package-lock.json

clean: ## delete all that make has made
	rm -rf .venv .venv-* .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist output/* .ci/node_modules

system:
	@.ci/install-system $(PYTHON)

system-tests:
	@.ci/install-system $(PYTHON) tests

system-all:
	@.ci/install-system $(PYTHON) all

$(BIN)/pip: | system
	@echo "==> Making a virtual environment in $(VENV)"
	$(PYTHON) -m venv $(VENV)

$(PACKAGE): .ci/requirements.txt pyproject.toml | system $(BIN)/pip
	@echo "==> Installing reporter and what it needs, in the locked versions"
	$(INSTALL) --requirement .ci/requirements.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	$(PIP) check
	@touch $@

$(TOOLS): .ci/requirements-tests.txt $(PACKAGE)
	@echo "==> Installing what the tests need, in the locked versions"
	$(INSTALL) --requirement .ci/requirements-tests.txt
	$(PIP) check
	@touch $@

$(CHECKERS): .ci/package-lock.json | system-tests
	@echo "==> Installing the checkers of the pages, in the locked versions"
	npm ci --prefix .ci --silent
	@touch $@
