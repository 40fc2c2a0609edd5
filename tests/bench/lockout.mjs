// What counting a try of signing in costs, beside the hash that it guards: for a stranger, and on a known device.
import { chosenDatabases, installation, load, measure, rounded, seconds } from './installation.mjs';

export async function bench() {
  const argon2 = measure('argon2_bench', [50]);
  console.log(`One Argon2id: ${rounded(argon2.cpu_us / 1000, 2)} ms of CPU; load ${load()}`);
  for (const kind of chosenDatabases()) {
    const { folder, database } = await installation(kind, 'small');
    for (const who of ['stranger', 'device']) {
      const { cpu_us, p50_us, p99_us } = measure('lockout_bench', [folder, database, seconds, who]);
      console.log(`${kind}, ${who}: ${rounded(cpu_us)} µs of CPU a try, p50 ${rounded(p50_us)} µs, p99 ${rounded(p99_us)} µs; load ${load()}`);
    }
  }
}
