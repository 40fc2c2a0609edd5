// Builds the stylesheet and the script, gives every file a name with its content's hash, compresses it, and lists the
// names in dist/manifest.json. The same inputs give the same files; without a change nothing is written.
//
//   node assets/build.mjs            after `npm ci` in assets/
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const stampFile = join(here, 'node_modules', '.cache', 'waymark-assets.json');
const uswds = join(here, 'node_modules', '@uswds', 'uswds', 'packages');

// Over these the build stops: people on old phones pay for each byte. Compressed, in bytes.
const budgets = { '.css': 20_000, '.js': 15_000 };

function listFiles(folder) {
  return readdirSync(join(here, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

const hashOf = (content) => createHash('sha256').update(content).digest('hex');

function fingerprintInputs() {
  const inputs = ['build.mjs', 'package.json', 'package-lock.json', ...['styles', 'src', 'images'].flatMap(listFiles)];
  return hashOf([process.version, ...inputs.map((file) => `${file} ${hashOf(readFileSync(join(here, file)))}`)].join('\n'));
}

function isUpToDate(inputs) {
  if (!existsSync(stampFile)) return false;
  const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
  return stamp.inputs === inputs && stamp.outputs.every((name) => existsSync(join(dist, name)));
}

async function buildStyles() {
  const sass = await import('sass');
  const result = sass.compile(join(here, 'styles', 'app.scss'), {
    loadPaths: [uswds],
    style: 'compressed',
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'if-function'],
  });
  // Sass writes a byte order mark before non-ASCII text; the header names the encoding instead.
  return Buffer.from(result.css.replace(/^\uFEFF/, '') + '\n');
}

async function buildScript() {
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    entryPoints: [join(here, 'src', 'app.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function writeIfChanged(name, content) {
  const file = join(dist, name);
  if (existsSync(file) && readFileSync(file).equals(content)) return;
  writeFileSync(file, content);
}

const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

async function build(inputs) {
  const sources = { 'app.css': await buildStyles(), 'app.js': await buildScript() };
  for (const file of readdirSync(join(here, 'images')).sort()) sources[file] = readFileSync(join(here, 'images', file));

  mkdirSync(dist, { recursive: true });
  const manifest = {};
  const outputs = [];
  const write = (name, content) => {
    writeIfChanged(name, content);
    outputs.push(name);
  };
  for (const [name, content] of Object.entries(sources)) {
    const extension = extname(name);
    const hashed = `${name.slice(0, -extension.length)}.${hashOf(content).slice(0, 12)}${extension}`;
    const zipped = gzipSync(content, { level: 9 });
    const squeezed = brotli(content);
    manifest[name] = hashed;
    write(hashed, content);
    write(`${hashed}.gz`, zipped);
    write(`${hashed}.br`, squeezed);
    console.log(`${hashed}  ${content.length} bytes, ${zipped.length} as gzip, ${squeezed.length} as brotli`);
    if (zipped.length > (budgets[extension] ?? Infinity)) {
      throw new Error(`${name} is over its budget of ${budgets[extension]} bytes as gzip`);
    }
  }
  write('manifest.json', Buffer.from(JSON.stringify(manifest, null, 2) + '\n'));
  for (const name of readdirSync(dist)) if (!outputs.includes(name)) rmSync(join(dist, name), { recursive: true });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ inputs, outputs }));
}

if (!existsSync(uswds)) {
  console.error('assets/node_modules is missing: run "npm ci" in assets/ first.');
  process.exit(1);
}
const inputs = fingerprintInputs();
if (isUpToDate(inputs)) {
  console.log('assets are up to date');
} else {
  await build(inputs);
}
