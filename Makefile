# What a person types; `.ci/run` types the same. The work itself is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run day test test-all flaky test-extras check fix journeys bench migrations messages map extension
MAKEFLAGS += --no-print-directory
# Images of servers ask Python to keep nothing compiled: each of the several hundred processes that
# the tests start would compile all it imports, two seconds of a processor each.
unexport PYTHONDONTWRITEBYTECODE

# A checkout is a demonstration centre until the environment says otherwise.
setup run day: export BALISE_DEMONSTRATION ?= 1

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

setup:       ## Fetch what Balise stands on; make the keys, the database and the demonstration centre
	@scripts/setup

run: setup   ## Serve everything at http://127.0.0.1:8000, or at ADDRESS=127.0.0.1:8101 (web, worker, tracer, mail)
	@exec .venv/bin/balise run $(if $(ADDRESS),--address $(ADDRESS))

day: setup   ## Play a day of the helpline at 60 times its speed, in a centre of its own; see its wallboard
	@scripts/day

test: setup  ## The gate: what proves a change in minutes, on PostgreSQL and SQLite, in a browser
	@scripts/test

test-all: setup ## The whole proof: both databases, all journeys, storms, extras, mutants, any day
	@scripts/test whole

flaky: setup ## Repeat tests beside two busy loops: make flaky N=20 FILE=tests/journeys/test_lock.py
	@scripts/test again "$(FILE)" $(or $(N),20)

test-extras: ## The tests beside libraries that set-up leaves out, LibreOffice and nginx
	@scripts/test extras

check: setup ## Format, rules, contracts, types, migrations, templates, settings, words, translations
	@scripts/check

fix: setup   ## Repair what can be repaired: format, imports, templates, spelling of code
	@scripts/fix

journeys: setup ## Only the journeys, driven in a real browser
	@scripts/test journeys

bench: setup ## Measure the hot paths: ours, a peer and the bound, side by side
	@scripts/bench

migrations: setup ## Write the migrations that the models ask for
	@.venv/bin/balise makemigrations

messages: setup ## Gather the words for people into the catalogues, and compile them
	@scripts/messages gather

map: setup   ## Print the programme: each module, what it can do, counts, forgets and asks
	@.venv/bin/python scripts/map.py

extension:   ## Pack the browser extension for CENTRE=extension/centre.json into dist/, with its SHA-256
	@$(or $(wildcard .venv/bin/python),python3) scripts/extension.py $(if $(CENTRE),--centre $(CENTRE))
