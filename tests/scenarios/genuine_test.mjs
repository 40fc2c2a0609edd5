// Phishing: what leaves can be checked, and only together with whom it reached; the person's phrase stands in their mails.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { newPerson, signUp } from '../support/journeys.mjs';
import { freshPostgres, Visitor, Waymark } from '../support/waymark.mjs';

const referenceIn = (text) => /\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b/.exec(text)?.[0];

for (const [kind, database] of [['sqlite', () => undefined], ['postgres', freshPostgres]]) {
  const address = database();
  describe(`is it from us, on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    let waymark;
    before(async () => { waymark = await Waymark.start({ database: address }); });
    after(async () => { await waymark?.stop(); });

    const check = async (reference, receiver) => {
      const visitor = new Visitor(waymark);
      return visitor.submit(await visitor.get('/genuine'), '/genuine', { reference, receiver });
    };

    test('a mail and a text are found by their reference and by whom they reached, and by nobody else', async () => {
      const person = newPerson({ phone: '555 010 0177' });
      await signUp(waymark, person);
      const mail = await waymark.messageTo(person.email, { matching: /is open/ });
      assert.match(mail.text, new RegExp(`${waymark.origin}/genuine`));
      const right = await check(referenceIn(mail.text), person.email.toUpperCase());
      assert.equal(right.status, 200);
      assert.match(right.text, /We sent a message with this reference/);
      assert.match(right.text, /Your account with Northport Immigration Service is open/);
      assert.ok(!right.html.includes(person.email));

      const text = await waymark.messageTo('+15550100177');
      assert.doesNotMatch(text.text, /http|www|localhost/);
      assert.match((await check(referenceIn(text.text), '(555) 010-0177')).text, /We sent a message/);

      for (const [reference, receiver] of [[referenceIn(mail.text), 'victim@mail.example'], [referenceIn(text.text), person.email], ['K7M2Q-9XD4P', person.email]]) {
        const wrong = await check(reference, receiver);
        assert.equal(wrong.status, 200);
        assert.match(wrong.text, /We can’t say that this message is from us/);
      }
    });

    test('every mail to the own address begins with the phrase, and a code to a new one does not', async () => {
      const person = newPerson();
      const { visitor } = await signUp(waymark, person);
      const saved = await visitor.fill(await visitor.open('/account/phrase'), '/account/phrase', { phrase: 'the red kite' });
      assert.match(saved.text, /Your phrase is saved/);
      const mail = await waymark.messageTo(person.email, { matching: /phrase that stands/ });
      assert.ok(mail.text.startsWith('Your phrase: the red kite\n'), mail.text);
      const code = await waymark.messageTo(person.email, { matching: /Your code is/ });
      assert.ok(!code.text.includes('kite'));
    });

    test('tools find where to report a weakness, and where passwords are changed', async () => {
      const visitor = new Visitor(waymark);
      const file = await visitor.get('/.well-known/security.txt');
      assert.equal(file.status, 200);
      assert.match(file.headers.get('content-type'), /^text\/plain/);
      assert.match(file.html, /^Contact: mailto:help@northport\.example\nExpires: 20\d\d-\d\d-\d\dT00:00:00Z\n/);
      const change = await visitor.get('/.well-known/change-password');
      assert.equal(change.status, 303);
      assert.match(change.location, /\/account\/password$/);
    });
  });
}
