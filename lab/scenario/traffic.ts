import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { readFacts } from './facts.ts';
import type { Symptom } from './fault.ts';
import { type Argv, at, type Ground } from './place.ts';

// One line for every request: 1 when it was answered.
const LOOP = `
n=$1
shift
while [ "$n" -gt 0 ]; do
  if "$@" >/dev/null 2>&1; then echo 1; else echo 0; fi
  n=$((n - 1))
done`;

// A bad third must show itself: 0.67^20 is one run in 3,000.
const ROUNDS = { always: 3, sometimes: 20, never: 10 };

// Long enough for a name to leave CoreDNS's cache, which keeps it for 30 s.
const PATIENCE = { timeoutMs: 90_000, everyMs: 300 };

export async function proveWorking(ground: Ground, symptom: Symptom): Promise<void> {
  await eventually(`${describe(symptom)} works`, async () => (await ask(ground, symptom)).every(Boolean), PATIENCE);
}

export async function proveFailing(ground: Ground, symptom: Symptom): Promise<void> {
  const fails = async () => {
    const answers = await ask(ground, symptom);
    return symptom.fails === 'always' ? !answers.some(Boolean) : answers.some(Boolean) && !answers.every(Boolean);
  };
  await eventually(`${describe(symptom)} fails ${symptom.fails}`, fails, PATIENCE);
}

/** One round of requests; for each whether it was answered. */
export async function ask(ground: Ground, symptom: Symptom): Promise<boolean[]> {
  const request = typeof symptom.request === 'function' ? symptom.request(await readFacts(ground)) : symptom.request;
  const loop: Argv = ['sh', '-c', LOOP, 'requests', String(ROUNDS[symptom.fails]), ...request];
  const answers = await must(await at(ground, symptom.at, loop), { timeoutMs: 120_000 });
  return answers
    .trim()
    .split('\n')
    .map((answer) => answer === '1');
}

function describe({ at: place, request }: Symptom): string {
  const asked =
    typeof request === 'function' ? 'request' : request.filter((word) => !word.includes('\n') && word.length < 40);
  return `${String(Object.values(place)[0])}: ${asked === 'request' ? asked : (asked as Argv).slice(-6).join(' ')}`;
}
