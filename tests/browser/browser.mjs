// Debian's Chromium, driven by playwright-core; and what every page is held to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({
  executablePath: process.env.WAYMARK_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };

// Widths that every page is measured at.
export const widths = [320, 390, 768, 1280];

const cookiesOf = (waymark, visitor) => [...visitor.cookies].map(([name, value]) => ({
  name, value, url: waymark.origin.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax',
}));

// A window of somebody (of `visitor`, when they began over HTTP). What the page says on the console, and requests that
// leave our origin, are collected in `page.problems`; hold() and close() fail on them.
export async function open(browser, waymark, { visitor, ...options } = {}) {
  const context = await browser.newContext({ viewport: phone, locale: 'en-US', ...options });
  context.setDefaultTimeout(20_000);
  if (visitor) await context.addCookies(cookiesOf(waymark, visitor));
  const page = await context.newPage();
  page.problems = [];
  page.hasScripts = options.javaScriptEnabled !== false;
  page.checksAxe = page.hasScripts;
  // Chromium tells each refusal (4xx) on the console; those are wanted here, and asserted as statuses.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.problems.push(message.text());
  });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(waymark.origin)) page.problems.push(`asked for ${request.url()}`);
  });
  return page;
}

export async function close(page) {
  assert.deepEqual(page.problems, []);
  await page.context().close();
}

// The accessibility violations that axe knows; with scripts off it cannot run in the page.
export async function violations(page, rules) {
  if (!page.checksAxe) return [];
  return page.evaluate(async ([source, only]) => {
    if (!window.axe) (0, eval)(source);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) });
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  }, [axeSource, rules]);
}

export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// What shows that words are missing: a key instead of its text, a placeholder that nothing filled in.
const unfinished = /\{[a-z_]+\}|\b(accounts|cases|overview|web|help|demo|words|office|messages|notifications)\.[a-z_]+\.[a-z_.]+\b|\bundefined\b|\bNaN\b/;

// No accessibility violation, no sideways scrolling, one h1, a title, whole words, and nothing said on the console.
export async function hold(page, { where = new URL(page.url()).pathname } = {}) {
  const wide = await sideways(page);
  assert.ok(wide <= 0, `${where} scrolls sideways by ${wide} px`);
  assert.equal(await page.locator('h1').count(), 1, `${where} has one h1`);
  assert.match(await page.title(), /\S – \S/, `${where} has a title`);
  assert.doesNotMatch(await page.locator('body').innerText(), unfinished, where);
  assert.deepEqual(await violations(page), [], where);
  assert.deepEqual(page.problems, [], where);
}

export const at = (page, path) => page.waitForURL((url) => url.pathname === path);

// Sends the form that goes to `action`, by its own main button.
export const send = (page, action) => page.locator(`form[action="${action}"] button:not([type=button])`).first().click();

// Sends it without the browser's own checks: what the server says to somebody whose browser has none.
export async function sendUnchecked(page, action) {
  await page.locator(`form[action="${action}"]`).evaluate((form) => { form.noValidate = true; });
  await send(page, action);
}

// Sends a form that is refused, and waits for the summary, which has the focus.
export async function refused(page, action) {
  const [response] = await Promise.all([page.waitForNavigation(), sendUnchecked(page, action)]);
  assert.equal(response.status(), 422);
  await page.locator('#error-summary').waitFor();
  if (page.hasScripts) await page.waitForFunction(() => document.activeElement?.id === 'error-summary');
  if (/^(en|es)$/.test(await page.locator('html').getAttribute('lang'))) assert.match(await page.title(), /^Error: /);
}
