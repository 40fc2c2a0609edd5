// A petitioner and the beneficiary of one petition in real Chromium: what the one consents to, the other sees, and no
// more; with the keyboard alone, and without JavaScript.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, close, desktop, hold, launch, open, phone } from './browser.mjs';
import { demoCase, demoCases, openAccount } from './people.mjs';
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

const receipt = demoCase('Olena');
const casePage = `/cases/${receipt}`;
const consentPage = `${casePage}/beneficiary`;
const go = (page, path) => page.goto(`${waymark.origin}${path}`);

// Goes on with the tabulator until the button of that name has the focus.
async function tabTo(page, name) {
  for (let step = 0; step < 80; ++step) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent.trim())) === name) return;
  }
  assert.fail(`the keyboard does not come to "${name}"`);
}

test('a petitioner shows the beneficiary one kind of information, and takes it back', async () => {
  const olena = await openAccount(waymark, { cases: demoCases('Olena') });
  const andriy = await openAccount(waymark, { cases: demoCases('Andriy') });
  const giving = await open(browser, waymark, { visitor: olena.visitor, viewport: phone });
  const seeing = await open(browser, waymark, { visitor: andriy.visitor, viewport: desktop, javaScriptEnabled: false });

  await go(seeing, casePage);
  assert.equal(await seeing.locator('#appointments').count(), 0);
  assert.equal((await go(seeing, consentPage)).status(), 404, 'not the beneficiary\'s to give');

  await go(giving, casePage);
  await giving.getByRole('link', { name: 'What the beneficiary may see' }).click();
  await at(giving, consentPage);
  await hold(giving);
  await tabTo(giving, 'Show: What we wrote');
  await giving.keyboard.press('Enter');
  await giving.getByRole('button', { name: 'Stop showing: What we wrote' }).waitFor();
  await hold(giving);
  await waymark.messageTo(olena.person.email, { matching: /what the beneficiary may see/ });
  await waymark.messageTo(andriy.person.email, { matching: /changed what you may see/ });

  await go(seeing, casePage);
  const shown = await seeing.locator('main').innerText();
  assert.doesNotMatch(shown, /Olena/, 'the petitioner is not named');
  await hold(seeing);

  await giving.getByRole('button', { name: 'Show: Appointments' }).click();
  await giving.getByRole('button', { name: 'Stop showing: Appointments' }).waitFor();
  await giving.getByRole('button', { name: 'Stop showing: What we wrote' }).click();
  await giving.getByRole('button', { name: 'Show: What we wrote', exact: true }).waitFor();
  await go(giving, '/account/activity');
  const activity = await giving.locator('main').innerText();
  assert.match(activity, /let see more/);
  assert.match(activity, /let see less/);
  await close(giving);
  await close(seeing);
});
