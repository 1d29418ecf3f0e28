#!/usr/bin/env bash
# Makes the virtual environment of CockroachDB's own dialects for SQLAlchemy and Django.
set -euo pipefail
cd "$(dirname "$0")"
if cmp -s requirements.txt .venv/installed.txt; then exit 0; fi
rm -rf .venv
python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
# Copied last: a broken install is made again.
cp requirements.txt .venv/installed.txt
