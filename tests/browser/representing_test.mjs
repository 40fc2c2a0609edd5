// A representative and their client in real Chromium: an officer checks who they are, the client links them by a passcode
// and changes to another, who is linked by a passcode of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, close, desktop, hold, launch, open, refused, send } from './browser.mjs';
import { openOfficer } from './office.mjs';
import { demoCases, openAccount } from './people.mjs';
import { goOn, openRepresentative, passcodeOn, verify } from './representing.mjs';
import { Waymark } from '../support/waymark.mjs';

let waymark;
let browser;
before(async () => {
  waymark = await Waymark.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await waymark?.stop();
});

const go = (page, path) => goOn(waymark)(page, path);

test('a lawyer and a client link, the client sees the looks, and changes lawyer', async () => {
  const demo = demoCases('Ana')[0];
  const receipt = demo.receipt_number;
  const page = `/cases/${receipt}/representative`;
  const { visitor, person } = await openAccount(waymark, { cases: [demo] });
  const client = await open(browser, waymark, { visitor, viewport: desktop });
  await go(client, `/cases/${receipt}`);
  await client.getByRole('link', { name: 'Your representative in this case' }).click();
  await at(client, page);
  await hold(client);

  const first = await openRepresentative(browser, waymark, 'Ines', 'Calloway');
  await go(first.page, '/representing/add');
  await hold(first.page);
  assert.equal(await go(first.page, `/representing/${receipt}`), 404);
  const officer = await openOfficer(browser, waymark, 'identity_reviewer', { viewport: desktop });
  await verify(officer, waymark, 'Ines Calloway');
  await waymark.messageTo(first.person.email, { matching: /verified you as a representative/ });

  // The client starts.
  await client.getByRole('link', { name: 'Give a representative a passcode' }).click();
  await at(client, `${page}/passcode`);
  await hold(client);
  await send(client, `${page}/passcode`);
  await client.getByText('It is shown only this once').waitFor();
  await hold(client);
  const passcode = await passcodeOn(client);
  await go(client, page);
  await client.getByText('A passcode waits').waitFor();
  await hold(client);
  assert.ok(!(await client.content()).includes(passcode), 'it is shown once');

  await go(first.page, '/representing/add');
  await first.page.fill('[name=receipt_number]', receipt);
  await first.page.fill('[name=passcode]', 'K7QF-9ZTM-4WXCP');
  await refused(first.page, '/representing/add');
  await first.page.getByText('This passcode is not good for this case').first().waitFor();
  await hold(first.page);
  assert.equal(await first.page.inputValue('[name=receipt_number]'), receipt);
  await first.page.fill('[name=passcode]', passcode.toLowerCase());
  await send(first.page, '/representing/add');
  await at(first.page, `/representing/${receipt}`);
  await first.page.getByText('You represent somebody in this case').waitFor();
  await hold(first.page);
  assert.equal(await go(first.page, `/cases/${receipt}`), 200);
  assert.equal(new URL(first.page.url()).pathname, `/representing/${receipt}`, 'led on to the page that writes the look down');
  assert.equal(await go(first.page, `${page}/passcode`), 404, 'who represents does not share on');
  await go(first.page, '/representing');
  await hold(first.page);
  const mail = await waymark.messageTo(person.email, { matching: /A representative now sees your case/ });
  assert.ok(!mail.text.includes(receipt), 'nothing of the case goes by mail');

  await go(client, `/cases/${receipt}/looks`);
  await client.getByText('Your representative Ines Calloway').first().waitFor();
  await hold(client);

  // Another one starts, and takes the first one's place.
  const second = await openRepresentative(browser, waymark, 'Tobias', 'Marchetti');
  await verify(officer, waymark, 'Tobias Marchetti');
  await go(second.page, '/representing/passcode');
  await hold(second.page);
  await second.page.fill('[name=receipt_number]', receipt);
  await send(second.page, '/representing/passcode');
  await second.page.locator('#passcode').waitFor();
  await hold(second.page);
  const theirs = await passcodeOn(second.page);
  await go(client, `${page}/accept`);
  await hold(client);
  await client.fill('[name=passcode]', 'K7QF-9ZTM-4WXCP');
  await refused(client, `${page}/accept`);
  await hold(client);
  await client.fill('[name=passcode]', theirs);
  await send(client, `${page}/accept`);
  await client.getByRole('heading', { name: 'Is this your representative?' }).waitFor();
  await client.getByText('Tobias Marchetti').waitFor();
  await client.getByText('Quay Street Law').waitFor();
  await hold(client);
  assert.equal(await go(second.page, `/representing/${receipt}`), 404, 'nothing is shared yet');
  await go(client, `${page}/accept`);
  await client.fill('[name=passcode]', theirs);
  await send(client, `${page}/accept`);
  await client.getByRole('button', { name: 'Yes, this is my representative' }).click();
  await at(client, page);
  await client.getByText('Your representative sees your case now.').waitFor();
  await client.getByText('Who represented you before').first().waitFor();
  await client.getByText('Ines Calloway').first().waitFor();
  await hold(client);
  assert.equal(await go(first.page, `/representing/${receipt}`), 404, 'the old access is gone at once');
  assert.equal(await go(second.page, `/representing/${receipt}`), 200);
  await waymark.messageTo(first.person.email, { matching: /You do not represent the client any more/ });

  // The office withdraws its word: everything ends.
  await go(officer, '/office/representatives');
  await officer.getByRole('link', { name: 'Tobias Marchetti' }).click();
  await officer.getByRole('button', { name: 'Withdraw the verification' }).click();
  await officer.getByText('All that they were linked to has ended').waitFor();
  assert.equal(await go(second.page, `/representing/${receipt}`), 404);
  await go(second.page, '/representing');
  await second.page.getByText('The office withdrew your verification').waitFor();
  await hold(second.page);
  await waymark.messageTo(person.email, { matching: /does not act for you any more/ });
  for (const one of [client, first.page, second.page, officer]) await close(one);
});
