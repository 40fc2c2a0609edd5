// The office in real Chromium: how officers come in, work a case, and what the person sees of it.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { at, desktop, hold, launch, open, phone, refused, send, violations } from './browser.mjs';
import { officeLink, openOfficer, signInAgain } from './office.mjs';
import { demoCase, demoCases, openAccount } from './people.mjs';
import { Waymark } from '../support/waymark.mjs';

let waymark;
let browser;
let pages = [];
before(async () => {
  waymark = await Waymark.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await waymark?.stop();
});
afterEach(async () => {
  for (const page of pages) await page.context().close();
  pages = [];
});

const officer = async (role, options) => {
  // Each test enters anew: a new server would print new links, and so does another start.
  await waymark.restart();
  const page = await openOfficer(browser, waymark, role, options);
  pages.push(page);
  return page;
};
const go = (page, path) => page.goto(`${waymark.origin}${path}`);

async function chooseReason(page, receipt, reason = 'answering_person') {
  await go(page, `/office/cases/${receipt}`);
  // Who gave a reason a while ago is not asked again.
  if (await page.locator('[name=reason]').count() === 0) return;
  await page.check(`[name=reason][value=${reason}]`);
  await Promise.all([at(page, `/office/cases/${receipt}`), send(page, `/office/cases/${receipt}/look`)]);
}

describe('the office’s doors', () => {
  test('a link is good once, a key opens again, and nothing else does', async () => {
    const page = await officer('case_officer');
    await hold(page);
    const link = officeLink(waymark, 'case_officer');
    const stranger = await open(browser, waymark);
    pages.push(stranger);
    assert.equal((await stranger.goto(link)).status(), 404);
    await send(page, '/office/sign-out');
    await at(page, '/office/signed-out');
    assert.equal((await go(page, '/office/queue')).url().includes('/office/sign-in'), true);
    await hold(page);
    await signInAgain(page, waymark);
    await hold(page);
  });

  test('without scripts the door says why it has no button', async () => {
    const page = await open(browser, waymark, { javaScriptEnabled: false });
    pages.push(page);
    await go(page, '/office/sign-in');
    await page.getByText('This browser can’t use passkeys').waitFor();
    await hold(page);
  });
});

describe('working a case', () => {
  test('an officer asks for evidence, and the person sees it, and who looked and why', async () => {
    const demo = demoCases('Ana')[0];
    const receipt = demo.receipt_number;
    const person = await openAccount(waymark, { cases: [demo] });
    const page = await officer('case_officer');
    await go(page, `/office/cases/${receipt}`);
    await hold(page);
    await refused(page, `/office/cases/${receipt}/look`);
    await chooseReason(page, receipt);
    await hold(page);
    await page.getByRole('link', { name: 'Ask for documents' }).click();
    await at(page, `/office/cases/${receipt}/act/evidence-request`);
    await hold(page);
    await refused(page, `/office/cases/${receipt}/act/evidence-request`);
    await hold(page);
    const due = new Date(waymark.now().getTime() + 30 * 86_400_000);
    await page.fill('[name=items_en]', 'A copy of your birth certificate\nTwo photos');
    await page.fill('[name=items_es]', 'Una copia de su acta de nacimiento\nDos fotos');
    await page.fill('[name=due_on_day]', String(due.getUTCDate()));
    await page.fill('[name=due_on_month]', String(due.getUTCMonth() + 1));
    await page.fill('[name=due_on_year]', String(due.getUTCFullYear()));
    await Promise.all([at(page, `/office/cases/${receipt}`), send(page, `/office/cases/${receipt}/act/evidence-request`)]);
    await page.getByText('It is written into the case').waitFor();

    const people = await open(browser, waymark, { visitor: person.visitor });
    pages.push(people);
    await go(people, `/cases/${receipt}`);
    await people.getByText('Two photos').first().waitFor();
    await people.getByText('Case officer, Northport field office').first().waitFor();
    await hold(people);
    await people.getByRole('link', { name: 'Who has looked at this case' }).click();
    await at(people, `/cases/${receipt}/looks`);
    await people.getByText('Somebody on the case called or came').first().waitFor();
    await people.getByText('Added something to the case').first().waitFor();
    assert.equal(await people.getByText('Maya').count(), 0, 'no officer’s name');
    await hold(people);
  });

  test('two officers don’t overwrite each other, and nothing typed is lost', async () => {
    const receipt = demoCase('Grace');
    const page = await officer('case_officer');
    await chooseReason(page, receipt, 'working_queue');
    await go(page, `/office/cases/${receipt}/act/note`);
    const other = await page.context().newPage();
    await go(other, `/office/cases/${receipt}/act/note`);
    await other.fill('[name=text_en]', 'We moved your file to another office.');
    await Promise.all([at(other, `/office/cases/${receipt}`), send(other, `/office/cases/${receipt}/act/note`)]);
    await page.fill('[name=text_en]', 'Your interview will be at the harbour.');
    await refused(page, `/office/cases/${receipt}/act/note`);
    await page.getByText('New since you opened the form').waitFor();
    assert.equal(await page.inputValue('[name=text_en]'), 'Your interview will be at the harbour.');
    await hold(page);
    await Promise.all([at(page, `/office/cases/${receipt}`), send(page, `/office/cases/${receipt}/act/note`)]);
    await page.getByText('Your interview will be at the harbour.').first().waitFor();
  });

  test('a mistake is taken back, and stays to be seen', async () => {
    const receipt = demoCase('Grace');
    const page = await officer('case_officer');
    await chooseReason(page, receipt, 'correcting_mistake');
    await go(page, `/office/cases/${receipt}/act/correction`);
    await hold(page);
    await page.selectOption('[name=event]', { index: 0 });
    await Promise.all([at(page, `/office/cases/${receipt}`), send(page, `/office/cases/${receipt}/act/correction`)]);
    await page.getByText('Taken back:').first().waitFor();
    await hold(page);
  });
});

