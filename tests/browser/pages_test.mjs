// Every page, in every state that a person can bring it into, held to what pages are held to: no violation that axe
// knows (light and dark), nothing wider than the window from 320 to 1280 px, at 200 % text, in forced colours, printed,
// in Spanish, with longer words, and from right to left.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { demoCase, demoCases, casesOf, longName, openAccount } from './people.mjs';
import { newPerson, signUp } from '../support/journeys.mjs';
import { Visitor, Waymark } from '../support/waymark.mjs';
import { close, hold, launch, open, refused, send, sendUnchecked, sideways, violations, widths } from './browser.mjs';

let waymark;
let browser;
const who = {};  // by name: somebody's visitor, whose cookies a window gets
before(async () => {
  waymark = await Waymark.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await waymark?.stop();
});

const wrongCode = (path) => async (page) => {
  await page.fill('[name=code]', '000000');
  await refused(page, path);
};
const empty = (path) => (page) => refused(page, path);
const checked = async (page, reference, receiver) => {
  await page.fill('[name=reference]', reference);
  await page.fill('[name=receiver]', receiver);
  const [response] = await Promise.all([page.waitForNavigation(), send(page, '/genuine')]);
  assert.equal(response.status(), 200);
};
const notOurs = (page) => checked(page, 'K7M2Q-9XD4P', 'ana@mail.example');
const ours = async (page) => {
  const end = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b(?=\. To check)/;
  const mail = (await waymark.outbox()).findLast((message) => message.channel === 'email' && end.test(message.text));
  await checked(page, end.exec(mail.text)[0], mail.to);
  await page.locator('main dl').waitFor();
};
const wrongConnection = async (page) => {
  await page.fill('[name=receipt_number]', demoCase('Grace'));
  await page.fill('[name=access_code]', 'ZAB5RRB146VH7');
  await page.fill('[name=date_of_birth_day]', '1');
  await page.fill('[name=date_of_birth_month]', '2');
  await page.fill('[name=date_of_birth_year]', '1990');
  await refused(page, '/cases/connect');
};
// What the page is behind a fold is looked at too.
const unfold = (page) => page.locator('main details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));

const steps = ['code', 'consent', 'about-you', 'password', 'phone', 'phone-code', 'authenticator', 'backup-codes', 'check'];
const caseOf = (name, index = 0) => `/cases/${demoCases(name)[index].receipt_number}`;

// Name, whose window, path, and what is done there.
const pages = [
  ['landing', 'stranger', '/'],
  ['privacy', 'stranger', '/privacy'],
  ['accessibility', 'stranger', '/accessibility'],
  ['contact', 'stranger', '/contact'],
  ['help', 'stranger', '/help'],
  ['help: an article', 'stranger', '/help/two-factor'],
  ['help: an article with steps', 'stranger', '/help/creating-an-account'],
  ['help: not useful', 'stranger', '/help/passkeys?useful=no'],
  ['help: found', 'stranger', '/help/search?q=pasword'],
  ['help: nothing found', 'stranger', '/help/search?q=xylophone'],
  ['help: too long a search', 'stranger', `/help/search?q=${'a'.repeat(101)}`],
  ['help: a question of a guide', 'stranger', '/help/fix/lost-phone'],
  ['help: what a guide says', 'stranger', '/help/fix/no-code/mailbox'],
  ['call-back', 'stranger', '/contact/call-back'],
  ['call-back refused', 'stranger', '/contact/call-back', empty('/contact/call-back')],
  ['ask', 'stranger', '/help/ask'],
  ['ask refused', 'stranger', '/help/ask', empty('/help/ask')],
  ['ask: ended', 'stranger', '/help/ask?ended=yes'],
  ['ask: code', 'asking', '/help/ask/code', unfold],
  ['ask: wrong code', 'asking', '/help/ask/code', wrongCode('/help/ask/code')],
  ['ask: question', 'proved', '/help/ask/question'],
  ['ask: nothing written', 'proved', '/help/ask/question', empty('/help/ask/question')],
  ['genuine', 'stranger', '/genuine'],
  ['genuine refused', 'stranger', '/genuine', empty('/genuine')],
  ['genuine: not ours', 'stranger', '/genuine', notOurs],
  ['genuine: ours', 'stranger', '/genuine', ours],
  ['report a weakness', 'stranger', '/security'],
  ['phrase', 'nobody', '/account/phrase'],
  ['phrase refused', 'nobody', '/account/phrase', empty('/account/phrase')],
  ['outbox', 'stranger', '/demo/outbox'],
  ['clock', 'stranger', '/demo/clock'],
  ['clock refused', 'stranger', '/demo/clock', empty('/demo/clock')],
  ['404', 'stranger', '/no/such/page'],
  ['sign-in', 'stranger', '/sign-in'],
  ['sign-in refused', 'stranger', '/sign-in', empty('/sign-in')],
  ['signed out', 'stranger', '/signed-out'],
  ["can't sign in", 'stranger', '/recover'],
  ['recover a password', 'stranger', '/recover/password'],
  ['recover a password: nothing typed', 'stranger', '/recover/password', empty('/recover/password')],
  ['recover a password: ended', 'stranger', '/recover/password?ended=yes'],
  ['recover a password: code', 'stranger', '/recover/password', async (page) => {
    await page.fill('[name=email]', 'nobody.at.all@mail.example');
    await send(page, '/recover/password');
    await page.waitForURL('**/recover/password/code');
    await unfold(page);
  }],
  ['password recovered', 'stranger', '/recover/password/done'],
  ['lost second factor', 'stranger', '/recover/second-factor'],
  ['second factor recovered', 'stranger', '/recover/second-factor/done'],
  ['locked by its owner', 'stranger', '/recover/locked'],
  ['dead link', 'stranger', '/link/nothing'],
  ['cancel by code', 'stranger', '/cancel'],
  ['cancel by code: nothing typed', 'stranger', '/cancel', empty('/cancel')],
  ['cancelled', 'stranger', '/cancel/done'],
  ['change the address', 'nobody', '/account/email'],
  ['change the address: nothing typed', 'nobody', '/account/email', empty('/account/email')],
  ['sign-up: email', 'stranger', '/sign-up/email'],
  ['sign-up: email refused', 'stranger', '/sign-up/email', empty('/sign-up/email')],
  ['sign-up: ended', 'stranger', '/sign-up/email?ended=yes'],
  ['sign-up: paused', 'stranger', '/sign-up/paused'],
  ...steps.map((step) => [`sign-up: ${step}`, step, `/sign-up/${step}`, unfold]),
  ['sign-up: wrong code', 'code', '/sign-up/code', wrongCode('/sign-up/code')],
  ['sign-up: no consent', 'consent', '/sign-up/consent', empty('/sign-up/consent')],
  ['sign-up: nothing about you', 'about-you', '/sign-up/about-you', empty('/sign-up/about-you')],
  ['sign-up: no password', 'password', '/sign-up/password', empty('/sign-up/password')],
  ['sign-up: no phone', 'phone', '/sign-up/phone', empty('/sign-up/phone')],
  ['sign-up: wrong phone code', 'phone-code', '/sign-up/phone-code', wrongCode('/sign-up/phone-code')],
  ['sign-up: no app code', 'authenticator', '/sign-up/authenticator', empty('/sign-up/authenticator')],
  ['sign-up: codes not kept', 'backup-codes', '/sign-up/backup-codes', empty('/sign-up/backup-codes')],
  ['second factor', 'half', '/sign-in/second-factor'],
  ['second factor refused', 'half', '/sign-in/second-factor', empty('/sign-in/second-factor')],
  ['second factor: backup code', 'half', '/sign-in/second-factor?with=backup-code'],
  ['dashboard: empty', 'nobody', '/cases'],
  ['connect', 'nobody', '/cases/connect', unfold],
  ['connect as an organisation', 'nobody', '/cases/connect?as=organisation'],
  ['connect: nothing typed', 'nobody', '/cases/connect', empty('/cases/connect')],
  ['connect refused', 'nobody', '/cases/connect', wrongConnection],
  ['new code', 'nobody', '/cases/connect/new-code'],
  ['new code: nothing typed', 'nobody', '/cases/connect/new-code', empty('/cases/connect/new-code')],
  ['new code sent', 'nobody', '/cases/connect/new-code/sent'],
  ['account', 'nobody', '/account'],
  ['passkeys', 'nobody', '/account/passkeys', unfold],
  ['details', 'nobody', '/account/details'],
  ['apps', 'nobody', '/account/authenticators'],
  ['an app being added', 'nobody', '/account/authenticators', async (page) => {
    await send(page, '/account/authenticators/start');
    await page.waitForURL('**/account/authenticators/add');
    await unfold(page);
  }],
  ['an app refused', 'nobody', '/account/authenticators', async (page) => {
    await send(page, '/account/authenticators/start');
    await page.waitForURL('**/account/authenticators/add');
    await refused(page, '/account/authenticators/add');
  }],
  ['backup codes', 'nobody', '/account/backup-codes'],
  ['new backup codes', 'nobody', '/account/backup-codes', async (page) => {
    // In a second language they stand there already, until somebody says that they are kept.
    if (await page.locator('#backup-codes').count() === 0) await send(page, '/account/backup-codes/new');
    await page.waitForSelector('#backup-codes');
  }],
  ['phones', 'nobody', '/account/phones'],
  ['a phone refused', 'nobody', '/account/phones/add', empty('/account/phones/add')],
  ['preferences', 'nobody', '/account/preferences'],
  ['devices', 'nobody', '/account/devices'],
  ['activity', 'many', '/account/activity'],
  ['lock', 'many', '/account/lock'],
  ['the office’s door', 'stranger', '/office/sign-in'],
  ['out of the office', 'stranger', '/office/signed-out'],
  ['session ending', 'nobody', '/session/ending'],
  ['password', 'nobody', '/account/password'],
  ['name', 'nobody', '/account/name'],
  ['download my data', 'nobody', '/account/data'],
  ['close the account', 'nobody', '/account/closure'],
  ['close the account: box not ticked', 'nobody', '/account/closure', empty('/account/closure')],
  ['account closed', 'stranger', '/account-closed'],
  ['prove again', 'nobody', '/sign-in/again'],
  ['sign out', 'nobody', '/sign-out'],
  ['a case of others', 'nobody', caseOf('Ana')],
  ['403', 'nobody', '/account/preferences', async (page) => {
    await page.locator('main form [name=csrf]').evaluate((field) => { field.value = 'forged'; });
    const [response] = await Promise.all([page.waitForNavigation(), send(page, '/account/preferences')]);
    assert.equal(response.status(), 403);
  }],
  ['dashboard: one case', 'one', '/cases'],
  ['a case with an appointment', 'one', caseOf('Mateo')],
  ['dashboard: closed, approved, stepped back', 'many', '/cases', unfold],
  ['account with a name of 60 letters', 'many', '/account'],
  ['a case just connected', 'many', `${caseOf('Ana')}?connected=now`],
  ['a case with fingerprints to come', 'many', caseOf('Ana')],
  ['a case where documents are asked for', 'many', caseOf('Ana', 1), unfold],
  ['a case that went back', 'many', caseOf('Đức')],
  ['a case closed approved', 'many', caseOf('Fatima')],
  ['a case closed denied', 'many', caseOf('Fatima', 1)],
  ['a case withdrawn', 'many', caseOf('Fatima', 2)],
  ["a beneficiary's case", 'many', caseOf('Andriy')],
  ['what a beneficiary may see', 'petitioner', `${caseOf('Olena')}/beneficiary`, unfold],
  ["a petitioner's case", 'petitioner', caseOf('Olena')],
  ['who looked at a case', 'many', `${caseOf('Ana')}/looks`, unfold],
  ['who helps: nobody', 'many', `${caseOf('Ana', 1)}/helpers`, unfold],
  ['who helps', 'many', `${caseOf('Ana')}/helpers`],
  ['asking for help', 'many', `${caseOf('Ana')}/helpers/ask`],
  ['asking for help refused', 'many', `${caseOf('Ana')}/helpers/ask`, empty(`${caseOf('Ana')}/helpers/ask`)],
  ['whom I help: nobody', 'nobody', '/helping'],
  ['whom I help', 'helper', '/helping', unfold],
  ["a helper's case", 'helper', `/helping/${demoCases('Ana')[0].receipt_number}`],
  ['my representative: nobody', 'many', `${caseOf('Ana', 1)}/representative`, unfold],
  ['my representative: a passcode waits', 'many', `${caseOf('Ana')}/representative`],
  ['giving a passcode', 'many', `${caseOf('Ana')}/representative/passcode`],
  ['having a passcode', 'many', `${caseOf('Ana')}/representative/accept`],
  ['having a passcode refused', 'many', `${caseOf('Ana')}/representative/accept`, empty(`${caseOf('Ana')}/representative/accept`)],
  ['whom I represent: not known', 'nobody', '/representing'],
  ['whom I represent: asked', 'helper', '/representing'],
  ['asking to represent', 'nobody', '/representing/request'],
  ['asking to represent refused', 'nobody', '/representing/request', empty('/representing/request')],
  ["a client's passcode", 'nobody', '/representing/add'],
  ["a client's passcode: not verified", 'nobody', '/representing/passcode'],
  ['no firm', 'nobody', '/firm'],
  ['no messages', 'nobody', '/messages'],
  ['a new message', 'nobody', '/messages/new'],
  ['a new message refused', 'nobody', '/messages/new', empty('/messages/new')],
  ['a new message about a case', 'many', `/messages/new?case=${demoCases('Ana')[0].receipt_number}`],
  ['messages', 'many', '/messages'],
  ['a thread', 'many', '/messages', async (page) => {
    await page.locator('main .stacked a, main li a').first().click();
    await page.waitForURL(/\/messages\/\d+$/);
  }],
  ['disconnection', 'many', `${caseOf('Ana')}/disconnection`],
  ['dashboard: 25 cases', 'lawyer', '/cases', unfold],
  ["a client's case", 'lawyer', caseOf('Ruth')],
  // The last one: the address is locked afterwards.
  ['429', 'stranger', '/sign-in', async (page) => {
    let status = 0;
    for (let tries = 0; tries < 10 && status !== 429; ++tries) {
      await page.goto(`${waymark.origin}/sign-in`);
      await page.fill('[name=email]', 'nobody@mail.example');
      await page.fill('[name=password]', `wrong ${tries}`);
      const [response] = await Promise.all([page.waitForNavigation(), sendUnchecked(page, '/sign-in')]);
      status = response.status();
    }
    assert.equal(status, 429);
  }],
];

test('the people of the pages open their accounts', async () => {
  for (const [index, step] of steps.entries()) {
    const { visitor } = await signUp(waymark, newPerson({ phone: `55501001${60 + index}` }), { until: `/sign-up/${step}` });
    who[step] = visitor;
  }
  who.nobody = (await openAccount(waymark)).visitor;
  who.one = (await openAccount(waymark, { cases: demoCases('Mateo') })).visitor;
  who.many = (await openAccount(waymark, {
    person: newPerson(longName),
    cases: ['Ana', 'Fatima', 'Đức', 'María', 'Priya', 'Andriy'].flatMap(demoCases),
  })).visitor;
  who.petitioner = (await openAccount(waymark, { cases: demoCases('Olena') })).visitor;
  who.lawyer = (await openAccount(waymark, { cases: casesOf('ruth') })).visitor;
  await who.many.fill(await who.many.open('/messages/new'), '/messages/new', {
    topic: 'documents', subject: `A long one: ${'Donaudampfschifffahrt'.repeat(4)}`, text: 'Which copies do you need?\n\nThe long ones?',
  });
  const helper = await openAccount(waymark);
  who.helper = helper.visitor;
  const until = new Date(waymark.now().getTime() + 100 * 86_400_000);
  for (const one of [demoCases('Fatima')[0], demoCases('Ana')[0]]) {  // the newest stands first, and is taken
    const ask = `/cases/${one.receipt_number}/helpers/ask`;
    await who.many.fill(await who.many.open(ask), ask, {
      email: helper.person.email, may: 'act', until_day: String(until.getUTCDate()), until_month: String(until.getUTCMonth() + 1), until_year: String(until.getUTCFullYear()),
    });
  }
  const offers = await who.helper.open('/helping');
  await who.helper.fill(offers, '/helping/accept', { helping: /name="helping" value="(\d+)"/.exec(offers.html)[1] });
  await who.helper.fill(await who.helper.open('/representing/request'), '/representing/request', {
    kind: 'accredited', organisation: `Harbor Legal Aid ${'Donaudampfschifffahrt'.repeat(2)}`, licence: 'AR 5550100',
  });
  const passcode = `${caseOf('Ana')}/representative/passcode`;
  await who.many.submit(await who.many.open(passcode), passcode, {});
  const half = await openAccount(waymark);
  who.half = new Visitor(waymark);
  who.half.whole = half.visitor;
  await who.half.fill(await who.half.open('/sign-in'), '/sign-in', { email: half.person.email, password: half.person.password });
  who.stranger = new Visitor(waymark);
  for (const name of ['asking', 'proved']) {
    const email = `${name}@mail.example`;
    who[name] = new Visitor(waymark);
    const page = await who[name].fill(await who[name].open('/help/ask'), '/help/ask', { email });
    if (name === 'proved') await who[name].fill(page, '/help/ask/code', { code: await waymark.codeTo(email) });
  }
});

async function show(page, [, , path, act]) {
  await page.goto(`${waymark.origin}${path}`);
  if (act) await act(page);
}

async function holdEveryWay(page, where) {
  await hold(page, { where });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok((await sideways(page)) <= 0, `${where} scrolls sideways at ${width} px`);
  }
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  assert.ok((await sideways(page)) <= 0, `${where} scrolls sideways at 200 % text`);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await violations(page, ['color-contrast']), [], `${where} in the dark`);
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
  assert.ok((await sideways(page)) <= 0, `${where} scrolls sideways in forced colours`);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', media: 'print' });
  for (const hidden of ['.nav', '.languages', '.skip']) {
    assert.ok(!(await page.locator(hidden).first().isVisible()), `${where} prints its ${hidden}`);
  }
  assert.ok(await page.locator('h1').isVisible(), `${where} prints its heading`);
  await page.emulateMedia({ media: 'screen' });
}

