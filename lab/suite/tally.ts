import { say } from '../machine/say.ts';
import type { Row } from './row.ts';

/** Counts, and prints one line for every thing that was proved. */
export class Tally {
  #passed = 0;
  #failed: string[] = [];
  /** Every answer of the program that was scored. */
  readonly rows: Row[] = [];
  readonly #keep: (rows: readonly Row[]) => void;

  /** `keep` is called with every new row: a run takes an hour, and may be ended before its end. */
  constructor(keep: (rows: readonly Row[]) => void = () => {}) {
    this.#keep = keep;
  }

  note(what: string, wrong: readonly string[], took: number): void {
    this.#print(wrong.length === 0 ? 'pass' : 'FAIL', { what, notes: wrong, took });
    if (wrong.length === 0) this.#passed += 1;
    else this.#failed.push(what);
  }

  /** Runs one proof; what it throws is its failure. */
  async prove(what: string, proof: () => Promise<readonly string[]>): Promise<boolean> {
    const start = performance.now();
    const wrong = await proof().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    this.note(what, wrong, performance.now() - start);
    return wrong.length === 0;
  }

  /** An open answer is neither passed nor failed. */
  record(row: Row): void {
    this.rows.push(row);
    this.#keep(this.rows);
    const what = `${row.fault} on ${row.profile}: ${row.run}`;
    const took = row.seconds * 1000;
    if (row.verdict === 'open') this.#print('open', { what, notes: row.notes, took });
    else this.note(what, row.verdict === 'wrong' ? row.notes : [], took);
  }

  #print(mark: string, { what, notes, took }: { what: string; notes: readonly string[]; took: number }): void {
    const seconds = `${(took / 1000).toFixed(1)} s`.padStart(8);
    say([`${mark} ${seconds}  ${what}`, ...notes.map((note) => `                 ${note}`)].join('\n'));
  }

  close(): number {
    const open = this.rows.filter(({ verdict }) => verdict === 'open').length;
    for (const what of this.#failed) say(`  failed: ${what}`);
    say(`${open} open, because what could find them is not built`);
    say(`${this.#passed} passed, ${this.#failed.length} failed`);
    return this.#failed.length === 0 && this.#passed > 0 ? 0 : 1;
  }
}
