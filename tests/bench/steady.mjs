// Twenty-five password sign-ins a second for five minutes (BENCH_STEADY_SECONDS: shorter) on the whole machine: how many
// fail (none should); then what is shed at twice and four times that, for a tenth of the time.
import { setTimeout as sleep } from 'node:timers/promises';
import { chosenDatabases, cpuOf, installation, load, rounded, serve, stop, waitFor } from './installation.mjs';
import { admitted, at, signIn, timesOf, visit } from './signing_in.mjs';

const steadySeconds = Number(process.env.BENCH_STEADY_SECONDS ?? 300);
const steadyRate = 25;

// So many a second, whether or not the ones before are answered.
async function offer(server, visitors, rate, time) {
  const asked = [];
  const begun = performance.now();
  const before = cpuOf(server.pid);
  while (performance.now() - begun < time * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate);
    while (asked.length < due) asked.push(signIn(server.port, visitors[asked.length % visitors.length]));
    await sleep(5);
  }
  const answers = await Promise.all(asked);
  const ins = timesOf(answers.filter(admitted));
  const outs = answers.filter((answer) => !admitted(answer));
  const statuses = [...new Set(outs.map(({ status }) => status))].join(', ') || 'none';
  console.log(`${rate}/s for ${time} s: ${ins.length} signed in, ${outs.length} shed (${statuses}); p50 ${rounded(at(ins, 0.5), 0)} ms, `
    + `p99 ${rounded(at(ins, 0.99), 0)} ms; shed after p50 ${rounded(at(timesOf(outs), 0.5), 0)} ms; `
    + `CPU ${rounded((100 * (cpuOf(server.pid) - before)) / time, 0)} % of a core; load ${load()}`);
}

export async function bench() {
  for (const kind of chosenDatabases()) {
    const server = await serve(await installation(kind, 'small'));
    await waitFor(server.port, server);
    const visitors = [];
    for (let i = 0; i < 8; ++i) visitors.push(await visit(server.port));
    console.log(`\n${kind}:\n`);
    await offer(server, visitors, steadyRate, steadySeconds);
    for (const times of [2, 4]) await offer(server, visitors, steadyRate * times, Math.max(2, Math.round(steadySeconds / 10)));
    await stop(server);
  }
}
