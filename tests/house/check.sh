#!/bin/sh
# Everything that can be said of the code without running it. Goes on after a failure, and says at the end what failed.
set -u
cd "$(dirname "$0")/../.."
PATH="$PWD/.venv/bin:$PATH"
PYTHONPATH=src
DJANGO_SETTINGS_MODULE=rasad.settings
export PATH PYTHONPATH DJANGO_SETTINGS_MODULE
failed=""

step() { # $1: its name; the rest: the command
  name=$1
  shift
  printf '\n== %s\n' "$name"
  "$@" || failed="$failed
  $name"
}

step "format" ruff format --check .
step "lint" ruff check .
step "types" mypy --strict src
step "layers" lint-imports --no-logo
# The database need not run for this: Django compares tables as code with migrations as code.
step "migrations" python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run
step "messages" python -m rasad.web.messages check
step "signposts" python -m pytest -q --no-header tests/house/test_signposts.py

if [ -n "$failed" ]; then
  printf '\nFailed:%s\n' "$failed"
  exit 1
fi
printf '\nAll checks passed.\n'
