# `make demo` and `make test` need Python 3.11 or newer, make, and a package index; `make help`.

PYTHON ?= $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
WITH_STANZA := .venv/.with-stanza
QUOTES := $(BIN)/quotes --db sqlite:///.demo/quotes.db

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz lint properties torture readme browser postgres clean

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

fuzz: $(INSTALLED) ## Run every reader on a hundred thousand bad inputs; failures go to .fuzz/
	$(BIN)/python -m tests.fuzz --inputs 100000 --jobs 2

lint: $(INSTALLED) ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# For the tests of the page in a browser, which are skipped where there is none.
browser:
	@test -x /usr/bin/chromium || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
		fi; \
	} || true
	@test -x /usr/bin/chromium || echo "no /usr/bin/chromium: the page is not tested in a browser"

# For the tests on PostgreSQL, which start a server of their own and are skipped where there is none.
# What pip brings cannot be run by the unprivileged user that root must hand it to. Debian is told
# to start no server of its own.
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			mkdir -p /etc/postgresql-common && \
			echo "create_main_cluster = false" >>/etc/postgresql-common/createcluster.conf && \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq postgresql >/dev/null; \
		fi; \
	} || true

test: demo lint browser postgres $(WITH_STANZA) ## Run the demo, the linters and every test
	$(BIN)/python -m pytest

properties: $(INSTALLED) ## Try the laws that the tests state on examples never drawn before
	HYPOTHESIS_PROFILE=looking $(BIN)/python -m pytest -q -m hypothesis

torture: $(INSTALLED) postgres ## Kill an ingest 100 times, cut its line 100 times: nothing is lost
	$(BIN)/python -m tests.torture 100
	$(BIN)/python -m tests.faults.cutting 100

readme: $(INSTALLED) ## Write the outputs in README.md anew
	$(BIN)/python -m tests.readme

clean: ## Remove what make made
	rm -rf .venv .demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz
