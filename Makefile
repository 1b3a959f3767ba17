# Set-up, runs and checks. The only things needed beforehand: python3 (3.11 or newer) with pip and
# venv, git and make. Another Python: make PYTHON=python3.12 run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
READY := $(VENV)/.ready
PARALLEL := -n auto --maxprocesses 4 --dist worksteal

.PHONY: run test slow bench coverage docs lock setup

run: setup
	$(PY) run.py compare scenarios/do-over

test: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m pytest $(PARALLEL)

slow: setup
	$(PY) -m pytest $(PARALLEL) -m slow

bench: setup
	$(PY) -m benchmarks

coverage: setup
	NUMBA_DISABLE_JIT=1 $(PY) -m coverage run -m pytest
	$(PY) -m coverage combine
	$(PY) -m coverage report

docs: setup
	$(PY) -m sim.report.reference

lock: setup
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile pyproject.toml --group test --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --upgrade --quiet --output-file requirements.txt

setup: $(READY)

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Waitworth needs Python 3.11 or newer; $(PYTHON) is' "$$($(PYTHON) --version 2>&1)." \
	  'Name another, such as: make PYTHON=python3.12 run' >&2; exit 1; }
	@echo 'Setting up $(VENV) (once; a minute or so)'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $(READY)
