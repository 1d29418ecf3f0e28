"""Says what comes next, waits until the recorder knows it, and goes on if Postgres cannot do it."""

import sys


def step(text, run):
    print(f"step: {text}", flush=True)
    sys.stdin.readline()
    try:
        return run()
    except Exception as error:  # noqa: BLE001
        print(f"  not done by Postgres: {text}: {str(error).splitlines()[0]}", file=sys.stderr)
        return None
