# Two commands matter: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help

help: ## show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

site: $(VENV)/site node_modules/.plotly ## build the site into site/
	@$(RUN) build.py --strict

check: $(VENV)/site ## validate everything, write nothing
	@$(RUN) build.py check --strict

serve: site ## build, then serve site/ on http://127.0.0.1:8000
	@echo "Serving on http://127.0.0.1:8000 (Ctrl-C stops)"
	@$(RUN) -m http.server 8000 --bind 127.0.0.1 --directory site

test: $(VENV)/test node_modules/.plotly chromium ## run every test, those in a browser too
	@$(RUN) -m pytest -n auto --dist loadgroup

golden: $(VENV)/test ## accept the output of the tiny sites as it is now
	@TALLY_ACCEPT_GOLDEN=1 $(RUN) -m pytest tests/test_golden.py

lint: $(VENV)/test ## check style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

clean: ## remove everything that make makes
	rm -rf $(VENV) node_modules site

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
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	  else $(RUN) -m playwright install chromium; fi; }

.PHONY: help site check serve test golden lint clean chromium
