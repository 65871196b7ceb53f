import type { PodAccess } from '../../../../src/domain/pod-access.js';
import type { ResourceRule } from '../../../../src/domain/ports.js';
import type { AnyQuery } from '../../../../src/domain/query.js';
import type { ResourceEvent } from '../../../../src/domain/resource.js';
import { containerShell } from '../../../../src/ports/live/exec.js';
import type { Program } from '../../../../src/ports/live/program.js';
import { createPodWays } from '../../../../src/ports/live/rungs/pod-ways.js';
import { type Behaviour, startPods } from '../imitation/pods.js';
import { never, targetAt, unclean, wire } from '../imitation/target.js';

export const everything: ResourceRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [] };
export const pod = { namespace: 'shop', name: 'web-7d9f-x' };
export const image = 'tools.example/probe:1';

interface Given extends Behaviour {
  readonly rules?: readonly ResourceRule[];
  readonly session?: string;
  /** What running a program in a container comes to. */
  run?(program: Program): void;
}

/** One rung over an imitated API server, with containers that have every program. */
export const openRung = async (access: PodAccess, first: readonly object[], given: Given = {}) => {
  const { rules = [everything], session = '20261121T104029Z-cart', run = () => {} } = given;
  const api = await startPods(first, given);
  const { transport } = wire(targetAt(api.url));
  const events: ResourceEvent[] = [];
  const ran: Program[] = [];
  const closing = new AbortController();
  const about = { podAccess: [access], probeImage: image, session, now: () => Date.UTC(2026, 10, 21), settling: 0 };
  const ways = createPodWays(
    { ...about, onResource: (event) => events.push(event) },
    {
      ...{ transport, clean: unclean, closing: closing.signal },
      kube: { rules: async () => ({ rules: [...rules], incomplete: false }) },
      placeOf: async (ref) => ({ ...ref, container: 'main' }),
      node: () => ({ access: 'node', serves: () => false, open: () => Promise.reject(new Error('no node')) }),
    },
  );
  const [rung] = ways.ways({
    shellOf: (place) => containerShell(() => Promise.reject(new Error('nothing is started here')), place),
    toolsOf: async () => ({ known: true, names: new Set(['nc']), paths: new Map(), batch: false, grace: 5_000 }),
    runProgram: async (program) => {
      ran.push(program);
      run(program);
      return { exitCode: 0, durationMs: 1, stdout: '', stderr: '', cut: false };
    },
  });
  if (!rung) throw new Error('the rung is not open');
  const end = () => {
    closing.abort(new Error('closed'));
    return ways.removeAll(AbortSignal.timeout(9_000));
  };
  const serves = (query: Pick<AnyQuery, 'where' | 'elsewhere'>, args: unknown = {}, ofSource = true) =>
    rung.serves({ pod, query: query as AnyQuery, args, ofSource }, never);
  return { api, rung, events, ran, end, serves, ways, open: () => rung.open(pod, never) };
};

export const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error & { code?: string; missing?: object },
  );
