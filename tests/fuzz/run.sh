#!/usr/bin/env bash
# tests/fuzz/run.sh [EXECUTIONS [FUZZER...]]: builds the fuzzers with clang, libFuzzer and sanitizers (preset fuzz; no LibTorch) and
# runs all of them, or those named, one after the other; 10,000,000 executions each unless told otherwise. Inputs that are worth
# keeping gather in build/fuzz/corpus, and each run begins with them; those that end in a finding lie in build/fuzz/findings.
# Exit codes: 1 a finding, 77 there is no clang with libFuzzer here (scripts/setup --fuzzers installs one).
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/steps.bash"

executions=${1:-10000000}
shift $(($# > 0))
build=build/fuzz
# Checks of stack addresses after return would halve the speed; frames of allocations and memory kept after free are only for reports.
export ASAN_OPTIONS=detect_stack_use_after_return=0:malloc_context_size=5:quarantine_size_mb=16

# The first clang that has libFuzzer and std::source_location (15 or newer).
find_clang() {
  local clang
  for clang in clang++ clang++-{30..15}; do
    if command -v "$clang" >/dev/null &&
      printf '#include <source_location>\nextern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return std::source_location::current().line() == 0; }' |
      "$clang" -std=c++20 -fsanitize=fuzzer,address,undefined -x c++ - -o /dev/null 2>/dev/null; then
      echo "$clang"
      return
    fi
  done
  return 1
}

# fuzz NAME: one line on how it went; inputs grow to twice the largest seed.
fuzz() {
  local name=$1 seeds=tests/fuzz/seeds/$1 log=$build/$1.log code=0
  local largest runs speed
  largest=$(find "$seeds" -type f -printf '%s\n' | sort -n | tail -1)
  mkdir -p "$build/corpus/$name" "$build/findings"
  "$build/tests/fuzz/fuzz_$name" -runs="$executions" ${SEED:+-seed="$SEED"} -max_len=$((2 * largest)) -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=256 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$name-" "$build/corpus/$name" "$seeds" >"$log" 2>&1 || code=$?
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  say "$name: ${runs:-0} executions, ${speed:-0} a second, $([ "$code" = 0 ] && echo "no finding" || echo "A FINDING (see $log)")"
  return "$code"
}

if ! clang=$(find_clang); then
  say "skipped: there is no clang with libFuzzer here (scripts/setup --fuzzers installs one)"
  exit 77
fi
step "configuring for $clang" cmake --preset fuzz -DCMAKE_CXX_COMPILER="$clang"
step "building the fuzzers" cmake --build "$build" --parallel "$(nproc)"
found=0
for name in $(if [ $# -gt 0 ]; then echo "$@"; else ls tests/fuzz/seeds; fi); do
  fuzz "$name" || found=1
done
exit "$found"
