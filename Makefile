# Everything a person does with this project. Paths are relative: the checkout may lie anywhere.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PY := .venv/bin/python
WORDS := $(wildcard translations/*/LC_MESSAGES/*.po)
CODE := wsgi.py cli.py embedded.py running commands demo rules tenants jobs blueprints

# A Python of at least 3.11: the one named by PYTHON, else the first that will do.
define FIND_PYTHON
for p in $${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do \
  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    found=$$("$$p" -c 'import sys; print(sys.executable)'); break; fi; done
endef

# install FILE: bring .venv to what the lock says. uv where there is one, else pip.
define INSTALL
if command -v uv >/dev/null 2>&1; then \
  uv pip install --quiet --python $(PY) --require-hashes -r $(1) && \
  uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .; \
else \
  $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(1) && \
  $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
fi
endef

.PHONY: help setup setup-dev run demo test check fix bench db migration lock

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: .venv/.installed .venv/.words ## Make .venv from the lock; quick when nothing changed

setup-dev: .venv/.installed-dev .venv/.words

$(PY):
	@$(FIND_PYTHON); \
	if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$${found:-3.12}" .venv; \
	elif [ -z "$${found:-}" ]; then \
	  echo "Python 3.11 or newer is needed, and none was found. Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	elif ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found has no venv module. On Debian and Ubuntu: apt install python3-venv. Or install uv." >&2; exit 1; \
	else \
	  "$$found" -m venv .venv; \
	fi

.venv/.installed: requirements.txt pyproject.toml | $(PY)
	@echo "Installing what the lock names …"
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Installing what tests and checks need …"
	@$(call INSTALL,requirements-dev.txt)
	@touch $@

.venv/.words: $(WORDS) .venv/.installed
	@$(if $(WORDS),$(PY) -m babel.messages.frontend --quiet compile --directory translations,:)
	@touch $@

run: setup ## Start everything on this machine; Ctrl-C stops it, the data stays
	@exec $(PY) cli.py up $(if $(PORT),--port $(PORT))

demo: setup ## Play the whole story in a throw-away instance and print it as a table
	@exec $(PY) cli.py demo

test: setup-dev ## Run all tests
	@exec $(PY) -m pytest -n auto --dist worksteal

check: setup-dev ## Lint, types, templates, translations, migrations, then all tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet
	$(PY) -m tests.translations
	$(PY) -m tests.migrations
	$(PY) -m pytest -n auto --dist worksteal

fix: setup-dev ## Repair what can be repaired by machine; collect new words to translate
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m tests.translations --update

bench: setup-dev ## Measure, and compare with the floors
	@exec $(PY) cli.py bench

db: setup ## Print the address of the database while `make run` runs
	@$(PY) cli.py db url

migration: setup-dev ## Write a new migration from the models: make migration name=verb_object
	@$(PY) cli.py db revision $(if $(name),$(name),$(error say make migration name=verb_object))

lock: ## Lock the newest permitted versions again (needs uv)
	uv pip compile pyproject.toml --extra setup -o requirements.txt $(LOCKING)
	uv pip compile pyproject.toml --extra setup --extra pdf-signing -c requirements.txt -o requirements-pdf-signing.txt $(LOCKING)
	uv pip compile pyproject.toml --extra setup --extra dev --extra pdf-signing -c requirements.txt -c requirements-pdf-signing.txt -o requirements-dev.txt $(LOCKING)

LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
