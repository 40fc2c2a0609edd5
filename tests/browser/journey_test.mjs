// The main job as a person does it in Chromium: on a phone, without scripts in Spanish, by the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { demoPerson, newPerson } from '../support/journeys.mjs';
import { totp, Waymark } from '../support/waymark.mjs';
import { at, close, desktop, hold, launch, open, refused, send } from './browser.mjs';
import { connect, signIn, signUp } from './sign_up.mjs';

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

// From the landing page to a connected case, out, and in again.
async function doTheJob(page, person, demo) {
  await page.goto(waymark.origin);
  await hold(page);
  await page.locator('main a[href="/sign-up"]').click();
  await at(page, '/sign-up/email');
  await signUp(page, waymark, person);
  assert.ok((await page.locator('h1').innerText()).includes(person.givenName));
  await connect(page, demo);
  await page.locator('.nav a[href="/cases"]').click();
  await at(page, '/cases');
  await hold(page);
  assert.ok((await page.locator('main').textContent()).includes(demo.receipt_number));
  await send(page, '/sign-out');
  await at(page, '/signed-out');
  await hold(page);
  await page.locator('main a[href="/sign-in"]').click();
  await signIn(page, person);
  assert.ok((await page.locator('main').textContent()).includes(demo.receipt_number));
}

test('the main job on a phone, with scripts', async () => {
  const page = await open(browser, waymark);
  await doTheJob(page, newPerson({ phone: '5550100135' }), demoPerson('Ana'));
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await close(page);
});

test('the main job without scripts, in Spanish', async () => {
  const page = await open(browser, waymark, { javaScriptEnabled: false, locale: 'es-MX' });
  await doTheJob(page, newPerson({ phone: '5550100136', language: 'es' }), demoPerson('Fatima'));
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await close(page);
});

describe('by the keyboard alone', () => {
  const focused = (page) => page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      name: `${element.tagName.toLowerCase()} ${element.name || element.id || element.textContent.trim().slice(0, 40)}`,
      ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
      isInView: box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });

  // Tab until what `selector` means has the focus; every stop on the way is seen, and has its ring.
  async function tabTo(page, selector) {
    const stops = [];
    for (let tabs = 0; tabs < 60; ++tabs) {
      await page.keyboard.press('Tab');
      const stop = await focused(page);
      stops.push(stop.name);
      assert.ok(stop.ring >= 3, `${stop.name} has a ring of ${stop.ring} px on ${page.url()}`);
      assert.ok(stop.isInView, `${stop.name} is out of view on ${page.url()}`);
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    }
    assert.fail(`no way to ${selector} on ${page.url()}; the stops were ${stops.join(', ')}`);
  }
  async function type(page, name, text) {
    await tabTo(page, `[name=${name}]`);
    await page.keyboard.type(text);
  }
  const typeDate = async (page, [year, month, day]) => {
    await type(page, 'date_of_birth_day', day);
    await type(page, 'date_of_birth_month', month);
    await type(page, 'date_of_birth_year', year);
  };
  async function enter(page, path) {
    await page.keyboard.press('Enter');
    await at(page, path);
    await page.waitForLoadState();
  }

  test('an account is opened, a case is connected, and one signs out and in', async () => {
    const page = await open(browser, waymark, { viewport: desktop });
    const person = newPerson({ phone: '5550100137' });
    const demo = demoPerson('María');
    await page.goto(waymark.origin);
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).name, 'a Skip to the main content');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'main');
    await tabTo(page, 'main a');
    assert.match((await focused(page)).name, /Create an account/, 'the first stop in the page is what it is for');
    await enter(page, '/sign-up/email');
    await type(page, 'email', person.email);
    await enter(page, '/sign-up/code');

    // A wrong code: the focus is on what is wrong, its link leads into the field, and Enter sends the right one.
    await type(page, 'code', '000000');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'error-summary');
    await tabTo(page, '#error-summary a');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.name === 'code');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(await waymark.codeTo(person.email));
    await enter(page, '/sign-up/consent');
    await tabTo(page, '[name=consent]');
    await page.keyboard.press('Space');
    await enter(page, '/sign-up/about-you');
    await type(page, 'given_name', person.givenName);
    await type(page, 'family_name', person.familyName);
    await typeDate(page, person.born);
    await enter(page, '/sign-up/password');
    await type(page, 'password', person.password);
    await enter(page, '/sign-up/phone');
    await type(page, 'phone', person.phone);
    await enter(page, '/sign-up/phone-code');
    await type(page, 'code', await waymark.codeTo(`+1${person.phone}`));
    await enter(page, '/sign-up/authenticator');
    await tabTo(page, 'details:has(#totp-secret) summary');
    await page.keyboard.press('Enter');
    await page.locator('#totp-secret').waitFor({ state: 'visible' });
    person.secret = (await page.locator('#totp-secret').innerText()).trim();
    await type(page, 'totp', totp(person.secret, waymark.now()));
    await enter(page, '/sign-up/backup-codes');
    await tabTo(page, '[name=kept]');
    await page.keyboard.press('Space');
    await enter(page, '/sign-up/check');
    await tabTo(page, 'form[action="/sign-up/check"] button');
    await enter(page, '/cases');

    await tabTo(page, 'main a[href="/cases/connect"]');
    await enter(page, '/cases/connect');
    await type(page, 'receipt_number', demo.receipt_number);
    await type(page, 'access_code', demo.access_code);
    await typeDate(page, demo.second_proof.split('-'));
    await enter(page, `/cases/${demo.receipt_number}`);
    await tabTo(page, '.nav button');
    await enter(page, '/signed-out');
    await tabTo(page, 'main a[href="/sign-in"]');
    await enter(page, '/sign-in');
    await type(page, 'email', person.email);
    await type(page, 'password', person.password);
    await enter(page, '/sign-in/second-factor');
    await close(page);
  });

  test('after each refusal the focus is on the summary, and no page has an order of its own', async () => {
    const page = await open(browser, waymark);
    for (const path of ['/sign-in', '/sign-up/email']) {
      await page.goto(`${waymark.origin}${path}`);
      await refused(page, path);
      assert.match(await page.title(), /^Error: /);
      assert.equal(await page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count(), 0);
      const described = page.locator('main [aria-invalid="true"]').first();
      const told = await described.getAttribute('aria-describedby');
      for (const id of told.split(' ')) assert.equal(await page.locator(`#${id}`).count(), 1, `${id} at ${path}`);
    }
    await close(page);
  });
});
