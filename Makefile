# `make demo` and `make test` need Python 3.11 or newer, make, and a package index; `make help`.

PYTHON ?= $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
WITH_STANZA := .venv/.with-stanza
QUOTES := $(BIN)/quotes --db sqlite:///.demo/quotes.db

.DEFAULT_GOAL := help
.PHONY: help demo test lint readme clean

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

# The environment is made again when what it is made from changes. The isolated environment that pip
# builds in takes its constraints from PIP_CONSTRAINT only.
$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check -c constraints.txt --editable '.[dev]'
	touch $@

# PyTorch, which is large: for the tests of the second parser.
$(WITH_STANZA): $(INSTALLED)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check -c constraints.txt --editable '.[dev,stanza]'
	touch $@

demo: $(INSTALLED) ## Read the articles in seeds/ into a new database and show what they say
	rm -rf .demo && mkdir .demo
	$(QUOTES) db upgrade
	$(QUOTES) ingest seeds
	$(QUOTES) list --speaker Ishiba --limit 15
	$(QUOTES) show "$$($(QUOTES) list --speaker Ishiba --limit 1 --format jsonl \
		| $(BIN)/python -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')"
	$(QUOTES) audit

lint: $(INSTALLED) ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: demo lint $(WITH_STANZA) ## Run the demo, the linters and every test
	$(BIN)/python -m pytest

readme: $(INSTALLED) ## Write the outputs in README.md anew
	$(BIN)/python -m tests.readme

clean: ## Remove what make made
	rm -rf .venv .demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
