# The one loop. `make` alone lists the targets; `make demo` and `make test` need nothing but Python and this file.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check static format truth docs browser clean

VENV := .venv
PYTHON_IN := $(VENV)/bin/python
SARIF := $(VENV)/sarif-schema.json
PIP := $(PYTHON_IN) -m pip --disable-pip-version-check --quiet
export PIP_ROOT_USER_ACTION := ignore

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed browser ## start the demo app, audit it, say where the report is
	$(VENV)/bin/sessionward demo --audit

test: $(VENV)/developed browser ## everything: format, lint, types, contracts, unit and browser tests
	@[ -e "$(SARIF)" ] || sh scripts/sarif_schema.sh "$(SARIF)"
	@status=0; \
	$(MAKE) --no-print-directory static || status=1; \
	SARIF_SCHEMA=$${SARIF_SCHEMA:-$$(ls $(SARIF) 2>/dev/null)} $(PYTHON_IN) -m pytest || status=1; \
	exit $$status

check: static ## the quick part, without a browser: format, lint, types, contracts, unit tests
	$(PYTHON_IN) -m pytest -q -m "not browser and not slow"

static: $(VENV)/developed
	@status=0; \
	$(VENV)/bin/ruff format --check . || status=1; \
	$(VENV)/bin/ruff check . || status=1; \
	$(VENV)/bin/mypy || status=1; \
	exit $$status

format: $(VENV)/developed ## put the code into its form and mend what ruff can mend
	$(VENV)/bin/ruff format --quiet .
	$(VENV)/bin/ruff check --fix .

truth: $(VENV)/developed browser ## the whole matrix check × hazard, by http and https; goes on where it was broken off
	@status=0; \
	SESSIONWARD_TRUTH=all SESSIONWARD_TRUTH_RECORDS=.truth $(PYTHON_IN) -m pytest tests/truth -m browser || status=1; \
	$(PYTHON_IN) -m docs.truth .truth || status=1; \
	exit $$status

docs: $(VENV)/developed ## write docs/checks/, docs/session/transitions.md and the table in the README anew from the code
	$(PYTHON_IN) -m docs.generate

browser: $(VENV)/installed
	@sh scripts/browser.sh $(PYTHON_IN)

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(PYTHON_IN):
	@python=$$(sh scripts/python.sh) && echo "Making $(VENV) with $$python ..." && "$$python" -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(PYTHON_IN)
	@echo "Installing Sessionward into $(VENV) ..."
	@$(PIP) install --upgrade pip
	@$(PIP) install --editable '.[browser,demo]'
	@touch $@

$(VENV)/developed: pyproject.toml $(VENV)/installed
	@echo "Installing the tools of development into $(VENV) ..."
	@$(PIP) install --editable '.[django,drafts,flask,passwords,phones,postgres,redis]' --group dev
	@touch $@
