// (c) Import of 1,000,000 records beside a bare loop of the same inserts.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { data, load, program, root, rounded } from './installation.mjs';
import { execFileSync } from 'node:child_process';

export async function bench() {
  const folder = join(data, 'feed');
  mkdirSync(join(folder, 'agency'), { recursive: true });
  for (const file of ['brand.json', 'places.json']) copyFileSync(join(root, 'catalogue/demo', file), join(folder, 'agency', file));
  const records = process.env.BENCH_RECORDS ?? '1000000';
  const said = execFileSync(program('feed_bench'), [folder, records], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const figures = JSON.parse(said.trim().split('\n').at(-1));
  const perSecond = (seconds) => Math.round(figures.rows / seconds);
  console.log(`\n${figures.records} records, ${figures.rows} rows; load ${load()}\n`);
  console.log('| | seconds | rows/s | CPU seconds |\n|---|---|---|---|');
  console.log(`| import | ${figures.seconds} | ${perSecond(figures.seconds)} | ${figures.cpu_seconds} |`);
  console.log(`| bare inserts | ${figures.bare_seconds} | ${perSecond(figures.bare_seconds)} | ${figures.bare_cpu_seconds} |`);
  console.log(`\nRows per second beside the bare loop's: ${rounded(figures.bare_seconds / figures.seconds, 2)} times`);
}
