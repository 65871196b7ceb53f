import { z } from 'zod';
import type { EndOf } from '../../domain/flow.js';
import { serving } from '../../domain/ingress-pods.js';
import type { Route } from '../../domain/ingress-route.js';
import { someReadable } from '../../domain/some-readable.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { complainedSchema, complaintsIn } from '../../parse/ingress/controller-log.js';
import { ingressView } from '../../queries/probes/ingress-view.js';

// A line of longer ago may be of a fault that is over; one of the request that was just made is seconds old.
const window = 10 * 60_000;
const lines = 500;

const evidenceSchema = z.object({
  read: z.array(z.strictObject({ pod: z.string(), understood: z.boolean(), complaints: z.array(complainedSchema) })),
  host: z.string(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const objectsOf = ({ namespace, name }: EndOf<'ingress'>, { backend, secret }: Route) =>
  [name, backend?.service, secret].flatMap((one) => (one ? [`${namespace}/${one}`] : []));

const worst = ({ read }: Evidence) =>
  read.flatMap(({ pod, complaints }) => complaints.slice(0, 1).map((one) => ({ ...one, pod })))[0];

const outcomeOf = (evidence: Evidence) => {
  const first = worst(evidence);
  if (first) return first.what;
  return evidence.read.some(({ understood }) => understood) ? 'quiet' : 'not-understood';
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses', 'ingressclasses', 'pods', 'pods/log'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: evidenceSchema,
  outcomes: {
    quiet: 'pass',
    'connect-refused': 'fail',
    'connect-times-out': 'fail',
    'read-times-out': 'fail',
    'header-too-big': 'fail',
    'closed-early': 'fail',
    'wrong-protocol': 'fail',
    'body-too-large': 'fail',
    'proxy-protocol': 'fail',
    'class-ignored': 'fail',
    'no-service': 'fail',
    'no-endpoint': 'fail',
    'no-live-backend': 'fail',
    'certificate-missing': 'warn',
    'reload-fails': 'fail',
    'no-rights': 'fail',
    'not-understood': 'unsure',
  },

  async collect({ kube, clock }, flow): Promise<Evidence> {
    const now = clock.now();
    const view = await ingressView(kube, flow, now);
    if (!view) return { read: [], host: '' };
    const { host } = view.route;
    const about = { now, since: now - window, host, objects: objectsOf(flow.to, view.route) };
    const read = await someReadable(
      serving(view.controller).map(async ({ namespace, name, container }) => {
        const log = await kube.logs({ namespace, name }, { container, tailLines: lines });
        return { pod: `${namespace}/${name}`, ...complaintsIn(log, about) };
      }),
    );
    return { read, host };
  },

  interpret(evidence) {
    const first = worst(evidence);
    const facts = {
      ...{ host: evidence.host || '*', 'controller-pod': first?.pod ?? evidence.read[0]?.pod ?? '' },
      ...{ line: first?.line ?? '', times: first?.times ?? 0 },
    };
    return { outcome: outcomeOf(evidence), facts };
  },
});
