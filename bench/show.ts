import { availableParallelism, cpus, loadavg } from 'node:os';
import { say } from '../lab/machine/say.ts';

/** Columns as wide as their widest cell; the first is text, the others are figures. */
export function showTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    say(`  ${cells.join('  ').trimEnd()}`);
  }
}

export const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const seconds = (value: number) => `${value.toFixed(1)} s`;
export const megabytes = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(0)} MB`);
export const ratio = (value: number) => `${value.toFixed(2)}x`;

/** Every part says how busy the machine was just then: no figure means anything without it. */
export function showHeading(title: string): void {
  const load = loadavg().map((value) => value.toFixed(1));
  const cores = availableParallelism();
  const busy = Number(load[0]) > cores ? ', busy: these figures are noisy' : '';
  say(`\n${title}  (load ${load.join(' ')} on ${cores} cores${busy})`);
}

export function showMachine(): void {
  say(`${new Date().toISOString()}  Node ${process.versions.node}  ${cpus()[0]?.model ?? process.arch}`);
}
