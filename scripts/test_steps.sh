# Sourced by ./test: each kind of test as a function. Counts go into $passed, $failed and $skipped; report() tells them.

passed=0 failed=0 skipped=0
results="$root/build/test-results"

prepare_tests() {
  install_packages run test
  prepare_node
  build_assets
  mkdir -p "$results"
}

build_all() {
  build debug
  build release waymark
}

count() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); }

run_lint() {
  say "Lint"
  if python3 "$root/tests/lint/lint.py" "$root"; then count 1 0 0; else count 0 1 0; fi
}

# One PostgreSQL for all test programs, on a free local port, gone afterwards.
start_postgres() {
  [ -n "${WAYMARK_TEST_POSTGRES:-}" ] && return 0
  postgres_folder=$(mktemp -d /tmp/waymark-postgres.XXXXXX)
  postgres_bin=/usr/lib/postgresql/15/bin
  postgres_as=()
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$postgres_folder"
    postgres_as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  trap stop_postgres EXIT
  (cd "$postgres_folder" && "${postgres_as[@]}" "$postgres_bin/initdb" -D data -U waymark -A trust -E UTF8 --locale=C >/dev/null)
  (cd "$postgres_folder" && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D data -w -l log \
    -o "-p $port -k $postgres_folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300" start >/dev/null)
  export WAYMARK_TEST_POSTGRES="postgres://waymark@127.0.0.1:$port/postgres"
}

