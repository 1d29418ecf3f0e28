"""Prints what a session saw as JSON lines: a name, and values with their types."""

import json
import sys


def report(name, value):
    print(json.dumps([name, described(value)], ensure_ascii=False), flush=True)


def plain(name, value):
    """For values that every driver has to report alike."""
    print(json.dumps([name, value]), flush=True)


def described(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    if isinstance(value, dict):
        return {str(key): described(item) for key, item in value.items()}
    if isinstance(value, memoryview):
        value = bytes(value)
    return f"{type(value).__name__} {value!r}"


def main(sessions):
    """argv: name of the session, then what it takes."""
    sessions[sys.argv[1]](*sys.argv[2:])
