#!/usr/bin/env bash
# Fuzzes the parsers of heapwarden-probe with libFuzzer under AddressSanitizer and UndefinedBehaviorSanitizer: SECONDS_TOTAL (or the first
# argument; 60 by default) for all targets together, after every input that ever found something. As root it installs clang where it is missing.
# Prints a line for each target: executions, coverage, findings. A crashing input is left in target/fuzz/; fix it and keep it in
# src/test/fuzz/regressions/TARGET.
set -euo pipefail
cd "$(dirname "$0")/../../.."
total=${1:-${SECONDS_TOTAL:-60}}
sources=src/main/c/heapwarden-probe
fuzz=src/test/fuzz
out=target/fuzz
targets=(hsperfdata kernel reply)

if ! command -v clang > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -z "${PROBE_OFFLINE:-}" ]; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang libclang-rt-14-dev; } > /dev/null 2>&1 \
    || DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang > /dev/null 2>&1 || true
fi
if ! command -v clang > /dev/null; then
  echo "fuzz: clang is needed (apt-get install clang), as root this script installs it." >&2
  exit 1
fi

files() {
  case $1 in
    hsperfdata) echo "$sources"/{hsperfdata,text,json}.c ;;
    kernel) echo "$sources"/{cgroup,maps,status,files,text}.c ;;
    reply) echo "$sources"/{reply,text}.c ;;
  esac
}

mkdir -p "$out"
failed=0
for target in "${targets[@]}"; do
  # shellcheck disable=SC2046 # paths without blanks
  clang -std=gnu11 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Wall -Wextra -Werror \
    -I "$sources" -o "$out/$target" "$fuzz/${target}_fuzz.c" $(files "$target")
  seconds=$((total / ${#targets[@]}))
  [ "$seconds" -ge 1 ] || seconds=1
  mkdir -p "$out/found-$target"
  log=$out/$target.log
  # Known inputs first, each once; then new ones.
  if nice "$out/$target" -runs=0 "$fuzz/regressions/$target" "$fuzz/corpus/$target" > "$log" 2>&1 \
    && nice "$out/$target" -max_total_time="$seconds" -max_len=32768 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
      -artifact_prefix="$out/$target-" "$out/found-$target" "$fuzz/corpus/$target" "$fuzz/regressions/$target" >> "$log" 2>&1; then
    result="nothing found"
  else
    result="FAILED, see $log"
    failed=1
  fi
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  printf '%-12s %4s s  %12s executions  %5s edges  %s\n' "$target" "$seconds" "${executions:-0}" "${edges:-0}" "$result"
done
exit $failed
