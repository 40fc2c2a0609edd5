// The feed over HTTP with the real binary: keys, batches that are sent again, cut off and killed, and its own client.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { freshPostgres, root, Waymark } from '../support/waymark.mjs';

const modules = join(root, 'tests/browser/node_modules');
const description = JSON.parse(readFileSync(join(root, 'docs/feed-api.openapi.json'), 'utf8'));

// An answer against the schema that the document gives it.
async function matches(schema, value) {
  const { default: Ajv } = await import(join(modules, 'ajv/dist/2020.js'));
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(description, 'feed');
  const check = ajv.compile({ $ref: `feed#/components/schemas/${schema}` });
  assert.ok(check(value), JSON.stringify(check.errors));
}

test('the description is OpenAPI 3.1', async () => {
  const { Validator } = await import(join(modules, '@seriousme/openapi-schema-validator/index.js'));
  const validator = new Validator();
  const said = await validator.validate(structuredClone(description));
  assert.ok(said.valid, JSON.stringify(said.errors));
  assert.equal(validator.version, '3.1');
});

test('the schema of a record takes every record of the demo and of the document, and no other fields', async () => {
  const { default: Ajv } = await import(join(modules, 'ajv/dist/2020.js'));
  const check = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(join(root, 'docs/feed.schema.json'), 'utf8')));
  // The demo's days are said from today on.
  const dated = readFileSync(join(root, 'catalogue/demo/feed.ndjson'), 'utf8')
    .replace(/"today(?:[+-]\d+)?T(\d\d:\d\d)"/g, '"2026-12-08T$1:00-05:00"').replace(/"today(?:[+-]\d+)?"/g, '"2026-12-08"');
  const example = /```json\n([^]*?)```/.exec(readFileSync(join(root, 'docs/feed.md'), 'utf8'))[1];
  const records = `${dated}\n${example}`.split('\n').filter(Boolean).map((text) => JSON.parse(text));
  assert.ok(records.length > 300);
  assert.ok(records.some((record) => record.guardian_of));
  for (const record of records) {
    assert.ok(check(record), `${record.record}: ${JSON.stringify(check.errors)}`);
    assert.ok(!check({ ...record, unheard_of: 1 }), `${record.record} with another field`);
  }
});

const line = (value) => `${JSON.stringify(value)}\n`;
const caseLines = (number) => line({ record: `${number}-1`, type: 'case', case: number, sequence: 1, form: 'I-765', filed_on: '2026-08-12' })
  + line({ record: `${number}-2`, type: 'event', case: number, sequence: 2, kind: 'stage_entered', stage: 'received', occurred_on: '2026-08-13' });
const receipt = (index) => `NPT281${String(index).padStart(7, '0')}`;
const batchOf = (from, count) => Array.from({ length: count }, (_, index) => caseLines(receipt(from + index))).join('');

