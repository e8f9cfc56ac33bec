.DEFAULT_GOAL := help
BIN := .venv/bin
.PHONY: help install check fix test play bench prove screenshots

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: ## everything for development, into .venv
	python3 -m venv .venv
	$(BIN)/pip install -c constraints.txt -e '.[dev]'

check: ## all that CI checks: style, types, who imports whom, tests with branch coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-report=term

fix: ## put style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: ## the tests, without browser and crash tests
	$(BIN)/pytest -m 'not browser and not crash'

play: ## the playground
	$(BIN)/python -m bot play

bench: ## figures as ratios to a floor in the same run
	$(BIN)/python -m tests.benchmarks.receiver
	$(BIN)/python -m tests.benchmarks.idle
	$(BIN)/python -m tests.benchmarks.page
	$(BIN)/python -m tests.benchmarks.subscribers
	$(BIN)/python -m tests.benchmarks.history

SESSIONS ?= 40
prove: ## long drills in full: sessions as a seed has them must replay (SESSIONS=40)
	$(BIN)/python -m tests.crash.replaying --sessions $(SESSIONS)

screenshots: ## the README's pictures, of a real playground
	$(BIN)/python -m tests.browser.pictures docs
