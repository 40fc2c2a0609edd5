// People whose accounts and cases stand already, opened over HTTP and then handed to a browser: quicker than filling in
// the sign-up in Chromium for each of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { connect, demoPeople, demoPerson, newPerson, signUp } from '../support/journeys.mjs';
import { root } from '../support/waymark.mjs';

// All 25 cases of the lawyer; people.json names the first of them only.
export function casesOf(party) {
  const lines = readFileSync(join(root, 'catalogue/demo/feed.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const proofs = new Map(lines.filter((line) => line.type === 'party' && line.party === party).map((line) => [line.case, line.second_proof.value]));
  return lines.filter((line) => line.type === 'access_code' && line.party === party)
    .map((line) => ({ receipt_number: line.case, access_code: line.code, second_proof: proofs.get(line.case) }));
}

export const longName = { givenName: 'María Alejandra Guadalupe', familyName: 'Fernández de Córdoba y Montealegre' };

// A visitor who is signed in and has connected `cases`.
export async function openAccount(waymark, { person = newPerson(), cases = [] } = {}) {
  const { visitor } = await signUp(waymark, person);
  for (const one of cases) {
    const page = await connect(visitor, one);
    if (page.status !== 200) throw new Error(`${one.receipt_number} was not connected: ${page.text.slice(0, 300)}`);
  }
  return { visitor, person };
}

export const demoCases = (name) => demoPeople().filter((person) => person.name.includes(name) && person.code_state === 'good');
export const demoCase = (name) => demoPerson(name).receipt_number;

