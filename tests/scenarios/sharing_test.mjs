// A party lets somebody else see one case: asked, taken, looked at, written about, ended.
import assert from 'node:assert/strict';
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
  });
}
