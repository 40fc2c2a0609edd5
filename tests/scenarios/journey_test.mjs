// The main job over HTTP, without scripts, on each database: open an account, sign out and in, connect cases, see them.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { answerStep, connect, demoPerson, demoPeople, newPerson, signIn, signUp } from '../support/journeys.mjs';
import { freshPostgres, totp, Visitor, Waymark } from '../support/waymark.mjs';

const databases = [['sqlite', () => undefined], ['postgres', freshPostgres]];

for (const [kind, database] of databases) {
  const address = database();
  describe(`the main job on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    let waymark;
    before(async () => { waymark = await Waymark.start({ database: address }); });
    after(async () => { await waymark?.stop(); });

    test('prints the address, the people, what they need, and where the outbox is', () => {
      const person = demoPerson('Ana');
      for (const wanted of [waymark.origin, `${waymark.origin}/demo/outbox`, person.receipt_number, person.access_code]) {
        assert.ok(waymark.output.includes(wanted), `${wanted} in:\n${waymark.output}`);
      }
    });

    test('a person opens an account, signs out, and signs in with the app', async () => {
      const person = newPerson({ phone: '555 010 0134' });
      const { visitor, page } = await signUp(waymark, person);
      assert.match(page.text, /Ana/);
      assert.equal(person.backupCodes.length, 10);
      const out = await visitor.submit(page, '/sign-out');
      assert.equal(out.status, 303);
      assert.ok(out.headers.get('clear-site-data').includes('"cache"'));
      assert.equal((await visitor.get('/cases')).status, 303);

      const used = await signIn(waymark, person);
      // The app's code of this half minute was used when it was set up.
      if (used.page.status === 422) assert.match(used.page.text, /already used; the next one comes in \d+ second/);
      await waymark.moveClock(1);
      const later = waymark.now();
      const again = await signIn(waymark, person, { at: later });
      assert.equal(again.page.path, '/cases', again.page.text.slice(0, 400));
      const twice = await signIn(waymark, person, { at: later });
      assert.equal(twice.page.status, 422);
      assert.match(twice.page.text, /already used; the next one comes in \d+ second/);
    });

    test('a backup code signs in once', async () => {
      const person = newPerson();
      await signUp(waymark, person);
      const first = await signIn(waymark, person, { backupCode: person.backupCodes[3] });
      assert.equal(first.page.path, '/cases');
      await waymark.messageTo(person.email, { matching: /backup code was just used/i });
      const second = await signIn(waymark, person, { backupCode: person.backupCodes[3] });
      assert.equal(second.page.status, 422);
    });

    test('an address with an account sees the very same pages, and its owner gets a mail that says so', async () => {
      const person = newPerson();
      await signUp(waymark, person);
      const known = new Visitor(waymark);
      const unknown = new Visitor(waymark);
      const stranger = newPerson();
      const pages = [];
      for (const [visitor, who] of [[known, person], [unknown, stranger]]) {
        const start = await visitor.open('/sign-up');
        const code = await visitor.fill(start, '/sign-up/email', { email: who.email });
        assert.equal(code.path, '/sign-up/code');
        const wrong = await visitor.fill(code, '/sign-up/code', { code: '000000' });
        pages.push([code, wrong].map((page) => page.text.replaceAll(who.email, 'EMAIL')));
      }
      assert.deepEqual(pages[0], pages[1]);
      const mail = await waymark.messageTo(person.email, { after: 1 });
      assert.doesNotMatch(mail.text, /\b\d{6}\b/);
    });

    test('signing up goes on after a restart, and in another browser by signing in', async () => {
      const person = newPerson();
      const { visitor } = await signUp(waymark, person, { until: '/sign-up/authenticator' });
      await waymark.restart();
      const same = await visitor.open('/sign-up');
      assert.equal(same.path, '/sign-up/authenticator');

      const elsewhere = new Visitor(waymark);
      const page = await elsewhere.open('/sign-in');
      const onward = await elsewhere.fill(page, '/sign-in', { email: person.email, password: person.password });
      assert.equal(onward.path, '/sign-up/authenticator', onward.text.slice(0, 400));
      let last = onward;
      for (let steps = 0; steps < 4 && last.path !== '/cases'; ++steps) last = await answerStep(waymark, elsewhere, person, last);
      assert.equal(last.path, '/cases');
    });

    test('cases are connected in the right role, and every refusal reads the same', async () => {
      const person = newPerson();
      const { visitor, page } = await signUp(waymark, person);
      const demo = demoPerson('Ana');
      assert.doesNotMatch(page.text, new RegExp(demo.receipt_number));
      const expired = demoPerson('Samuel');
      const refusals = [];
      for (const [who, over] of [
        [demo, { access_code: 'ZZZZ-ZZZZ-ZZZZZ' }],
        [demo, { date_of_birth_year: '1991' }],
        [expired, {}],
      ]) {
        const refused = await connect(visitor, who, over);
        assert.equal(refused.status, 422);
        assert.match(refused.text, /new code/i);
        refusals.push(refused.text.replace(/\d{4,}|[0-9A-Z]{3,}-[0-9A-Z-]+/g, ''));
      }
      assert.equal(new Set(refusals.map((text) => text.length)).size, 1);
      const connected = await connect(visitor, demo);
      assert.equal(connected.status, 200, connected.text.slice(0, 500));
      const dashboard = await visitor.open('/cases');
      assert.match(dashboard.text, new RegExp(demo.receipt_number));
      assert.match(dashboard.text, /Step \d of \d/);
      const casePage = await visitor.open(`/cases/${demo.receipt_number}`);
      assert.equal(casePage.status, 200);
      assert.match(casePage.html, /aria-current="step"/);

      // Its code is used up now, for anybody.
      const other = (await signUp(waymark, newPerson())).visitor;
      assert.equal((await connect(other, demo)).status, 422);
      const foreign = await other.get(`/cases/${demo.receipt_number}`);
      const missing = await other.get('/cases/NPT2699999999');
      assert.equal(foreign.status, 404);
      // Byte for byte, but for what differs on every page: tokens, the request's number, how long the session has left,
      // and the address asked for.
      const plain = (answer) => answer.html.replace(/value="[^"]*"|[0-9a-f]{16}|NPT\d{10}|-ms="\d+"|content="\d+;/g, '');
      assert.equal(plain(foreign), plain(missing));
    });

    test('an employer connects with its registration number', async () => {
      const { visitor } = await signUp(waymark, newPerson());
      const connected = await connect(visitor, demoPerson('Bluewater'));
      assert.equal(connected.status, 200, connected.text.slice(0, 500));
      assert.match((await visitor.open('/cases')).text, new RegExp(demoPerson('Bluewater').receipt_number));
    });

    test('a new code comes by post, and the operator exports the letter', async () => {
      const { visitor } = await signUp(waymark, newPerson());
      const expired = demoPerson('Samuel');
      assert.match((await connect(visitor, expired)).html, /href="\/cases\/connect\/new-code/);
      const [year, month, day] = expired.second_proof.split('-');
      const asked = await visitor.fill(await visitor.open('/cases/connect/new-code'), '/cases/connect/new-code', {
        receipt_number: expired.receipt_number, date_of_birth_day: day, date_of_birth_month: month, date_of_birth_year: year });
      assert.equal(asked.status, 200, asked.text.slice(0, 400));
      const folder = mkdtempSync(join(tmpdir(), 'waymark-letters-'));
      const exported = await waymark.command('letters', 'export', folder);
      assert.equal(exported.status, 0, exported.errors);
      const letters = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      rmSync(folder, { recursive: true });
      const letter = letters.find((text) => text.includes(expired.receipt_number));
      assert.ok(letter, exported.output);
      const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b/.exec(letter)[0];
      assert.equal((await connect(visitor, { ...expired, access_code: code })).status, 200);
    });

    test('the feed comes in beside the running server, and the page shows it', async () => {
      const { visitor } = await signUp(waymark, newPerson());
      const receipt = 'NPT2690009901';
      const lines = [
        { record: 'n1', type: 'case', case: receipt, sequence: 1, form: 'N-400', filed_on: '2026-01-10' },
        { record: 'n2', type: 'party', case: receipt, sequence: 2, party: 'p', role: 'applicant', name: { given: 'Noor', family: 'Haddad' },
          second_proof: { kind: 'birth_date', value: '1988-02-29' }, address: ['1 Way', 'Northport'] },
        { record: 'n3', type: 'access_code', case: receipt, sequence: 3, access_code: 'c', party: 'p', code: '0123-4567-89ABC', issued_on: '2026-11-01' },
        { record: 'n4', type: 'event', case: receipt, sequence: 4, kind: 'stage_entered', stage: 'no-such-stage', occurred_on: '2026-01-12' },
      ];
      const folder = mkdtempSync(join(tmpdir(), 'waymark-feed-'));
      const file = join(folder, 'feed.ndjson');
      writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
      const imported = await waymark.command('feed', 'import', file);
      assert.equal(imported.status, 1);
      assert.match(imported.errors, /line 4: n4: stage: /);
      assert.match(imported.output, /3 records went in/);
      const again = await waymark.command('feed', 'import', file);
      assert.match(again.output, /0 records went in, 3 were known already, 1 refused/);
      rmSync(folder, { recursive: true });
      const connected = await connect(visitor, { receipt_number: receipt, access_code: '0123456789abc', second_proof: '1988-02-29' });
      assert.equal(connected.status, 200, connected.text.slice(0, 400));
      assert.match((await visitor.open(`/cases/${receipt}`)).text, /N-400/);
    });

    test('a case connected by mistake is disconnected', async () => {
      const { visitor } = await signUp(waymark, newPerson());
      const demo = demoPeople().filter((person) => person.name.includes('Fatima'))[0];
      await connect(visitor, demo);
      const page = await visitor.open(`/cases/${demo.receipt_number}/disconnection`);
      const done = await visitor.fill(page, `/cases/${demo.receipt_number}/disconnection`, {});
      assert.equal(done.status, 200);
      assert.equal((await visitor.get(`/cases/${demo.receipt_number}`)).status, 404);
    });
  });
}
