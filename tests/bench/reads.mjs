// (d) The dashboard from request to finished answer, without the wire, beside the same reads done bare: each alone on a
// core, in interleaved rounds.
import { casesOf, chosenDatabases, chosenSizes, installation, load, measure, medians, rounded, seconds } from './installation.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

export async function bench() {
  console.log('\n| | cases | bare reads p50 | p99 | dashboard p50 | p99 | 1.2 × bare p99 + 50 µs | dashboard CPU | load |\n|---|---|---|---|---|---|---|---|---|');
  for (const kind of chosenDatabases()) {
    for (const size of chosenSizes()) {
      const at = await installation(kind, size);
      const runs = { bare: [], dashboard: [] };
      for (let round = 0; round < rounds; ++round) {
        runs.bare.push(measure('reads_bench', [at.folder, at.database, seconds]));
        runs.dashboard.push(measure('dashboard_bench', [at.folder, at.database, seconds]));
      }
      const bare = medians(runs.bare);
      const dashboard = medians(runs.dashboard);
      console.log(`| ${kind} | ${casesOf(size)} | ${bare.p50_us} µs | ${bare.p99_us} µs | ${dashboard.p50_us} µs | ${dashboard.p99_us} µs | ${rounded(1.2 * bare.p99_us + 50)} µs | ${dashboard.cpu_us} µs | ${load()} |`);
    }
  }
}
