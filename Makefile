# Thin wrappers: every recipe is a command that you could type yourself.
# `make` builds the edition, `make test` proves it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPHINX := $(BIN)/sphinx-build -n -W --keep-going -j auto -c conf
export SOURCE_DATE_EPOCH ?= 1795651200
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: all html pdf teacher excerpt epub latex export check lint test bench bench-print bench-book clean lock
.DEFAULT_GOAL := all

all: html pdf
	@echo
	@echo "The edition as HTML: build/html/index.html"
	@for file in build/pdf/*.pdf; do echo "On paper:            $$file"; done

# The stamp depends on the lock file: a changed lock installs again.
$(VENV)/.stamp: requirements.lock pyproject.toml
	@echo "== creating $(VENV) and installing from requirements.lock"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kochu needs Python 3.11 or newer; run make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

html: $(VENV)/.stamp
	$(SPHINX) -q -b html -d build/doctrees docs build/html

pdf: $(VENV)/.stamp
	$(SPHINX) -q -b typst -d build/doctrees-typst docs build/pdf

# Keys and public pages share neither output nor doctrees.
teacher: $(VENV)/.stamp
	$(SPHINX) -q -t teacher -b html -d build/teacher/doctrees docs build/teacher/html
	$(SPHINX) -q -t teacher -b typst -d build/teacher/doctrees-typst docs build/teacher/pdf
	$(BIN)/kochu export lms -o build/teacher/export

# Only the passages most discussed, for those without a right to the whole text.
excerpt: $(VENV)/.stamp
	$(SPHINX) -q -t excerpt -b html -d build/excerpt/doctrees docs build/excerpt/html
	$(SPHINX) -q -t excerpt -b typst -d build/excerpt/doctrees-typst docs build/excerpt/pdf
	$(SPHINX) -q -t excerpt -b epub -d build/excerpt/doctrees-epub docs build/excerpt/epub

epub: $(VENV)/.stamp
	$(SPHINX) -q -b epub -d build/doctrees-epub docs build/epub

# Needs LuaLaTeX: see "With LaTeX" in the guide for editors.
latex: $(VENV)/.stamp
	$(SPHINX) -q -b latex -D latex_engine=lualatex -d build/doctrees-latex docs build/latex
	$(MAKE) -C build/latex LATEXMKOPTS="-interaction=nonstopmode -halt-on-error"

# The apparatus for other tools; the pages offer the same files for download.
export: $(VENV)/.stamp
	$(BIN)/kochu export all docs -c conf -d build/doctrees -o build/export

check: $(VENV)/.stamp
	$(BIN)/kochu check docs

lint: $(VENV)/.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint check
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile -m "not timed"
	$(BIN)/python -m pytest -q -m timed

bench: $(VENV)/.stamp
	$(BIN)/python benchmarks/bench.py

# Against LuaLaTeX and WeasyPrint, where they are installed.
bench-print: $(VENV)/.stamp
	$(BIN)/python benchmarks/print.py

# The edition's own PDF: how long it takes, how much it weighs.
bench-book: $(VENV)/.stamp
	$(BIN)/python benchmarks/book.py

# One lock for every supported Python; uv resolves, pip installs.
lock: $(VENV)/.stamp
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:
	rm -rf build
