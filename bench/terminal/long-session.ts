import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../../lab/machine/run.ts';
import { bundle } from '../measure/in-process.ts';
import { PROGRAM } from '../program.ts';

const FUNCTIONS = `
  export { canonicalJson } from '../domain/canonical.js';
  export { genesis, hashOf } from '../journal/chain.js';
`;

interface Chain {
  canonicalJson(value: object): string;
  readonly genesis: string;
  hashOf(event: object): string;
}

interface Event {
  readonly type: string;
  readonly data: { readonly node?: string; readonly run?: number };
}

const REPLAYS = 'net-triage/replays';
const SESSIONS = `${REPLAYS}/net-triage/sessions`;
/** What the demo replays. */
const UNIVERSE = join(import.meta.dirname, '../../practice/wrong-selector/broken.universe.tar.zst');

/**
 * A session of the demo that was cut off in the middle, after one of its checks had been run again and again; the screen
 * stays on its trail.
 * @param lines how many results it holds
 * @returns what goes on with it
 */
export async function longSession(state: string, lines: number): Promise<string[]> {
  await must([...PROGRAM, 'demo', '--no-input', '--state-dir', state]);
  const [id = ''] = readdirSync(join(state, SESSIONS));
  const path = join(state, SESSIONS, id, 'session.ndjson');
  const events = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  writeFileSync(path, chained(lengthened(events, lines), await bundle<Chain>('report', FUNCTIONS)));
  const flags = ['--state-dir', join(state, REPLAYS), '--universe', UNIVERSE, '--no-motion'];
  // Who predicts stays on the walk until a key is pressed.
  return [...PROGRAM, 'session', 'resume', id, '--predict', ...flags];
}

/** The first result comes as often as asked, each time as a run of its own; what follows the second check is cut off. */
function lengthened(events: readonly Event[], lines: number): Event[] {
  const results = events.filter(({ type }) => type === 'check.finished');
  const [first, second] = results;
  if (!first || !second) throw new Error('the demo has no two results');
  const after = (event: Event) => events.indexOf(event) + 1;
  const again = Array.from({ length: lines - 1 }, (_, at) => ({ ...first, data: { ...first.data, run: at + 2 } }));
  return [...events.slice(0, after(first)), ...again, ...events.slice(after(first), after(second))];
}

function chained(events: readonly Event[], { canonicalJson, genesis, hashOf }: Chain): string {
  let prev = genesis;
  const lines = events.map((event, seq) => {
    const body = { ...event, seq, prev };
    prev = hashOf(body);
    return `${canonicalJson({ ...body, hash: prev })}\n`;
  });
  return lines.join('');
}
