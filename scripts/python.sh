#!/bin/sh
# Prints a Python that Sessionward runs on and that can make environments, or says how to get one.
set -eu

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if suits "$candidate"; then
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            command -v "$candidate"
            exit 0
        fi
        incomplete=$candidate
    fi
done

if [ -n "${incomplete:-}" ]; then
    echo "$incomplete cannot make an environment: its venv module is not installed." >&2
    echo "On Debian or Ubuntu, as root: apt-get install python3-venv. Then try again." >&2
else
    echo "No Python 3.11, 3.12 or 3.13 was found. Install one, or name it: PYTHON=/path/to/python3 make ..." >&2
fi
exit 1
