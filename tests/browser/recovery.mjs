// The steps of getting back in that several journeys take: an address proved, a lost second factor asked for and set up.
import { totp } from '../support/waymark.mjs';
import { at, hold, send } from './browser.mjs';
import { codesOn } from './sign_up.mjs';

export const lostFactor = '/recover/second-factor';

export async function proveAddress(page, waymark, flow, person) {
  await page.goto(`${waymark.origin}${flow}`);
  await hold(page);
  await page.fill('[name=email]', person.email);
  const before = (await waymark.outbox()).filter(({ to }) => to === person.email).length;
  await send(page, flow);
  await at(page, `${flow}/code`);
  await hold(page);
  await page.fill('[name=code]', await waymark.codeTo(person.email, { after: before }));
  await send(page, `${flow}/code`);
}

// Who lost their second factor proves the address and the password.
export async function proveForFactor(page, waymark, person) {
  await proveAddress(page, waymark, lostFactor, person);
  await at(page, `${lostFactor}/password`);
  await hold(page);
  await page.fill('[name=password]', person.password);
  await send(page, `${lostFactor}/password`);
}

// After the day of waiting: a new app, whose secret the person has from now on, and new backup codes, which it gives.
export async function setUpFactor(page, waymark, person) {
  await at(page, `${lostFactor}/authenticator`);
  await hold(page);
  await page.locator('details:has(#totp-secret) summary').click();
  person.secret = (await page.locator('#totp-secret').innerText()).trim();
  await page.fill('[name=totp]', totp(person.secret, waymark.now()));
  await send(page, `${lostFactor}/authenticator`);
  await at(page, `${lostFactor}/backup-codes`);
  await hold(page);
  const codes = await codesOn(page);
  await page.check('[name=kept]');
  await send(page, `${lostFactor}/backup-codes`);
  await at(page, `${lostFactor}/done`);
  await hold(page);
  return codes;
}

// An app's code is good once: the clock goes past the one that was used last.
export async function appCode(waymark, person) {
  await waymark.moveClock(1);
  return totp(person.secret, waymark.now());
}

export async function signInWith(page, waymark, person, password) {
  await at(page, '/sign-in');
  await page.fill('[name=email]', person.email);
  await page.fill('[name=password]', password);
  await send(page, '/sign-in');
  await at(page, '/sign-in/second-factor');
  await page.fill('[name=totp]', await appCode(waymark, person));
  await send(page, '/sign-in/second-factor');
  await at(page, '/cases');
}
