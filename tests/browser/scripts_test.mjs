// What assets/src adds to pages in a browser, on small pages of our own markup.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const dist = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), 'assets/dist');
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));

let browser, server, page, body;
const received = [];

before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/app.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(join(dist, manifest['app.js'])));
    }
    if (request.method === 'POST') {
      let text = '';
      request.on('data', (part) => (text += part));
      // No answer yet: the line is slow, and the page stands.
      return request.on('end', () => received.push(text));
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>t</title><script src="/app.js" defer></script><body>${body}</body>`);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

beforeEach(async () => {
  received.length = 0;
  await page?.context().close();
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
});

async function open(html) {
  body = html;
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function paste(text) {
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('Control+V');
}

const code = '<label>Code <input data-code="0" name="code" maxlength="6"></label>';
const grouped = '<label>Code <input data-code="4" name="code" maxlength="13"></label>';

test('a pasted code loses its blanks and dashes before the length counts', async () => {
  await open(code);
  await page.focus('input');
  await paste(' 123-4 56\n');
  assert.equal(await page.inputValue('input'), '123456');
});

test('a code is shown in groups while it is typed, with the caret where it was', async () => {
  await open(grouped);
  await page.focus('input');
  await page.keyboard.type('ABCDEFGHJKLMN');
  assert.equal(await page.inputValue('input'), 'ABCD EFGH JKLM N');
  for (let i = 0; i < 5; ++i) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  assert.equal(await page.inputValue('input'), 'ABCD EFGH KLMN');
  await page.keyboard.type('X');
  assert.equal(await page.inputValue('input'), 'ABCD EFGH XKLM N');
});

test('a pasted code is shown in groups and cut at its length', async () => {
  await open(grouped);
  await page.focus('input');
  await paste('ABCD-EFGH-JKLMN-PQR');
  assert.equal(await page.inputValue('input'), 'ABCD EFGH JKLM N');
});

test('a password is shown on request, and hidden again before it is sent', async () => {
  await open(`<form method="post"><label>Password <input type="password" id="password" name="password"></label>
    <button type="button" hidden data-show="password" aria-label="Show password" data-other-label="Hide password"
      data-other="Hide">Show</button>
    <button>Go</button></form>`);
  await page.fill('#password', 'a quiet lantern');
  await page.click('[aria-label="Show password"]');
  assert.equal(await page.getAttribute('#password', 'type'), 'text');
  await page.click('[aria-label="Hide password"]:text("Hide")');
  assert.equal(await page.getAttribute('#password', 'type'), 'password');
  await page.click('[aria-label="Show password"]:text("Show")');
  // Within the page: the driver would wait for the next one, which does not come.
  const type = await page.evaluate(() => {
    document.querySelector('form > button:last-child').click();
    return document.querySelector('#password').type;
  });
  assert.equal(type, 'password');
});

test('a second press does not send a form twice', async () => {
  await open('<form method="post"><button name="step" value="next">Go</button></form>');
  const isBusy = await page.evaluate(() => {
    document.querySelector('button').click();
    document.querySelector('button').click();
    return document.querySelector('form').getAttribute('aria-busy');
  });
  assert.equal(isBusy, 'true');
  const sent = () => received.filter((text) => text.startsWith('step='));
  for (let tries = 0; tries < 100 && sent().length === 0; ++tries) await pause(50);
  await pause(200);  // a second one would be on its way
  assert.deepEqual(sent(), ['step=next']);
});

test('codes are copied one a line, and the button says so', async () => {
  await open(`<ol id="codes"><li>AAAA</li><li>BBBB</li></ol>
    <button type="button" hidden data-copy="codes" data-copied="Copied">Copy</button>`);
  await page.click('button');
  await page.waitForSelector('text=Copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'AAAA\nBBBB');
});

test('the error summary has the focus, and its links lead into the fields', async () => {
  await open(`<div id="error-summary" tabindex="-1"><a href="#email">Type an email address</a></div>
    <div class="field"><label for="email">Email</label><input id="email"></div>`);
  await page.waitForFunction(() => document.activeElement?.id === 'error-summary');
  await page.click('a');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'email');
});

const exit = (href) => `<button>Here</button><a data-quick-exit rel="noreferrer" href="${href}">Leave this page now</a>`;

test('the button to leave goes to the neutral page at once, and "back" does not return', async () => {
  await open('<p>before</p>');
  const neutral = `http://127.0.0.1:${server.address().port}/neutral`;
  body = exit(neutral);
  await page.goto(`http://127.0.0.1:${server.address().port}/delicate`);
  await page.click('a');
  await page.waitForURL(neutral);
  await page.goBack();
  assert.ok(!page.url().endsWith('/delicate'), page.url());
});

test('Escape leaves when it is pressed three times in a row, and not before', async () => {
  const neutral = `http://127.0.0.1:${server.address().port}/neutral`;
  body = exit(neutral);
  await page.goto(`http://127.0.0.1:${server.address().port}/delicate`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await pause(2200);
  await page.keyboard.press('Escape');
  await pause(200);
  assert.ok(page.url().endsWith('/delicate'), 'three presses over a longer time');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.waitForURL(neutral);
});
