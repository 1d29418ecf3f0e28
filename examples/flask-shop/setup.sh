#!/usr/bin/env bash
# Makes the two virtual environments of the example: .venv (SQLAlchemy 2) and .venv-1.4 (SQLAlchemy 1.4).
set -euo pipefail
cd "$(dirname "$0")"

make_environment() {
  local folder=$1 requirements=$2
  if cmp -s "$requirements" "$folder/installed.txt"; then return; fi
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements"
  # Copied last: a broken install is made again.
  cp "$requirements" "$folder/installed.txt"
}

make_environment .venv requirements.txt
make_environment .venv-1.4 requirements-1.4.txt
