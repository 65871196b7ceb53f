import { isIP } from 'node:net';
import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';

/** `cart.shop.svc.cluster.local`, whatever the domain of the cluster is called. */
const inCluster = /^([^.]+)\.([^.]+)\.svc\.[^.]+/;

const bare = (target: string) => target.replace(/\.$/, '');

const judgeService = ({ there, itself }: { there: boolean; itself: boolean }) => {
  if (itself) return 'names-itself';
  return there ? 'names-service' : 'names-missing-service';
};

const judgeName = (target: string) => {
  if (target === '') return 'empty';
  if (isIP(target) !== 0) return 'is-address';
  // A CNAME is absolute: the search list of the client does not complete it.
  return !target.includes('.') || target.endsWith('.svc') ? 'relative' : 'plausible';
};

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    known: z.boolean(),
    /** Null where the Service has another type. */
    target: z.string().nullable(),
    /** The Service the target names, and whether it is there. */
    names: z.object({ service: z.string(), there: z.boolean(), itself: z.boolean() }).nullable(),
  }),
  outcomes: {
    'not-external-name': 'pass',
    plausible: 'unsure',
    'names-service': 'unsure',
    empty: 'fail',
    'is-address': 'fail',
    relative: 'fail',
    'names-missing-service': 'fail',
    'names-itself': 'fail',
    'no-service': 'unsure',
  },

  async collect({ kube }, { to: { namespace, name } }) {
    const service = await kube.get('services', { namespace, name });
    const target = service?.spec?.type === 'ExternalName' ? bare(service.spec.externalName ?? '') : null;
    const [, other, home] = inCluster.exec(target ?? '') ?? [];
    if (!other || !home) return { known: service !== undefined, target, names: null };
    const there = (await kube.get('services', { namespace: home, name: other })) !== undefined;
    const itself = home === namespace && other === name;
    return { known: true, target, names: { service: `${home}/${other}`, there, itself } };
  },

  interpret({ known, target, names }) {
    if (!known) return { outcome: 'no-service' };
    if (target === null) return { outcome: 'not-external-name' };
    const facts = { target, names: names?.service ?? '' };
    return { outcome: names ? judgeService(names) : judgeName(target), facts };
  },
});
