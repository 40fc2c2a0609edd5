// Each page by itself: right status, right content, content that must not appear, the headers that protect it.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { after, before, describe, test } from 'node:test';

import { newPerson, signUp } from '../support/journeys.mjs';
import { Visitor, Waymark } from '../support/waymark.mjs';

let waymark;
before(async () => { waymark = await Waymark.start(); });
after(async () => { await waymark?.stop(); });

const publicPages = [
  ['/', /Follow your immigration case/],
  ['/privacy', /Privacy/],
  ['/accessibility', /Accessibility/],
  ['/contact', /Contact us/],
  ['/contact/call-back', /When is a good time/],
  ['/help', /What do you need help with/],
  ['/help/passkeys', /Why it is safer/],
  ['/help/search?q=passky', /Passkeys/],
  ['/help/fix/lost-phone', /What do you still have/],
  ['/help/ask', /Ask us a question/],
  ['/sign-in', /Sign in/],
  ['/genuine', /Is this message really from us/],
  ['/security', /Report a security problem/],
  ['/sign-up/email', /email/i],
  ['/recover', /can’t sign in/],
  ['/recover/password', /new password/],
  ['/recover/second-factor', /backup code/],
  ['/cancel', /Stop a change/],
  ['/demo/outbox', /Outbox/],
];

describe('public pages', () => {
  for (const [path, content] of publicPages) {
    test(`${path} answers with its content and every protection`, async () => {
      const page = await new Visitor(waymark).get(path);
      assert.equal(page.status, 200);
      assert.match(page.text, content);
      assert.doesNotMatch(page.html, /\bstyle="|<style|<script(?![^>]*\bsrc=)|\son[a-z]+="/);
      assert.match(page.html, /<html lang="en" dir="ltr"/);
      const policy = page.headers.get('content-security-policy');
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      for (const [name, value] of [['x-content-type-options', /nosniff/], ['referrer-policy', /./], ['permissions-policy', /camera=\(\)/],
        ['cross-origin-opener-policy', /same-origin/], ['cross-origin-resource-policy', /same-origin/]]) {
        assert.match(page.headers.get(name) ?? '', value, name);
      }
      assert.match(page.headers.get('cache-control'), /no-store/);
      assert.equal(page.headers.get('access-control-allow-origin'), null);
      assert.ok(Buffer.byteLength(page.html) <= 15_000, `${Buffer.byteLength(page.html)} bytes`);
    });
  }

  test('speak Spanish when the browser does, and the pseudo languages when they are offered', async () => {
    assert.match((await new Visitor(waymark, { 'accept-language': 'es-MX,es;q=0.9,en;q=0.5' }).get('/')).html, /<html lang="es"/);
    const mirrored = await new Visitor(waymark, { 'accept-language': 'en-XB' }).get('/');
    assert.match(mirrored.html, /<html lang="en-XB" dir="rtl"/);
  });
});

