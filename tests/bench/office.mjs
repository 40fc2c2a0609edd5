// (m) The office's pages from request to finished answer, without the wire: a search is the form posted and its results
// drawn, with the look at each case written down; a queue is its first page, or a page in the middle of it.
import { casesOf, chosen, chosenDatabases, chosenSizes, installation, load, measure, medians, seconds } from './installation.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const pages = ['born', 'names', 'email', 'receipt', 'evidence_received', 'evidence_overdue', 'waiting', 'waiting-later', 'case'];

export async function bench() {
  console.log('\n| | cases | page | p50 | p99 | CPU | load |\n|---|---|---|---|---|---|---|');
  for (const kind of chosenDatabases()) {
    for (const size of chosenSizes()) {
      const at = await installation(kind, size);
      for (const page of chosen('BENCH_PAGES', pages.join(' '))) {
        const runs = [];
        for (let round = 0; round < rounds; ++round) runs.push(measure('office_bench', [at.folder, at.database, seconds, page, casesOf(size)]));
        const of = medians(runs);
        console.log(`| ${kind} | ${casesOf(size)} | ${page} | ${of.p50_us} µs | ${of.p99_us} µs | ${of.cpu_us} µs | ${load()} |`);
      }
    }
  }
}
