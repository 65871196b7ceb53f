import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import type { PodRef } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { complaintIn, complaintSchema } from '../../parse/rules/proxy-log.js';
import { startOf } from '../../queries/probes/first-packet.js';

const namespace = 'kube-system';
/** A complaint of longer ago may be over; kube-proxy repeats one that goes on every half minute or so. */
const window = 10 * 60_000;
const lines = 200;

const evidenceSchema = z.object({
  node: z.string(),
  pod: z.string(),
  waiting: z.string(),
  restarts: z.int(),
  complaint: complaintSchema.optional(),
  line: z.string(),
});
type Evidence = z.infer<typeof evidenceSchema>;

const stateOf = ({ status }: KubeObject<'pods'>) => {
  const state = status?.containerStatuses?.[0];
  return { waiting: state?.state?.waiting?.reason ?? '', restarts: state?.restartCount ?? 0 };
};

const judge = ({ pod, waiting, complaint }: Evidence) => {
  if (pod === '') return 'no-pod';
  if (complaint !== undefined) return complaint;
  return waiting === '' ? 'writes' : 'crashes';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'nodes', 'pods/log'],
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: evidenceSchema,
  outcomes: {
    writes: 'pass',
    crashes: 'fail',
    'no-conntrack-rights': 'fail',
    'lock-held': 'fail',
    'nft-unsupported': 'fail',
    'ipvs-unsupported': 'fail',
    'write-fails': 'fail',
    'no-rights': 'fail',
    'no-api': 'fail',
    'no-pod': 'unsure',
  },

  async collect({ kube, clock }, { from }) {
    const start = await startOf(kube, from);
    if (!start) throw new CannotLook('lost', 'The source has no node yet.');
    const pods = await kube.list('pods', { namespace, labels: { 'k8s-app': 'kube-proxy' } });
    const pod = pods.find(({ spec }) => spec?.nodeName === start.node);
    const none = { node: start.node, pod: '', waiting: '', restarts: 0, line: '' };
    if (!pod) return none;
    const ref: PodRef = { namespace, name: nameOf(pod) };
    const state = stateOf(pod);
    const previous = state.waiting === 'CrashLoopBackOff';
    const log = await kube.logs(ref, { tailLines: lines, ...(previous && { previous }) });
    const now = clock.now();
    // What made a container end that is not running now is not too old, whenever it was.
    const found = complaintIn(log, { now, since: previous ? 0 : now - window });
    return { ...none, ...state, pod: nameOf(pod), ...(found && { complaint: found.what, line: found.line }) };
  },

  interpret(evidence) {
    const { node, pod, waiting, restarts, line } = evidence;
    return { outcome: judge(evidence), facts: { node, 'proxy-pod': pod, waiting, restarts, line } };
  },
});
