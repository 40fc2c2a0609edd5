// (e) From the command to the first answered request on a database that is there, and the memory of an idle server that
// is its own.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { casesOf, chosenDatabases, chosenSizes, installation, load, median, serve, stop } from './installation.mjs';
import { memoryOf } from './processes.mjs';

const rounds = 5;

const ask = (port) => new Promise((done) => {
  const asked = request({ host: '127.0.0.1', port, path: '/', headers: { host: `localhost:${port}` } }, (answer) => {
    answer.resume();
    answer.on('end', () => done(answer.statusCode === 200));
  });
  asked.on('error', () => done(false));
  asked.end();
});

export async function bench() {
  console.log('\n| | cases | to the first answer | memory written to, idle | private memory, idle | load |\n|---|---|---|---|---|---|');
  for (const kind of chosenDatabases()) {
    for (const size of chosenSizes()) {
      const at = await installation(kind, size);
      const times = [];
      const memory = [];
      for (let round = 0; round < rounds; ++round) {
        const begun = performance.now();
        const server = await serve(at);
        while (!(await ask(server.port))) {
          if (server.exitCode !== null) throw new Error(server.said);
          await sleep(2);
        }
        times.push(performance.now() - begun);
        await sleep(1500);
        memory.push(memoryOf(server.pid));
        await stop(server);
      }
      const mebibytes = (which) => `${(median(memory.map((one) => one[which])) / 1024).toFixed(1)} MiB`;
      console.log(`| ${kind} | ${casesOf(size)} | ${Math.round(median(times))} ms | ${mebibytes('written')} | ${mebibytes('private')} | ${load()} |`);
    }
  }
}
