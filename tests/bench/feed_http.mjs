// The feed over HTTP, as `waymark feed send` sends it from the same machine: one batch of nearly 100 MiB into an empty
// SQLite database, records a second from the first byte to the report, and the server's own memory meanwhile
// (the database file, which it maps, is not counted).
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { data, load, program, root, rounded, serve, start, stop, waitFor } from './installation.mjs';
import { memoryOf } from './processes.mjs';

const bytesMax = 99 * 1024 * 1024;
const casesAtOnce = 500;

// The records of a case, in the order of their sequence; what docs/feed.md wants of each.
const contents = [
  () => ({ type: 'case', form: 'I-485', filed_on: '2026-01-05' }),
  (number) => ({ type: 'party', party: 'applicant', role: 'applicant', name: { given: `Ana${number % 977}`, family: `Reyes${number % 7919}` },
    second_proof: { kind: 'birth_date', value: `19${60 + (number % 40)}-04-12` }, address: ['18 Harbor Lane', 'Northport, NY 00000'], language: 'en' }),
  () => ({ type: 'event', kind: 'stage_entered', stage: 'received', occurred_on: '2026-01-05' }),
  () => ({ type: 'event', kind: 'stage_entered', stage: 'accepted', occurred_on: '2026-01-12' }),
  () => ({ type: 'event', kind: 'evidence_requested', occurred_on: '2026-02-02', due_on: '2026-04-30',
    items: [{ en: 'Copy of your passport, all pages', es: 'Copia de su pasaporte' }] }),
  () => ({ type: 'event', kind: 'evidence_received', occurred_on: '2026-02-20', answers: 5 }),
  (number) => ({ type: 'appointment', appointment: `A${number}`, kind: 'biometrics', starts_at: '2026-12-08T09:40:00-05:00', place: 'northport-asc', state: 'scheduled' }),
  () => ({ type: 'event', kind: 'noted', occurred_on: '2026-03-03', text: { en: 'Your file was moved to another office.' } }),
];

// Whole cases, interleaved as they come in by day, up to the size that one batch may have. How many records.
function writeBatch(file) {
  const out = openSync(file, 'w');
  let bytes = 0;
  let records = 0;
  for (let first = 0; ; first += casesAtOnce) {
    let part = '';
    for (const [index, content] of contents.entries()) {
      for (let number = first; number < first + casesAtOnce; ++number) {
        const receipt = `NPT${String(number).padStart(10, '0')}`;
        part += `${JSON.stringify({ record: `${receipt}-${index + 1}`, case: receipt, sequence: index + 1, ...content(number) })}\n`;
      }
    }
    if (bytes + part.length > bytesMax) break;
    writeSync(out, part);
    bytes += part.length;
    records += casesAtOnce * contents.length;
  }
  closeSync(out);
  return { bytes, records };
}

export async function bench() {
  const folder = join(data, 'feed-http');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'agency'), { recursive: true });
  for (const file of ['brand.json', 'places.json']) copyFileSync(join(root, 'catalogue/demo', file), join(folder, 'agency', file));
  const batch = join(folder, 'batch.ndjson');
  const { bytes, records } = writeBatch(batch);
  execFileSync(program('waymark'), ['--data', folder, 'keys', 'init'], { env: { PATH: process.env.PATH, WAYMARK_CATALOGUE_FOLDER: join(folder, 'agency') }, stdio: 'ignore' });
  const server = await serve({ folder, database: 'sqlite' });
  await waitFor(server.port, server);
  const said = execFileSync(program('waymark'), ['--data', folder, 'feed', 'key', 'issue', 'bench'], { encoding: 'utf8' });
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, `${/wmk_\S+/.exec(said)[0]}\n`, { mode: 0o600 });

  const idle = memoryOf(server.pid).anonymous;
  let most = idle;
  const watching = setInterval(() => { most = Math.max(most, memoryOf(server.pid).anonymous); }, 100);
  const begun = performance.now();
  const client = start(program('waymark'), ['feed', 'send', batch, '--to', `http://localhost:${server.port}`, '--key-file', keyFile]);
  const status = await client.ended;
  const took = (performance.now() - begun) / 1000;
  clearInterval(watching);
  if (status !== 0) throw new Error(`feed send ended with ${status}: ${client.said}`);
  await stop(server);
  rmSync(folder, { recursive: true, force: true });

  console.log(`\n${records} records, ${rounded(bytes / 1024 / 1024)} MiB; load ${load()}\n`);
  console.log('| seconds | records/s | server idle | at most meanwhile |\n|---|---|---|---|');
  console.log(`| ${rounded(took)} | ${Math.round(records / took)} | ${rounded(idle / 1024)} MiB | ${rounded(most / 1024)} MiB |`);
}
