import { readFileSync, writeFileSync } from 'node:fs';

// JavaScript, because stripping types would cost the measured process memory of its own.
process.on('exit', () => {
  try {
    const [, peak = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    writeFileSync(process.env.NET_TRIAGE_BENCH_PEAK, peak);
  } catch {
    // Only Linux has it; the table then has no number.
  }
});
