import { z } from 'zod';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf, toTry } from '../../domain/targets.js';
import { unique } from '../../parse/addresses.js';
import { addUp, connectOutcome } from '../../parse/connect.js';
import { lateOf, slowestOf } from '../../parse/late.js';
import { type Tried, triedSchema, tryEach } from '../../queries/probes/each-target.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const isLate = ({ connect }: Tried) => lateOf(connect) > 0;

const judge = (tried: readonly Tried[]) => {
  if (tried.every(({ connect }) => connect.failed === 0)) return tried.some(isLate) ? 'some-late' : 'all-answer';
  if (tried.some(({ connect }) => connect.open > 0)) return 'some-fail';
  const words = unique(tried.map(({ connect }) => connectOutcome(connect)));
  if (words.length > 1) return 'all-fail';
  if (words[0] === 'refused') return 'all-refused';
  return words[0] === 'times-out' ? 'all-time-out' : 'all-fail';
};

/** Where somebody would try by hand: the first that fails. */
const placeOf = ([first]: readonly Tried[]) => ({
  'target-port': first?.port ?? 0,
  address: first?.address ?? '',
  tool: first?.connect.tool ?? '',
});

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: ['services', 'endpointslices'],
  runs: [tcpConnect],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ total: z.int(), tried: z.array(triedSchema) }),
  outcomes: {
    'all-answer': 'pass',
    'some-late': 'warn',
    'some-fail': 'fail',
    'all-refused': 'fail',
    'all-time-out': 'fail',
    'all-fail': 'fail',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    if (flow.protocol !== 'TCP') return { total: 0, tried: [] };
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    const targets = targetsOf(service, slices, flow);
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    return { total: targets.length, tried: await tryEach(source, toTry(targets)) };
  },

  interpret({ total, tried }) {
    if (tried.length === 0) return { outcome: 'none-to-try' };
    const failing = tried.filter(({ connect }) => connect.failed > 0);
    const answering = tried.filter((one) => !failing.includes(one));
    const late = tried.filter(isLate);
    const facts = {
      total,
      failed: failing.length,
      of: tried.length,
      classes: addUp(failing.map(({ connect }) => connect.classes)),
      answering: answering.map(({ address }) => address),
      failing: failing.map(({ address }) => address),
      nodes: unique((failing.length > 0 ? failing : late).map(({ node }) => node)),
      ...(late.length > 0 && {
        'late-ones': late.map(({ address }) => address),
        slowest: Math.max(...late.map(({ connect }) => slowestOf(connect))),
      }),
      ...placeOf([...failing, ...answering]),
    };
    return { outcome: judge(tried), facts };
  },
});
