// What comes over the line: people on old phones and slow lines pay for each byte and each request.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { casesOf, demoCases, openAccount } from './people.mjs';
import { Waymark } from '../support/waymark.mjs';
import { launch, open } from './browser.mjs';

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

// Heads and bodies as they came, compressed; what the browser took from its own cache does not count.
async function weigh(page, path) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const sent = { bytes: 0, requests: [] };
  const fromCache = new Set();
  const urls = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.requestServedFromCache', ({ requestId }) => fromCache.add(requestId));
  session.on('Network.responseReceived', ({ requestId, response }) => response.fromDiskCache && fromCache.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (fromCache.has(requestId)) return;
    sent.bytes += encodedDataLength;
    sent.requests.push(urls.get(requestId));
  });
  await page.goto(`${waymark.origin}${path}`, { waitUntil: 'networkidle' });
  await session.detach();
  return sent;
}

async function visitTwice(visitor, path) {
  const page = await open(browser, waymark, { visitor });
  const first = await weigh(page, path);
  const next = await weigh(await page.context().newPage(), path);
  await page.context().close();
  return { first, next };
}

for (const [name, cases] of [['one case', demoCases('Mateo')], ['25 cases', casesOf('ruth')]]) {
  test(`the dashboard with ${name} weighs under 60 KB at first, under 12 KB the next time, in at most 5 requests`, async () => {
    const { visitor } = await openAccount(waymark, { cases });
    const { first, next } = await visitTwice(visitor, '/cases');
    assert.ok(first.bytes > 1000 && first.bytes < 60_000, `${first.bytes} bytes at first`);
    assert.ok(first.requests.length <= 5, first.requests.join('\n'));
    assert.ok(next.bytes > 500 && next.bytes < 12_000, `${next.bytes} bytes the next time`);
    assert.ok(next.requests.length <= 1, next.requests.join('\n'));
  });
}

test('a first visit of the landing page takes at most 5 requests and under 30 KB', async () => {
  const { first } = await visitTwice(undefined, '/');
  assert.ok(first.requests.length <= 5, first.requests.join('\n'));
  assert.ok(first.bytes < 30_000, `${first.bytes} bytes`);
});
