// Searching the help centre, the index alone: how many searches a second one core does, and what building it costs at start.
import { load, measure, rounded, seconds } from './installation.mjs';

export async function bench() {
  const { cpu_us, p50_us, p99_us, build_us } = measure('help_search_bench', [seconds]);
  console.log(`${rounded(1e6 / cpu_us, 0)} searches/s on a core, ${rounded(cpu_us)} µs of CPU each `
    + `(median ${rounded(p50_us)}, 99th percentile ${rounded(p99_us)}); built in ${rounded(build_us / 1000)} ms; load ${load()}`);
}
