import { say } from '../../lab/machine/say.ts';
import { median } from '../measure/spread.ts';
import { megabytes, ratio, seconds, showHeading, showTable } from '../show.ts';
import { type Measured, measureAll } from '../triage/measure.ts';
import { peers } from '../triage/peers.ts';
import type { Triage } from '../triage/triage.ts';
import { withLab } from '../triage/with-lab.ts';

const ROUNDS = 3;
const COLUMNS = ['', 'verdict', 'triage', 'by hand', 'ratio', 'target', 'first finding'];
const COSTS = ['programs', 'requests', 'bytes', 'peak memory', 'by hand'];

/** A triage on a real cluster against the same look by hand, and where its time goes. */
export async function serviceUnreachable(): Promise<void> {
  await withLab(async (cluster) => {
    const measured = await measureAll(cluster, ROUNDS);
    showHeading(`service-unreachable to a verdict against by-hand.sh, ${ROUNDS} rounds, medians`);
    showTable([[...COLUMNS, ...COSTS], ...measured.map(row)]);
    say('  by hand is the waiting alone: nobody has read and understood the lines yet');
    say('');
    showTable(peers);
    say('\nWhere a triage waits, in the order of the walk (in parentheses: what the check itself took)');
    for (const one of measured) showWaits(one);
  });
}

function row({ title, target, expected, triages, hands }: Measured): string[] {
  const mid = (of: (one: Triage) => number) => median(triages.map(of));
  const took = mid((one) => one.seconds);
  const byHand = median(hands.map((one) => one.seconds));
  return [
    title,
    verdicts(triages, expected),
    seconds(took),
    seconds(byHand),
    ratio(byHand / took),
    target ? `${target}x` : '-',
    seconds(mid((one) => one.timeline.firstFindingMs) / 1000),
    String(mid((one) => one.cost.commands)),
    String(mid((one) => one.cost.requests)),
    `${(mid((one) => one.cost.bytes) / 1024).toFixed(0)} KB`,
    megabytes(mid((one) => one.peakMb ?? Number.NaN)),
    `${median(hands.map(({ commands }) => commands))} commands, ${median(hands.map(({ lines }) => lines))} lines`,
  ];
}

/** A fast wrong answer is no answer: it has to be seen beside its time. */
function verdicts(triages: readonly Triage[], expected: readonly string[]): string {
  const seen = [...new Set(triages.map(({ verdict }) => verdict))].join(' / ');
  const right = triages.every(({ verdict }) => expected.includes(verdict.split(' ')[0] ?? ''));
  return right ? seen : `${seen}, EXPECTED ${expected.join(' or ')}`;
}

/** Of the median run; what is under 3 % of it is summed up. */
function showWaits({ title, triages }: Measured): void {
  const middle = median(triages.map((one) => one.seconds));
  const run = triages.find((one) => one.seconds === middle);
  if (!run) return;
  const counts = ({ ms }: { ms: number }) => ms >= run.seconds * 30;
  const parts = run.timeline.waits
    .filter(counts)
    .map(({ what, ms, ownMs }) => `${what} ${(ms / 1000).toFixed(2)}${ownMs ? ` (${(ownMs / 1000).toFixed(2)})` : ''}`);
  const rest = run.timeline.waits.filter((wait) => !counts(wait));
  const restMs = rest.reduce((sum, { ms }) => sum + ms, 0);
  say(`  ${title}, ${seconds(run.seconds)}: ${parts.join(', ')}, ${rest.length} others ${(restMs / 1000).toFixed(2)}`);
}
