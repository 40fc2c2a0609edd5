// What the kernel tells about processes.
import { readFileSync, readdirSync } from 'node:fs';

export function childOf(pid) {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]) === pid) return Number(name);
    } catch { /* ended meanwhile */ }
  }
  throw new Error(`process ${pid} has no child`);
}

// KiB of memory that is this process's alone, what of it is no mapped file, and in all.
export function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)[1]);
  return { written: kib('Private_Dirty'), private: kib('Private_Clean') + kib('Private_Dirty'), anonymous: kib('Anonymous'), resident: kib('Rss') };
}
