// Help without signing in, in Chromium: searched by keyboard, guided step by step, a call asked for, a question asked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Waymark } from '../support/waymark.mjs';
import { at, close, hold, launch, open, refused, send } from './browser.mjs';

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
const follow = (page, path) => page.locator(`main a[href="${path}"]`).first().click();

test('the help is searched by keyboard alone, misspelt', async () => {
  const page = await open(browser, waymark);
  await go(page, '/');
  await page.locator('footer a[href="/help"]').focus();
  await page.keyboard.press('Enter');
  await at(page, '/help');
  await hold(page);
  await page.locator('#q').focus();
  await page.keyboard.type('bakcup coeds');
  await page.keyboard.press('Enter');
  await at(page, '/help/search');
  await hold(page);
  assert.equal(await page.inputValue('#q'), 'bakcup coeds');
  const first = page.locator('.stacked a').first();
  assert.equal(await first.innerText(), 'Backup codes');
  for (let presses = 0; presses < 30 && !(await first.evaluate((link) => link === document.activeElement)); ++presses) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await at(page, '/help/backup-codes');
  await hold(page);
  await close(page);
});

test('a search that finds nothing helps on', async () => {
  const page = await open(browser, waymark);
  await go(page, '/help/search?q=xylophone');
  await hold(page);
  assert.match(await page.locator('main').innerText(), /found nothing/);
  await follow(page, '/help/ask');
  await at(page, '/help/ask');
  await close(page);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';

  test(`an article says whether it was useful, ${how}`, async () => {
    const page = await open(browser, waymark, { javaScriptEnabled });
    await go(page, javaScriptEnabled ? '/help/passkeys' : '/help/two-factor');
    await page.locator('button[name=useful][value=no]').click();
    await page.waitForURL(/useful=no$/);
    await hold(page);
    assert.match(await page.locator('main').innerText(), /Thank you/);
    await close(page);
  });

  test(`a lost phone is helped step by step from the sign-in page, ${how}`, async () => {
    const page = await open(browser, waymark, { javaScriptEnabled });
    await go(page, '/sign-in');
    await follow(page, '/help');
    await follow(page, '/help/fix/lost-phone');
    await at(page, '/help/fix/lost-phone');
    await hold(page);
    await follow(page, '/help/fix/lost-phone/nothing');
    await hold(page);
    await follow(page, '/recover/second-factor');
    await at(page, '/recover/second-factor');
    await close(page);
  });

  test(`a call is asked for, ${how}`, async () => {
    const page = await open(browser, waymark, { javaScriptEnabled });
    await go(page, '/contact');
    await hold(page);
    await follow(page, '/contact/call-back');
    await at(page, '/contact/call-back');
    await hold(page);
    await page.fill('[name=name]', 'Ana Morales');
    await page.fill('[name=phone]', '555 012');
    await page.selectOption('[name=time]', { index: 1 });
    await page.selectOption('[name=topic]', 'letter');
    await refused(page, '/contact/call-back');
    await hold(page);
    assert.equal(await page.inputValue('[name=name]'), 'Ana Morales');
    assert.equal(await page.inputValue('[name=topic]'), 'letter');
    await page.fill('[name=phone]', javaScriptEnabled ? '555 555 0141' : '555 555 0142');
    await send(page, '/contact/call-back');
    await page.waitForURL(/\/contact\/call-back\/[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await hold(page);
    assert.match(await page.locator('main').innerText(), /[0-9A-Z]{4}-[0-9A-Z]{4}/);
    await close(page);
  });

  test(`a question is asked with a code that was wrong, then old, then right, ${how}`, async () => {
    const page = await open(browser, waymark, { javaScriptEnabled });
    const email = `asks.${javaScriptEnabled ? 'with' : 'without'}@mail.example`;
    await go(page, '/help/ask');
    await hold(page);
    await page.fill('[name=email]', email);
    await send(page, '/help/ask');
    await at(page, '/help/ask/code');
    await hold(page);
    const old = await waymark.codeTo(email);
    await page.fill('[name=code]', old === '000000' ? '111111' : '000000');
    await refused(page, '/help/ask/code');
    await hold(page);
    await waymark.moveClock(11);
    await page.fill('[name=code]', old);
    await refused(page, '/help/ask/code');
    assert.match(await page.locator('main').innerText(), /too old/);
    await page.locator('main details summary').click();
    await send(page, '/help/ask/code/again');
    await page.waitForURL(/sent=yes$/);
    await page.fill('[name=code]', await waymark.codeTo(email, { after: 1 }));
    await send(page, '/help/ask/code');
    await at(page, '/help/ask/question');
    await hold(page);
    await page.fill('[name=text]', 'I lost my phone.\nWhat shall I do?');
    await refused(page, '/help/ask/question');
    assert.equal(await page.inputValue('[name=text]'), 'I lost my phone.\nWhat shall I do?');
    await page.selectOption('[name=topic]', 'access');
    await send(page, '/help/ask/question');
    await page.waitForURL(/\/help\/ask\/sent\/[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await hold(page);
    await go(page, '/help/ask/question');
    await at(page, '/help/ask');
    await close(page);
  });
}