for (const [kind, database] of [['SQLite', null], ['PostgreSQL', freshPostgres()]]) {
  describe(`the feed over HTTP on ${kind}`, { skip: kind === 'PostgreSQL' && !database ? 'no PostgreSQL' : false }, () => {
    let waymark;
    let folder;
    let key;
    before(async () => {
      waymark = await Waymark.start({ database });
      folder = mkdtempSync(join(tmpdir(), 'waymark-feed-'));
      key = await issue('Case system');
    });
    after(async () => {
      await waymark?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function issue(name, ...more) {
      const made = await waymark.command('feed', 'key', 'issue', name, ...more);
      assert.equal(made.status, 0, made.errors);
      return /wmk_[\w-]{43}/.exec(made.output)[0];
    }
    const post = (body, { name = `batch-${Math.random()}`, by = key, type = 'application/x-ndjson', headers = {} } = {}) =>
      fetch(`${waymark.origin}/api/feed/v1/batches`, {
        method: 'POST', body,
        headers: { authorization: `Bearer ${by}`, 'idempotency-key': name, 'content-type': type, ...headers },
      });

    test('a batch goes in, and again gives the same report', async () => {
      const body = batchOf(0, 50);
      const first = await post(body, { name: 'monday' });
      assert.equal(first.status, 200);
      const report = await first.json();
      assert.equal(report.went_in, 100);
      assert.equal(report.refused, 0);
      await matches('Report', report);
      assert.deepEqual(await (await post(body, { name: 'monday' })).json(), report);
      const read = await fetch(`${waymark.origin}/api/feed/v1/batches/${report.batch}`, { headers: { authorization: `Bearer ${key}` } });
      assert.deepEqual(await read.json(), report);
      const other = await post(batchOf(0, 51), { name: 'monday' });
      assert.equal(other.status, 409);
      assert.match(other.headers.get('content-type'), /^application\/problem\+json/);
      await matches('Problem', await other.json());
    });

    test('without a good key nothing is read, and no answer is a page', async () => {
      for (const by of ['', 'wmk_', key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')]) {
        const refused = await post(batchOf(100, 1), { by });
        assert.equal(refused.status, 401);
        assert.equal(refused.headers.get('www-authenticate'), 'Bearer');
        assert.equal((await refused.json()).status, 401);
      }
      for (const [method, path, status] of [['GET', '/api/feed/v1/batches', 405], ['GET', '/api/feed/v1/none', 404], ['GET', '/api/feed/v1/batches/1', 401]]) {
        const answer = await fetch(`${waymark.origin}${path}`, { method });
        assert.equal(answer.status, status, path);
        assert.match(answer.headers.get('content-type'), /json/, path);
        await answer.arrayBuffer();
      }
      assert.equal((await post(batchOf(100, 1), { type: 'application/json' })).status, 415);
      assert.equal((await post(batchOf(100, 1), { headers: { 'idempotency-key': 'two words' } })).status, 400);
    });

    test('a key of some cases touches no others; a key that ended opens nothing', async () => {
      const narrow = await issue('Other office', '--prefixes', 'NPT999');
      const report = await (await post(batchOf(0, 1), { by: narrow })).json();
      assert.equal(report.went_in + report.known, 0);
      assert.equal(report.refusals[0].reason, 'not_yours');
      await matches('Report', report);
      const listed = await waymark.command('feed', 'key', 'list');
      const id = /^(\d+)\s+Other office/m.exec(listed.output)[1];
      assert.equal(listed.output.includes(narrow), false);
      assert.equal((await waymark.command('feed', 'key', 'revoke', id)).status, 0);
      assert.equal((await post(batchOf(0, 1), { by: narrow })).status, 401);
    });

    test('chunks are taken as they come; a line that breaks leaves nothing half done', async () => {
      const body = batchOf(200, 40);
      const half = new Promise((done) => {
        const sending = request(`${waymark.origin}/api/feed/v1/batches`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'cut', 'content-type': 'application/x-ndjson', 'content-length': Buffer.byteLength(body) },
        });
        sending.on('error', done);
        sending.write(body.slice(0, body.length / 2), () => sending.destroy());
        sending.on('close', done);
      });
      await half;
      const whole = await fetch(`${waymark.origin}/api/feed/v1/batches`, {
        method: 'POST', duplex: 'half',
        body: new ReadableStream({ start(controller) {
          for (let from = 0; from < body.length; from += 1000) controller.enqueue(new TextEncoder().encode(body.slice(from, from + 1000)));
          controller.close();
        } }),
        headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'cut', 'content-type': 'application/x-ndjson' },
      });
      assert.equal(whole.status, 200);
      assert.equal((await whole.json()).went_in, 80);
    });

    test('its own client sends a file, and the same file again is the same batch', async () => {
      const file = join(folder, 'batch.ndjson');
      const keyFile = join(folder, 'key');
      writeFileSync(file, batchOf(300, 30) + 'nonsense\n');
      writeFileSync(keyFile, `${key}\n`);
      const words = ['feed', 'send', file, '--to', waymark.origin, '--key-file', keyFile];
      const sent = await waymark.command(...words);
      assert.equal(sent.status, 1, sent.errors);
      assert.match(sent.output, /61 lines: 60 records went in, 0 were known already, 1 refused/);
      assert.match(sent.errors, /line 61: : : not_json/);
      assert.equal((await waymark.command(...words)).output, sent.output);
      writeFileSync(keyFile, 'wmk_nobody\n');
      assert.equal((await waymark.command(...words)).status, 2);
    });

    test('killed in the middle and sent again, every event is there once (incident I45)', async () => {
      const body = batchOf(1000, 6000);
      const dying = post(body, { name: 'killed' }).catch(() => null);
      await new Promise((done) => setTimeout(done, 150));
      await waymark.kill();
      await dying;
      await waymark.launch();
      const report = await (await post(body, { name: 'killed' })).json();
      assert.equal(report.is_finished, true);
      assert.equal(report.went_in + report.known, 12000);
      const again = await (await post(body, { name: 'played-again' })).json();
      assert.equal(again.went_in, 0);
      assert.equal(again.known, 12000);
    });

    test('what it says of itself is the document in docs/', async () => {
      const served = await (await fetch(`${waymark.origin}/api/feed/v1/openapi.json`)).json();
      assert.deepEqual(served, JSON.parse(readFileSync(join(root, 'docs/feed-api.openapi.json'), 'utf8')));
    });
  });
}