stop_postgres() {
  (cd "$postgres_folder" && "${postgres_as[@]}" "$postgres_bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$postgres_folder"
}

# Reads GoogleTest's JSON results: "passed failed skipped".
gtest_counts() {
  python3 - "$1" <<'PY'
import json, sys
try:
    suites = json.load(open(sys.argv[1]))["testsuites"]
except (OSError, ValueError):
    print(0, 1, 0)
    sys.exit()
passed = failed = skipped = 0
for suite in suites:
    for test in suite["testsuite"]:
        if test.get("failures"):
            failed += 1
        elif test.get("result") == "SKIPPED":
            skipped += 1
        elif test.get("status") == "RUN":
            passed += 1
print(passed, failed, skipped)
PY
}

# run_unit [FILTER]: every *_tests program of the debug build in four parts, two at a time, so that the longest program
# doesn't run alone at the end.
run_unit() {
  start_postgres
  export WAYMARK_TEST_REQUIRE_ALL=1 ASAN_OPTIONS=detect_stack_use_after_return=0 UBSAN_OPTIONS=print_stacktrace=1
  rm -f "$results"/unit-*
  local programs
  programs=$(find "$root/build/debug" -maxdepth 1 -name '*_tests' -type f -perm -u+x | sort)
  [ -n "$programs" ] || fail "no test program was built"
  say "Unit tests: $(echo "$programs" | wc -l) programs"
  local program part parts
  parts=$(for part in 0 1 2 3; do for program in $programs; do echo "$program $part"; done; done)
  echo "$parts" | xargs -P 2 -L 1 sh -c '
    name=$(basename "$3")-$4
    GTEST_TOTAL_SHARDS=4 GTEST_SHARD_INDEX="$4" GTEST_OUTPUT="json:$1/unit-$name.json" GTEST_FILTER="$2" \
      "$3" >"$1/unit-$name.log" 2>&1 \
      || { echo "✗ $name"; grep -E "FAILED|ERROR: |runtime error|Failure|SUMMARY" "$1/unit-$name.log" | head -n 40; } >&2' \
    sh "$results" "${1:-*}" || true
  while read -r program part; do
    # shellcheck disable=SC2046
    count $(gtest_counts "$results/unit-$(basename "$program")-$part.json")
  done <<<"$parts"
}

# run_node FOLDER [PATTERN]: Node's test runner over FOLDER/*_test.mjs, its output in a log. Two browsers at once, since
# each waits half of its time; the scenarios one after another.
run_node() {
  local folder=$1 log="$results/$(basename "$1").log" at_once=1
  [ "$folder" != tests/browser ] || at_once=2
  shift
  (cd "$root/$folder" && "$node" --test --test-force-exit --test-timeout=300000 --test-concurrency="$at_once" --test-reporter=spec "${@:-*_test.mjs}") >"$log" 2>&1
}

# count_node FOLDER STATUS: what run_node's log says.
count_node() {
  local log="$results/$(basename "$1").log" status=$2 p f s
  p=$(sed -n 's/^ℹ pass //p' "$log" | tail -n 1); f=$(sed -n 's/^ℹ fail //p' "$log" | tail -n 1); s=$(sed -n 's/^ℹ skipped //p' "$log" | tail -n 1)
  [ "$status" -eq 0 ] || { tail -n 120 "$log" >&2; [ "${f:-0}" -gt 0 ] || f=1; }
  count "${p:-0}" "${f:-1}" "${s:-0}"
}

prepare_node_tests() {
  install_modules tests/browser
  start_postgres
}

# run_and_count FOLDER [PATTERN]
run_and_count() {
  prepare_node_tests
  local status=0
  run_node "$@" || status=$?
  count_node "$1" "$status"
}

run_scenarios() { say "Scenarios"; run_and_count tests/scenarios "$@"; }
run_browser() { say "Browser"; run_and_count tests/browser "$@"; }

# Both beside each other: each mostly waits, and has folders and ports of its own.
run_scenarios_and_browser() {
  prepare_node_tests
  say "Scenarios and browser"
  local scenarios=0 browser=0
  run_node tests/scenarios &
  local beside=$!
  run_node tests/browser || browser=$?
  wait "$beside" || scenarios=$?
  count_node tests/scenarios "$scenarios"
  count_node tests/browser "$browser"
}

# run_fuzz SECONDS: shared out among the targets, two at a time, each from its corpus.
run_fuzz() {
  local targets each target
  targets=$(find "$root/build/debug" -maxdepth 1 -name '*_fuzz' -type f -perm -u+x | sort)
  [ -n "$targets" ] || fail "no fuzz target was built"
  each=$(($1 / $(echo "$targets" | wc -l)))
  say "Fuzzing $(echo "$targets" | wc -l) targets, ${each} s each, two at a time"
  rm -f "$results"/fuzz-*
  echo "$targets" | xargs -P 2 -I{} sh -c '
    name=$(basename {})
    corpus="$1/build/fuzz/$name"
    mkdir -p "$corpus"
    seeds="$1/tests/fuzz/seeds/$name"
    [ -d "$seeds" ] || seeds=
    if {} -max_total_time="$3" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$2/fuzz-$name-" "$corpus" $seeds >"$2/fuzz-$name.log" 2>&1
    then touch "$2/fuzz-$name.ok"
    else echo "✗ $name" >&2; tail -n 40 "$2/fuzz-$name.log" >&2
    fi' sh "$root" "$results" "$each" || true
  for target in $targets; do
    if [ -f "$results/fuzz-$(basename "$target").ok" ]; then count 1 0 0; else count 0 1 0; fi
  done
}

run_races() {
  start_postgres
  export WAYMARK_TEST_REQUIRE_ALL=1 WAYMARK_TEST_ROUNDS=1000
  local log="$results/races.log"
  (cd "$root/build/tsan" && ctest -L race --output-on-failure) 2>&1 | tee "$log"
  [ "${PIPESTATUS[0]}" -eq 0 ] && count 1 0 0 || count 0 1 0
}

run_tidy() {
  say "clang-tidy"
  if find "$root/src" -name '*.cpp' -print0 | xargs -0 -P 2 -n 4 clang-tidy-19 -p "$root/build/debug" --quiet; then count 1 0 0; else count 0 1 0; fi
}

report() {
  say "Took $(($1 / 60)) min $(($1 % 60)) s; details in build/test-results/"
  if [ "$skipped" -gt 0 ]; then
    say "$skipped were skipped; see the logs for why"
    [ "${CI:-}" = true ] && { say "In CI a skip is a failure"; failed=$((failed + skipped)); }
  fi
  [ $((passed + failed + skipped)) -gt 0 ] || { say "No test ran: does the filter name one?"; failed=1; }
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}
