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

// A window of somebody: what the page said on the console, and requests that left our origin, are failures.
export async function open(browser, waymark, options = {}) {
  const context = await browser.newContext({ viewport: phone, locale: 'en-US', ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => { if (message.type() === 'error') page.problems.push(message.text()); });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith(waymark.origin)) page.problems.push(`asked for ${request.url()}`); });
  return page;
}

// No accessibility violation, no sideways scrolling, a heading, a title, and nothing said on the console.
export async function hold(page, { where = page.url() } = {}) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${where} scrolls sideways by ${wide} px`);
  assert.equal(await page.locator('h1').count(), 1, `${where} has one h1`);
  assert.ok((await page.title()).length > 5);
  // With scripts off axe cannot run in the page; the same pages are checked with scripts on.
  const canRun = await page.evaluate(() => true).catch(() => false);
  if (canRun && page.checksAxe !== false) {
    const results = await page.evaluate(async (source) => {
      if (!window.axe) (0, eval)(source);
      return window.axe.run(document, { resultTypes: ['violations'] });
    }, axeSource);
    assert.deepEqual(results.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`), [], where);
  }
  assert.deepEqual(page.problems.filter((problem) => !/status of (4|5)\d\d/.test(problem)), [], where);
}
