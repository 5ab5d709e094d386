#!/bin/sh
# Makes sure that there is a Chromium to drive: finds one, or installs one, or says how to get one.
# $1 is the Python of the environment that Playwright is installed in.
set -eu
python=$1

on_path() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
        microsoft-edge "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        command -v "$name" && return 0
    done
    return 1
}

managed() { # the one that Playwright keeps for itself, where it is installed and starts
    path=$("$python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null) && [ -x "$path" ] && "$path" --version >/dev/null 2>&1 && echo "$path"
}

find_browser() {
    if [ -n "${SESSIONWARD_BROWSER:-}" ]; then
        [ -x "$SESSIONWARD_BROWSER" ] && echo "$SESSIONWARD_BROWSER" && return 0
        echo "SESSIONWARD_BROWSER names $SESSIONWARD_BROWSER, which cannot be run." >&2
        exit 1
    fi
    on_path || managed
}

by_apt() { # as root on Debian, where the browser brings its libraries along
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -qs '^ID=debian' /etc/os-release || return 1
    echo "Installing chromium with apt-get ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    # the headless build opens a page several times faster; not every release of Debian has it
    apt-get update -qq >&2 &&
        { apt-get install -qq -y chromium-headless-shell >&2 || apt-get install -qq -y chromium >&2; }
}

by_playwright() {
    echo "Installing chromium with Playwright ..." >&2
    "$python" -m playwright install chromium >&2
}

if browser=$(find_browser); then
    echo "Browser: $browser"
    exit 0
fi
[ -z "${SESSIONWARD_BROWSER:-}" ] || exit 1
by_apt || by_playwright || true
if browser=$(find_browser); then
    echo "Browser: $browser"
    exit 0
fi
echo "No browser was found and none could be installed. Do one of these, then try again:" >&2
echo "  Debian, as root:  apt-get install chromium" >&2
echo "  elsewhere:        $python -m playwright install --with-deps chromium" >&2
echo "  have one already: SESSIONWARD_BROWSER=/path/to/chromium make ..." >&2
exit 1
