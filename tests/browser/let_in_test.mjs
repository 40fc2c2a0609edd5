// Somebody who lost their phone, and whom wrong tries have locked out, is helped back in by two officers, in Chromium:
// each of them checks a document for themselves, a day goes by, and a new app is set up; the cases are still there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson } from '../support/journeys.mjs';
import { Waymark } from '../support/waymark.mjs';
import { at, close, hold, launch, open, phone, refused, send } from './browser.mjs';
import { openOfficer } from './office.mjs';
import { demoCase, demoCases, openAccount } from './people.mjs';
import { lostFactor, proveForFactor, setUpFactor, signInWith } from './recovery.mjs';

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

const go = (page, path) => page.goto(`${waymark.origin}${path}`);

async function prove(page, person) {
  await waymark.moveClock(1);  // no more than two codes are mailed in ten seconds
  await proveForFactor(page, waymark, person);
}

// Wrong passwords from a stranger's window, each after the wait that is asked for, until the wait is minutes long.
async function lockOut(page, person) {
  for (let tries = 0; tries < 30; ++tries) {
    await go(page, '/sign-in');
    await page.fill('[name=email]', person.email);
    await page.fill('[name=password]', `wrong ${tries} harbor lantern`);
    await send(page, '/sign-in');
    await page.waitForLoadState();
    const said = await page.locator('main').innerText();
    if (/Too many wrong passwords/.test(said) && /minutes/.test(said)) return;
    if (/Too many wrong passwords/.test(said)) await waymark.moveClock(1);
  }
  assert.fail('thirty wrong passwords were all taken');
}

async function vouch(officer, name, document) {
  await go(officer, '/office/recoveries');
  await officer.getByRole('link', { name }).click();
  await hold(officer, { where: 'a person who asks to be let in' });
  const action = new URL(officer.url()).pathname + '/vouching';
  await officer.getByRole('radio', { name: document }).check();
  await officer.getByRole('button', { name: 'I checked: it is this person' }).click();
  await officer.locator('main', { hasText: /Written down|Both checked/ }).waitFor();
  return action;
}

test('two officers let somebody in again who lost their phone and was locked out', async () => {
  const person = newPerson({ givenName: 'Amina', familyName: 'Diallo' });
  await openAccount(waymark, { person, cases: [demoCases('Ana')[0]] });
  const page = await open(browser, waymark, { viewport: phone });
  const support = await openOfficer(browser, waymark, 'support');
  const reviewer = await openOfficer(browser, waymark, 'identity_reviewer');

  await lockOut(page, person);
  await hold(page, { where: 'locked out' });
  // Even the right password is not taken now; who answers the phone finds the account by its address, and says why.
  await prove(page, person);
  await page.locator('main', { hasText: /[Tt]oo many/ }).waitFor();
  await go(support, '/office/search');
  await support.fill('[name=email]', person.email);
  await support.check('[name=reason][value=answering_person]');
  await Promise.all([support.waitForURL(/\/office\/searches\/\d+$/), send(support, '/office/search')]);
  await support.getByRole('link', { name: 'Amina Diallo' }).click();
  await support.waitForURL(/\/office\/people\/\d+$/);
  await support.getByRole('button', { name: 'Let it be tried again' }).click();
  await support.locator('main', { hasText: 'The wrong tries are forgotten.' }).waitFor();
  await prove(page, person);
  await at(page, `${lostFactor}/waiting`);

  // Nothing is vouched for without a document, and the same officer twice is not two.
  await go(support, '/office/recoveries');
  await support.getByRole('link', { name: 'Amina Diallo' }).click();
  await refused(support, new URL(support.url()).pathname + '/vouching');
  const vouching = await vouch(support, 'Amina Diallo', 'Passport');
  assert.equal(await support.locator(`form[action="${vouching}"]`).count(), 0);
  await page.reload();
  assert.equal(new URL(page.url()).pathname, `${lostFactor}/waiting`, 'one officer opens nothing');
  await vouch(reviewer, 'Amina Diallo', 'National identity card');
  await page.reload();
  await hold(page, { where: 'the day of waiting' });
  const mail = await waymark.messageTo(person.email, { matching: /lost the app/ });
  assert.doesNotMatch(mail.text, /NPT\d{10}/);
  await close(support);
  await close(reviewer);

  await waymark.moveClock(24 * 60 + 1);
  await prove(page, person);
  assert.equal((await setUpFactor(page, waymark, person)).length, 10);
  await go(page, '/sign-in');
  await signInWith(page, waymark, person, person.password);
  assert.match(await page.locator('main').innerText(), new RegExp(demoCase('Ana')));
  await close(page);
});
