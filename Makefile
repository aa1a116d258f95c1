# make posters   set up what is needed and make one rayon's set in out/
# make test      set up what is needed and run the tests
SHELL := /bin/bash
VENV := .venv
PYTHON ?= python3
RAYON ?= lindezoom
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready-$(shell cat requirements.lock pyproject.toml scripts/setup-system.sh | cksum | cut -d' ' -f1)

.PHONY: posters test test-all lowest lint bench schema kit-picture approve guide lock clean

posters: $(STAMP)
	$(BIN)/invulposter build --rayon '$(RAYON)'

test: $(STAMP)
	$(BIN)/pytest -n auto --dist loadfile

test-all: $(STAMP)
	$(BIN)/pytest -n auto --dist loadfile -m ''

# The tests with the lowest versions that pyproject.toml promises to be enough.
lowest: $(STAMP)
	$(BIN)/pip install --quiet uv
	rm -rf .venv-lowest
	$(PYTHON) -m venv --without-pip .venv-lowest
	$(BIN)/uv pip install --quiet --python .venv-lowest --resolution lowest-direct --editable . --group dev
	.venv-lowest/bin/pytest -n auto --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy

bench: $(STAMP) .venv-bench/.ready
	$(BIN)/python -m tests.bench.run
	$(BIN)/python -m tests.bench.bench_preview draad/handout draad/tipkaarten draad/invulposter
	$(BIN)/python -m tests.bench.bench_studio handout tipkaarten invulposter faseposter
	$(BIN)/python -m tests.bench.bench_impose .venv-bench/bin/python
	$(BIN)/python -m tests.bench.bench_typst .venv-bench/bin/python
	$(BIN)/python -m tests.bench.bench_batch

# What imposition is compared with lives apart: it asks for other versions of what this package needs.
.venv-bench/.ready: pyproject.toml
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --group bench 'pypdf<7'
	touch $@

# Shows which pages look otherwise than the approved pictures, old beside new, and approves them.
approve: $(STAMP)
	$(BIN)/python -m tests.visual.approve $(ONLY)

schema: $(STAMP)
	$(BIN)/python -m invulposter.schema content/schema

# Screenshots by the tests, then the user guide around them.
guide: $(STAMP)
	INVULPOSTER_SCREENS=$(CURDIR)/docs/gebruikershandleiding/gids/gebruikershandleiding $(BIN)/pytest -q -m long tests/studio/test_screens.py
	$(BIN)/python scripts/user_guide.py docs/gebruikershandleiding.pdf

kit-picture: $(STAMP)
	$(BIN)/python scripts/kit_picture.py layouts/tekendoos.png

lock: $(STAMP)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --no-header --no-emit-index-url --generate-hashes --upgrade --output-file requirements.lock

$(STAMP): requirements.lock pyproject.toml scripts/setup-system.sh
	bash scripts/setup-system.sh
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m compileall -q $(VENV)/lib src || true
	rm -f $(VENV)/.ready-*
	touch $@

clean:
	rm -rf $(VENV) .venv-bench .venv-lowest out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