describe('what must not be', () => {
  test('a page of an account is not shown to strangers, and the way back is remembered', async () => {
    for (const path of ['/cases', '/cases/connect', '/account', '/account/devices', '/account/activity', '/cases/NPT2690001001']) {
      const page = await new Visitor(waymark).get(path);
      assert.equal(page.status, 303, path);
      assert.ok(page.location.endsWith(`/sign-in?return_to=${encodeURIComponent(path)}`), page.location);
    }
  });

  test('Incident_I39: a cross-site post is refused everywhere, sign-in included', async () => {
    const { visitor, page } = await signUp(waymark, newPerson());
    const stranger = new Visitor(waymark);
    await stranger.get('/sign-in');
    for (const [who, path] of [[stranger, '/sign-in'], [stranger, '/sign-up/email'], [visitor, '/cases/connect'], [visitor, '/sign-out'], [visitor, '/account/preferences']]) {
      assert.equal((await who.post(path, { email: 'a@example.org' })).status, 403, `${path} without a token`);
      const form = who === visitor ? await visitor.get('/account/preferences') : await stranger.get('/sign-in');
      const token = /name="csrf" value="([^"]+)"/.exec(form.html)[1];
      const cross = await who.post(path, { csrf: token }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
      assert.equal(cross.status, 403, `${path} from another site`);
    }
    assert.equal((await visitor.get('/cases')).status, 200);
    assert.equal(page.status, 200);
  });

  test('Incident_I67: a page of an account is not found under an address that a cache would keep', async () => {
    const { visitor } = await signUp(waymark, newPerson());
    for (const path of ['/cases/a.css', '/cases;a.css', '/cases/%2e%2e/a.css', '/account/x.js']) {
      const page = await visitor.get(path);
      assert.ok(page.status === 404 || page.status === 400, `${path}: ${page.status}`);
      assert.match(page.headers.get('cache-control'), /no-store/);
    }
  });

  test('Incident_I19: another host name is refused with an explanation, and forwarded names are ignored', async () => {
    const answer = await new Promise((done, failed) => {
      const request = httpRequest({ host: '127.0.0.1', port: waymark.port, path: '/', headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } },
        (response) => {
          let text = '';
          response.on('data', (part) => { text += part; });
          response.on('end', () => done({ status: response.statusCode, text }));
        });
      request.on('error', failed);
      request.end();
    });
    assert.equal(answer.status, 421);
    assert.ok(answer.text.includes(waymark.origin));
    assert.doesNotMatch(answer.text, /evil\.example/);
  });

  test('a return address leads nowhere else', async () => {
    for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', '/%2f%2fevil.example', 'javascript:alert(1)']) {
      const page = await new Visitor(waymark).get(`/sign-in?return_to=${encodeURIComponent(evil)}`);
      assert.doesNotMatch(page.html, /name="return_to" value="(https:|\/\/|\/\\|javascript)/, evil);
    }
  });

  test('errors are pages for people and problem+json for machines', async () => {
    const page = await new Visitor(waymark).get('/no/such/page');
    assert.equal(page.status, 404);
    assert.match(page.headers.get('content-type'), /text\/html/);
    const machine = await new Visitor(waymark).get('/no/such/page', { accept: 'application/json' });
    assert.match(machine.headers.get('content-type'), /application\/problem\+json/);
    assert.equal(JSON.parse(machine.html).status, 404);
    const method = await new Visitor(waymark).request('DELETE', '/sign-in');
    assert.equal(method.status, 405);
    assert.match(method.headers.get('allow'), /GET/);
  });

  test('no code, password, address or name stands in the log', async () => {
    const person = newPerson({ familyName: 'Zwischenmeister' });
    await signUp(waymark, person);
    for (const secret of [person.email, person.password, person.familyName, person.secret, ...person.backupCodes]) {
      assert.ok(!waymark.errors.includes(secret), 'something personal is in the log');
    }
    for (const line of waymark.errors.trim().split('\n')) JSON.parse(line);
  });
});

describe('operations', () => {
  test('health, readiness and metrics stand on a listener of their own', async () => {
    const at = (path) => fetch(`http://127.0.0.1:${waymark.operationsPort}${path}`);
    assert.equal((await at('/healthz')).status, 200);
    assert.equal((await at('/readyz')).status, 200);
    assert.match(await (await at('/metrics')).text(), /# TYPE/);
    assert.equal((await new Visitor(waymark).get('/metrics')).status, 404);
  });

  test('a second server on the same folder is refused, and backup works beside the first', async () => {
    await assert.rejects(Waymark.start({ folder: waymark.folder }), /another waymark serves this data folder/);
    const checked = await waymark.command('keys', 'check');
    assert.equal(checked.status, 0, checked.errors);
    const backup = await waymark.command('backup', `${waymark.folder}-backup`);
    assert.equal(backup.status, 0, backup.errors);
    rmSync(`${waymark.folder}-backup`, { recursive: true });
  });
});
