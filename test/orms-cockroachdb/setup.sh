#!/usr/bin/env bash
# What the programs need: their packages, and Prisma's client, whose generator asks for an engine that it does not run.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
PRISMA_SCHEMA_ENGINE_BINARY=$(type -P true) npx prisma generate
