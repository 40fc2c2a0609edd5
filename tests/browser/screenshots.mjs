// The pictures of README.md: the demo's own people, in the built program.
//
//   node tests/browser/screenshots.mjs            writes docs/images/*.png
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { demoCases, openAccount } from './people.mjs';
import { newPerson } from '../support/journeys.mjs';
import { root, Waymark } from '../support/waymark.mjs';
import { close, launch, open, phone } from './browser.mjs';
import { shrink } from './small_png.mjs';

const folder = join(root, 'docs/images');
const bytesMax = 150_000;

// From the top of the page to the end of what `last` names.
async function take(page, path, last, name) {
  await page.goto(path);
  const { y, height } = await page.locator(last).boundingBox();
  const clip = { x: 0, y: 0, width: page.viewportSize().width, height: Math.ceil(y + height + 24) };
  const picture = shrink(await page.screenshot({ fullPage: true, clip }));
  if (picture.length > bytesMax) throw new Error(`${name} has ${picture.length} bytes; at most ${bytesMax} are wanted`);
  writeFileSync(join(folder, name), picture);
  console.log(`docs/images/${name}  ${picture.length} bytes`);
}

mkdirSync(folder, { recursive: true });
const waymark = await Waymark.start({ environment: { WAYMARK_CATALOGUE_PSEUDO_LOCALES: 'false' } });
const browser = await launch();
try {
  const cases = demoCases('Ana');
  const { visitor } = await openAccount(waymark, { cases, person: newPerson({ givenName: 'Ana Lucía' }) });
  const small = await open(browser, waymark, { visitor, viewport: phone });
  await take(small, `${waymark.origin}/cases`, '#cases', 'dashboard-phone.png');
  await close(small);
  const large = await open(browser, waymark, { visitor, viewport: { width: 1024, height: 900 } });
  await take(large, `${waymark.origin}/cases/${cases[0].receipt_number}`, '.path__step--present', 'case-desktop.png');
  await close(large);
} finally {
  await browser.close();
  await waymark.stop();
}
