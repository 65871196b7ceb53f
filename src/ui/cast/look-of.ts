import type { Catalog } from '../../catalog/catalog.js';
import type { SessionHeader } from '../../domain/journal.js';
import { noCost } from '../../domain/ports.js';
import type { SessionView } from '../../domain/session-view.js';
import type { SessionLook } from '../../machines/look.js';

const phaseOf = ({ verdict, ended, findings, running }: SessionView): SessionLook['phase'] => {
  if (verdict) return 'judged';
  if (ended) return 'over';
  return findings.length + running.length > 0 ? 'walking' : 'preparing';
};

const currentOf = ({ running }: SessionView): SessionLook['current'] => {
  const last = running.at(-1);
  if (!last) return null;
  const { node, check, run, limitMs, at } = last;
  return { node, check, run, limitMs, startedAt: Date.parse(at) };
};

const failureOf = ({ ended, verdict }: SessionView): SessionLook['failure'] =>
  ended?.error && !verdict ? ended.error : null;

/** What a screen knew of a session when its journal had come so far; what no journal holds, it did not know. */
export const lookOf = (view: SessionView, header: SessionHeader, catalog: Pick<Catalog, 'runbooks'>): SessionLook => ({
  phase: phaseOf(view),
  flow: header.flow,
  runbook: catalog.runbooks[header.tree.id] ?? null,
  trail: view.findings,
  current: currentOf(view),
  paused: view.state === 'paused',
  verdict: view.verdict,
  failure: failureOf(view),
  cost: view.cost ?? noCost,
  commands: view.commands,
  k8sVersion: header.target.k8s_version,
  access: header.access,
  startedAt: Date.parse(header.started_at),
  ...{ flights: [], reviewing: false, asking: null, pace: 'auto', canGoBack: false },
});
