// Messages in real Chromium: a person writes about their case, an officer answers, the person reads it; on a phone and on
// a desktop, by the keyboard alone, and without scripts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { at, close, desktop, hold, launch, open, phone, refused, send, violations } from './browser.mjs';
import { openOfficer } from './office.mjs';
import { demoCases, openAccount } from './people.mjs';
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

const go = (page, path) => page.goto(`${waymark.origin}${path}`);
const isThread = (url) => /^\/messages\/\d+$/.test(url.pathname);
const sendMessage = (page, action) => Promise.all([page.waitForURL(isThread), send(page, action)]);

// An officer opens the thread with that subject from the queue.
async function openThread(page, subject) {
  await go(page, '/office/messages');
  await page.getByRole('link', { name: subject }).click();
  await page.waitForURL(/\/office\/messages\/\d+$/);
}

test('a person asks about their case on a phone, an officer answers, and they read it', async () => {
  const demo = demoCases('Ana')[0];
  const { visitor, person } = await openAccount(waymark, { cases: [demo] });
  const people = await open(browser, waymark, { visitor, viewport: phone });
  await go(people, `/cases/${demo.receipt_number}`);
  await people.getByRole('link', { name: 'Write to us about this case' }).click();
  await at(people, '/messages/new');
  await hold(people);
  await people.fill('[name=subject]', 'Which copies do you need?');
  await refused(people, '/messages/new');
  await hold(people);
  assert.equal(await people.inputValue('[name=subject]'), 'Which copies do you need?');
  await people.check('[name=topic][value=documents]');
  await people.fill('[name=text]', 'Do you need the originals,\nor are copies enough?');
  await sendMessage(people, '/messages/new');
  await people.getByText('Your message is with us.').waitFor();
  await people.getByText(demo.receipt_number).first().waitFor();
  await hold(people);
  const thread = new URL(people.url()).pathname;

  const officer = await openOfficer(browser, waymark, 'support', { viewport: desktop });
  await go(officer, '/office/messages?whose=nobodys&topic=documents&language=en');
  await hold(officer);
  await officer.keyboard.press('j');
  await officer.keyboard.press('Enter');
  await officer.waitForURL(/\/office\/messages\/\d+$/);
  await officer.getByText('or are copies enough?').waitFor();
  await hold(officer);
  const page = new URL(officer.url()).pathname;
  await officer.selectOption('[name=assigned]', { label: 'Tomas Oyelaran (you)' });
  await Promise.all([officer.waitForURL(/done=assigned/), send(officer, `${page}/assignment`)]);
  await officer.fill('[name=text]', 'Good morning.');
  await officer.selectOption('[name=reply]', { label: 'Copies, not originals' });
  await Promise.all([officer.waitForNavigation(), officer.getByRole('button', { name: 'Put it in' }).click()]);
  assert.match(await officer.inputValue('[name=text]'), /^Good morning\.\n\nPlease send us copies\./);
  await hold(officer);
  await Promise.all([officer.waitForURL(/done=answered/), send(officer, page)]);
  await officer.getByText('not read yet').waitFor();
  await hold(officer);

  const mail = await waymark.messageTo(person.email, { matching: /answered your message/ });
  for (const word of ['copies', 'originals', demo.receipt_number]) assert.ok(!mail.text.includes(word), `${word} in the mail`);
  await go(people, '/cases');
  await people.getByText('You have a new message').waitFor();
  await hold(people);
  await people.getByRole('link', { name: 'Read your messages' }).click();
  await at(people, '/messages');
  await people.getByText('New answer').waitFor();
  await hold(people);
  await people.getByRole('link', { name: 'Which copies do you need?' }).click();
  await at(people, thread);
  await people.getByText('Support officer, Northport field office').waitFor();
  assert.equal(await people.getByText('Tomas').count(), 0, 'no officer’s name');
  assert.equal(await people.getByText(/not read yet|read on/).count(), 0, 'receipts are the office’s');
  await hold(people);
  await officer.reload();
  await officer.getByText(/read on/).waitFor();
  await go(people, '/cases');
  assert.equal(await people.getByText('You have a new message').count(), 0);

  // The officer's look is the person's to see.
  await go(people, `/cases/${demo.receipt_number}/looks`);
  await people.getByText('Support officer, Northport field office').first().waitFor();
  await hold(people);
  await close(people);
  await close(officer);
});

