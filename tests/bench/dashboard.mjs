// (a) What a request of the dashboard costs, beside nginx serving the same bytes as a file and the same reads done bare,
// in one run. Each runs alone on one core, the asking side on the other; rounds are interleaved, figures are medians.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import {
  casesOf, chosenDatabases, chosenSizes, cpuOf, cpuOfFamily, data, installation, load, measure, medians, nginx, postgresProcess, program, rounded,
  seconds, serve, start, stop, waitFor, wrk,
} from './installation.mjs';
import { childOf } from './processes.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

async function fetchPage(server, tokens) {
  const token = readFileSync(tokens, 'utf8').slice(0, 43);
  const answer = await fetch(`http://localhost:${server.port}/cases`, { headers: { cookie: `__Host-session=${token}`, 'accept-encoding': 'identity' } });
  if (answer.status !== 200) throw new Error(`the dashboard answered ${answer.status}`);
  const file = join(data, 'dashboard.html');
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}

// Our own server with the reads done bare and the same bytes as a file: the least that any page of these reads costs
// behind it.
async function serveReads(at, file) {
  const server = start('taskset', ['-c', '0', program('http_server_bench'), '1', at.folder, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((done) => server.stdout.once('data', done));
  return { pid: server.pid, port: Number(/:(\d+)\//.exec(String(said))[1]), server };
}

async function askWithCpu(port, pid, options) {
  await wrk(port, { ...options, time: 1 });
  const database = postgresProcess();
  const before = cpuOf(pid);
  const ofDatabase = database ? cpuOfFamily(database.pid) : 0;
  const figures = await wrk(port, options);
  if (figures.refused + figures.broken > 0) throw new Error(`${figures.refused} refused, ${figures.broken} broken`);
  return {
    cpu_us: ((cpuOf(pid) - before) * 1e6) / figures.requests,
    database_us: database ? ((cpuOfFamily(database.pid) - ofDatabase) * 1e6) / figures.requests : 0,
    rate: figures.requests / figures.seconds,
    p50_us: figures.p50_us,
    p99_us: figures.p99_us,
    bytes: figures.bytes / figures.requests,
  };
}

async function compare(at) {
  const server = await serve(at, { threads: 1, core: 0 });
  await waitFor(server.port, server);
  const file = await fetchPage(server, at.tokens);
  const still = await nginx(file);
  const worker = childOf(still.pid);
  const floor = at.database === 'sqlite' ? await serveReads(at, file) : null;
  const runs = { nginx: [], bare: [], ...(floor && { 'bare, behind our server': [] }), waymark: [], 'nginx, gzip': [], 'waymark, gzip': [] };
  for (let round = 0; round < rounds; ++round) {
    const bare = measure('reads_bench', [at.folder, at.database, seconds]);
    runs.bare.push({ cpu_us: bare.cpu_us, database_us: 0, rate: 1e6 / bare.p50_us, p50_us: bare.p50_us, p99_us: bare.p99_us, bytes: 0 });
    runs.nginx.push(await askWithCpu(still.port, worker, {}));
    if (floor) runs['bare, behind our server'].push(await askWithCpu(floor.port, floor.pid, { tokens: at.tokens }));
    runs.waymark.push(await askWithCpu(server.port, server.pid, { tokens: at.tokens }));
    runs['nginx, gzip'].push(await askWithCpu(still.port, worker, { encoding: 'gzip' }));
    runs['waymark, gzip'].push(await askWithCpu(server.port, server.pid, { tokens: at.tokens, encoding: 'gzip' }));
  }
  await stop(still);
  if (floor) await stop(floor.server);
  await stop(server);
  return Object.fromEntries(Object.entries(runs).map(([name, of]) => [name, medians(of)]));
}

export async function bench() {
  for (const kind of chosenDatabases()) {
    for (const size of chosenSizes()) {
      const at = await installation(kind, size);
      const figures = await compare(at);
      console.log(`\n${kind}, ${casesOf(size)} cases; ${rounds} rounds of ${seconds} s; load ${load()}\n`);
      console.log('| | CPU a request | PostgreSQL\'s | requests/s | p50 | p99 | bytes |\n|---|---|---|---|---|---|---|');
      for (const [name, of] of Object.entries(figures)) {
        console.log(`| ${name} | ${rounded(of.cpu_us)} µs | ${rounded(of.database_us)} µs | ${Math.round(of.rate)} | ${rounded(of.p50_us)} µs | ${rounded(of.p99_us)} µs | ${Math.round(of.bytes)} |`);
      }
      const sum = figures.nginx.cpu_us + figures.bare.cpu_us;
      const beside = (of) => `${rounded(of.cpu_us / sum, 2)} times`;
      console.log(`\nCPU beside nginx and the bare reads together (${rounded(sum)} µs): ${beside(figures.waymark)}`);
      const floor = figures['bare, behind our server'];
      if (floor) console.log(`The bare reads behind our server, with nothing made of them: ${beside(floor)}`);
    }
  }
}
