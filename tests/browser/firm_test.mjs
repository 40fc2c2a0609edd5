// A firm in real Chromium: a lawyer opens one, invites a clerk, and shares a client; the client sees who is in it and who
// looked; the clerk may write, then only read, then nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, close, desktop, hold, launch, open, phone, refused, send } from './browser.mjs';
import { openOfficer } from './office.mjs';
import { demoCases, openAccount } from './people.mjs';
import { goOn, link, openRepresentative, verify } from './representing.mjs';
import { newPerson } from '../support/journeys.mjs';
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

test('a lawyer shares a client with the firm, and the client sees it', async () => {
  const demo = demoCases('Ana')[0];
  const receipt = demo.receipt_number;
  const own = await openAccount(waymark, { cases: [demo] });
  const client = await open(browser, waymark, { visitor: own.visitor, viewport: desktop });
  const lawyer = await openRepresentative(browser, waymark, 'Ines', 'Calloway');
  await go(lawyer.page, '/firm');
  await lawyer.page.getByText('You are in no firm').waitFor();
  await hold(lawyer.page);
  assert.equal(await go(lawyer.page, '/firm/open'), 404, 'not before the office has verified them');
  const officer = await openOfficer(browser, waymark, 'identity_reviewer', { viewport: desktop });
  await verify(officer, waymark, 'Ines Calloway');
  await link(waymark, client, lawyer.page, receipt);

  await go(lawyer.page, '/firm');
  await hold(lawyer.page);
  await lawyer.page.getByRole('link', { name: 'Open a firm' }).click();
  await at(lawyer.page, '/firm/open');
  await hold(lawyer.page);
  assert.equal(await lawyer.page.inputValue('[name=firm_name]'), 'Quay Street Law', 'as the office knows it');
  await lawyer.page.fill('[name=firm_name]', '   ');
  await refused(lawyer.page, '/firm/open');
  await lawyer.page.getByText('Enter the name of the firm').first().waitFor();
  await hold(lawyer.page);
  await lawyer.page.fill('[name=firm_name]', 'Quay Street Law');
  await send(lawyer.page, '/firm/open');
  await lawyer.page.getByText('The firm is open').waitFor();
  await hold(lawyer.page);

  // The clerk comes without scripts.
  const clerk = await openAccount(waymark, { person: newPerson({ givenName: 'Jonas', familyName: 'Adler' }) });
  const clerkPage = await open(browser, waymark, { visitor: clerk.visitor, viewport: phone, javaScriptEnabled: false });
  await lawyer.page.getByRole('link', { name: 'Invite somebody' }).click();
  await at(lawyer.page, '/firm/invite');
  await lawyer.page.fill('[name=email]', lawyer.person.email);
  await lawyer.page.check('[name=standing][value=read_only]');
  await refused(lawyer.page, '/firm/invite');
  await lawyer.page.getByText('That is your own address').first().waitFor();
  assert.ok(await lawyer.page.isChecked('[name=standing][value=read_only]'), 'nothing chosen is lost');
  await hold(lawyer.page);
  await lawyer.page.fill('[name=email]', clerk.person.email);
  await lawyer.page.check('[name=standing][value=member]');
  await send(lawyer.page, '/firm/invite');
  await lawyer.page.getByText('Has not answered yet').waitFor();
  await hold(lawyer.page);
  const invitation = await waymark.messageTo(clerk.person.email, { matching: /invites you to their firm/ });
  assert.ok(!invitation.text.includes('Quay'), 'the firm is not named by mail');

  await go(clerkPage, '/firm');
  await clerkPage.getByText('Ines Calloway invites you').waitFor();
  await hold(clerkPage);
  await clerkPage.getByRole('button', { name: 'Join' }).click();
  await clerkPage.getByText('No client is shared yet').waitFor();
  await hold(clerkPage);
  assert.equal(await go(clerkPage, `/representing/${receipt}`), 404, 'nothing is shared by being in a firm');

  await go(lawyer.page, '/representing');
  await hold(lawyer.page);
  await lawyer.page.getByRole('link', { name: 'Share with your firm' }).click();
  await at(lawyer.page, '/representing/share');
  await lawyer.page.getByText('We tell your client').waitFor();
  await hold(lawyer.page);
  await send(lawyer.page, '/representing/share');
  await lawyer.page.getByText('The firm sees this client now').waitFor();
  await hold(lawyer.page);
  const mail = await waymark.messageTo(own.person.email, { matching: /The people who work with your representative/ });
  assert.ok(!mail.text.includes(receipt) && !mail.text.includes('Quay'), 'nothing of the case goes by mail');

  await go(clerkPage, '/firm');
  await hold(clerkPage);
  await clerkPage.getByRole('link', { name: receipt }).click();
  await at(clerkPage, `/representing/${receipt}`);
  await clerkPage.getByText('A client of your firm').waitFor();
  await clerkPage.getByRole('link', { name: 'Write to us about this case' }).waitFor();
  await hold(clerkPage);
  for (const path of ['representative', 'helpers', 'looks', 'disconnection']) {
    assert.equal(await go(clerkPage, `/cases/${receipt}/${path}`), 404, path);
  }
  await go(client, `/cases/${receipt}/representative`);
  await client.getByText('Shared with the people of Quay Street Law').waitFor();
  await client.getByText('Jonas Adler').waitFor();
  await hold(client);
  await go(client, `/cases/${receipt}/looks`);
  await client.getByText('Your representative Jonas Adler').waitFor();
  await hold(client);

  const worker = await openOfficer(browser, waymark, 'case_officer', { viewport: desktop });
  await go(worker, `/office/cases/${receipt}`);
  await worker.check('[name=reason][value=answering_person]');
  await send(worker, `/office/cases/${receipt}/look`);
  await worker.getByRole('heading', { name: 'Others who see this case' }).waitFor();
  await worker.getByText('Shared with Quay Street Law, others in it: 1').waitFor();
  await hold(worker);

  // The lawyer lets the clerk only read.
  await go(lawyer.page, '/firm');
  await lawyer.page.getByRole('link', { name: 'Change Jonas Adler' }).click();
  await lawyer.page.waitForURL(/\/firm\/members\/\d+$/);
  await hold(lawyer.page);
  const memberPage = new URL(lawyer.page.url()).pathname;
  await lawyer.page.check('[name=standing][value=read_only]');
  await send(lawyer.page, memberPage);
  await lawyer.page.getByText('Saved.').waitFor();
  await go(clerkPage, `/representing/${receipt}`);
  await hold(clerkPage);
  assert.equal(await clerkPage.getByRole('link', { name: 'Write to us about this case' }).count(), 0);
  await go(clerkPage, `/messages/new?case=${receipt}`);
  assert.ok(!(await clerkPage.locator('main').innerHTML()).includes(receipt), 'a message of theirs is about no case');
  assert.equal(await go(clerkPage, memberPage), 404, 'owners alone');

  // Nobody leaves a firm without an owner.
  await go(lawyer.page, '/firm/leave');
  await hold(lawyer.page);
  await send(lawyer.page, '/firm/leave');
  await lawyer.page.getByText('A firm needs an owner').first().waitFor();
  await hold(lawyer.page);

  await go(client, `/cases/${receipt}/representative`);
  await client.getByRole('button', { name: /^End/ }).first().click();
  await client.getByText('Who represented you before').first().waitFor();
  assert.equal(await go(clerkPage, `/representing/${receipt}`), 404, 'for everybody, at once');
  await go(lawyer.page, '/firm/close');
  await hold(lawyer.page);
  await send(lawyer.page, '/firm/close');
  await lawyer.page.getByText('The firm is closed').waitFor();
  await go(clerkPage, '/firm');
  await clerkPage.getByText('You are in no firm').waitFor();
  for (const one of [client, lawyer.page, clerkPage, officer, worker]) await close(one);
});
