# make demo, make test: each sets up everything it needs.
PYTHON ?= python3
PORT ?= 8000
AREA ?= sample
VENV := .venv
BIN := $(VENV)/bin

# Real areas lie beside the project on the developers' machines; elsewhere sources are downloaded.
ifndef HYAKUSAKA_SOURCES
ifneq ($(wildcard ../shared/areas),)
export HYAKUSAKA_SOURCES := $(abspath ../shared/areas)
endif
endif

.PHONY: demo test check bench build setup web browser format lock golden clean

demo: setup web
	$(BIN)/python -m tiles demo-areas | while read area; do $(BIN)/python -m tiles build $$area --if-changed || true; done
	$(BIN)/python -m guide serve --port $(PORT)

build: setup
	$(BIN)/python -m tiles build $(AREA)

test: setup web browser
	$(BIN)/python -m pytest

check: setup web
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd guide/web && PATH="$(abspath $(BIN)):$$PATH" npm run check

bench: setup
	$(BIN)/python -m tests.bench

setup: $(VENV)/.installed
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

