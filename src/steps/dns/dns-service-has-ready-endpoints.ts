import { z } from 'zod';
import { dnsNamespace, dnsPods, dnsReplicas, dnsService } from '../../domain/cluster-dns.js';
import { endpointsOf, slicesOf } from '../../domain/endpoints.js';
import { nameOf } from '../../domain/name-of.js';
import { podState } from '../../domain/pod-state.js';
import { carries } from '../../domain/selector.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';

const evidenceSchema = z.strictObject({
  service: z.string(),
  address: z.string(),
  selector: z.record(z.string(), z.string()),
  udp: z.array(z.string()),
  tcp: z.array(z.string()),
  listed: z.int(),
  /** Replicas that are ready, whoever lists them, and those of them that the selector means. */
  ready: z.array(z.string()),
  selected: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const judge = ({ service, udp, tcp, ready, selected }: Evidence) => {
  if (service === '') return 'no-service';
  if (udp.length > 0 && tcp.length > 0) return 'serves';
  if (udp.length > 0) return 'tcp-missing';
  if (tcp.length > 0) return 'udp-missing';
  if (ready.length === 0) return 'none-ready';
  return selected.length === 0 ? 'selects-none' : 'not-listed';
};

export default defineStep({
  stage: 'dns',
  level: 'observe',
  cost: 0,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    serves: 'pass',
    'tcp-missing': 'fail',
    'udp-missing': 'fail',
    'selects-none': 'fail',
    'not-listed': 'fail',
    'none-ready': 'fail',
    'no-service': 'unsure',
  },

  async collect({ kube, clock }) {
    const [service, pods] = await Promise.all([dnsService(kube), dnsPods(kube)]);
    const name = service ? nameOf(service) : '';
    const slices = service
      ? await kube.list('endpointslices', { namespace: dnsNamespace, labels: slicesOf(name) })
      : [];
    const listed = (protocol: 'UDP' | 'TCP') =>
      targetsOf(service, slices, { port: 53, protocol }).map(({ address }) => address);
    const now = clock.now();
    const up = pods.filter((pod) => podState(pod, now).state === 'running');
    const selector = service?.spec?.selector ?? {};
    return {
      service: name,
      address: service?.spec?.clusterIP ?? '',
      selector,
      udp: listed('UDP'),
      tcp: listed('TCP'),
      listed: endpointsOf(slices).length,
      ready: dnsReplicas(up, now).map(({ address }) => address),
      selected: up.filter(({ metadata }) => carries(metadata?.labels ?? {}, selector)).map(nameOf),
    };
  },

  interpret(evidence) {
    const { service, address, selector, udp, tcp, ready } = evidence;
    const facts = { 'dns-service': service, address, selector, udp, tcp, ready };
    return { outcome: judge(evidence), facts };
  },
});
