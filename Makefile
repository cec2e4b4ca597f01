# `make run` tracks the sample articles, `make test` runs every test; both make the environment where it is absent.
.DEFAULT_GOAL := help
.PHONY: help run check test coverage lint types format bench readme lock lock-check audit clean

# The first Python of the machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
DEPENDENCIES := .venv/.dependencies
INSTALLED := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKING := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --all-extras pyproject.toml

help:
	@echo 'make run    track the articles in sample/ and show the first positions'
	@echo 'make check  check style and types, and run the tests of rules, warehouse and readers (two minutes)'
	@echo 'make test   run every test (ten minutes on two cores; TESTS="tests/flows" runs those)'
	@echo 'make coverage  say how much of rules, warehouse and readers the tests of make check run; less than the floor fails'
	@echo 'make lint   check style;  make types: check types;  make format: put style right'
	@echo 'make bench  measure how fast articles become positions (ARTICLES="1000 10000 50000")'
	@echo 'make readme put what its commands print into README.md'
	@echo 'make lock   lock the dependencies of pyproject.toml anew'
	@echo 'make audit  list the licences of the locked dependencies, and write them down as an SBOM (sbom.cdx.json)'

run: $(INSTALLED)
	@$(BIN)/positions track sample
	@echo
	@$(BIN)/positions sql 'SELECT stated_on, actor, stance, target, issue, content FROM positions ORDER BY ALL LIMIT 10'

check: lint types
	@$(BIN)/python -m tests.run -m 'not slow and not browser' tests/rules tests/warehouse tests/flows/readers

test: $(INSTALLED)
	@$(BIN)/python -m tests.run $(TESTS)

coverage: $(INSTALLED)
	@$(BIN)/python -m tests.run --cov --cov-report=term:skip-covered -m 'not slow and not browser and not alone' \
		tests/rules tests/warehouse tests/flows/readers

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(INSTALLED)
	@$(BIN)/mypy

format: $(INSTALLED)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(INSTALLED)
	@$(BIN)/python -m tests.benchmarks.speed $(ARTICLES)

readme: $(INSTALLED)
	@$(BIN)/python -m tests.readme

lock: $(INSTALLED)
	@$(BIN)/$(LOCKING) --output-file requirements.lock

lock-check: $(INSTALLED)
	@$(BIN)/python -m pytest -q -n0 tests/test_lock.py

audit: $(INSTALLED)
	@$(BIN)/python -m tests.audit

clean:
	rm -rf .venv data

$(DEPENDENCIES): requirements.lock
	@test -n '$(PYTHON)' || { echo 'This needs Python 3.11 or newer.' >&2; exit 1; }
	@echo 'Preparing the environment in .venv (a few minutes, once) …'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --no-deps --require-hashes -r requirements.lock # the lock is whole: nothing is left to resolve
	@touch $@

$(INSTALLED): $(DEPENDENCIES) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
