# Everything starts here: `make` lists the targets. The first one run prepares .venv by itself.
PYTHON := .venv/bin/python
# With a screen the window opens there; without one Qt draws into memory.
SCREEN := $(strip $(DISPLAY)$(WAYLAND_DISPLAY))
PLATFORM := $(if $(SCREEN),,QT_QPA_PLATFORM=offscreen)

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench campaign coverage mutate tour pictures clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## prepare .venv and the system libraries Qt needs (the others do it first)
	@.ci/setup

run:  ## start the program (without a screen: says so and writes the tour)
	@.ci/setup $(if $(SCREEN),window)
	@$(PYTHON) -m checklist

test: setup  ## run every test, without a screen
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --dist loadfile

check: setup  ## lint, format, types, and the walls between the modules
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -q tests/test_architecture.py

bench: setup  ## measure start-up, saving, drawing and printing
	@$(PLATFORM) $(PYTHON) -m tests.bench

campaign: setup  ## damage, fill up, pull out and tamper with real files; long
	@$(PYTHON) -m tests.campaigns

# What no test enters no test holds: these packages stay at 100 % of lines and branches.
coverage: setup  ## every line and branch of the judging core is entered by its own tests
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m coverage run --source=checklist/rules,checklist/parse,checklist/medicines \
		-m pytest -q tests/rules tests/parse tests/medicines
	@$(PYTHON) -m coverage report --fail-under=100

MUTMUT := QT_QPA_PLATFORM=offscreen nice -n 15 $(PYTHON) -m mutmut run --max-children 1
mutate: setup  ## change the judging core a line at a time: does a test notice? (about an hour; a later run is shorter)
	@if [ -d mutants ]; then $(PYTHON) -m tests.campaigns.mutants again; fi
	@$(MUTMUT) 'checklist.rules.bands.*' >/dev/null  # writes all mutants down, tries a few
	@$(PYTHON) -m tests.campaigns.mutants refused
	@cd mutants && nice -n 15 ../$(PYTHON) -m tests.campaigns.quick
	@$(PYTHON) -m tests.campaigns.mutants explained
	@$(MUTMUT) >/dev/null
	@$(PYTHON) -m tests.campaigns.mutants

tour: setup  ## walk invented patients through a day: screens and papers into practice-output/
	@$(PLATFORM) $(PYTHON) -m checklist tour practice-output

PICTURES := today held:fasting medicines-mixed:medicines clearance-review:clearance observation
pictures: tour  ## take the README's pictures anew from the walk-through
	@mkdir -p docs/pictures
	@for pair in $(PICTURES); do \
		cp practice-output/[0-9]*-$${pair%%:*}.png docs/pictures/$${pair##*:}.png; done
	@cp practice-output/page-S-2026-0008-checklist-1.png docs/pictures/paper-checklist.png

clean:  ## remove what was built (never a data file)
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist practice-output htmlcov mutants .coverage
	@find checklist tests -name __pycache__ -type d -prune -exec rm -rf {} +