test('two officers don’t overwrite each other, and nothing typed is lost', async () => {
  await waymark.restart();
  const { visitor } = await openAccount(waymark);
  const people = await open(browser, waymark, { visitor, viewport: desktop });
  await go(people, '/messages/new');
  await people.check('[name=topic][value=account]');
  await people.fill('[name=subject]', 'My second phone');
  await people.fill('[name=text]', 'How do I add it?');
  await sendMessage(people, '/messages/new');
  const officer = await openOfficer(browser, waymark, 'case_officer', { viewport: desktop });
  await openThread(officer, 'My second phone');
  const path = new URL(officer.url()).pathname;
  await officer.fill('[name=text]', 'Open your account page.');
  const thread = new URL(people.url()).pathname;
  await people.fill('[name=text]', 'It is an old one.');
  await sendMessage(people, thread);
  await refused(officer, path);
  await officer.getByText('It is an old one.').waitFor();
  assert.equal(await officer.inputValue('[name=text]'), 'Open your account page.');
  await hold(officer);
  await officer.check('[name=close]');
  await Promise.all([officer.waitForURL(/done=closed/), send(officer, path)]);
  await hold(officer);
  await go(officer, '/office/messages?state=closed');
  await officer.getByRole('link', { name: 'My second phone' }).waitFor();
  await hold(officer);
  await people.reload();
  await people.getByText('Your answer opens it again.').waitFor();
  await hold(people);
  await people.fill('[name=text]', 'Thank you.');
  await sendMessage(people, thread);
  await go(officer, '/office/messages');
  await officer.getByRole('link', { name: 'My second phone' }).waitFor();
  await close(people);
  await close(officer);
});

test('without scripts, in Spanish, a message goes out and a form sent twice is one', async () => {
  const { visitor } = await openAccount(waymark);
  const page = await open(browser, waymark, { visitor, locale: 'es-MX', javaScriptEnabled: false });
  await go(page, '/messages');
  await page.locator('main a[href="/messages/new"]').click();
  await at(page, '/messages/new');
  await hold(page);
  await page.check('[name=topic][value=other]');
  await page.fill('[name=subject]', 'Una pregunta');
  await page.fill('[name=text]', '¿Cuándo abre la oficina?');
  // An impatient finger.
  const button = page.locator('form[action="/messages/new"] button');
  await Promise.all([page.waitForURL(isThread), button.dblclick()]);
  await hold(page);
  await go(page, '/messages');
  assert.equal(await page.getByRole('link', { name: 'Una pregunta' }).count(), 1);
  await hold(page);
  await close(page);
});

describe('by the keyboard alone', () => {
  async function tabTo(page, selector) {
    for (let tabs = 0; tabs < 60; ++tabs) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    }
    assert.fail(`no way to ${selector} on ${page.url()}`);
  }

  test('a message is written, and one goes on', async () => {
    const { visitor } = await openAccount(waymark);
    const page = await open(browser, waymark, { visitor, viewport: desktop });
    await go(page, '/cases');
    await tabTo(page, '.nav a[href="/messages"]');
    await page.keyboard.press('Enter');
    await at(page, '/messages');
    await tabTo(page, 'main a[href="/messages/new"]');
    await page.keyboard.press('Enter');
    await at(page, '/messages/new');
    await tabTo(page, '[name=topic]');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, '[name=subject]');
    await page.keyboard.type('By keys');
    await tabTo(page, '[name=text]');
    await page.keyboard.type('First line');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Second line');
    await tabTo(page, 'form[action="/messages/new"] button');
    await Promise.all([page.waitForURL(isThread), page.keyboard.press('Enter')]);
    await page.getByText('Second line').waitFor();
    await page.waitForLoadState();
    await tabTo(page, '[name=text]');
    await page.keyboard.type('One thing more');
    await tabTo(page, 'main form button');
    await page.keyboard.press('Enter');
    await page.getByText('One thing more').waitFor();
    await hold(page);
    await close(page);
  });
});

describe('the office’s pages', () => {
  test('fit a phone, and the dark', async () => {
    await waymark.restart();
    const { visitor } = await openAccount(waymark);
    const people = await open(browser, waymark, { visitor });
    await go(people, '/messages/new');
    await people.check('[name=topic][value=mistake]');
    await people.fill('[name=subject]', `Averylongwordwithoutanybreak${'x'.repeat(90)}`);
    await people.fill('[name=text]', `${'y'.repeat(300)}\n\n${'word '.repeat(500)}`);
    await sendMessage(people, '/messages/new');
    await hold(people);
    await go(people, '/messages');
    await hold(people);
    await close(people);
    const page = await openOfficer(browser, waymark, 'support', { viewport: phone, colorScheme: 'dark' });
    await go(page, '/office/messages');
    await page.getByRole('link', { name: 'Averylongword' }).click();
    await page.waitForURL(/\/office\/messages\/\d+$/);
    const thread = new URL(page.url()).pathname;
    for (const path of ['/office/messages', thread, '/office/replies', '/office/replies/new']) {
      await go(page, path);
      await hold(page);
      assert.deepEqual(await violations(page, ['color-contrast']), [], path);
    }
    await refused(page, '/office/replies/new');
    await hold(page);
    await page.fill('[name=title]', 'Hours');
    await page.fill('[name=text_en]', 'We are open from 8 to 4.');
    await page.fill('[name=text_es]', 'Abrimos de 8 a 4.');
    await Promise.all([at(page, '/office/replies'), send(page, '/office/replies/new')]);
    await page.getByRole('link', { name: 'Hours' }).click();
    await page.waitForURL(/\/office\/replies\/\d+$/);
    await hold(page);
    await Promise.all([at(page, '/office/replies'), page.locator('form[action$="/retirement"] button').click()]);
    assert.equal(await page.getByRole('link', { name: 'Hours' }).count(), 0);
    await close(page);
  });
});
