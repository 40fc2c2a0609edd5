// A person takes their data along, closes the account, and comes back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { connect, demoPerson, newPerson, signIn, signUp } from '../support/journeys.mjs';
import { freshPostgres, Visitor, Waymark } from '../support/waymark.mjs';

// The files of an archive, read by an outside authority.
function unzip(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-zip-'));
  writeFileSync(join(folder, 'data.zip'), bytes);
  const read = 'import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))';
  const files = JSON.parse(execFileSync('python3', ['-c', read, join(folder, 'data.zip')], { encoding: 'utf8' }));
  rmSync(folder, { recursive: true });
  return files;
}

async function download(visitor) {
  const page = await visitor.open('/account/data');
  assert.equal(page.path, '/account/data', page.text.slice(0, 200));
  const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]*)"/.exec(page.html)[1] });
  return fetch(`${visitor.waymark.origin}/account/data`, { method: 'POST', body, headers: {
    origin: visitor.waymark.origin, 'sec-fetch-site': 'same-origin', cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
}

for (const [kind, database] of [['sqlite', () => undefined], ['postgres', freshPostgres]]) {
  const address = database();
  describe(`leaving, on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    test('a person takes their data along, closes the account, comes back, and finds all as it was', async () => {
      const waymark = await Waymark.start({ database: address });
      const person = newPerson({ phone: '(555) 555-0142' });
      const { visitor } = await signUp(waymark, person);
      await connect(visitor, demoPerson('Ana'));
      const answer = await download(visitor);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), 'application/zip');
      assert.match(answer.headers.get('content-disposition'), /attachment; filename="my-data-\d{4}-\d\d-\d\d\.zip"/);
      const files = unzip(Buffer.from(await answer.arrayBuffer()));
      assert.match(files['README.txt'], /This is a copy of what/);
      assert.equal(JSON.parse(files['account.json']).email, person.email);
      assert.equal(JSON.parse(files['cases.json'])[0].receipt_number, demoPerson('Ana').receipt_number);

      let page = await visitor.open('/account/closure');
      assert.equal((await visitor.submit(page, '/account/closure')).status, 422, 'the box is not ticked');
      page = await visitor.fill(page, '/account/closure', { understood: 'yes' });
      assert.equal(page.path, '/account-closed');
      assert.equal((await visitor.get('/cases')).status, 303);
      await waymark.messageTo(person.email, { matching: /Your account was closed/ });
      await waymark.messageTo('+15555550142', { matching: /your account was closed/ });

      const stranger = new Visitor(waymark);
      const wrong = await stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email: person.email, password: 'turnip orbit sandal velvet' });
      const unknown = await stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email: 'nobody@mail.example', password: 'turnip orbit sandal velvet' });
      assert.equal(wrong.status, 422);
      assert.equal(wrong.text.replaceAll(person.email, ''), unknown.text.replaceAll('nobody@mail.example', ''));

      await waymark.moveClock(29 * 24 * 60);
      const back = await signIn(waymark, person, { backupCode: person.backupCodes[0] });
      assert.equal(back.page.path, '/sign-in/come-back', back.page.text.slice(0, 300));
      assert.equal((await back.visitor.get('/account')).status, 303, 'only the one page');
      const open = await back.visitor.fill(back.page, '/sign-in/come-back', {});
      assert.equal(open.path, '/cases', open.text.slice(0, 300));
      assert.match(open.text, new RegExp(demoPerson('Ana').receipt_number));
      await waymark.messageTo(person.email, { matching: /opened again/ });
      await waymark.stop();
    });
  });
}
