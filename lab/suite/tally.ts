import { say } from '../machine/say.ts';

/** Counts, and prints one line for every thing that was proved. */
export class Tally {
  #passed = 0;
  #failed: string[] = [];

  note(what: string, wrong: readonly string[], took: number): void {
    const seconds = `${(took / 1000).toFixed(1)} s`.padStart(8);
    say(`${wrong.length === 0 ? 'pass' : 'FAIL'} ${seconds}  ${what}`);
    for (const line of wrong) say(`                 ${line}`);
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

  close(): number {
    say(`\n${this.#passed} passed, ${this.#failed.length} failed`);
    for (const what of this.#failed) say(`  ${what}`);
    return this.#failed.length === 0 && this.#passed > 0 ? 0 : 1;
  }
}
