# Newsdesk. `make help` lists what there is.

HOST ?= 127.0.0.1
PORT ?= 8000
ARTICLES ?=
BENCH ?=
N ?= 100000
WORKERS ?= 2
PYTHON ?= python3

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# The files name everything that is needed, so there is nothing to resolve: what is released later changes nothing.
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-deps --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run possible prepare serve ingest test test-postgres check lint format messages requirements evaluate train bench screenshots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: possible prepare ## everything from nothing: install, migrate, load, process, serve (ARTICLES=folder, HOST, PORT)
	@$(if $(ARTICLES),$(MANAGE) ingest "$(ARTICLES)" || echo "Some files were not read; the rest is there.")
	@$(MAKE) --no-print-directory serve

possible: # what would otherwise fail late, and with many words
	@test -z "$(ARTICLES)" || test -r "$(ARTICLES)" || { echo "ARTICLES=$(ARTICLES): there is no such file or folder, or it may not be read."; exit 2; }
	@mkdir -p var 2>/dev/null; test -d var -a -w var || { echo "The folder var/ cannot be written to: give yourself the right to, or run from a copy."; exit 2; }
	@$(PYTHON) -c 'import socket, sys; socket.create_server((sys.argv[1], int(sys.argv[2]))).close()' "$(HOST)" "$(PORT)" 2>/dev/null || \
	  { echo "$(HOST):$(PORT) is taken or cannot be served: try make run PORT=8001"; exit 2; }

prepare: .venv/run .env var/static/.collected
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_fixtures
	@$(MANAGE) reprocess --pending || echo "Some articles were not processed; the rest is there."

serve: .venv/run .env var/static/.collected ## serve what is there, with gunicorn and WhiteNoise
	@echo "Newsdesk: http://$(HOST):$(PORT)/   (stop with Ctrl-C)"
	@echo "An administrator for /admin/: $(MANAGE) createsuperuser"
	@$(BIN)/gunicorn newsdesk.wsgi --bind "$(HOST):$(PORT)" --worker-class gthread --workers $(WORKERS) --threads 4 \
	  --limit-request-line 8190 --preload --max-requests 10000 --max-requests-jitter 1000 --log-level warning

.env:
	@umask 077; printf 'SECRET_KEY=%s\nHTTPS=false\nANONYMOUS_READING=true\n' "$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt…"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "Installing requirements-dev.txt…"
	@$(PIP) -r requirements-dev.txt
	@touch $@

var/static/.collected: $(shell find static -type f) requirements.txt | .venv/run .env
	@mkdir -p var/static
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

test: .venv/dev ## all tests (on SQLite, or the database of TEST_DATABASE_URL)
	@$(BIN)/pytest -n auto --dist loadgroup

test-postgres: .venv/dev ## all tests but the browser's on PostgreSQL, where a server answers
	@if $(BIN)/python -m tests.postgres; then \
	  TEST_DATABASE_URL="$${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}" $(BIN)/pytest -n auto -m "not browser"; \
	else echo "PostgreSQL does not answer at TEST_DATABASE_URL nor 127.0.0.1:5432: its tests are SKIPPED."; fi

check: lint test test-postgres ## lint, types, import direction, deployment settings, all tests on both databases

lint: .venv/dev .env
	@mkdir -p var
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(MANAGE) makemigrations --check --dry-run
	@SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" HTTPS=true ALLOWED_HOSTS=newsdesk.example \
	  $(MANAGE) check --deploy --fail-level WARNING

format: .venv/dev ## put Python and templates in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

messages: .venv/dev .env ## collect the words of the interface for translators, and compile what they wrote
	@$(MANAGE) makemessages --locale ru --ignore '.venv/*' --ignore 'tests/*' --ignore 'var/*' --no-location --no-wrap
	@$(MANAGE) compilemessages --locale ru --ignore '.venv/*'

evaluate: .venv/dev ## measure repairs, cleaning, titles, dates, languages, countries and stories on labelled data (BENCH=folder)
	@test -d "$(BENCH)" || { echo "make evaluate BENCH=path/to/labelled/data"; exit 2; }
	@$(BIN)/python -m bench.evaluate_cleaning "$(BENCH)" --cross-validate 3 --hold-out-sources
	@for one in repair cleaning profiles titles dates language countries stories; do $(BIN)/python -m bench.evaluate_$$one "$(BENCH)" || exit 1; done
	@$(BIN)/python -m bench.evaluate_countries "$(BENCH)" --clean
	@$(BIN)/python -m bench.evaluate_pages
	@$(BIN)/python -m tests.evaluation.measure

train: .venv/dev ## train the models of lines, headlines and dates anew on labelled data (BENCH=folder)
	@test -d "$(BENCH)" || { echo "make train BENCH=path/to/labelled/data"; exit 2; }
	@$(BIN)/python -m scripts.train_line_model "$(BENCH)/cleaning"
	@$(BIN)/python -m scripts.train_headline_model "$(BENCH)"
	@$(BIN)/python -m scripts.train_date_model "$(BENCH)"

bench: .venv/dev var/static/.collected ## time the pipeline, search, rules of topics, ingest, and the site over HTTP beside Datasette (N=100000)
	@$(BIN)/python -m bench.pipeline
	@$(BIN)/python -m bench.search_engine --articles $(N)
	@$(BIN)/python -m bench.topics --articles $(N)
	@$(BIN)/python -m bench.anchors
	@$(BIN)/python -m bench.site --articles $(N) --json var/bench_$(N).json
	@$(BIN)/python -m bench.readers --articles $(N)
	@rm -f /tmp/newsdesk_ingest.sqlite3* && $(BIN)/python -m bench.ingest

screenshots: .venv/dev ## pictures of all pages, both themes, three widths, into docs/images/
	@$(BIN)/python -m scripts.take_screenshots

requirements: .venv/dev ## pin requirements.txt and requirements-dev.txt anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --quiet -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --quiet -c requirements.txt -o requirements-dev.txt

clean: ## remove what was made: the environment, the database, collected files
	@rm -rf .venv var .env .mypy_cache .ruff_cache .pytest_cache .hypothesis