describe('finding', () => {
  test('the queue is worked with j, k and Enter', async () => {
    const page = await officer('case_officer');
    await go(page, '/office/queue?queue=waiting');
    await hold(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const first = page.locator('a[data-row-link]').first();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), await first.textContent());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/office\/cases\//);
    await page.getByText('It was the case’s turn').first().waitFor();
    await hold(page);
  });

  test('a search wants two things and a reason, and its address tells nothing', async () => {
    const page = await officer('support');
    await go(page, '/office/search');
    await hold(page);
    await page.fill('[name=name]', 'Reyes');
    await refused(page, '/office/search');
    await hold(page);
    assert.equal(await page.inputValue('[name=name]'), 'Reyes');
    await page.fill('[name=second_name]', 'Ana');
    await page.check('[name=reason][value=answering_person]');
    await Promise.all([page.waitForURL(/\/office\/searches\/\d+$/), send(page, '/office/search')]);
    await hold(page);
  });

  test('pages fit a phone, and the dark', async () => {
    const page = await officer('case_officer', { viewport: phone, colorScheme: 'dark' });
    for (const path of ['/office', '/office/queue?queue=waiting', '/office/search', '/office/keys']) {
      await go(page, path);
      await hold(page);
      assert.deepEqual(await violations(page, ['color-contrast']), [], path);
    }
  });
});

describe('running the office', () => {
  test('an administrator invites, changes and stops an officer', async () => {
    const page = await officer('administrator', { viewport: desktop });
    await go(page, '/office/officers');
    await hold(page);
    await go(page, '/office/officers/new');
    await hold(page);
    await refused(page, '/office/officers/new');
    await page.fill('[name=name]', 'Lena Farrow');
    const address = `lena${Date.now()}@northport.example`;
    await page.fill('[name=email]', address);
    await page.check('[name=role][value=support]');
    await page.fill('[name=unit]', 'Call centre');
    await Promise.all([at(page, '/office/officers'), send(page, '/office/officers/new')]);
    assert.match((await waymark.messageTo(address)).text, /\/office\/welcome\//);
    await page.getByRole('link', { name: 'Lena Farrow' }).first().click();
    await hold(page);
    await Promise.all([at(page, '/office/officers'), page.locator('form[action$="/stop"] button').click()]);
    await page.getByText('The officer is stopped.').waitFor();
  });

  test('an auditor sees who looked, with the name', async () => {
    const receipt = demoCase('Grace');
    const page = await officer('auditor');
    await go(page, '/office/looks');
    await hold(page);
    await page.fill('[name=receipt_number]', receipt);
    await Promise.all([page.waitForNavigation(), send(page, '/office/looks')]);
    await page.getByText('Maya Lindqvist').first().waitFor();
    await hold(page);
  });
});
