# Needs Python 3.11 or newer, make and pip's usual index; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python -m
PIP := $(RUN) pip --quiet --disable-pip-version-check install

.PHONY: demo test fuzz lint fix docs bench faults bundle stops lock clean

demo: $(VENV)/sqmy.stamp            # a small fictitious county, and its year's scores
	$(BIN)/sqmy demo

test: $(VENV)/dev.stamp
	$(RUN) pytest -n auto --maxprocesses 8 --dist loadgroup

FUZZ ?= 40
fuzz: $(VENV)/dev.stamp             # every parser, FUZZ times the cases of the suite, others each time
	SQMY_FUZZ=$(FUZZ) HYPOTHESIS_PROFILE=explore $(RUN) pytest -n auto tests/fuzz

lint: $(VENV)/dev.stamp             # changes nothing: what `fix` and `docs` would change is an error
	$(RUN) ruff check && $(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) pip check
	$(RUN) tools.docs --check

fix: $(VENV)/dev.stamp
	$(RUN) ruff check --fix && $(RUN) ruff format

docs: $(VENV)/dev.stamp             # writes what is generated and replays the transcripts
	$(RUN) tools.docs

bench: $(VENV)/dev.stamp            # the figures of docs/performance.md
	$(RUN) benchmarks

# One folder for offices without a network, in dist/; for other systems than this one, too.
TARGETS ?= native win_amd64:3.11 win_amd64:3.12 win_amd64:3.13
bundle: $(VENV)/dev.stamp
	$(RUN) tools.bundle $(TARGETS)

faults: $(VENV)/dev.stamp           # kills, full disks, power cuts: what was acknowledged is there
	$(RUN) trials

stops: $(VENV)/dev.stamp            # a PostgreSQL server stopped 50 times in the middle of writing
	SQMY_STOPS=50 $(RUN) pytest -q tests/ledger/test_server_stops.py

lock:                               # the newest releases that pyproject.toml permits
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip --quiet install uv
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(LOCK) pyproject.toml --extra pg --extra encrypted --group bundle -c requirements/dev.txt -o requirements/bundle.txt
	$(LOCK) --group build -c requirements/dev.txt -o requirements/build.txt
	$(LOCK) --group bench -o requirements/bench.txt
LOCK := .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

clean:
	rm -rf .venv .venv-bench .venv-lock .hypothesis .mypy_cache .pytest_cache .ruff_cache dist

# The environment is made once, and anew when a lock changes; `demo` fetches the runtime alone.
$(VENV)/locked.stamp: requirements/runtime.txt requirements/build.txt requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sqmy 需要 Python 3.11 或更高版本，例如 make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@touch $@

$(VENV)/sqmy.stamp: pyproject.toml $(VENV)/locked.stamp
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/sqmy.stamp
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
