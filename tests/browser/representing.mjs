// The steps of becoming a client's representative that several journeys take.
import assert from 'node:assert/strict';

import { at, hold, open, phone, refused, send } from './browser.mjs';
import { openAccount } from './people.mjs';
import { newPerson } from '../support/journeys.mjs';

export const goOn = (waymark) => async (page, path) => {
  const response = await page.goto(`${waymark.origin}${path}`);
  return response.status();
};
export const passcodeOn = async (page) => (await page.locator('#passcode').innerText()).trim();

// A window of a new account that asks the office to be verified.
export async function openRepresentative(browser, waymark, givenName, familyName) {
  const go = goOn(waymark);
  const { visitor, person } = await openAccount(waymark, { person: newPerson({ givenName, familyName }) });
  const page = await open(browser, waymark, { visitor, viewport: phone });
  await go(page, '/representing');
  await hold(page);
  await page.getByRole('link', { name: 'Ask to be verified' }).click();
  await at(page, '/representing/request');
  await hold(page);
  await page.fill('[name=organisation]', 'Quay Street Law');
  await refused(page, '/representing/request');
  await hold(page);
  assert.equal(await page.inputValue('[name=organisation]'), 'Quay Street Law', 'nothing typed is lost');
  await page.check('[name=kind][value=lawyer]');
  await page.fill('[name=licence]', `NY ${givenName.length}471902`);
  await send(page, '/representing/request');
  await page.getByText('The office is checking your request').waitFor();
  await hold(page);
  return { page, person };
}

export async function verify(officer, waymark, name) {
  await goOn(waymark)(officer, '/office/representatives');
  await hold(officer);
  await officer.getByRole('link', { name }).click();
  await officer.waitForURL(/\/office\/representatives\/\d+$/);
  await officer.getByText('Quay Street Law').waitFor();
  await hold(officer);
  await officer.getByRole('button', { name: 'Verify' }).click();
  await at(officer, '/office/representatives');
  await officer.getByText('Verified, and told so by email.').waitFor();
}

// The client gives a passcode, the representative types it.
export async function link(waymark, client, representative, receipt) {
  const go = goOn(waymark);
  const page = `/cases/${receipt}/representative/passcode`;
  await go(client, page);
  await send(client, page);
  const passcode = await passcodeOn(client);
  await go(representative, '/representing/add');
  await representative.fill('[name=receipt_number]', receipt);
  await representative.fill('[name=passcode]', passcode);
  await send(representative, '/representing/add');
  await at(representative, `/representing/${receipt}`);
}
