// Signing in by passkey alone, through the rules and the database, without the wire: how many a second, and their CPU
// beside that of the authenticator in software.
import { chosenDatabases, installation, load, measure, rounded, seconds } from './installation.mjs';

export async function bench() {
  for (const kind of chosenDatabases()) {
    const { folder, database } = await installation(kind, 'small');
    for (const threads of [1, 16]) {
      const { a_second, cpu_us, signing_us, refused } = measure('passkey_bench', [folder, database, seconds, threads]);
      console.log(`${kind}, ${threads} at once: ${rounded(a_second, 0)}/s, ${rounded(cpu_us)} µs of CPU each, `
        + `${rounded(signing_us)} µs of them the authenticator's; ${refused} refused; load ${load()}`);
    }
  }
}
