// The ways that most scenarios begin with: opening an account, signing in, connecting a case.
import assert from 'node:assert/strict';

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, totp, Visitor } from './waymark.mjs';

// What ./run prints about the demo's people, read from the same file.
export const demoPeople = () => JSON.parse(readFileSync(join(root, 'catalogue/demo/people.json'), 'utf8'));
export const demoPerson = (name) => demoPeople().find((person) => person.name.includes(name));

export const strongPassword = 'quiet harbour lantern seven';

// Says that a step's own way of skipping it is taken.
const skipPhone = Symbol('skip the phone');

// What a person answers at each step of signing up; a function gets (waymark, person, page).
const answers = {
  '/sign-up/email': (_, person) => ({ email: person.email }),
  '/sign-up/code': async (waymark, person) => ({ code: await waymark.codeTo(person.email) }),
  '/sign-up/consent': () => ({ consent: 'yes' }),
  '/sign-up/about-you': (_, person) => ({
    given_name: person.givenName, family_name: person.familyName, date_of_birth_day: person.born[2],
    date_of_birth_month: person.born[1], date_of_birth_year: person.born[0], language: person.language,
  }),
  '/sign-up/password': (_, person) => ({ password: person.password }),
  '/sign-up/phone': (_, person) => (person.phone ? { phone_country: 'US', phone: person.phone } : skipPhone),
  '/sign-up/phone-code': async (waymark, person) => ({ code: await waymark.codeTo(`+1${person.phone.replace(/\D/g, '')}`) }),
  '/sign-up/authenticator': (waymark, person, page) => {
    person.secret = /id="totp-secret"[^>]*>([A-Z2-7 ]+)</.exec(page.html)[1];
    return { totp: totp(person.secret, waymark.now()) };
  },
  '/sign-up/backup-codes': (_, person, page) => {
    person.backupCodes = [...page.text.matchAll(/\b[0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5}\b/g)].map(([code]) => code);
    return { kept: 'yes' };
  },
  '/sign-up/check': () => ({}),
};

export const newPerson = (more = {}) => ({
  email: `ana.${Math.random().toString(36).slice(2, 10)}@mail.example`,
  givenName: 'Ana', familyName: 'Reyes Montoya', born: ['1990', '4', '12'], language: 'en', password: strongPassword, ...more,
});

// One step: fills in the page the visitor is on, and gives the next page. The page's path says which step it is.
export async function answerStep(waymark, visitor, person, page, over = {}) {
  const step = page.path.replace(/\?.*/, '');
  assert.ok(answers[step], `a step of signing up, not ${step}: ${page.text.slice(0, 300)}`);
  const answer = await answers[step](waymark, person, page);
  if (answer === skipPhone && !Object.keys(over).length) return visitor.fill(page, '/sign-up/phone/skip', {});
  const fields = { ...answer, ...over };
  return visitor.fill(page, step, fields);
}

// From /sign-up to the dashboard, or to the step named.
export async function signUp(waymark, person, { until = '/cases', visitor = new Visitor(waymark) } = {}) {
  let page = await visitor.open('/sign-up');
  for (let steps = 0; steps < 14 && page.path !== until; ++steps) {
    const before = page.path;
    page = await answerStep(waymark, visitor, person, page);
    assert.notEqual(`${page.status} ${page.path}`, `422 ${before}`, `refused at ${before}: ${page.text.slice(0, 800)}`);
  }
  assert.equal(page.path, until, page.text.slice(0, 500));
  assert.equal(page.status, 200);
  return { visitor, page };
}

// Password, then a code of the app that was not used before (or a backup code).
export async function signIn(waymark, person, { backupCode, at } = {}) {
  const visitor = new Visitor(waymark);
  let page = await visitor.open('/sign-in');
  page = await visitor.fill(page, '/sign-in', { email: person.email, password: person.password });
  assert.equal(page.path, '/sign-in/second-factor', page.text.slice(0, 500));
  if (backupCode) {
    page = await visitor.open('/sign-in/second-factor?with=backup-code');
    page = await visitor.fill(page, '/sign-in/second-factor', { backup_code: backupCode });
  } else {
    page = await visitor.fill(page, '/sign-in/second-factor', { totp: totp(person.secret, at ?? waymark.now()) });
  }
  return { visitor, page };
}

export async function connect(visitor, demo, over = {}) {
  const page = await visitor.open('/cases/connect');
  const isOrganisation = !/^\d{4}-\d\d-\d\d$/.test(demo.second_proof);
  const [year, month, day] = isOrganisation ? ['', '', ''] : demo.second_proof.split('-');
  return visitor.fill(page, '/cases/connect', {
    receipt_number: demo.receipt_number, access_code: demo.access_code,
    ...(isOrganisation ? { proof_kind: 'registration_number', registration_number: demo.second_proof }
      : { date_of_birth_day: day, date_of_birth_month: month, date_of_birth_year: year }),
    ...over,
  });
}
