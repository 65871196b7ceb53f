import type { Finding } from '../domain/finding.js';
import type { EventData, Happening } from '../domain/journal.js';
import type { Conclusion, Target } from '../domain/runbook.js';
import type { Stage } from '../domain/stage.js';
import type { WalkContext, WalkEvent } from './walk-context.js';

export interface About {
  readonly node: string;
  readonly check: string;
}

/** A target outside the tree. */
export type End = Exclude<Target, string>;

export const tell = (happening: Happening) => ({ type: 'happened' as const, happening });

export const begun = ({ runs }: WalkContext, { node, check }: About, limitMs: number) =>
  tell({ type: 'check.started', actor: 'tool', data: { node, check, run: runs[node] ?? 1, limitMs } });

export const finished = (finding: Finding) =>
  tell({ type: 'check.finished', actor: finding.by === 'auto' ? 'tool' : 'operator', data: finding });

export const overridden = ({ findings }: WalkContext, event: WalkEvent, node: string) => {
  const { outcome: chosen, reason } = event.type === 'OVERRIDE' ? event : { outcome: '', reason: '' };
  return tell({
    type: 'override',
    actor: 'operator',
    data: { node, found: findings[node]?.outcome ?? '', chosen, reason },
  });
};

export const decided = (data: EventData<'decision.auto'>) => tell({ type: 'decision.auto', actor: 'tool', data });

export const consented = (data: EventData<'consent.given'>) =>
  tell({ type: 'consent.given', actor: data.source === 'flag' ? 'tool' : 'operator', data });

/** Where the tree hands over to another runbook, this one has not concluded anything. */
export const conclusionOf = (end: End): Conclusion => ('runbook' in end ? { inconclusive: null } : end);

const withoutAnswer = ({ runs }: WalkContext, { node, check }: About, stage: Stage) => ({
  ...{ node, check, stage },
  run: runs[node] ?? 1,
  facts: {},
  evidence: [],
  durationMs: 0,
});

/** The operator did not wait for the check. */
export const skipped = (context: WalkContext, about: About, stage: Stage): Finding => ({
  ...withoutAnswer(context, about, stage),
  outcome: 'operator',
  result: 'skip',
  reason: { code: 'operator', detail: '' },
  by: 'operator',
});

/** The runner itself failed, which is a bug of ours and shown as one. */
export const broken = (
  context: WalkContext,
  { error, ...about }: About & { error: unknown },
  stage: Stage,
): Finding => ({
  ...withoutAnswer(context, about, stage),
  outcome: 'bug',
  result: 'error',
  reason: { code: 'bug', detail: String(error) },
  by: 'auto',
});
