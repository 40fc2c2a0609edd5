// Runs the benchmarks named on the command line (see ./run) and prints what docs/performance.md keeps.
import { mkdirSync } from 'node:fs';
import { data, stopPostgres } from './installation.mjs';

const benches = {
  dashboard: './dashboard.mjs',
  'sign-in': './sign_in.mjs',
  lockout: './lockout.mjs',
  passkey: './passkey.mjs',
  steady: './steady.mjs',
  feed: './feed.mjs',
  'feed-http': './feed_http.mjs',
  reads: './reads.mjs',
  start: './start.mjs',
  server: './server.mjs',
  'equal-answers': './equal_answers.mjs',
  'help-search': './help_search.mjs',
  office: './office.mjs',
  audit: './audit.mjs',
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
mkdirSync(data, { recursive: true });
for (const name of wanted.length ? wanted : Object.keys(benches)) {
  const { bench } = await import(benches[name]);
  console.log(`\n## ${name}`);
  await bench();
}
await stopPostgres();
process.exit(0);
