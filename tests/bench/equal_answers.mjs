// Whether the time of an answer tells if an address has an account, and of which kind: medians of the first answer of a
// recovery and of a sign-in with a wrong password. BENCH_SAMPLES: of each class (default 20,000).
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chosenDatabases, data, load, postgresAddress, program } from './installation.mjs';

const samples = process.env.BENCH_SAMPLES ?? '20000';

export async function bench() {
  mkdirSync(data, { recursive: true });
  for (const kind of chosenDatabases()) {
    const folder = mkdtempSync(join(data, 'equal-answers-'));
    let database = 'sqlite';
    if (kind === 'postgres') {
      const admin = await postgresAddress('postgres');
      execFileSync('psql', [admin, '-qc', 'DROP DATABASE IF EXISTS waymark_equal']);
      execFileSync('psql', [admin, '-qc', "CREATE DATABASE waymark_equal ENCODING 'UTF8' TEMPLATE template0"]);
      database = await postgresAddress('waymark_equal');
    }
    const ran = spawnSync(program('equal_answers_bench'), [folder, database, samples], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    if (ran.status > 1 || ran.status === null) throw new Error(`equal_answers_bench: ${ran.stderr}`);
    console.log(`\n${kind}: medians ${ran.status === 0 ? 'less than' : 'AS MUCH AS'} a millisecond apart; load ${load()}\n`);
    console.log(ran.stdout.trim());
  }
}
