// Passkeys in real Chromium, with its virtual authenticators: made, named, used alone and as the second factor, cloned,
// removed; with the browser's autofill; by keyboard; and a page without scripts.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { openAccount } from './people.mjs';
import { newPerson } from '../support/journeys.mjs';
import { Waymark } from '../support/waymark.mjs';
import { at, close, desktop, hold, launch, open, send } from './browser.mjs';
import { signUp } from './sign_up.mjs';

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

const phoneLike = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
const oldKey = { ...phoneLike, transport: 'usb', hasResidentKey: false };

let pages = [];
afterEach(async () => {
  for (const page of pages) await page.context().close();
  pages = [];
});

// A window with an authenticator that answers whenever it is asked, as if its owner touched it.
async function openWith(options, more = {}) {
  const page = await open(browser, waymark, more);
  pages.push(page);
  page.cdp = await page.context().newCDPSession(page);
  await page.cdp.send('WebAuthn.enable');
  if (options) page.key = await plugIn(page, options);
  return page;
}

async function plugIn(page, options) {
  const { authenticatorId } = await page.cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { automaticPresenceSimulation: true, ...options },
  });
  return authenticatorId;
}

const unplug = (page, key = page.key) => page.cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: key });
const credentials = async (page, key = page.key) => (await page.cdp.send('WebAuthn.getCredentials', { authenticatorId: key })).credentials;

// Puts what an authenticator holds into one of another window.
async function carryOver(page, held, { signCount } = {}) {
  for (const credential of held) {
    await page.cdp.send('WebAuthn.addCredential', {
      authenticatorId: page.key, credential: { ...credential, ...(signCount === undefined ? {} : { signCount }) },
    });
  }
}

const press = (page, action) => page.locator(`form[action="${action}"] button`).click();
const said = (page) => page.locator('[data-passkey-says]');

async function addPasskey(page, name) {
  await page.goto(`${waymark.origin}/account/passkeys`);
  await page.fill('[name=name]', name);
  await press(page, '/account/passkeys');
  await page.locator('#yours').getByText(name).first().waitFor();
  await page.waitForLoadState();
}

// Somebody with a passkey of this kind, and what its authenticator holds.
async function person(options, name = 'My phone') {
  const { visitor, person: who } = await openAccount(waymark);
  const page = await openWith(options, { visitor });
  await addPasskey(page, name);
  return { who, page, held: await credentials(page) };
}

// Where a passkey answers by itself, before the page is loaded.
const goSignIn = (page) => page.goto(`${waymark.origin}/sign-in`, { waitUntil: 'commit' });

async function givePassword(page, who) {
  await page.goto(`${waymark.origin}/sign-in`);
  await page.fill('[name=email]', who.email);
  await page.fill('[name=password]', who.password);
  await page.locator('form[action="/sign-in"] button:not([type=button])').click();
  await at(page, '/sign-in/second-factor');
}

