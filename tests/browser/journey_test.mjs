// The main job as a person does it in Chromium: on a phone with scripts, without scripts in Spanish, by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { demoPerson, newPerson } from '../support/journeys.mjs';
import { totp, Waymark } from '../support/waymark.mjs';
import { hold, launch, open } from './browser.mjs';

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

const at = (page, path) => page.waitForURL((url) => url.pathname === path);
const go = (page) => page.locator('main form button[type=submit], main form button:not([type])').first().click();

async function signUp(page, person, { spanish = false } = {}) {
  await page.goto(`${waymark.origin}/`);
  await hold(page);
  await page.locator('main a[href="/sign-up"]').first().click();
  await at(page, '/sign-up/email');
  await hold(page);
  await page.fill('[name=email]', person.email);
  await go(page);
  await at(page, '/sign-up/code');
  await hold(page);
  await page.fill('[name=code]', '000000');
  await go(page);
  await page.locator('.usa-alert--error, [role=alert], .error-summary').first().waitFor();
  await hold(page, { where: 'a wrong code' });
  await page.fill('[name=code]', await waymark.codeTo(person.email));
  await go(page);
  await at(page, '/sign-up/consent');
  await hold(page);
  await page.locator('label[for=consent], label:has([name=consent])').first().click();
  await go(page);
  await at(page, '/sign-up/about-you');
  await hold(page);
  await page.fill('[name=given_name]', person.givenName);
  await page.fill('[name=family_name]', person.familyName);
  await page.fill('[name=date_of_birth_day]', person.born[2]);
  await page.fill('[name=date_of_birth_month]', person.born[1]);
  await page.fill('[name=date_of_birth_year]', person.born[0]);
  if (spanish) assert.equal(await page.locator('[name=language]:checked, select[name=language]').first().inputValue(), 'es');
  await go(page);
  await at(page, '/sign-up/password');
  await hold(page);
  await page.fill('[name=password]', person.password);
  await go(page);
  await at(page, '/sign-up/phone');
  await hold(page);
  await page.fill('[name=phone]', person.phone);
  await go(page);
  await at(page, '/sign-up/phone-code');
  await hold(page);
  await page.fill('[name=code]', await waymark.codeTo(`+1${person.phone}`));
  await go(page);
  await at(page, '/sign-up/authenticator');
  await hold(page);
  await page.locator('summary', { has: page.locator('xpath=..//*[@id="totp-secret"]') }).first().click().catch(() => {});
  person.secret = (await page.locator('#totp-secret').textContent()).trim();
  await page.fill('[name=totp]', totp(person.secret));
  await go(page);
  await at(page, '/sign-up/backup-codes');
  await hold(page);
  person.backupCodes = [...(await page.locator('main').textContent()).matchAll(/[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}/g)].map(([code]) => code);
  assert.equal(person.backupCodes.length, 10);
  await page.locator('label[for=kept], label:has([name=kept])').first().click();
  await page.locator('form[action="/sign-up/backup-codes"] button').first().click();
  await at(page, '/sign-up/check');
  await hold(page);
  await page.locator('form[action="/sign-up/check"] button').first().click();
  await at(page, '/cases');
  await hold(page);
}

async function connect(page, demo) {
  await page.goto(`${waymark.origin}/cases/connect`);
  await hold(page);
  const [year, month, day] = demo.second_proof.split('-');
  await page.fill('[name=receipt_number]', demo.receipt_number);
  await page.fill('[name=access_code]', demo.access_code);
  await page.fill('[name=date_of_birth_day]', day);
  await page.fill('[name=date_of_birth_month]', month);
  await page.fill('[name=date_of_birth_year]', year);
  await page.locator('form[action="/cases/connect"] button').first().click();
  await page.waitForURL((url) => url.pathname !== '/cases/connect');
}

