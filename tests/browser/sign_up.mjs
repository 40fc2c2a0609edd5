// Opening an account and connecting a case by hand, in Chromium.
import assert from 'node:assert/strict';

import { totp } from '../support/waymark.mjs';
import { at, hold, send } from './browser.mjs';

async function typeDate(page, [year, month, day]) {
  await page.fill('[name=date_of_birth_day]', day);
  await page.fill('[name=date_of_birth_month]', month);
  await page.fill('[name=date_of_birth_year]', year);
}

export const codesOn = async (page) => [...(await page.locator('main').innerText()).matchAll(/\b[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}\b/g)]
  .map(([code]) => code);

// What is done at each step, in order; each ends on the next one.
export const steps = [
  ['/sign-up/email', async (page, _, person) => page.fill('[name=email]', person.email)],
  ['/sign-up/code', async (page, waymark, person) => page.fill('[name=code]', await waymark.codeTo(person.email))],
  ['/sign-up/consent', async (page) => page.check('[name=consent]')],
  ['/sign-up/about-you', async (page, _, person) => {
    await page.fill('[name=given_name]', person.givenName);
    await page.fill('[name=family_name]', person.familyName);
    await typeDate(page, person.born);
    assert.equal(await page.inputValue('select[name=language]'), person.language, 'the language of the pages is chosen already');
  }],
  ['/sign-up/password', async (page, _, person) => page.fill('[name=password]', person.password)],
  ['/sign-up/phone', async (page, _, person) => page.fill('[name=phone]', person.phone)],
  ['/sign-up/phone-code', async (page, waymark, person) => page.fill('[name=code]', await waymark.codeTo(`+1${person.phone}`))],
  ['/sign-up/authenticator', async (page, waymark, person) => {
    await page.locator('details:has(#totp-secret) summary').click();
    person.secret = (await page.locator('#totp-secret').innerText()).trim();
    await page.fill('[name=totp]', totp(person.secret, waymark.now()));
  }],
  ['/sign-up/backup-codes', async (page, _, person) => {
    person.backupCodes = await codesOn(page);
    assert.equal(person.backupCodes.length, 10);
    await page.check('[name=kept]');
  }],
  ['/sign-up/check', async (page, _, person) => {
    const said = await page.locator('main').innerText();
    for (const answer of [person.email, person.givenName, person.familyName]) assert.ok(said.includes(answer), answer);
  }],
  ['/cases', async () => {}],
];

// Goes on from the step the page is on, holding every page to what pages are held to, until `until` is shown.
export async function signUp(page, waymark, person, { until = '/cases' } = {}) {
  const here = steps.findIndex(([path]) => path === new URL(page.url()).pathname);
  for (const [path, fill] of steps.slice(here)) {
    await at(page, path);
    await hold(page);
    if (path === until) return;
    await fill(page, waymark, person);
    await send(page, path);
  }
}

export async function connect(page, demo) {
  await page.locator('a[href="/cases/connect"]').first().click();
  await at(page, '/cases/connect');
  await hold(page);
  await page.fill('[name=receipt_number]', demo.receipt_number);
  await page.fill('[name=access_code]', demo.access_code);
  await typeDate(page, demo.second_proof.split('-'));
  await send(page, '/cases/connect');
  await at(page, `/cases/${demo.receipt_number}`);
  await hold(page);
}

export async function signIn(page, person) {
  await at(page, '/sign-in');
  await hold(page);
  await page.fill('[name=email]', person.email);
  await page.fill('[name=password]', person.password);
  await send(page, '/sign-in');
  await at(page, '/sign-in/second-factor');
  await hold(page);
  await page.locator('a[href*="with=backup-code"]').click();
  await hold(page, { where: 'a backup code' });
  await page.fill('[name=backup_code]', person.backupCodes.pop());
  await send(page, '/sign-in/second-factor');
  await at(page, '/cases');
}