describe('passkeys', () => {
  test('are made, shown and told about', async () => {
    const { visitor, person: who } = await openAccount(waymark);
    const page = await openWith(phoneLike, { visitor, viewport: desktop });
    await page.goto(`${waymark.origin}/account/passkeys`);
    await hold(page);
    await addPasskey(page, 'My phone');
    await hold(page);
    assert.match(await page.locator('#yours').innerText(), /Not used yet/);
    const [credential] = await credentials(page);
    assert.equal(credential.rpId, 'localhost');
    assert.equal(Buffer.from(credential.userHandle, 'base64').length, 64);
    await waymark.messageTo(who.email, { matching: /A passkey was just added/ });
    await page.locator('#yours a').click();
    await hold(page, { where: 'one passkey' });
    await close(page);
    pages = [];
  });

  test('sign in alone, without an address', async () => {
    const { held } = await person(phoneLike);
    const page = await openWith({ ...phoneLike, automaticPresenceSimulation: false });
    await carryOver(page, held);
    await page.goto(`${waymark.origin}/sign-in`);
    await hold(page);
    await page.cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: page.key, enabled: true });
    await press(page, '/sign-in/passkey');
    await at(page, '/cases');
    await page.goto(`${waymark.origin}/account/passkeys`);
    assert.match(await page.locator('#yours').innerText(), /Last used on/);
  });

  test('are offered where the browser fills in the address', async () => {
    const { held } = await person(phoneLike);
    const page = await openWith(phoneLike);
    await carryOver(page, held);
    const asked = page.waitForRequest(`${waymark.origin}/sign-in/passkey/options`);
    await goSignIn(page);
    await asked;
    await at(page, '/cases');
  });

  test('of an old key, that keeps no accounts, are the second factor', async () => {
    const { who, held } = await person(oldKey, 'Blue key');
    const page = await openWith(oldKey);
    await carryOver(page, held);
    await givePassword(page, who);
    await hold(page);
    await press(page, '/sign-in/second-factor/passkey');
    await at(page, '/cases');
  });

  test('of an old key can’t sign in alone, and the page says what to do', async () => {
    const { held } = await person(oldKey, 'Blue key');
    const page = await openWith(oldKey);
    await carryOver(page, held);
    await page.goto(`${waymark.origin}/sign-in`);
    await press(page, '/sign-in/passkey');
    await said(page).filter({ hasText: 'No passkey was used' }).waitFor();
  });

  test('are refused without user verification, with plain words', async () => {
    const { visitor } = await openAccount(waymark);
    const page = await openWith({ ...phoneLike, hasUserVerification: false, isUserVerified: false }, { visitor });
    await page.goto(`${waymark.origin}/account/passkeys`);
    await press(page, '/account/passkeys');
    await said(page).filter({ hasText: 'No passkey was made' }).waitFor();
    assert.match(await said(page).innerText(), /screen lock/);
    await unplug(page);
    page.key = await plugIn(page, { ...phoneLike, isUserVerified: false });
    await press(page, '/account/passkeys');
    await said(page).filter({ hasText: 'No passkey was made' }).waitFor();
    await page.cdp.send('WebAuthn.setUserVerified', { authenticatorId: page.key, isUserVerified: true });
    await addPasskey(page, 'Now with a finger');
  });

  test('of a cloned counter are switched off, and the owner is told', async () => {
    const { who, held } = await person(phoneLike);
    const page = await openWith(phoneLike);
    await carryOver(page, held, { signCount: 50 });
    await goSignIn(page);
    await at(page, '/cases');
    await page.context().clearCookies();
    await unplug(page);
    page.key = await plugIn(page, phoneLike);
    await carryOver(page, held, { signCount: 20 });
    await goSignIn(page);
    await page.locator('#error-summary').waitFor();
    assert.match(await page.locator('#error-summary').innerText(), /switched off/);
    await waymark.moveClock(5);  // what follows a notice within five minutes is told together
    await waymark.messageTo(who.email, { matching: /only a copy of it|passkeys was switched off/ });
  });

  test('are not made twice on one device, but on several', async () => {
    const { page } = await person(phoneLike);
    await page.fill('[name=name]', 'Again');
    await press(page, '/account/passkeys');
    await said(page).filter({ hasText: 'already has a passkey' }).waitFor();
    await unplug(page);
    page.key = await plugIn(page, oldKey);
    await addPasskey(page, 'Blue key');
    assert.equal(await page.locator('#yours li').count(), 2);
    await hold(page);
  });

  test('sign in no more once they are removed', async () => {
    const { page, held } = await person(phoneLike);
    await page.locator('#yours a').click();
    await page.getByRole('button', { name: 'Remove this passkey' }).click();
    await at(page, '/account/passkeys');
    assert.equal(await page.locator('#yours').count(), 0);
    const other = await openWith(phoneLike);
    await carryOver(other, held);
    await goSignIn(other);
    await other.locator('#error-summary').filter({ hasText: 'We don’t know this passkey' }).waitFor();
  });

  test('prove again before something delicate', async () => {
    const { page, held } = await person(phoneLike);
    await page.context().clearCookies();
    await goSignIn(page);
    await at(page, '/cases');
    assert.equal(held.length, 1);
    await waymark.moveClock(14);
    await page.goto(`${waymark.origin}/cases`);
    await waymark.moveClock(8);
    await page.goto(`${waymark.origin}/account/passkeys`);
    await at(page, '/sign-in/again');
    await hold(page);
    await press(page, '/sign-in/again/passkey');
    await at(page, '/account/passkeys');
  });

  test('open an account without any password', async () => {
    const who = newPerson();
    const page = await openWith(phoneLike);
    await page.goto(`${waymark.origin}/sign-up/email`);
    await signUp(page, waymark, who, { until: '/sign-up/password' });
    await press(page, '/sign-up/password/passkey');
    await at(page, '/sign-up/phone');
    await page.goBack();
    await at(page, '/sign-up/password');
    await hold(page, { where: 'a passkey made' });
    await page.goto(`${waymark.origin}/sign-up/phone`);
    await page.locator('details:has(form[action="/sign-up/phone/skip"]) summary').click();
    await send(page, '/sign-up/phone/skip');
    await at(page, '/sign-up/backup-codes');
    await page.check('[name=kept]');
    await send(page, '/sign-up/backup-codes');
    await at(page, '/sign-up/check');
    await hold(page);
    await send(page, '/sign-up/check');
    await at(page, '/cases');
    const [credential] = await credentials(page);
    assert.equal(credential.isResidentCredential, true);
    await page.context().clearCookies();
    await goSignIn(page);
    await at(page, '/cases');
  });

  test('show who it is when the password is forgotten, without a day of waiting', async () => {
    const { who, page } = await person(phoneLike);
    await page.context().clearCookies();
    await page.goto(`${waymark.origin}/recover/password`);
    await page.fill('[name=email]', who.email);
    await send(page, new URL(page.url()).pathname);
    await page.locator('[name=code]').waitFor();
    await page.fill('[name=code]', await waymark.codeTo(who.email, { matching: /get back into your account/ }));
    await send(page, new URL(page.url()).pathname);
    await at(page, '/recover/password/second-factor');
    await hold(page);
    await press(page, '/recover/password/second-factor/passkey');
    await at(page, '/recover/password/new');
    await page.fill('[name=password]', 'harbour lantern mosaic thunder');
    await send(page, '/recover/password/new');
    await at(page, '/recover/password/done');
  });

  test('are used by keyboard', async () => {
    const { who, held } = await person(oldKey, 'Blue key');
    const page = await openWith(oldKey);
    await carryOver(page, held);
    await givePassword(page, who);
    const button = page.locator('form[action="/sign-in/second-factor/passkey"] button');
    for (let tabs = 0; tabs < 30; ++tabs) {
      await page.keyboard.press('Tab');
      if (await button.evaluate((one) => one === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await at(page, '/cases');
  });

  test('show no dead button without scripts', async () => {
    const { visitor } = await openAccount(waymark);
    const page = await openWith(null, { visitor, javaScriptEnabled: false });
    await page.goto(`${waymark.origin}/account/passkeys`);
    assert.equal(await page.locator('form[action="/account/passkeys"] button').isVisible(), false);
    assert.ok(await page.locator('[data-passkey-without]').isVisible());
    await hold(page);
    await page.context().clearCookies();
    await page.goto(`${waymark.origin}/sign-in`);
    assert.equal(await page.locator('form[action="/sign-in/passkey"] button').isVisible(), false);
    assert.ok(await page.locator('form[action="/sign-in"] button:not([type=button])').first().isVisible());
  });
});
