# Two commands matter: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CHECKERS := axe-core@4.14.1 html-validate@10.17.0 pym.js@1.3.2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help

help: ## show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

site: $(VENV)/site node_modules/.plotly ## build the site into site/, and what editors check YAML with into .schema/
	@$(RUN) build.py schema
	@$(RUN) build.py --strict

check: $(VENV)/site ## validate everything, write nothing
	@$(RUN) build.py check --strict

serve: $(VENV)/site node_modules/.plotly ## serve the site on http://127.0.0.1:8000 while you write it
	@$(RUN) build.py schema
	@$(RUN) build.py serve

test: $(VENV)/test $(VENV)/node node_modules/.plotly chromium ## run every test, those in a browser too
	@$(RUN) -m pytest -n auto --dist loadgroup

bench: $(VENV)/test node_modules/.plotly chromium ## measure pages and builds against a naive build, and hold the budgets
	@$(RUN) -m tests.bench

golden: $(VENV)/test ## accept the output of the tiny sites as it is now
	@TALLY_ACCEPT_GOLDEN=1 $(RUN) -m pytest tests/test_golden.py

lint: $(VENV)/test ## check style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

clean: ## remove everything that make makes
	rm -rf $(VENV) node_modules site .schema

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; set PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the build needs"
	@$(RUN) -m pip install -q -r requirements.txt
	@touch $@

$(VENV)/test: requirements-test.txt $(VENV)/site
	@echo "Installing what the tests need"
	@$(RUN) -m pip install -q -r requirements-test.txt
	@touch $@

# What checks pages is published for Node.js; it stands with the environment that runs the tests.
$(VENV)/node: Makefile $(VENV)/test
	@echo "Installing what checks the pages"
	@command -v npm >/dev/null || { echo "The tests need npm and Node.js 20.19 or later"; exit 1; }
	@npm install --loglevel error --engine-strict --no-save --no-package-lock --no-audit --no-fund --prefix $(VENV) $(CHECKERS)
	@touch $@

# The small Plotly bundle comes from npm where npm is; without it the build takes the one inside plotly.
node_modules/.plotly: $(VENV)/site
	@mkdir -p node_modules
	@version=$$($(RUN) -c 'from tally.source import plotly_version; print(plotly_version())'); \
	if command -v npm >/dev/null; then \
	  npm install --silent --no-save --no-package-lock --no-audit --no-fund --prefix . plotly.js-basic-dist-min@$$version >/dev/null 2>&1 \
	    || echo "npm could not install plotly.js-basic-dist-min; the full bundle is used"; \
	fi
	@touch $@

# A Chromium that is there, else Debian's as root, else Playwright's own.
chromium: $(VENV)/test
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$$CHROMIUM" ] || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fonts-liberation fonts-dejavu-core >/dev/null; \
	  else $(RUN) -m playwright install chromium; fi; }

.PHONY: help site check serve test bench golden lint clean chromium