async function signOutAndIn(page, person) {
  await page.locator('form[action="/sign-out"] button').first().click();
  await at(page, '/signed-out');
  await hold(page);
  await page.goBack().catch(() => {});
  assert.ok(!(await page.locator('body').textContent()).includes(person.givenName) || !page.url().endsWith('/cases'), 'the back button shows nothing');
  await page.goto(`${waymark.origin}/sign-in`);
  await hold(page);
  await page.fill('[name=email]', person.email);
  await page.fill('[name=password]', person.password);
  await page.locator('form[action="/sign-in"] button[type=submit], form[action="/sign-in"] button:not([type])').first().click();
  await at(page, '/sign-in/second-factor');
  await hold(page);
  await page.goto(`${waymark.origin}/sign-in/second-factor?with=backup-code`);
  await hold(page);
  await page.fill('[name=backup_code]', person.backupCodes.pop());
  await page.locator('form[action="/sign-in/second-factor"] button').first().click();
  await at(page, '/cases');
}

describe('the main job in Chromium', () => {
  test('on a phone, with scripts', async () => {
    const page = await open(browser, waymark);
    const person = newPerson({ phone: '5550100135' });
    await signUp(page, person);
    await connect(page, demoPerson('Ana'));
    await hold(page);
    await page.goto(`${waymark.origin}/cases`);
    await hold(page);
    await page.goto(`${waymark.origin}/cases/${demoPerson('Ana').receipt_number}`);
    await hold(page);
    await page.goto(`${waymark.origin}/account`);
    await hold(page);
    await signOutAndIn(page, person);
    await page.context().close();
  });

  test('without scripts, in Spanish', async () => {
    const page = await open(browser, waymark, { javaScriptEnabled: false, locale: 'es-MX' });
    page.checksAxe = false;
    const person = newPerson({ phone: '5550100136' });
    await signUp(page, person, { spanish: true });
    assert.equal(await page.locator('html').getAttribute('lang'), 'es');
    await connect(page, demoPerson('Fatima'));
    await page.goto(`${waymark.origin}/cases/${demoPerson('Fatima').receipt_number}`);
    await hold(page);
    await signOutAndIn(page, person);
    await page.context().close();
  });
});

describe('every page, in every dress', () => {
  const dresses = [
    ['320 px, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
    ['390 px, Spanish', { viewport: { width: 390, height: 800 }, locale: 'es-MX' }],
    ['768 px, right to left', { viewport: { width: 768, height: 1000 }, extraHTTPHeaders: { 'accept-language': 'en-XB' } }],
    ['1280 px, forced colours', { viewport: { width: 1280, height: 900 }, forcedColors: 'active' }],
    ['320 px, longer words', { viewport: { width: 320, height: 640 }, extraHTTPHeaders: { 'accept-language': 'en-XA' } }],
    ['200 % text', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ];
  for (const [name, options] of dresses) {
    test(name, async () => {
      const page = await open(browser, waymark, options);
      for (const path of ['/', '/sign-in', '/sign-up/email', '/privacy', '/accessibility', '/contact', '/no/such/page', '/demo/outbox', '/demo/clock']) {
        await page.goto(`${waymark.origin}${path}`);
        await hold(page, { where: `${path} at ${name}` });
      }
      await page.context().close();
    });
  }
});

describe('weight', () => {
  test('the dashboard stays under 60 KB on the first visit and under 12 KB on the next', async () => {
    const page = await open(browser, waymark);
    const person = newPerson({ phone: '5550100137' });
    await signUp(page, person);
    await connect(page, demoPerson('Duc') ?? demoPerson('Tr'));
    const state = await page.context().storageState();
    const fresh = await browser.newContext({ viewport: { width: 360, height: 740 }, storageState: state });
    const visit = async () => {
      const window = await fresh.newPage();
      const session = await fresh.newCDPSession(window);
      await session.send('Network.enable');
      let bytes = 0;
      let requests = 0;
      session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; requests += encodedDataLength > 0 ? 1 : 0; });
      await window.goto(`${waymark.origin}/cases`, { waitUntil: 'networkidle' });
      await window.close();
      return { bytes, requests };
    };
    const first = await visit();
    const next = await visit();
    assert.ok(first.bytes < 60_000, `${first.bytes} bytes`);
    assert.ok(first.requests <= 6, `${first.requests} requests`);
    assert.ok(next.bytes < 12_000, `${next.bytes} bytes`);
    await fresh.close();
    await page.context().close();
  });
});
