/** One thing to measure; the names become rows of a table. */
export type Candidates<T> = Readonly<Record<string, () => Promise<T>>>;

/**
 * A B A B …: what slows the machine down for a moment hits every candidate alike. The first round fills the caches and
 * does not count.
 */
export async function alternate<T>(rounds: number, candidates: Candidates<T>): Promise<Map<string, T[]>> {
  const samples = new Map<string, T[]>(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(candidates)) {
      const sample = await measure();
      if (round > 0) samples.get(name)?.push(sample);
    }
  }
  return samples;
}
