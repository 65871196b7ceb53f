import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Facts } from '../../domain/finding.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import { isFinished } from '../../domain/pod-state.js';
import { closest, type Labels, selects } from '../../domain/selector.js';
import { serviceAndPods } from '../../domain/service-pods.js';
import { anyEnd, defineStep } from '../../domain/step.js';

const labelsSchema = z.record(z.string(), z.string());

const selectorOf = (service: KubeObject<'services'> | undefined): Record<string, string> =>
  service?.spec?.type === 'ExternalName' ? {} : (service?.spec?.selector ?? {});

const labelled = (pods: readonly KubeObject<'pods'>[]) =>
  pods
    .filter((pod) => !isFinished(pod))
    .map((pod) => ({ name: nameOf(pod), labels: (pod.metadata?.labels ?? {}) as Labels }));

type Meant = Readonly<Record<'wanted' | 'found', Labels>> & { readonly pods: readonly string[] };

const told = ({ pods, found, wanted }: Meant): Facts => ({
  near: capped(pods),
  total: pods.length,
  found: { ...found },
  wanted: { ...wanted },
});

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services', 'pods'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({
    known: z.boolean(),
    selector: labelsSchema,
    matched: z.array(z.string()),
    /** What the selector was probably meant to say. */
    meant: z.object({ pods: z.array(z.string()), wanted: labelsSchema, found: labelsSchema }).nullable(),
    /** The Namespace of the client, where Pods there match. */
    elsewhere: z.array(z.string()),
  }),
  outcomes: {
    matched: 'pass',
    'none-matched': 'fail',
    'none-alike': 'fail',
    'only-elsewhere': 'fail',
    'no-selector': 'unsure',
    'no-service': 'unsure',
  },

  async collect({ kube }, { from, to }) {
    const { service, pods } = await serviceAndPods(kube, to);
    const selector = selectorOf(service);
    const matched = pods.map(nameOf);
    const found = { known: service !== undefined, selector, matched, meant: null, elsewhere: [] };
    if (!selects(selector) || matched.length > 0) return found;
    const others = 'namespace' in from && from.namespace !== to.namespace ? [from.namespace] : [];
    const [siblings, ...lists] = await Promise.all([
      kube.list('pods', { namespace: to.namespace }),
      ...others.map((namespace) => ifReadable(kube.list('pods', { namespace, labels: selector }))),
    ]);
    const meant = closest(selector, labelled(siblings), to.name);
    return {
      ...found,
      meant: meant ? { ...meant, pods: [...meant.pods] } : null,
      elsewhere: others.filter((_, index) => (lists[index] ?? []).length > 0),
    };
  },

  interpret({ known, selector, matched, meant, elsewhere }) {
    if (!known) return { outcome: 'no-service' };
    if (!selects(selector)) return { outcome: 'no-selector' };
    if (matched.length > 0) {
      const facts: Facts = { selector, pods: capped(matched), total: matched.length };
      return { outcome: 'matched', facts };
    }
    const facts: Facts = { selector, elsewhere, ...(meant ? told(meant) : {}) };
    if (meant) return { outcome: 'none-matched', facts };
    return { outcome: elsewhere.length > 0 ? 'only-elsewhere' : 'none-alike', facts };
  },
});
