// Starts the real binary with the demo on a free port and a folder of its own, and talks to it as a browser without
// scripts would: cookies kept, forms filled in from the page, redirects followed by hand.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.WAYMARK_TEST_BINARY ?? join(root, 'build/release/waymark');

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// A database of its own on the PostgreSQL that ./test has started; the address for data.database.
export function freshPostgres() {
  const address = process.env.WAYMARK_TEST_POSTGRES;
  if (!address) return null;
  const name = `scenario_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  execFileSync('psql', [address, '-qc', `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`]);
  return address.replace(/\/[^/]*$/, `/${name}`);
}

// Servers that a failed test left behind end with the tests.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export class Waymark {
  // options: {database, folder, environment, arguments}
  static async start(options = {}) {
    const waymark = new Waymark();
    waymark.options = options;
    waymark.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'waymark-scenario-'));
    waymark.ownsFolder = options.folder === undefined;
    waymark.port = options.port ?? (await freePort());
    waymark.operationsPort = await freePort();
    waymark.origin = `http://localhost:${waymark.port}`;
    await waymark.launch();
    return waymark;
  }

  async launch() {
    const { database, environment = {}, arguments: more = [] } = this.options;
    const words = ['--data', this.folder, ...(database ? ['--database', database] : []), 'serve', '--demo', '--port',
      String(this.port), ...more];
    this.output = '';
    this.movedMinutes = 0;
    this.errors = '';
    this.child = spawn(binary, words, {
      env: { PATH: process.env.PATH, WAYMARK_OPERATIONS_PORT: String(this.operationsPort), WAYMARK_CATALOGUE_PSEUDO_LOCALES: 'true',
        ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.on('data', (text) => { this.output += text; });
    this.child.stderr.on('data', (text) => { this.errors += text; });
    running.add(this.child);
    const child = this.child;
    this.exited = new Promise((done) => child.on('exit', (code, signal) => {
      running.delete(child);
      done({ code, signal });
    }));
    for (let tries = 0; tries < 600; ++tries) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) throw new Error(`waymark ended at start:\n${this.output}\n${this.errors}`);
      try {
        const response = await fetch(`${this.origin}/`, { redirect: 'manual' });
        await response.arrayBuffer();
        // It answers before what it printed has come through the pipe.
        if (this.output.includes(this.origin)) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`waymark did not answer:\n${this.output}\n${this.errors}`);
  }

  // Another word of the command line, on the same folder; {status, output, errors}. Beside the running server it needs no
  // settings but the folder.
  async command(...words) {
    const { database } = this.options;
    const isRunning = this.child.exitCode === null && this.child.signalCode === null;
    const child = spawn(binary, ['--data', this.folder, ...(isRunning ? [] : ['--demo']), ...(database ? ['--database', database] : []), ...words],
      { env: { PATH: process.env.PATH } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text) => { output += text; });
    child.stderr.on('data', (text) => { errors += text; });
    const status = await new Promise((done) => child.on('close', done));
    return { status, output, errors };
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop() {
    this.child.kill('SIGTERM');
    const ended = await this.exited;
    if (this.ownsFolder) rmSync(this.folder, { recursive: true, force: true });
    return ended;
  }

  async restart() {
    this.child.kill('SIGTERM');
    await this.exited;
    await this.launch();
  }

  async outbox() {
    const response = await fetch(`${this.origin}/demo/outbox`, { headers: { accept: 'application/json' } });
    return response.json();
  }

  // The newest message to somebody, waited for: delivery happens after the page.
  async messageTo(to, { after = 0, channel, matching } = {}) {
    for (let tries = 0; tries < 200; ++tries) {
      const sent = (await this.outbox()).filter((m) => m.to === to && (!channel || m.channel === channel)
        && (!matching || matching.test(m.text)));
      if (sent.length > after) return sent.at(-1);
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`no message to ${to}`);
  }

  async codeTo(to, options) {
    const message = await this.messageTo(to, options);
    return /\b(\d{6})\b/.exec(message.text)[1];
  }

  // The server's time: moved forward, unless it was started anew since.
  now() { return new Date(Date.now() + (this.movedMinutes ?? 0) * 60_000); }

  async moveClock(minutes) {
    const visitor = new Visitor(this);
    const page = await visitor.get('/demo/clock');
    const answer = await visitor.submit(page, '/demo/clock', { minutes: String(minutes) });
    if (answer.status !== 303) throw new Error(`the clock did not move: ${answer.status}`);
    this.movedMinutes = (this.movedMinutes ?? 0) + minutes;
  }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
export const unescapeHtml = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => entities[name]);

// The text of a page as a reader sees it, roughly.
export const textOf = (html) => unescapeHtml(html.replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();

export class Visitor {
  constructor(waymark, headers = {}) {
    this.waymark = waymark;
    this.headers = headers;
    this.cookies = new Map();
  }

  async request(method, path, { body, headers = {} } = {}) {
    const response = await fetch(new URL(path, this.waymark.origin), {
      method,
      redirect: 'manual',
      body,
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        ...(this.cookies.size ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
        ...this.headers,
        ...headers,
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = await response.text();
    return { status: response.status, headers: response.headers, html, text: textOf(html), location: response.headers.get('location'), path };
  }

  get(path, headers) { return this.request('GET', path, { headers }); }

  // GETs, following redirects as a browser would.
  async open(path) {
    let page = await this.get(path);
    for (let hops = 0; page.status === 303 && hops < 10; ++hops) page = await this.get(page.location);
    return page;
  }

  post(path, fields, headers = {}) {
    return this.request('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.waymark.origin, 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  // Fills in the form of `page` whose action is `action`: hidden fields and what was typed before stay, `fields` win.
  submit(page, action, fields = {}, headers = {}) {
    return this.post(action, { ...formFields(page.html, action), ...fields }, headers);
  }

  // Submits and follows to the page a person would then see.
  async fill(page, action, fields) {
    const answer = await this.submit(page, action, fields);
    return answer.status === 303 ? this.open(answer.location) : answer;
  }
}

// The fields of a form as a browser without scripts would send them, buttons left out.
export function formFields(html, action) {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  const found = forms.find(([, attributes]) => attributeOf(attributes, 'action') === action);
  if (!found) throw new Error(`no form with action ${action}; there are ${forms.map(([, a]) => attributeOf(a, 'action')).join(', ')}`);
  const fields = {};
  for (const [, attributes] of found[2].matchAll(/<input\b([^>]*)>/g)) {
    const name = attributeOf(attributes, 'name');
    const type = attributeOf(attributes, 'type') ?? 'text';
    if (!name || type === 'submit') continue;
    if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/.test(attributes)) continue;
    fields[name] = attributeOf(attributes, 'value') ?? '';
  }
  for (const [, attributes, inside] of found[2].matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option\b([^>]*\sselected\b[^>]*)>/.exec(inside) ?? /<option\b([^>]*)>/.exec(inside);
    fields[attributeOf(attributes, 'name')] = chosen ? attributeOf(chosen[1], 'value') ?? '' : '';
  }
  return fields;
}

function attributeOf(attributes, name) {
  const match = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes);
  return match ? unescapeHtml(match[1]) : undefined;
}

// The code that an authenticator app would show, by an outside authority.
export function totp(secret, at = new Date()) {
  return execFileSync('oathtool', ['--totp', '--base32', '--now', at.toISOString().replace('T', ' ').replace(/\..*/, ' UTC'), secret.replace(/\s/g, '')]).toString().trim();
}
