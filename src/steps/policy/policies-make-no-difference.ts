import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { asManifest } from '../../domain/policy-objects.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema, connectOutcome } from '../../parse/connect.js';
import { policyReads } from '../../policy/cluster/documents.js';
import { policiesInForce } from '../../policy/cluster/in-force.js';
import { podsIn } from '../../policy/cluster/pods-in.js';
import { type Aim, deniedAim, toldApart } from '../../policy/cluster/told-apart.js';
import { understand } from '../../policy/cluster/understand.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const triedSchema = z.strictObject({
  pod: z.string(),
  verdict: z.enum(['allowed', 'denied']),
  connect: connectFactsSchema,
});
type Tried = z.infer<typeof triedSchema>;

const evidenceSchema = z.strictObject({
  /** Where the policies do not let the source go; absent where they do not deny it for sure. */
  aim: z.strictObject({ to: z.string(), address: z.string(), port: z.int() }).optional(),
  /** The source first. */
  tried: z.array(triedSchema),
  untried: z.array(z.strictObject({ pod: z.string(), why: z.string() })),
});
type Evidence = z.infer<typeof evidenceSchema>;

interface Place {
  readonly namespace: string;
  readonly name: string;
  readonly verdict: Tried['verdict'];
}

/** From all of them at once. Who cannot be tried from is named, but for the first: without it there is nothing to compare. */
const tryFrom = async (
  podAt: (place: Place) => RunPort<typeof tcpConnect>,
  places: readonly Place[],
  { address, port }: Aim,
): Promise<Pick<Evidence, 'tried' | 'untried'>> => {
  const ends = await Promise.allSettled(
    places.map(async (place) => understood(await podAt(place).run(tcpConnect, threeTries(address, port)))),
  );
  const tried: Tried[] = [];
  const untried: Evidence['untried'] = [];
  for (const [at, { namespace, name, verdict }] of places.entries()) {
    const [end, pod] = [ends[at], `${namespace}/${name}`];
    if (end?.status === 'fulfilled') tried.push({ pod, verdict, connect: end.value });
    else if (at === 0 || !(end?.reason instanceof CannotLook)) throw end?.reason;
    else untried.push({ pod, why: end.reason.message });
  }
  return { tried, untried };
};

const told = (tried: readonly Tried[]) => tried.map(({ pod, connect }) => `${pod} (${connectOutcome(connect)})`);

const gotThrough = ({ connect }: Tried) => connect.failed === 0;
const stopped = ({ connect }: Tried) => connect.open === 0;

export default defineStep({
  stage: 'policy',
  level: 'probe',
  cost: 2,
  reads: policyReads,
  runs: [tcpConnect],
  from: ['pod'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    'none-denied': 'pass',
    'denied-gets-through': 'pass',
    'told-apart': 'fail',
    'all-stopped': 'unsure',
    'nobody-to-compare': 'unsure',
  },

  async collect({ kube, pod, clock }, flow): Promise<Evidence> {
    const { from, to, protocol } = flow;
    const none = { tried: [], untried: [] };
    const source = await kube.get('pods', { namespace: from.namespace, name: from.name });
    if (protocol !== 'TCP' || !source) return none;
    const { found } = await policiesInForce(kube, flow, clock.now());
    const aim = deniedAim(understand(found), flow);
    if (!aim) return none;
    const namespaces = [...new Set([from.namespace, to.namespace])];
    const pods = (await Promise.all(namespaces.map((namespace) => podsIn(kube, namespace)))).flat();
    const others = pods.map((value, at) => ({ source: 'pods', document: at, value: asManifest('v1', 'Pod', value) }));
    const all = understand({ ...found, documents: [...found.documents, ...others] });
    const candidates = toldApart(all, { flow, source, aim, pods });
    const places: Place[] = [{ namespace: from.namespace, name: from.name, verdict: 'denied' }, ...candidates];
    return { aim, ...(await tryFrom(pod, places, aim)) };
  },

  interpret({ aim, tried, untried }) {
    if (!aim) return { outcome: 'none-denied' };
    const of = (verdict: Tried['verdict']) => tried.filter((one) => one.verdict === verdict);
    const [denied, allowed] = [of('denied'), of('allowed')];
    const facts = {
      ...{ aim: aim.to, address: aim.address, 'port-number': aim.port },
      ...{ 'denied-pods': told(denied), 'allowed-pods': told(allowed), untried: untried.map(({ pod }) => pod) },
    };
    if (denied.some((one) => !stopped(one))) return { outcome: 'denied-gets-through', facts };
    if (allowed.length === 0) return { outcome: 'nobody-to-compare', facts };
    return { outcome: allowed.every(gotThrough) ? 'told-apart' : 'all-stopped', facts };
  },
});
