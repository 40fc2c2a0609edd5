// (n) The audit trail: how fast rows get their places in the chain, and how long `waymark audit verify` looks through
// millions of them. BENCH_ROWS: how many (default 3,000,000).
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenDatabases, data, load, measure, postgresAddress, root } from './installation.mjs';

const rows = process.env.BENCH_ROWS ?? '3000000';

export async function bench() {
  mkdirSync(data, { recursive: true });
  console.log('\n| | rows | chained/s | verified/s | verify | memory | load |\n|---|---|---|---|---|---|---|');
  for (const kind of chosenDatabases()) {
    const folder = mkdtempSync(join(data, 'audit-'));
    mkdirSync(join(folder, 'agency'));
    for (const file of ['brand.json', 'places.json']) copyFileSync(join(root, 'catalogue/demo', file), join(folder, 'agency', file));
    let database = 'sqlite';
    if (kind === 'postgres') {
      const admin = await postgresAddress('postgres');
      execFileSync('psql', [admin, '-qc', 'DROP DATABASE IF EXISTS waymark_audit']);
      execFileSync('psql', [admin, '-qc', "CREATE DATABASE waymark_audit ENCODING 'UTF8' TEMPLATE template0"]);
      database = await postgresAddress('waymark_audit');
    }
    const of = measure('audit_bench', [folder, database, rows]);
    rmSync(folder, { recursive: true, force: true });
    console.log(`| ${kind} | ${of.rows} | ${of.chained_a_second} | ${of.verified_a_second} | ${of.verify_s} s | ${of.memory_mib} MiB | ${load()} |`);
  }
}
