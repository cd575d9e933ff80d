# Sourced by the scripts here: the repository as working folder, and steps that say what they do and how long they took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }

# fail SENTENCE: ends the script.
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# step WHAT COMMAND...: runs the command between two lines on the screen.
step() {
  local what=$1 started=$SECONDS
  shift
  say "== $what"
  "$@" || fail "this failed: $what"
  say "   done in $((SECONDS - started)) s"
}
