// A session's end, as somebody sees it: the warning, staying, leaving, the shared computer, and what was typed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, signUp } from '../support/journeys.mjs';
import { totp, Waymark } from '../support/waymark.mjs';
import { at, close, desktop, hold, launch, open, phone, send } from './browser.mjs';

let waymark;
let browser;
const kIdle = 15;  // minutes
before(async () => {
  waymark = await Waymark.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await waymark?.stop();
});

// Signs in by hand, in this window.
async function signIn(page, person, { shared = false } = {}) {
  await waymark.moveClock(1);  // the app's next code
  await page.goto(`${waymark.origin}/sign-in`);
  await page.fill('[name=email]', person.email);
  await page.fill('[name=password]', person.password);
  if (shared) await page.check('[name=shared_computer][type=checkbox]');
  await send(page, '/sign-in');
  await at(page, '/sign-in/second-factor');
  await page.fill('[name=totp]', totp(person.secret, waymark.now()));
  await send(page, '/sign-in/second-factor');
  await at(page, '/cases');
}

async function openedAccount() {
  const person = newPerson();
  await signUp(waymark, person);
  return person;
}

// Time passes for the server and for the page alike. The server's clock only goes forward by whole minutes.
async function pass(page, minutes) {
  await waymark.moveClock(minutes);
  await page.clock.fastForward(minutes * 60_000);
}

async function window(options = {}) {
  const page = await open(browser, waymark, options);
  await page.clock.install();
  return page;
}

const dialog = (page) => page.locator('#session-ending');

test('the warning comes before the end, takes the focus, and staying gives it back', async () => {
  const person = await openedAccount();
  const page = await window({ viewport: desktop });
  await signIn(page, person);
  await page.goto(`${waymark.origin}/account/preferences`);
  await page.focus('select[name=language]');
  await pass(page, kIdle - 3);
  assert.ok(!(await dialog(page).isVisible()));
  await pass(page, 1);
  await dialog(page).waitFor({ state: 'visible' });
  assert.match(await dialog(page).innerText(), /You will be signed out in 2 minutes/);
  assert.ok(await page.evaluate(() => document.querySelector('#session-ending').contains(document.activeElement)));
  await hold(page, { where: 'the warning' });
  // The text changes at few moments, so that a screen reader is not always talking.
  const said = await page.locator('[data-said]').innerText();
  await page.clock.runFor(5000);
  assert.equal(await page.locator('[data-said]').innerText(), said);

  await dialog(page).getByRole('button', { name: 'Stay signed in' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement.name), 'language');
  await pass(page, kIdle - 3);
  assert.ok(!(await dialog(page).isVisible()), 'the time began anew');
  await close(page);
});

test('Escape stays signed in, and the other button signs out', async () => {
  const person = await openedAccount();
  const page = await window();
  await signIn(page, person);
  await pass(page, kIdle - 2);
  await dialog(page).waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await pass(page, kIdle - 2);
  await dialog(page).waitFor({ state: 'visible' });
  await dialog(page).getByRole('button', { name: 'Sign out' }).click();
  await at(page, '/signed-out');
  await close(page);
});

test('without an answer the page goes away at the end, and says why', async () => {
  const person = await openedAccount();
  const page = await window();
  await signIn(page, person);
  await page.goto(`${waymark.origin}/account`);
  await pass(page, kIdle - 2);
  await dialog(page).waitFor({ state: 'visible' });
  await pass(page, 3);
  await page.clock.runFor(15_000);
  await at(page, '/signed-out');
  assert.match(await page.locator('main').innerText(), /Nothing was done for a while/);
  assert.equal(await page.locator('main a').first().getAttribute('href'), '/sign-in?return_to=%2Faccount');
  await close(page);
});

test('what is done in one tab silences the other', async () => {
  const person = await openedAccount();
  const first = await window();
  await signIn(first, person);
  const second = await first.context().newPage();
  await second.goto(`${waymark.origin}/cases`);
  await pass(first, kIdle - 3);
  await second.goto(`${waymark.origin}/account`);  // activity, seen by the server alone
  await pass(first, 2);
  await first.clock.runFor(3000);
  assert.ok(!(await dialog(first).isVisible()), 'the server was asked first');
  await pass(first, kIdle - 4);
  await dialog(first).waitFor({ state: 'visible' });
  await second.goto(`${waymark.origin}/cases`);
  await dialog(first).waitFor({ state: 'hidden' });
  await close(first);
});

