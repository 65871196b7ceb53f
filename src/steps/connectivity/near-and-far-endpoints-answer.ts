import { z } from 'zod';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf, toTry } from '../../domain/targets.js';
import { unique } from '../../parse/addresses.js';
import { addUp } from '../../parse/connect.js';
import { type Tried, triedSchema, tryEach } from '../../queries/probes/each-target.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const sideOf = (tried: readonly Tried[]) => {
  if (tried.every(({ connect }) => connect.failed === 0)) return 'answers';
  return tried.every(({ connect }) => connect.open === 0) ? 'fails' : 'mixed';
};

const outcomes = {
  'answers answers': 'both-answer',
  'answers fails': 'far-fails',
  'fails answers': 'near-fails',
  'fails fails': 'both-fail',
} as const;

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [tcpConnect],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ node: z.string(), tried: z.array(triedSchema) }),
  outcomes: {
    'both-answer': 'pass',
    'far-fails': 'fail',
    'near-fails': 'fail',
    'both-fail': 'fail',
    'no-pattern': 'unsure',
    'one-kind-only': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const source = await kube.get('pods', { namespace: flow.from.namespace, name: flow.from.name });
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    const targets = flow.protocol === 'TCP' ? toTry(targetsOf(service, slices, flow)) : [];
    const tried = await tryEach(pod({ namespace: flow.from.namespace, name: flow.from.name }), targets);
    return { node: source?.spec?.nodeName ?? '', tried };
  },

  interpret({ node, tried }) {
    const near = tried.filter((one) => one.node === node);
    // An endpoint without a node may be anywhere: it belongs to neither side.
    const far = tried.filter((one) => one.node !== node && one.node !== '');
    const failing = [...near, ...far].filter(({ connect }) => connect.failed > 0);
    const facts = {
      node,
      near: near.map(({ address }) => address),
      far: far.map(({ address }) => address),
      failing: failing.map(({ address }) => address),
      nodes: unique(failing.map((one) => one.node)),
      classes: addUp(failing.map(({ connect }) => connect.classes)),
      'target-port': tried[0]?.port ?? 0,
    };
    if (near.length === 0 || far.length === 0) return { outcome: 'one-kind-only', facts };
    const sides = `${sideOf(near)} ${sideOf(far)}`;
    return { outcome: sides in outcomes ? outcomes[sides as keyof typeof outcomes] : 'no-pattern', facts };
  },
});
