import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const REPORTER = pathToFileURL(join(import.meta.dirname, 'report-peak.mjs')).href;

export interface Peak {
  /** For the measured Node process; its own Node children would inherit it. */
  env: Record<string, string>;
  /** MB of the whole life of the process, once it has ended; undefined where the system does not say. */
  read(): number | undefined;
}

/** The process itself says how much it had: from outside, a parent sees its own memory mixed in (getrusage survives exec). */
export function watchPeak(): Peak {
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-bench-'));
  const file = join(folder, 'peak');
  return {
    env: { NODE_OPTIONS: `--import ${REPORTER}`, NET_TRIAGE_BENCH_PEAK: file },
    read() {
      const kilobytes = Number(readOrNothing(file));
      rmSync(folder, { recursive: true, force: true });
      return kilobytes > 0 ? kilobytes / 1024 : undefined;
    },
  };
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