test('without scripts a page comes by itself, and stays or signs out', async () => {
  const person = await openedAccount();
  const page = await open(browser, waymark, { javaScriptEnabled: false });
  await signIn(page, person);
  // A moment more when the session was seen later than the page began to be drawn.
  const refresh = await page.locator('head noscript').innerHTML().catch(() => page.content());
  assert.match(refresh, /http-equiv="refresh" content="75[01];url=\/session\/ending\?return_to=%2Fcases"/);
  await waymark.moveClock(kIdle - 2);
  await page.goto(`${waymark.origin}/session/ending?return_to=%2Faccount`);
  assert.match(await page.locator('h1').innerText(), /Your session ends in about 2 minutes/);
  await hold(page, { where: 'the page that comes by itself' });
  await send(page, '/session/stay');
  await at(page, '/account');
  await waymark.moveClock(kIdle);
  await page.goto(`${waymark.origin}/session/ending?return_to=%2Faccount`);
  await at(page, '/signed-out');
  await hold(page, { where: 'signed out for want of use' });
  await close(page);
});

for (const javaScriptEnabled of [true, false]) {
  test(`what was typed stands there again after signing in anew, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const person = await openedAccount();
    const page = javaScriptEnabled ? await window() : await open(browser, waymark, { javaScriptEnabled });
    await signIn(page, person);
    await page.goto(`${waymark.origin}/cases/connect`);
    await page.fill('[name=receipt_number]', 'NPT2690001001');
    await page.fill('[name=access_code]', '4JQ29VXNT7KDP');
    await page.fill('[name=date_of_birth_year]', '1984');
    if (javaScriptEnabled) {
      await pass(page, kIdle + 1);
      await page.clock.runFor(15_000);
      await at(page, '/signed-out');
      await page.locator('main a').first().click();
    } else {
      await waymark.moveClock(kIdle);
      await send(page, '/cases/connect');
    }
    await at(page, '/sign-in');
    await waymark.moveClock(1);
    await page.fill('[name=email]', person.email);
    await page.fill('[name=password]', person.password);
    await send(page, '/sign-in');
    await at(page, '/sign-in/second-factor');
    await page.fill('[name=totp]', totp(person.secret, waymark.now()));
    await send(page, '/sign-in/second-factor');
    await at(page, '/cases/connect');
    assert.match(await page.locator('main').innerText(), /We kept what you typed/);
    assert.equal(await page.inputValue('[name=receipt_number]'), 'NPT2690001001');
    assert.equal(await page.inputValue('[name=date_of_birth_year]'), '1984');
    assert.equal(await page.inputValue('[name=access_code]'), '', 'codes are not kept');
    await hold(page, { where: 'a form with what was kept' });
    await close(page);
  });
}

test('on a shared computer the way out stays in view, and "back" shows nothing afterwards', async () => {
  const person = await openedAccount();
  const page = await open(browser, waymark, { viewport: phone });
  await signIn(page, person, { shared: true });
  await page.goto(`${waymark.origin}/account`);
  await hold(page, { where: 'a page on a shared computer' });
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const bar = page.locator('.shared-bar');
  const box = await bar.boundingBox();
  assert.ok(box.y >= 0 && box.y < 10, `the bar stands at ${box.y}`);
  assert.match(await bar.innerText(), /Shared computer/);
  await bar.getByRole('button', { name: 'Sign out' }).click();
  await at(page, '/signed-out');
  for (let steps = 0; steps < 4; ++steps) {
    await page.goBack({ waitUntil: 'load' }).catch(() => null);
    await page.waitForTimeout(300);
    const shown = await page.locator('body').innerText();
    assert.ok(!shown.includes(person.email) && !shown.includes(person.familyName), `${page.url()} shows something of hers`);
    assert.equal(await page.locator('.nav a[href="/account"]').count(), 0, page.url());
  }
  const left = (await page.context().cookies()).map((cookie) => cookie.name);
  assert.ok(!left.includes('__Host-session') && !left.includes('__Host-device'), String(left));
  await close(page);
});

test('"back" after signing out on one\'s own computer shows nothing either, and the device stays known', async () => {
  const person = await openedAccount();
  const page = await open(browser, waymark, { viewport: phone });
  await signIn(page, person);
  await page.goto(`${waymark.origin}/account`);
  await send(page, '/sign-out');
  await at(page, '/signed-out');
  await page.goBack({ waitUntil: 'load' }).catch(() => null);
  await page.waitForTimeout(300);
  assert.ok(!(await page.locator('body').innerText()).includes(person.email), `${page.url()} shows her address`);
  assert.ok((await page.context().cookies()).some((cookie) => cookie.name === '__Host-device'));
  await close(page);
});
