// (b) What a sign-in costs beside one Argon2id; what happens under twice the load that can be served; and what other
// people's dashboards lose while clients sign in without pause. The server may use the whole machine here.
import { setTimeout as sleep } from 'node:timers/promises';
import { chosenDatabases, cpuOf, installation, load, measure, rounded, seconds, serve, stop, waitFor, wrk } from './installation.mjs';
import { admitted, at, signIn, timesOf, visit } from './signing_in.mjs';

const clients = 8;

// So many clients, each signing in again as soon as it is answered.
function signInWithoutPause(port, visitors) {
  let isOver = false;
  const answers = [];
  const all = visitors.map(async (visitor) => {
    while (!isOver) answers.push(await signIn(port, visitor));
  });
  return { answers, async end() { isOver = true; await Promise.all(all); return answers; } };
}

async function cost(server, visitors) {
  const argon2 = measure('argon2_bench', [200]);
  const before = cpuOf(server.pid);
  const answers = [];
  for (let i = 0; i < 200; ++i) answers.push(await signIn(server.port, visitors[i % clients]));
  const cpu = ((cpuOf(server.pid) - before) * 1e6) / answers.length;
  const after = measure('argon2_bench', [200]);
  if (!answers.every(admitted)) throw new Error(`a sign-in was answered ${answers.find((a) => !admitted(a)).status}`);
  const one = (argon2.cpu_us + after.cpu_us) / 2;
  console.log(`CPU of a sign-in: ${rounded(cpu / 1000, 2)} ms; of one Argon2id: ${rounded(one / 1000, 2)} ms; ${rounded(cpu / one, 3)} times; load ${load()}`);
}

async function overload(server, visitors) {
  const crowd = signInWithoutPause(server.port, visitors);
  await sleep(seconds * 1000);
  const served = (await crowd.end()).filter(admitted).length / seconds;
  // Twice as many a second, whether or not the ones before are answered.
  const waiting = [];
  const begun = performance.now();
  const wanted = served * 2;
  const time = 2 * seconds;
  while (performance.now() - begun < time * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * wanted);
    while (waiting.length < due) waiting.push(signIn(server.port, visitors[waiting.length % clients]));
    await sleep(5);
  }
  const answers = await Promise.all(waiting);
  const ins = timesOf(answers.filter(admitted));
  const outs = answers.filter((answer) => !admitted(answer));
  const refusals = timesOf(outs);
  console.log(`Served without pause: ${rounded(served)} sign-ins/s. Offered ${rounded(wanted)}/s for ${time} s:`);
  console.log(`- admitted: ${ins.length} (${rounded(ins.length / time)}/s), p50 ${rounded(at(ins, 0.5), 0)} ms, p99 ${rounded(at(ins, 0.99), 0)} ms, longest ${rounded(at(ins, 1), 0)} ms`);
  const statuses = [...new Set(outs.map(({ status }) => status))].join(', ') || 'none';
  console.log(`- refused: ${outs.length} (status ${statuses}), p50 ${rounded(at(refusals, 0.5), 0)} ms, p99 ${rounded(at(refusals, 0.99), 0)} ms`);
}

// Dashboards at the most that the machine gives, and at half of that: who is far from full notices other things.
async function others(server, visitors, tokens) {
  const ask = () => wrk(server.port, { tokens, connections: 16, time: 2 * seconds, core: null });
  await ask();
  const alone = await ask();
  const crowd = signInWithoutPause(server.port, visitors);
  await sleep(500);
  const beside = await ask();
  const answers = await crowd.end();
  const rate = ({ requests, seconds: time }) => requests / time;
  console.log(`Dashboards of others, 16 connections: ${Math.round(rate(alone))}/s alone (p50 ${alone.p50_us} µs, p99 ${alone.p99_us} µs), `
    + `${Math.round(rate(beside))}/s while ${clients} clients sign in without pause (p50 ${beside.p50_us} µs, p99 ${beside.p99_us} µs; `
    + `${rounded(answers.filter(admitted).length / (2 * seconds + 0.5))} sign-ins/s): ${Math.round((100 * rate(beside)) / rate(alone))} %; load ${load()}`);
}

export async function bench() {
  for (const kind of chosenDatabases()) {
    const installed = await installation(kind, 'small');
    const server = await serve(installed);
    await waitFor(server.port, server);
    const visitors = [];
    for (let i = 0; i < clients; ++i) visitors.push(await visit(server.port));
    console.log(`\n${kind}:\n`);
    await cost(server, visitors);
    await overload(server, visitors);
    await others(server, visitors, installed.tokens);
    await stop(server);
  }
}
