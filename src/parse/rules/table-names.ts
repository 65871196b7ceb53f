import type { Saved } from './saved.js';

interface Read {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** `/proc/net/ip_tables_names`: one name per line, "nat". A kernel without the module has no such file. */
export const parseTableNames = ({ stdout, stderr, exitCode }: Read): Saved<string[]> => {
  if (exitCode === 0) return { ok: true, facts: stdout.split('\n').filter((line) => /^\w+$/.test(line)) };
  if (/No such file/i.test(stderr)) return { ok: true, facts: [] };
  return { ok: false, why: stderr.trim().slice(0, 200) || `The program ended with ${exitCode}.` };
};
