import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import { flowWords } from '../domain/flow-words.js';
import type { World } from '../domain/ports.js';
import type { Sharing } from '../domain/sharing.js';
import type { Verdict } from '../domain/verdict.js';
import type { Ready } from '../machines/preflight.js';
import type { Ended } from '../machines/walk-context.js';
import { objectReader } from '../ports/object-reader.js';
import { readShared } from '../sharing/read-shared.js';
import { sharing } from '../sharing/sharing.js';
import { weigh } from '../verdict/weigh.js';
import { wordsFor } from '../verdict/words.js';
import { type SeenAnswers, thriftyAsker } from './thrifty-asker.js';

interface Judged {
  readonly findings: Finding[];
  readonly ended: Ended | 'stopped';
  readonly ready: Ready;
}

interface Around {
  readonly catalog: Catalog;
  readonly context: string | null;
  /** Absent where the session never connected. */
  readonly world: World | undefined;
  readonly seen: SeenAnswers;
  readonly signal: AbortSignal;
}

const weighed = ({ findings, ended, ready }: Judged, { catalog, context }: Around): Verdict => {
  const conclusion = ended === 'stopped' || 'runbook' in ended ? undefined : ended;
  return weigh({
    findings,
    causes: catalog.causes,
    elimination: catalog.elimination,
    ...(conclusion ? { conclusion } : {}),
    stagesBuilt: [...new Set(Object.values(catalog.steps).map(({ step }) => step.stage))],
    flowWords: flowWords(ready.flow, context ?? undefined),
  });
};

/** Who else comes past the failing hop. Of what is no fault there is none, and a session that is stopped asks for nothing more. */
const shared = async (
  verdict: Verdict,
  { findings, ready: { flow } }: Judged,
  { catalog, context, world, seen, signal }: Around,
): Promise<Sharing | undefined> => {
  const [best] = verdict.causes;
  const hop = best && catalog.causes[best.id]?.hop;
  if (verdict.result !== 'fault' || !hop || !world || signal.aborted) return undefined;
  const kube = objectReader(thriftyAsker({ world, seen, signal }));
  const words = wordsFor(best.grounds, findings, flowWords(flow, context ?? undefined));
  const found = await readShared(kube, hop, { flow, words });
  return found && sharing({ hop, found, flow });
};

/** What to believe after the walk, and who else it concerns. */
export const judge = async (judged: Judged, around: Around): Promise<Verdict> => {
  const verdict = weighed(judged, around);
  const others = await shared(verdict, judged, around);
  return { ...verdict, ...(others && { sharing: others }) };
};
