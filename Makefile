# `make` alone lists the targets. What they need is Python 3.11 or newer, git and make:
# everything else is installed by them, into .venv/ and node_modules/.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL: # two installations into one .venv/ would break each other

HOST ?= 127.0.0.1
PORT ?= 8000
UPGRADE ?=

BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check -qq install --no-input
UV := uv==0.13.9

# Many container images switch byte code off; without it every start would take seconds longer.
unexport PYTHONDONTWRITEBYTECODE

# A stamp carries the fingerprint of the files that it stands for: a change makes a new name.
fingerprint = $(shell cat $(1) | git hash-object --stdin | cut -c1-16)
LOOPS = $(sort $(shell grep -rl --include='*.py' 'njit.cache=True' matching))
LOOPS_STAMP = .venv/.compiled-$(call fingerprint,$(LOOPS))
RUN_STAMP := .venv/.installed-$(call fingerprint,requirements.lock pyproject.toml)
DEV_STAMP := .venv/.installed-dev-$(call fingerprint,requirements-dev.lock pyproject.toml)
ASSETS_STAMP := node_modules/.copied-$(call fingerprint,package-lock.json tools/assets.py)
VENDOR := marketplace/ui/static/vendor/inter.css
AXE := node_modules/axe-core/axe.min.js
# One more than there are cores: some tests wait for browsers and for other processes.
PROCESSES := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard marketplace/translations/*/LC_MESSAGES/*.po))

# ------------------------------------------------------------------------------ what people call

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: $(RUN_STAMP) $(LOOPS_STAMP) $(VENDOR) $(CATALOGUES) ## start Behovstorget with demo data: http://127.0.0.1:8000 (PORT=… for another)
	@exec $(BIN)/marketplace run --host $(HOST) --port $(PORT)

.PHONY: setup
setup: $(DEV_STAMP) $(LOOPS_STAMP) $(VENDOR) $(AXE) $(CATALOGUES) ## install all that development needs, and make what is generated

.PHONY: test
test: setup ## run all tests, also those with PostgreSQL and in a real browser (ARGS=… to pytest)
	@$(PY) -m tests.provisioning
	@$(PY) -m pytest --numprocesses=$(PROCESSES) --dist=worksteal $(ARGS)

.PHONY: check
check: setup ## format, lint, types, import rules, migrations, catalogues: all but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/marketplace check-migrations
	$(PY) -m tools.catalogues check

.PHONY: fmt
fmt: $(DEV_STAMP) ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

.PHONY: coverage
coverage: setup ## run all tests and say which lines none of them reached
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(BIN)/coverage run -m pytest --numprocesses=auto --dist=worksteal $(ARGS)
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

.PHONY: bench
bench: $(DEV_STAMP) ## run the programs in bench/: quality of the ranking, and speed
	@set -e; for program in bench/[!_]*.py; do \
		test -e "$$program" || continue; \
		echo "== $$program"; $(PY) -m "bench.$$(basename "$$program" .py)"; \
	done

.PHONY: screenshots
screenshots: setup ## take the pictures in docs/ anew
	@$(PY) -m tools.screenshots

.PHONY: catalogues
catalogues: $(RUN_STAMP) ## collect the texts to translate into marketplace/translations/
	@$(PY) -m tools.catalogues update
	@$(PY) -m tools.catalogues compile

.PHONY: sights
sights: $(RUN_STAMP) ## write who sees which text into docs/security.md
	@$(PY) -m tools.sights

.PHONY: lock
lock: | $(PY) ## resolve the dependencies anew; UPGRADE=1 takes the newest releases
	@test -x build/lock/bin/uv || { $(PY) -m venv build/lock && build/lock/bin/pip -qq --disable-pip-version-check install $(UV); }
	@$(call resolve,requirements.lock,pyproject.toml --group build)
	@$(call resolve,requirements-dev.lock,pyproject.toml --group dev --constraint requirements.lock)
	@$(call resolve,requirements-node.lock,--group node)
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
	@! grep -nE 'https?://|--(extra-)?index|--find-links' requirements*.lock
	@! grep -n '"resolved"' package-lock.json

.PHONY: clean
clean: ## remove what was installed and made; the local database in instance/ stays
	rm -rf .venv node_modules build dist *.egg-info marketplace/ui/static/vendor
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	rm -f marketplace/translations/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------ how it is made

# Hashes and exact versions for every system and Python we support; no registry is named.
resolve = build/lock/bin/uv pip compile --quiet $(2) \
	--universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) --output-file $(1)

# Python itself may be called many things. Debian's lacks venv until python3-venv is installed.
$(PY):
	@for python in "$${PYTHON:-python3}" python3.11 python3.12 python3.13 python3.14; do \
		if "$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then echo "Setting up .venv with $$python"; exec "$$python" -m venv .venv; fi; \
	done; \
	echo "Behovstorget needs Python 3.11 or newer with its venv module" \
		"(on Debian: apt-get install python3 python3-venv). PYTHON=… names another one." >&2; \
	exit 1

# The lock is complete, so pip need not resolve anything: --no-deps. Python compiles a module when
# it is first imported: doing so for all of them would make the first `make run` twice as long.
define install
	@echo "Installing from $(1)"
	@$(PIP) --no-deps --no-compile --require-hashes -r $(1)
	@$(PIP) --no-deps --no-build-isolation --editable .
endef

$(DEV_STAMP): | $(PY)
	$(call install,requirements-dev.lock)
	@rm -f .venv/.installed-* && touch $@ $(RUN_STAMP)

$(RUN_STAMP): | $(PY)
	$(call install,requirements.lock)
	@rm -f .venv/.installed-* && touch $@

# Once here, and not with the first question to the matcher.
$(LOOPS_STAMP): | $(RUN_STAMP)
	@echo "Compiling the loops of the matcher"
	@$(PY) -m matching.prepare
	@rm -f .venv/.compiled-* && touch $@

$(ASSETS_STAMP): | $(PY)
	@echo "Fetching styles, scripts and fonts"
	@$(PY) -m tools.assets
	@rm -f node_modules/.copied-* && touch $@

$(VENDOR) $(AXE): $(ASSETS_STAMP)
	@test -e $@ || { $(PY) -m tools.assets && touch $<; }
	@touch $@

marketplace/translations/%/LC_MESSAGES/messages.mo: marketplace/translations/%/LC_MESSAGES/messages.po | $(RUN_STAMP)
	@$(PY) -m tools.catalogues compile
