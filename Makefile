# `make` alone lists what there is. Everything is installed into .venv/ here, nothing into the user's home.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help setup report lab not-as-root test bench lint types clean

ARTICLE ?= data/haqqani-2011/article.txt
OUT ?= exports
ACTORS ?=
LAB_ARGS ?=
UNCERTAIN ?= shown
# The folder is part of the sums: a project that was moved needs its environment made anew.
REQUIREMENTS_SUM := $(shell { pwd; cat requirements.txt; } | cksum | cut -d ' ' -f 1)
PROJECT_SUM := $(shell cat pyproject.toml | cksum | cut -d ' ' -f 1)
INSTALLED := .venv/installed-$(REQUIREMENTS_SUM)
READY := .venv/ready-$(REQUIREMENTS_SUM)-$(PROJECT_SUM)
PYTHON_IN_VENV := .venv/bin/python

# An analyst's own Jupyter and IPython settings neither change what the notebooks show nor are changed by them.
export JUPYTER_CONFIG_DIR := $(CURDIR)/.jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.jupyter/runtime
export JUPYTERLAB_SETTINGS_DIR := $(CURDIR)/.jupyter/settings
export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/.jupyter/workspaces
export IPYTHONDIR := $(CURDIR)/.jupyter/ipython
export MPLCONFIGDIR := $(CURDIR)/.jupyter/matplotlib
export PIP_REQUIRE_VIRTUALENV := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:  ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  make \1\t/' | expand -t 16
	@echo "  make report ARTICLE=my.txt OUT=folder   does so for an article of your own"
	@echo "  make report ACTORS=my.csv               with your own table of actors and their sides (docs/formats.md)"
	@echo "  make report UNCERTAIN=hidden            without uncertain labels, titles and findings included"

setup: $(READY)  ## make .venv/ with everything in it (again when the requirements change)

$(INSTALLED): requirements.txt
	@[ ! -e $@ ] || { touch $@; exit 0; }; \
	python=; \
	for candidate in $${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "onrecord needs Python 3.11 or newer; here is: $$($${PYTHON:-python3} --version 2>&1 || true)"; \
	  echo "Install one (python.org, conda, or your system's packages), then: make setup PYTHON=/path/to/python3"; \
	  exit 1; \
	fi >&2; \
	echo "Setting up .venv/ with $$("$$python" --version) (a few minutes, once) ..."; \
	if ! "$$python" -m venv --clear .venv; then \
	  rm -rf .venv; \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	  exit 1; \
	fi; \
	if ! $(PYTHON_IN_VENV) -m pip install --quiet -r requirements.txt; then \
	  rm -rf .venv; \
	  echo "The packages could not be installed; the lines above say why. Is a package index reachable from here"; \
	  echo "(pip config list shows which one is asked)? Then run make setup again."; \
	  exit 1; \
	fi >&2; \
	touch $@ $(READY)

# The project's own metadata changed (a command, a dependency's range): installed anew, the packages stay.
$(READY): $(INSTALLED) pyproject.toml
	@[ ! -e $@ ] || { touch $@; exit 0; }; \
	$(PYTHON_IN_VENV) -m pip install --quiet -r requirements.txt && rm -f .venv/ready-* && touch $@

# IPython warns on every start where its folder is missing.
.jupyter/ipython:
	@mkdir -p $@

report: setup | .jupyter/ipython  ## run every notebook on the article; figures, tables and HTML copies go to exports/
	@$(PYTHON_IN_VENV) -m onrecord.cli report "$(ARTICLE)" -o "$(OUT)" $(if $(ACTORS),--actors "$(ACTORS)") --uncertain "$(UNCERTAIN)"

lab: not-as-root setup | .jupyter/ipython  ## open JupyterLab in notebooks/ (works with the network off)
	@mkdir -p .jupyter/config/labconfig
	@echo '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}' > .jupyter/config/labconfig/page_config.json
	@$(PYTHON_IN_VENV) -m jupyterlab --notebook-dir=notebooks $(LAB_ARGS)

not-as-root:
	@if [ "$$(id -u)" = 0 ] && [[ "$(LAB_ARGS)" != *--allow-root* ]]; then \
	  echo "JupyterLab does not open as root: whoever reaches its page could do anything on this machine."; \
	  echo "Run make lab as another user; or, where root is all there is (a container): make lab LAB_ARGS=--allow-root"; \
	  exit 1; \
	fi >&2

test: setup | .jupyter/ipython  ## run the tests: modules, notebooks, browser
	@$(PYTHON_IN_VENV) -m pytest -n auto $(PYTEST_ARGS)

# The peer brings much that nothing else needs, so it gets an environment of its own.
bench: .venv-bench/ready  ## measure speed and memory of both engines beside textacy (benchmarks/)
	@.venv-bench/bin/python benchmarks/run.py $(BENCH_ARGS)
	@.venv-bench/bin/python benchmarks/long_texts.py

.venv-bench/ready: pyproject.toml | setup
	@$(PYTHON_IN_VENV) -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip install --quiet -e '.[bench]'
	@touch $@

lint: setup  ## ruff over code and notebooks; the order of the rooms
	@$(PYTHON_IN_VENV) -m ruff check .
	@$(PYTHON_IN_VENV) -m ruff format --check .
	@.venv/bin/lint-imports --no-logo --no-cache

types: setup  ## mypy
	@$(PYTHON_IN_VENV) -m mypy

clean:  ## remove .venv/, caches and exports/
	rm -rf .venv .jupyter .pytest_cache .ruff_cache .mypy_cache .hypothesis build exports ci-output
	find . -name __pycache__ -prune -exec rm -rf {} + ; find . -name '*.egg-info' -prune -exec rm -rf {} +
