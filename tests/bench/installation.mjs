// The installations that the benchmarks run on, filled once and kept; and the servers beside them.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const data = process.env.BENCH_DATA ?? join(root, 'build/bench-data');
export const seconds = Number(process.env.BENCH_SECONDS ?? 5);
export const program = (name) => join(process.env.BENCH_PROGRAMS ?? join(root, 'build/release'), name);

const sizes = {
  small: { accounts: 1_000, cases: 3_000, sessions: 1_000 },
  large: { accounts: 1_000_000, cases: 3_000_000, sessions: 100_000 },
};
export const chosen = (variable, all) => (process.env[variable] ?? all).split(/[ ,]+/).filter(Boolean);
export const chosenSizes = () => chosen('BENCH_SIZES', 'small large');
export const chosenDatabases = () => chosen('BENCH_DATABASES', 'sqlite postgres');
export const casesOf = (size) => sizes[size].cases;

export const say = (text) => process.stderr.write(`» ${text}\n`);

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
export function start(command, words, options = {}) {
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  child.said = '';
  child.stderr?.on('data', (text) => { child.said = (child.said + text).slice(-4000); });
  running.add(child);
  child.ended = new Promise((done) => child.on('exit', (code) => { running.delete(child); done(code); }));
  return child;
}
export async function stop(child, signal = 'SIGTERM') {
  child.kill(signal);
  await child.ended;
}

export async function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
    socket.on('error', () => done(false));
  });
}
export async function waitFor(port, child) {
  for (let tries = 0; tries < 3000; ++tries) {
    if (await answers(port)) return;
    if (child.exitCode !== null) break;
    await sleep(10);
  }
  throw new Error(`nothing answers on port ${port}:\n${child.said}`);
}

// CPU of a process and, where asked for, of its children, in seconds.
const statOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return { parent: Number(fields[1]), cpu: (Number(fields[11]) + Number(fields[12])) / 100, ofEnded: (Number(fields[13]) + Number(fields[14])) / 100 };
};
export const cpuOf = (pid) => statOf(pid).cpu;
export function cpuOfFamily(pid) {
  let sum = statOf(pid).cpu + statOf(pid).ofEnded;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = statOf(name);
      if (stat.parent === pid) sum += stat.cpu;
    } catch { /* ended meanwhile */ }
  }
  return sum;
}

// A PostgreSQL of the benchmarks' own, without fsync: only reading is measured on it.
let postgres;
export async function postgresAddress(name) {
  if (!postgres) {
    const programs = ['18', '17', '16', '15'].map((version) => `/usr/lib/postgresql/${version}/bin`).find(existsSync);
    const folder = join(data, 'postgres-server');
    const user = process.getuid() === 0
      ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) } : {};
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (user.uid) chownSync(folder, user.uid, user.gid);
      execFileSync(join(programs, 'initdb'), ['-D', folder, '-U', 'waymark', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8',
        '--no-sync', '--no-instructions'], { ...user, cwd: '/', stdio: 'ignore' });
    }
    const port = 25_432;
    postgres = start(join(programs, 'postgres'), ['-D', folder, '-k', '', '-h', '127.0.0.1', '-p', String(port), '-c', 'fsync=off',
      '-c', 'full_page_writes=off', '-c', 'shared_buffers=2GB', '-c', 'max_wal_size=8GB', '-c', 'maintenance_work_mem=512MB',
      '-c', 'autovacuum=off', '-c', 'log_min_messages=fatal'], { ...user, cwd: '/' });
    postgres.address = `postgres://waymark@127.0.0.1:${port}`;
    await waitFor(port, postgres);
    // It answers long before it lets anybody in where an earlier run was killed: it reads its log first.
    const ready = () => spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0;
    while (!ready() && postgres.exitCode === null) await sleep(500);
  }
  return `${postgres.address}/${name}`;
}
export const postgresProcess = () => postgres;
export async function stopPostgres() {
  if (postgres) await stop(postgres, 'SIGINT');
  postgres = undefined;
}

