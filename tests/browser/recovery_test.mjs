// Getting back in, in Chromium: a forgotten password; a lost phone, with two operators and a day between; another
// address; "this wasn't me".
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, signUp as openAccount } from '../support/journeys.mjs';
import { Waymark } from '../support/waymark.mjs';
import { at, close, hold, launch, open, send } from './browser.mjs';
import { appCode, lostFactor, proveAddress, proveForFactor, setUpFactor, signInWith } from './recovery.mjs';

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

const newPassword = 'copper meadow whistle orchard';

for (const javaScriptEnabled of [true, false]) {
  test(`a forgotten password, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const person = newPerson();
    const { visitor } = await openAccount(waymark, person);
    const page = await open(browser, waymark, { javaScriptEnabled });
    await page.goto(`${waymark.origin}/sign-in`);
    await page.locator('main a[href="/recover"]').click();
    await at(page, '/recover');
    await hold(page);
    await page.locator('main a[href="/recover/password"]').first().click();
    await proveAddress(page, waymark, '/recover/password', person);
    await at(page, '/recover/password/second-factor');
    await hold(page);
    await page.fill('[name=totp]', await appCode(waymark, person));
    await send(page, '/recover/password/second-factor');
    await at(page, '/recover/password/new');
    await page.reload();
    await hold(page);
    await page.fill('[name=password]', newPassword);
    await send(page, '/recover/password/new');
    await at(page, '/recover/password/done');
    await hold(page);
    assert.equal((await visitor.get('/cases')).status, 303, 'the old session is over');
    const told = await waymark.messageTo(person.email, { matching: /new password was chosen/ });
    assert.match(told.text, /\/link\/[\w-]{43}/);
    await page.locator('main a[href="/sign-in"]').click();
    await signInWith(page, waymark, person, newPassword);
    await close(page);
  });
}

test('a lost phone: two operators, a day, and a new app', async () => {
  const person = newPerson({ phone: '5550100171' });
  await openAccount(waymark, person);
  const page = await open(browser, waymark);
  await proveForFactor(page, waymark, person);
  await at(page, `${lostFactor}/waiting`);
  await hold(page);
  const vouch = (operator) => waymark.command('account', 'reset-second-factor', person.email, '--operator', operator);
  assert.equal((await vouch('Kim Lee')).status, 2);
  assert.equal((await vouch('kim')).status, 0);
  assert.equal((await vouch('kim')).status, 1, 'the same one twice is not two');
  assert.match((await vouch('lee')).output, /after 24 hours/);
  await page.reload();
  await hold(page, { where: 'the day of waiting' });
  const mail = await waymark.messageTo(person.email, { matching: /lost the app/ });
  assert.match(mail.text, /\/link\/[\w-]{43}/);
  const text = await waymark.messageTo(`+1${person.phone}`, { matching: /was asked for/ });
  assert.doesNotMatch(text.text, /https?:|\/link\//);

  await waymark.moveClock(24 * 60 + 1);
  await proveForFactor(page, waymark, person);
  assert.equal((await setUpFactor(page, waymark, person)).length, 10);
  await page.locator('main a[href="/sign-in"]').click();
  await signInWith(page, waymark, person, person.password);
  await close(page);
});

test('a change that waits is stopped by the link of its mail, and by the code of its text', async () => {
  for (const way of ['link', 'code']) {
    const person = newPerson({ phone: way === 'link' ? '5550100172' : '5550100173' });
    await openAccount(waymark, person);
    const page = await open(browser, waymark);
    await proveAddress(page, waymark, '/recover/second-factor', person);
    await page.fill('[name=password]', person.password);
    await send(page, '/recover/second-factor/password');
    await at(page, '/recover/second-factor/waiting');
    for (const operator of ['kim', 'lee']) {
      assert.equal((await waymark.command('account', 'reset-second-factor', person.email, '--operator', operator)).status, 0);
    }
    if (way === 'link') {
      const mail = await waymark.messageTo(person.email, { matching: /lost the app/ });
      const path = /\/link\/[\w-]{43}/.exec(mail.text)[0];
      await page.goto(`${waymark.origin}${path}`);
      await hold(page, { where: '/link of a mail' });
      await send(page, path);
    } else {
      const text = await waymark.messageTo(`+1${person.phone}`, { matching: /was asked for/ });
      await page.goto(`${waymark.origin}/cancel`);
      await hold(page);
      await page.fill('[name=email]', person.email);
      await page.fill('[name=cancel_code]', /[0-9a-z]{5}-[0-9a-z]{5}/.exec(text.text)[0]);
      await send(page, '/cancel');
    }
    await at(page, '/cancel/done');
    await hold(page);
    await close(page);
  }
});

test('another address, and the old one locks the account', async () => {
  const person = newPerson();
  const { visitor } = await openAccount(waymark, person);
  const page = await open(browser, waymark, { visitor });
  const old = person.email;
  const fresh = `new.${old}`;
  await page.goto(`${waymark.origin}/account/email`);
  await hold(page);
  await page.fill('[name=email]', fresh);
  const before = (await waymark.outbox()).filter(({ to }) => to === old).length;
  await send(page, '/account/email');
  await at(page, '/account/email/new-code');
  await hold(page);
  await page.fill('[name=code]', await waymark.codeTo(fresh));
  await send(page, '/account/email/new-code');
  await at(page, '/account/email/old-code');
  await hold(page);
  await page.fill('[name=code]', await waymark.codeTo(old, { after: before }));
  await send(page, '/account/email/old-code');
  await at(page, '/account/email');
  await hold(page);
  assert.ok((await page.locator('main').innerText()).includes(fresh));

  const mail = await waymark.messageTo(old, { matching: /was changed/ });
  const path = /\/link\/[\w-]{43}/.exec(mail.text)[0];
  const stranger = await open(browser, waymark);
  await stranger.goto(`${waymark.origin}${path}`);
  await hold(stranger, { where: '/link of a mail' });
  await send(stranger, path);
  await at(stranger, '/recover/locked');
  await hold(stranger);
  await page.goto(`${waymark.origin}/cases`);
  await at(page, '/sign-in');
  await close(stranger);
  await close(page);
});
