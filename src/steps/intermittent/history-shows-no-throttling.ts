import { CannotLook } from '../../domain/cannot-look.js';
import { dnsNamespace, dnsPods } from '../../domain/cluster-dns.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import { nameOf } from '../../domain/name-of.js';
import { defineStep } from '../../domain/step.js';
import { judgeHistory, type LookBack, lookBackSchema, plainOutcomes } from '../../parse/history/judge.js';
import { lookBack } from '../../queries/history/look-back.js';
import { throttleHistory } from '../../queries/history/of-pods.js';

const mostDnsPods = 4;
const held = { unit: 'share', floor: 0.25, factor: 2 } as const;

const isDns = ({ labels }: { readonly labels: Readonly<Record<string, string>> }) => labels.namespace === dnsNamespace;

/** Held back, a server answers late; held back, the cluster DNS lets every name wait. */
const apart = ({ history, ...rest }: LookBack): LookBack => ({
  ...(history && {
    history: {
      ...history,
      series: history.series.map((one) => ({ ...one, what: isDns(one) ? 'dns-throttled' : 'server-throttled' })),
    },
  }),
  ...rest,
});

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 1,
  reads: ['services', 'pods', 'services/proxy'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: lookBackSchema,
  outcomes: { ...plainOutcomes, 'servers-throttled': 'warn', 'dns-throttled': 'warn' },

  async collect({ kube, clock }, flow) {
    const [ends, dns] = await Promise.all([podsOfFlow(kube, flow), ifReadable(dnsPods(kube))]);
    const servers = ends.flatMap(({ namespace, pod: name, role }) =>
      role === 'destination' ? [{ namespace, name }] : [],
    );
    const names = (dns ?? []).slice(0, mostDnsPods).map((pod) => ({ namespace: dnsNamespace, name: nameOf(pod) }));
    const pods = [...servers, ...names];
    if (pods.length === 0) throw new CannotLook('lost', 'No Pod of the destination has a Node yet.');
    // Pods without a limit have none of it, so nobody's is missed.
    return apart(await lookBack({ kube, clock }, { question: throttleHistory.name, args: { pods }, owners: [] }));
  },

  interpret: (evidence) =>
    judgeHistory(evidence, {
      'server-throttled': { ...held, rose: 'servers-throttled' },
      'dns-throttled': { ...held, rose: 'dns-throttled' },
    }),
});
