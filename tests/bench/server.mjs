// The server alone: a page of 20 KB from an inline handler, beside nginx serving as many bytes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf, data, load, medians, nginx, program, rounded, start, stop, wrk } from './installation.mjs';
import { childOf } from './processes.mjs';

export async function bench() {
  const file = join(data, 'page20k.html');
  writeFileSync(file, 'x'.repeat(20 * 1024));
  const still = await nginx(file);
  const ours = start('taskset', ['-c', '0', program('http_server_bench'), '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = Number(/:(\d+)\//.exec(String(await new Promise((done) => ours.stdout.once('data', done))))[1]);
  const runs = { nginx: [], waymark: [] };
  const ask = async (at, pid, into) => {
    const before = cpuOf(pid);
    const figures = await wrk(at, { connections: 64 });
    into.push({ cpu_us: ((cpuOf(pid) - before) * 1e6) / figures.requests, rate: figures.requests / figures.seconds });
  };
  for (let round = 0; round < 3; ++round) {
    await ask(still.port, childOf(still.pid), runs.nginx);
    await ask(port, ours.pid, runs.waymark);
  }
  await stop(still);
  await stop(ours);
  for (const [name, of] of Object.entries(runs)) {
    const { cpu_us, rate } = medians(of);
    console.log(`${name}: ${rounded(cpu_us)} µs CPU a request, ${Math.round(rate)} requests/s; load ${load()}`);
  }
}
