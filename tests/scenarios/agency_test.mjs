// An agency's own installation: a real mail server that may be away, TLS by our own listener, nothing of the demo.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get as httpsGet } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { newPerson } from '../support/journeys.mjs';
import { SmtpSink } from '../support/smtp_sink.mjs';
import { binary, freePort, root, Visitor } from '../support/waymark.mjs';

const folder = mkdtempSync(join(tmpdir(), 'waymark-agency-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// Starts `waymark serve` with these settings and waits for `ready`; gives the child with what it logged.
async function serve(name, settings, ready) {
  const environment = { PATH: process.env.PATH, WAYMARK_DATA_FOLDER: join(folder, name), WAYMARK_MAIL_FROM_ADDRESS: 'office@riverbend.example',
    WAYMARK_CATALOGUE_FOLDER: join(root, 'catalogue/other-agency-example'), WAYMARK_MAIL_REQUIRE_TLS: 'false', ...settings };
  assert.equal(spawnSync(binary, ['keys', 'init'], { env: environment }).status, 0);
  const child = spawn(binary, ['serve'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => child.kill('SIGKILL'));
  child.log = '';
  child.stderr.on('data', (text) => { child.log += text; });
  for (let tries = 0; tries < 400; ++tries) {
    if (child.exitCode !== null) throw new Error(child.log);
    if (await ready().then(() => true, () => false)) return child;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`did not start: ${child.log}`);
}

const ended = (child) => new Promise((done) => { child.on('exit', done); child.kill('SIGTERM'); });

describe('an agency with a mail server', () => {
  let child;
  let sink;
  let waymark;
  before(async () => {
    sink = await new SmtpSink().listen();
    const port = await freePort();
    waymark = { origin: `http://localhost:${port}` };
    child = await serve('mail', { WAYMARK_SERVER_PORT: String(port), WAYMARK_SERVER_ORIGIN: waymark.origin, WAYMARK_MAIL_URL: `smtp://127.0.0.1:${sink.port}` },
      () => fetch(`${waymark.origin}/`));
  });
  after(async () => {
    await ended(child);
    await sink.close();
  });

  const askForCode = async (person) => {
    const visitor = new Visitor(waymark);
    const page = await visitor.fill(await visitor.open('/sign-up'), '/sign-up/email', { email: person.email });
    assert.equal(page.path, '/sign-up/code');
    return { visitor, page };
  };

  test('the code comes by mail and proves the address', async () => {
    const person = newPerson();
    const { visitor, page } = await askForCode(person);
    const mail = await sink.mailTo(person.email);
    assert.match(mail.head, /^From: .*office@riverbend\.example/im);
    assert.match(mail.head, /^Message-ID: <\S+>/im);
    assert.match(mail.head, /^Auto-Submitted: auto-generated/im);
    const next = await visitor.fill(page, '/sign-up/code', { code: /\b(\d{6})\b/.exec(mail.text)[1] });
    assert.equal(next.path, '/sign-up/consent');
  });

  test('with the mail server away the page answers the same, and the mail comes once it is back', async () => {
    const { port } = sink;
    await sink.close();
    const person = newPerson();
    const { visitor, page } = await askForCode(person);
    await new Promise((done) => setTimeout(done, 500));
    sink = await new SmtpSink().listen(port);
    const mail = await sink.mailTo(person.email);
    assert.equal(sink.mails.filter((kept) => kept.to.includes(person.email)).length, 1);
    const next = await visitor.fill(page, '/sign-up/code', { code: /\b(\d{6})\b/.exec(mail.text)[1] });
    assert.equal(next.path, '/sign-up/consent');
    assert.ok(!child.log.includes(person.email));
  });

  test('nothing of the demo is there', async () => {
    for (const path of ['/demo/outbox', '/demo/clock']) assert.equal((await new Visitor(waymark).get(path)).status, 404);
    const page = await new Visitor(waymark).get('/');
    assert.doesNotMatch(page.html, /Northport|demonstration/i);
  });
});

describe('TLS by our own listener', () => {
  test('pages come with HSTS, and cookies are for this host and secure', async () => {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')], { stdio: 'ignore' });
    const port = await freePort();
    const get = (path) => new Promise((done, failed) => {
      httpsGet({ host: 'localhost', port, path, rejectUnauthorized: false, minVersion: 'TLSv1.2' }, (response) => {
        response.resume();
        response.on('end', () => done(response));
      }).on('error', failed);
    });
    const child = await serve('tls', { WAYMARK_SERVER_PORT: String(port), WAYMARK_SERVER_ORIGIN: `https://localhost:${port}`, WAYMARK_MAIL_URL: 'smtp://127.0.0.1:9',
      WAYMARK_SERVER_TLS_CERTIFICATE_FILE: join(folder, 'certificate.pem'), WAYMARK_SERVER_TLS_KEY_FILE: join(folder, 'key.pem') }, () => get('/'));
    const page = await get('/sign-in');
    assert.equal(page.statusCode, 200);
    assert.match(page.headers['strict-transport-security'], /max-age=\d{8}/);
    for (const cookie of page.headers['set-cookie']) assert.match(cookie, /^__Host-.*; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    await ended(child);
  });
});
