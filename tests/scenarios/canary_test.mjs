// Incident I13: no code, token, password or personal value stands in clear in the log or in the database after people
// used them, rightly and wrongly.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';

import { answerStep, connect, demoPerson, newPerson, signIn } from '../support/journeys.mjs';
import { freshPostgres, totp, Visitor, Waymark } from '../support/waymark.mjs';

// Every stored value, with where it stands; and the bytes of the embedded database's files as they lie on the disk.
function storedInSqlite(folder) {
  const values = [];
  const file = new DatabaseSync(join(folder, 'waymark.sqlite'), { readOnly: true });
  for (const { name } of file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()) {
    const select = file.prepare(`SELECT * FROM "${name}"`);
    select.setReadBigInts(true);
    for (const row of select.all()) {
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) values.push({ where: `${name}.${column}`, text: value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : Buffer.from(String(value)).toString('latin1') });
      }
    }
  }
  file.close();
  for (const name of readdirSync(folder).filter((one) => one.startsWith('waymark.sqlite'))) {
    values.push({ where: name, text: readFileSync(join(folder, name), 'latin1') });
  }
  return values;
}

function storedInPostgres(address) {
  const ask = (sql) => execFileSync('psql', [address, '-qAt'], { input: sql, encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean);
  const selects = ask("SELECT table_name || ' ' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public'")
    .map((line) => {
      const [table, column, type] = line.split(' ');
      const bytes = type === 'bytea' ? column : `convert_to(CAST(${column} AS TEXT), 'UTF8')`;
      return `SELECT '${table}.${column} ' || encode(${bytes}, 'hex') FROM ${table} WHERE ${column} IS NOT NULL;`;
    });
  return ask(selects.join('\n')).map((line) => {
    const [where, hex] = line.split(' ');
    return { where, text: Buffer.from(hex, 'hex').toString('latin1') };
  });
}

// A code is short: only where no digit stands beside it, or every number of a log would hold some.
const searchFor = (canary) => {
  const bytes = Buffer.from(canary).toString('latin1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(/^\d+$/.test(canary) ? `(?<![\\d.])${bytes}(?![\\d.])` : bytes, 'i');
};

for (const [kind, database] of [['sqlite', () => undefined], ['postgres', freshPostgres]]) {
  const address = database();
  describe(`what people typed, on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    test('Incident I13: stands nowhere in the log and nowhere in the database', async () => {
      const waymark = await Waymark.start({ database: address, environment: { WAYMARK_OPERATIONS_LOG_LEVEL: 'debug' } });
      const canaries = new Map();
      const note = (what, value) => { assert.ok(value, what); canaries.set(String(value), what); };
      const person = newPerson({ email: 'zofiaquill.canary@mail.example', givenName: 'Zofiaquill', familyName: 'Vandermolenstraat',
        phone: '(555) 555-0142', born: ['1971', '11', '23'], password: 'walrus teapot gantry nimbus' });
      note('email', person.email);
      note('given name', person.givenName);
      note('family name', person.familyName);
      note('password', person.password);
      note('phone', '5555550142');
      note('phone as typed', person.phone);
      note('birth date', '1971-11-23');

      const visitor = new Visitor(waymark);
      let page = await visitor.open('/sign-up');
      const wrong = { '/sign-up/code': { code: '000000' }, '/sign-up/phone-code': { code: '000000' }, '/sign-up/authenticator': { totp: '000000' },
        '/sign-up/password': { password: 'zofiaquill' } };
      for (let steps = 0; steps < 20 && page.path !== '/cases'; ++steps) {
        if (wrong[page.path]) {
          const refused = await visitor.submit(page, page.path, wrong[page.path]);
          assert.equal(refused.status, 422, refused.text.slice(0, 300));
        }
        page = await answerStep(waymark, visitor, person, page);
      }
      assert.equal(page.path, '/cases', page.text.slice(0, 300));
      note('authenticator secret', person.secret.replace(/\s/g, ''));
      note('authenticator secret as shown', person.secret);
      for (const code of person.backupCodes) note('backup code', code);
      for (const code of person.backupCodes) note('backup code', code.replaceAll('-', ''));
      const cookiesOf = (who) => { for (const [name, value] of who.cookies) if (value.length > 20) note(`cookie ${name}`, value); };
      cookiesOf(visitor);

      await waymark.moveClock(2);
      const stranger = new Visitor(waymark);
      const wrongPassword = 'walrus teapot gantry nimbus9';
      note('wrong password', wrongPassword);
      let refused = await stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email: person.email, password: wrongPassword });
      assert.equal(refused.status, 422);
      note('unknown address', 'nobody.canary@mail.example');
      refused = await stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email: 'nobody.canary@mail.example', password: person.password });
      assert.equal(refused.status, 422);
      const half = await stranger.fill(await stranger.open('/sign-in'), '/sign-in', { email: person.email, password: person.password });
      cookiesOf(stranger);
      refused = await stranger.submit(half, '/sign-in/second-factor', { totp: '000000' });
      assert.equal(refused.status, 422);
      const signedIn = await signIn(waymark, person);
      assert.equal(signedIn.page.path, '/cases', signedIn.page.text.slice(0, 300));
      note('app code', totp(person.secret, waymark.now()));
      cookiesOf(signedIn.visitor);

      const ana = demoPerson('Ana');
      note('access code', ana.access_code);
      note('access code without marks', ana.access_code.replace(/[^A-Za-z0-9]/g, ''));
      note('second proof', ana.second_proof);
      note('wrong access code', 'KQ7X-WRNG-C0DE');
      assert.equal((await connect(signedIn.visitor, ana, { access_code: 'KQ7X-WRNG-C0DE' })).status, 422);
      const connected = await connect(signedIn.visitor, ana);
      assert.equal(connected.status, 200, connected.text.slice(0, 300));
      const messages = (await waymark.outbox()).filter((message) => message.to === person.email || message.to.endsWith('5555550142'));
      const codes = messages.flatMap((message) => message.text.match(/\b\d{6}\b/g) ?? []);
      assert.ok(codes.length >= 2, 'a mailed and a texted code');
      for (const code of codes) note('sent code', code);
      for (const [link] of messages.flatMap((message) => [...message.text.matchAll(/(?<=\/link\/)[\w-]+/g)])) note('mailed link', link);

      const asking = new Visitor(waymark);
      note('search of the help', 'quetzalcanary');
      assert.match((await asking.get('/help/search?q=quetzalcanary')).text, /found nothing/);
      const caller = { name: 'Ysolde Canarycaller', phone: '555 555 0177', phone_country: 'US', topic: 'other', language: 'other', other_language: 'Canarian whistling' };
      for (const field of ['name', 'other_language']) note(`call-back ${field}`, caller[field]);
      note('call-back number', '5555550177');
      assert.match((await asking.fill(await asking.open('/contact/call-back'), '/contact/call-back', caller)).text, /We will call you/);
      note('asking address', 'asker.canary@mail.example');
      page = await asking.fill(await asking.open('/help/ask'), '/help/ask', { email: 'asker.canary@mail.example' });
      cookiesOf(asking);
      const askingCode = await waymark.codeTo('asker.canary@mail.example');
      note('asking code', askingCode);
      page = await asking.fill(page, '/help/ask/code', { code: askingCode });
      cookiesOf(asking);
      note('question', 'my umbrellacanary is gone');
      page = await asking.fill(page, '/help/ask/question', { topic: 'other', text: 'my umbrellacanary is gone' });
      assert.match(page.text, /We have your question/);

      waymark.ownsFolder = false;
      await waymark.stop();
      const stored = address ? storedInPostgres(address) : storedInSqlite(waymark.folder);
      const places = [{ where: 'the log', text: Buffer.from(waymark.errors).toString('latin1') }, ...stored];
      // The search itself finds what is there.
      assert.ok(places.some(({ where, text }) => where === 'the log' && /web\.started/.test(text)));
      assert.ok(stored.some(({ text }) => searchFor(ana.receipt_number).test(text)), 'the receipt number stands in the database');
      const found = [];
      for (const [canary, what] of canaries) {
        const search = searchFor(canary);
        for (const { where, text } of places) if (search.test(text)) found.push(`${what} in ${where}`);
      }
      assert.deepEqual(found, []);
      assert.ok(canaries.size > 30, `${canaries.size} values were looked for`);
    });
  });
}