describe('in English, every way', { concurrency: 2 }, () => {
  for (const one of pages) {
    const [name, whose] = one;
    test(name, async () => {
      const page = await open(browser, waymark, { visitor: who[whose] });
      await show(page, one);
      await holdEveryWay(page, name);
      await close(page);
    });
  }
});

// Somebody's language: their account's when they have one, else what their browser asks for.
async function speak(somebody, language) {
  const visitor = somebody.whole ?? somebody;
  const form = await visitor.get('/account/preferences');
  if (form.status !== 200) return visitor.cookies.set('__Host-language', language);
  const answer = await visitor.submit(form, '/account/preferences', { language });
  assert.equal(answer.status, 303, `${language} was not taken: ${answer.text.slice(0, 300)}`);
}

// axe looks at every fourth mirrored page once more, as it comes; translations alone change nothing that it knows.
for (const [language, direction] of [['es', 'ltr'], ['en-XA', 'ltr'], ['en-XB', 'rtl']]) {
  describe(`in ${language}`, () => {
    test('every page fits and has its words', async () => {
      for (const visitor of new Set(Object.values(who))) await speak(visitor, language);
      const windows = new Map();
      for (const [index, one] of pages.filter(([name]) => name !== '429').entries()) {
        const [name, whose] = one;
        if (!windows.has(whose)) windows.set(whose, await open(browser, waymark, { visitor: who[whose], locale: language }));
        const page = windows.get(whose);
        page.checksAxe = direction === 'rtl' && one[3] === undefined && index % 4 === 0;
        await page.setViewportSize({ width: 320, height: 740 });
        await show(page, one);
        const where = `${name} in ${language}`;
        assert.equal(await page.locator('html').getAttribute('lang'), language, where);
        assert.equal(await page.locator('html').getAttribute('dir'), direction, where);
        await hold(page, { where });
        await page.setViewportSize({ width: 1280, height: 900 });
        assert.ok((await sideways(page)) <= 0, `${where} scrolls sideways at 1280 px`);
      }
      for (const page of windows.values()) await close(page);
    });
  });
}
