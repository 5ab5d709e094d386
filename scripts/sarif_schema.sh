#!/bin/sh
# Puts a copy of the published schema of SARIF 2.1.0 at $1, for the tests alone: its licence lets nobody hand it on with
# this code. It comes out of a package that carries it, where npm can be asked for that; without one the tests that need
# it are left out, and say so.
set -eu
wanted=$1
package=@microsoft/jest-sarif@1.0.0-beta.0
inside=package/lib/schemas/sarif-2.1.0-rtm.5.json
digest=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8

command -v npm >/dev/null && command -v sha256sum >/dev/null || exit 0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && timeout 60 npm pack --silent "$package" >/dev/null 2>&1) || exit 0
tar -xzf "$folder"/*.tgz -C "$folder" "$inside" || exit 0
if ! echo "$digest  $folder/$inside" | sha256sum --check --status; then
    echo "The schema in $package is not the one that this was written for; it is not used." >&2
    exit 0
fi
mv "$folder/$inside" "$wanted"