// {folder, database}: filled when it was not, its sessions good for the next quarter of an hour.
export async function installation(kind, size) {
  const folder = join(data, `${kind}-${size}`);
  const mark = join(folder, 'filled');
  mkdirSync(join(folder, 'agency'), { recursive: true });
  for (const file of ['brand.json', 'places.json']) copyFileSync(join(root, 'catalogue/demo', file), join(folder, 'agency', file));
  const name = `waymark_${size}`;
  const database = kind === 'sqlite' ? 'sqlite' : await postgresAddress(name);
  if (!existsSync(mark)) {
    say(`Filling ${kind} with ${sizes[size].accounts} accounts and ${sizes[size].cases} cases`);
    if (kind === 'postgres') {
      const admin = await postgresAddress('postgres');
      execFileSync('psql', [admin, '-qc', `DROP DATABASE IF EXISTS ${name}`]);
      execFileSync('psql', [admin, '-qc', `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`]);
    } else {
      for (const end of ['', '-wal', '-shm']) execFileSync('rm', ['-f', join(folder, `waymark.sqlite${end}`)]);
    }
    const { accounts, cases, sessions } = sizes[size];
    execFileSync(program('fill_bench'), [folder, database, accounts, cases, sessions].map(String), { stdio: ['ignore', 2, 'ignore'] });
    writeFileSync(mark, `${new Date().toISOString()}\n`);
  }
  execFileSync(program('fill_bench'), [folder, database, 'renew'], { stdio: 'ignore' });
  return { kind, size, folder, database, tokens: join(folder, 'tokens.txt') };
}

// The real binary on an installation. `core`: the only core it may use.
export async function serve({ folder, database }, { port = 18_080, threads, core, settings = {} } = {}) {
  const words = [program('waymark'), '--data', folder, '--database', database, 'serve'];
  if (core !== undefined) words.unshift('taskset', '-c', String(core));
  const child = start(words[0], words.slice(1), {
    env: {
      PATH: process.env.PATH,
      WAYMARK_CATALOGUE_FOLDER: join(folder, 'agency'),
      WAYMARK_MAIL_URL: 'smtp://127.0.0.1:9',
      WAYMARK_MAIL_FROM_ADDRESS: 'nobody@bench.example',
      WAYMARK_SERVER_PORT: String(port),
      WAYMARK_SERVER_ORIGIN: `http://localhost:${port}`,
      WAYMARK_OPERATIONS_LOG_LEVEL: 'warning',
      ...(threads ? { WAYMARK_SERVER_THREADS: String(threads) } : {}),
      ...settings,
    },
  });
  child.port = port;
  return child;
}

export async function nginx(file, { core = 0, port = 18_090 } = {}) {
  const folder = join(data, 'nginx');
  const pages = join(folder, 'pages');
  mkdirSync(pages, { recursive: true });
  copyFileSync(file, join(pages, 'cases'));
  const configuration = join(folder, 'nginx.conf');
  writeFileSync(configuration, `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
${process.getuid() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type text/html; open_file_cache max=10;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d;
  scgi_temp_path ${folder}/e; gzip on; gzip_comp_level 3; gzip_types text/html;
  server { listen 127.0.0.1:${port}; root ${pages}; } }
`);
  const child = start('taskset', ['-c', String(core), 'nginx', '-c', configuration]);
  await waitFor(port, child);
  child.port = port;
  return child;
}

// {requests, seconds, p50_us, p99_us, refused …} of so many connections asking without pause.
export async function wrk(port, { tokens, encoding, connections = 16, time = seconds, core = 1, host } = {}) {
  const words = ['wrk', '-t1', `-c${connections}`, `-d${time}s`, '-s', join(root, 'tests/bench/dashboard.lua'), `http://127.0.0.1:${port}/`];
  if (core !== null) words.unshift('taskset', '-c', String(core));
  const child = start(words[0], words.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, BENCH_HOST: host ?? `localhost:${port}`, ...(tokens ? { TOKENS: tokens } : {}), ...(encoding ? { ENCODING: encoding } : {}) },
  });
  let said = '';
  child.stdout.on('data', (text) => { said += text; });
  await child.ended;
  const figures = /FIGURES (\{.*\})/.exec(said);
  if (!figures) throw new Error(`wrk said nothing of use:\n${said}\n${child.said}`);
  return JSON.parse(figures[1]);
}

export function measure(name, words, { core = 0 } = {}) {
  const result = spawnSync('taskset', ['-c', String(core), program(name), ...words.map(String)], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${name}: ${result.stderr}`);
  return JSON.parse(result.stdout.trim().split('\n').at(-1));
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
// Medians of each figure of several runs.
export function medians(runs) {
  const keys = Object.keys(runs[0]);
  return Object.fromEntries(keys.map((key) => [key, median(runs.map((run) => run[key]))]));
}
export const rounded = (number, digits = 1) => Number(number.toFixed(digits));
// How much else the machine had to do, for whoever reads the figures.
export const load = () => readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
