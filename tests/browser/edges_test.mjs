// Where a browser is what goes wrong: the way back after signing out, a reload, two tabs, a code that is too old.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { demoCases, openAccount } from './people.mjs';
import { newPerson } from '../support/journeys.mjs';
import { Waymark } from '../support/waymark.mjs';
import { at, close, hold, launch, open, refused, send } from './browser.mjs';
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

const begin = async (person, until) => {
  const page = await open(browser, waymark);
  page.checksAxe = false;  // pages_test.mjs does, in each of these states
  await page.goto(`${waymark.origin}/sign-up/email`);
  await signUp(page, waymark, person, { until });
  return page;
};
const alert = (page) => page.locator('#error-summary').innerText();

test('the way back after signing out shows nothing of the person, nor does another tab', async () => {
  const cases = demoCases('Ana');
  const { visitor, person } = await openAccount(waymark, { cases });
  const page = await open(browser, waymark, { visitor });
  const other = await page.context().newPage();
  await other.goto(`${waymark.origin}/cases/${cases[0].receipt_number}`);
  await page.goto(`${waymark.origin}/cases/${cases[0].receipt_number}`);
  await page.goto(`${waymark.origin}/account`);
  assert.ok((await page.locator('main').innerText()).includes('@mail.example'));
  await send(page, '/sign-out');
  await at(page, '/signed-out');
  for (let steps = 0; steps < 2; ++steps) {
    await page.goBack();
    await at(page, '/sign-in');
    const shown = await page.content();
    for (const personal of [person.email, person.givenName, cases[0].receipt_number]) {
      assert.ok(!(await page.locator('body').innerText()).includes(personal), personal);
    }
    assert.ok(!shown.includes(person.email));
  }
  await other.reload();
  await at(other, '/sign-in');
  await close(page);
});

describe('signing up', () => {
  test('goes on where it was after a reload, and the way back keeps what was answered', async () => {
    const person = newPerson({ phone: '5550100140' });
    const page = await begin(person, '/sign-up/phone');
    await page.reload();
    await at(page, '/sign-up/phone');
    await page.goto(`${waymark.origin}/sign-up/about-you`);
    assert.equal(await page.inputValue('[name=given_name]'), person.givenName);
    assert.equal(await page.inputValue('[name=date_of_birth_year]'), person.born[0]);
    await page.goto(`${waymark.origin}/sign-up`);
    await at(page, '/sign-up/phone');
    await page.locator('summary', { hasText: 'You have no phone number?' }).click();
    await send(page, '/sign-up/phone/skip');
    await at(page, '/sign-up/authenticator');
    await close(page);
  });

  test('in two tabs at once loses nothing and opens one account', async () => {
    const person = newPerson({ phone: '5550100141' });
    const page = await begin(person, '/sign-up/consent');
    const other = await page.context().newPage();
    await other.goto(`${waymark.origin}/sign-up`);
    await at(other, '/sign-up/consent');
    Object.assign(other, { problems: page.problems, hasScripts: true, checksAxe: false });
    await signUp(other, waymark, person, { until: '/sign-up/phone' });
    // The first tab still shows a step that is answered by now: answering it again is no harm.
    await page.check('[name=consent]');
    await send(page, '/sign-up/consent');
    await page.waitForURL((url) => url.pathname !== '/sign-up/consent');
    await page.goto(`${waymark.origin}/sign-up`);
    await at(page, '/sign-up/phone');
    await signUp(page, waymark, person);
    await other.reload();
    await other.goto(`${waymark.origin}/cases`);
    await at(other, '/cases');
    assert.ok((await other.locator('h1').innerText()).includes(person.givenName));
    await close(page);
  });

  test('tells a wrong code from one that is too old, and sends another', async () => {
    const person = newPerson();
    const page = await begin(person, '/sign-up/code');
    const first = await waymark.codeTo(person.email);
    await page.fill('[name=code]', first === '000000' ? '111111' : '000000');
    await refused(page, '/sign-up/code');
    assert.match(await alert(page), /not the one that we sent last/);
    await hold(page, { where: 'a wrong code' });

    await waymark.moveClock(11);
    await page.fill('[name=code]', first);
    await refused(page, '/sign-up/code');
    assert.match(await alert(page), /too old/);
    await hold(page, { where: 'a code that is too old' });

    await page.locator('summary', { hasText: 'No email came?' }).click();
    await send(page, '/sign-up/code/again');
    await page.getByText('We have sent a new code').waitFor();
    await hold(page, { where: 'a new code' });
    const second = await waymark.codeTo(person.email, { after: 1 });
    if (first !== second) {
      await page.fill('[name=code]', first);
      await refused(page, '/sign-up/code');
    }
    await page.fill('[name=code]', second);
    await send(page, '/sign-up/code');
    await at(page, '/sign-up/consent');
    await close(page);
  });

  test('after a day away begins anew and says why', async () => {
    const page = await begin(newPerson(), '/sign-up/about-you');
    await waymark.moveClock(25 * 60);
    await page.fill('[name=family_name]', 'Reyes');
    await send(page, '/sign-up/about-you');
    await page.waitForURL((url) => url.pathname !== '/sign-up/about-you');
    await page.getByText('What you began here has ended').waitFor();
    await hold(page);
    await close(page);
  });
});

test('a session that was left alone is over, and signing in leads back to the page', async () => {
  const cases = demoCases('Mateo');
  const { visitor, person } = await openAccount(waymark, { cases });
  const page = await open(browser, waymark, { visitor });
  const path = `/cases/${cases[0].receipt_number}`;
  await page.goto(`${waymark.origin}${path}`);
  await waymark.moveClock(16);
  await page.reload();
  await at(page, '/sign-in');
  await hold(page);
  await page.fill('[name=email]', person.email);
  await page.fill('[name=password]', person.password);
  await send(page, '/sign-in');
  await at(page, '/sign-in/second-factor');
  await page.locator('a[href*="with=backup-code"]').click();
  await page.fill('[name=backup_code]', person.backupCodes[0]);
  await send(page, '/sign-in/second-factor');
  await at(page, path);
  await close(page);
});

test('a script that somebody slips into a page does not run, and is counted without saying whose page it was', async () => {
  const page = await open(browser, waymark);
  await page.goto(`${waymark.origin}/sign-in`);
  const reported = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/policy-reports');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.slippedIn = true';
    document.body.append(script);
  });
  assert.equal((await reported).status(), 200);
  assert.equal(await page.evaluate(() => window.slippedIn), undefined);
  const metrics = await (await fetch(`http://127.0.0.1:${waymark.operationsPort}/metrics`)).text();
  assert.match(metrics, /waymark_policy_reports_total\{directive="script-src-elem"\} 1/);
  await page.context().close(); // the console tells of it, as it should
});
