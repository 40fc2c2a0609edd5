// Who sees a case beside the one whose it is: a helper (asked, taken, looked at, written about, ended), and a child's parent.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { connect, demoPerson, newPerson, signUp } from '../support/journeys.mjs';
import { freshPostgres, Waymark } from '../support/waymark.mjs';

const dayFromNow = (waymark, days) => {
  const day = new Date(waymark.now().getTime() + days * 86_400_000);
  return { until_day: String(day.getUTCDate()), until_month: String(day.getUTCMonth() + 1), until_year: String(day.getUTCFullYear()) };
};
const helpingIn = (page) => /name="helping" value="(\d+)"/.exec(page.html)[1];

for (const [kind, database] of [['sqlite', () => undefined], ['postgres', freshPostgres]]) {
  const address = database();
  describe(`helping with a case, on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    test('is asked for, taken, seen by who asked, and ended', async () => {
      const waymark = await Waymark.start({ database: address });
      const { receipt_number: receipt } = demoPerson('Ana');
      const ana = (await signUp(waymark, newPerson())).visitor;
      await connect(ana, demoPerson('Ana'));
      const friend = newPerson({ givenName: 'Ben', familyName: 'Okafor' });
      const ben = (await signUp(waymark, friend)).visitor;
      assert.equal((await ben.get(`/helping/${receipt}`)).status, 404);

      const ask = `/cases/${receipt}/helpers/ask`;
      const refused = await ana.submit(await ana.open(ask), ask, { email: 'ben', may: 'act', ...dayFromNow(waymark, 400) });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /Enter the email address of the person who helps you/);
      assert.match(refused.text, /at most a year from now/);
      assert.match(refused.html, /value="ben"/, 'nothing typed is lost');
      const asked = await ana.fill(await ana.open(ask), ask, { email: friend.email, may: 'act', ...dayFromNow(waymark, 30) });
      assert.equal(asked.path.replace(/\?.*/, ''), `/cases/${receipt}/helpers`);
      assert.match(asked.text, /Has not said yes yet/);
      const mail = await waymark.messageTo(friend.email, { matching: /wants to let you see their case/ });
      assert.ok(!mail.text.includes(receipt), 'nothing of the case goes by mail');
      assert.equal((await ben.get(`/cases/${receipt}`)).status, 404, 'an offer shows nothing');

      const offers = await ben.open('/helping');
      assert.match(offers.text, /Ana Reyes Montoya asks you to help with a case/);
      const stranger = (await signUp(waymark, newPerson())).visitor;
      const theirs = await stranger.open('/account/preferences');
      const token = /name="csrf" value="([^"]+)"/.exec(theirs.html)[1];
      assert.equal((await stranger.post('/helping/accept', { csrf: token, helping: helpingIn(offers) })).status, 404);
      const seen = await ben.fill(offers, '/helping/accept', { helping: helpingIn(offers) });
      assert.equal(seen.path, `/helping/${receipt}`);
      assert.match(seen.text, /You help with this case/);
      assert.ok(!seen.text.includes('Lucía'), 'no names');
      assert.equal((await ben.get(`/cases/${receipt}`)).location.replace(waymark.origin, ''), `/helping/${receipt}`);
      assert.match((await ben.open('/cases')).text, new RegExp(receipt));
      assert.equal((await ben.get(`/cases/${receipt}/looks`)).status, 404);
      assert.equal((await ben.get(ask)).status, 404, 'who helps does not share on');
      await waymark.messageTo((await ana.open('/account/details')).text.match(/ana\.\w+@mail\.example/)[0], { matching: /can now see your case/ });
      assert.match((await ana.open(`/cases/${receipt}/looks`)).text, new RegExp(`Your helper ${friend.email.replaceAll('.', '\\.')}`));

      const write = `/messages/new?case=${receipt}`;
      const sent = await ben.fill(await ben.open(write), '/messages/new', { topic: 'documents', subject: 'A copy', text: 'Which copy do you need?' });
      assert.match(sent.path, /^\/messages\/\d+/, sent.text.slice(0, 300));

      const helpers = await ana.open(`/cases/${receipt}/helpers`);
      await ana.fill(helpers, `/cases/${receipt}/helpers/end`, { helping: helpingIn(helpers) });
      assert.equal((await ben.get(`/helping/${receipt}`)).status, 404);
      assert.doesNotMatch((await ben.open('/cases')).text, new RegExp(receipt));
      const thread = sent.path.replace(/\?.*/, '');
      const closed = await ben.open(thread);
      assert.equal(closed.status, 200, 'what they wrote is theirs to read');
      assert.ok(closed.text.includes('You are not on this case any more'), 'and goes no further about this case');
      await waymark.stop();
    });

    test('a parent acts for a small child, until the agency says that it is none', async () => {
      const waymark = await Waymark.start({ database: database() });
      const demo = demoPerson('Jana');
      const receipt = demo.receipt_number;
      const parent = newPerson({ givenName: 'Jana', familyName: 'Novak' });
      const jana = (await signUp(waymark, parent)).visitor;
      const connected = await connect(jana, demo);
      assert.match(connected.text, /parent or guardian of the applicant/);
      const page = await jana.open(`/cases/${receipt}`);
      assert.match(page.text, /Jana Novak/);
      assert.match(page.text, /Mila Novak/);
      assert.match(page.text, /Mila.s birth certificate/);
      const asData = JSON.parse((await jana.get(`/cases/${receipt}`, { accept: 'application/json' })).html);
      assert.equal(asData.as_guardian, true);
      assert.equal(asData.role, 'applicant');
      assert.match((await jana.open('/cases')).text, /parent or guardian of the applicant/);

      const folder = mkdtempSync(join(tmpdir(), 'waymark-feed-'));
      const file = join(folder, 'feed.ndjson');
      writeFileSync(file, JSON.stringify({
        record: `${receipt}-009`, type: 'party', case: receipt, sequence: 9, party: 'mila', role: 'applicant',
        name: { given: 'Mila', family: 'Novak' }, second_proof: { kind: 'birth_date', value: '2001-03-09' },
      }));
      const imported = await waymark.command('feed', 'import', file);
      assert.match(imported.output, /1 records went in/);
      rmSync(folder, { recursive: true });
      assert.equal((await jana.get(`/cases/${receipt}`)).status, 404);
      const mail = await waymark.messageTo(parent.email, { matching: /You acted as a parent or guardian/ });
      assert.ok(!mail.text.includes(receipt) && !mail.text.includes('Mila'), 'nothing of the case goes by mail');
      await waymark.stop();
    });
  });
}
