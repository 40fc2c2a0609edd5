// Pictures of the sample pages that web_tests writes (src/web/gallery_test.cpp), to look at before a change goes out,
// and what can be measured on them: nothing wider than the window, targets a finger can hit, no violation that axe knows.
//
//   node tests/browser/gallery.mjs build/gallery [NAME …]      pictures go to build/gallery/pictures
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [folder = 'build/gallery', ...names] = process.argv.slice(2);
const pictures = join(folder, 'pictures');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { name: 'phone-light', viewport: { width: 360, height: 740 }, colorScheme: 'light', isChecked: true },
  { name: 'phone-dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark', isChecked: true },
  { name: 'small-double-text', viewport: { width: 390, height: 740 }, colorScheme: 'light', isDoubleText: true },
  { name: 'small', viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  { name: 'tablet', viewport: { width: 768, height: 900 }, colorScheme: 'light' },
  { name: 'desktop-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light', isChecked: true },
  { name: 'desktop-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'forced-colours', viewport: { width: 390, height: 740 }, colorScheme: 'dark', forcedColors: 'active' },
  { name: 'printed', viewport: { width: 800, height: 1000 }, colorScheme: 'light', isPrinted: true },
];

const types = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8' };
const manifest = JSON.parse(readFileSync(join(root, 'assets/dist/manifest.json'), 'utf8'));

// The pages name the assets of the build that wrote them; the newest ones are shown, so that a style can be tried
// without building the program again.
function findFile(path) {
  if (!path.startsWith('/assets/')) return join(folder, path);
  const name = path.slice('/assets/'.length).replace(/\.[0-9a-f]{12}\./, '.');
  return join(root, 'assets/dist', manifest[name] ?? name);
}

const server = createServer((request, response) => {
  const file = findFile(new URL(request.url, 'http://localhost').pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': types[file.slice(file.lastIndexOf('.'))] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'",
  });
  response.end(readFileSync(file));
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));

const problems = [];

async function look(browser, file, { name, isChecked, isDoubleText, isPrinted, ...options }) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  const report = (what) => problems.push(`${file}, ${name}: ${what}`);
  page.on('console', (message) => message.type() === 'error' && report(message.text()));
  page.on('pageerror', (error) => report(error.message));
  if (isPrinted) await page.emulateMedia({ media: 'print' });
  await page.goto(`http://127.0.0.1:${server.address().port}/${file}`);
  if (isDoubleText) await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));

  const measured = await page.evaluate(() => {
    const targets = document.querySelectorAll('main a, main button, main summary, main select, .nav a, .nav button, .languages button');
    const isInline = (element) => element.tagName === 'A' && getComputedStyle(element).display === 'inline';
    return {
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: Array.from(targets)
        .filter((element) => element.offsetParent && !isInline(element) && element.getBoundingClientRect().height < 43.5)
        .map((element) => element.textContent.trim()),
    };
  });
  if (measured.overflow > 0) report(`wider than the window by ${measured.overflow}px`);
  if (measured.small.length > 0 && !isPrinted) report(`lower than 44px: ${measured.small.join(', ')}`);
  if (isChecked) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, nodes } of violations) report(`${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
  await page.screenshot({ path: join(pictures, `${file.replace('.html', '')}.${name}.png`), fullPage: true });
  await context.close();
}

mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const files = readdirSync(folder).filter((file) => file.endsWith('.html'));
  for (const file of files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)))) {
    for (const settings of looks) await look(browser, file, settings);
  }
} finally {
  await browser.close();
  server.close();
}
for (const problem of problems) console.log(problem);
console.log(problems.length === 0 ? `no problems; pictures in ${pictures}` : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
