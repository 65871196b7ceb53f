import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { dnsNamespace, dnsPods, dnsReplicas } from '../../domain/cluster-dns.js';
import { someReadable } from '../../domain/some-readable.js';
import { defineStep } from '../../domain/step.js';
import { complaintSchema, dnsComplaint } from '../../parse/dns/coredns-log.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { nameOfEnd } from '../../queries/probes/asked-name.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidenceSchema = z.strictObject({
  name: z.string(),
  asked: resolveFactsSchema,
  replicas: z.int(),
  complaints: z.array(z.strictObject({ pod: z.string(), node: z.string(), ...complaintSchema.shape })),
});
type Evidence = z.infer<typeof evidenceSchema>;

const order = [
  'upstream-silent',
  'upstream-refuses',
  'too-many-at-once',
  'answer-malformed',
  'failed-otherwise',
  'others-refused',
  'reload-failed',
  'api-lost',
] as const;

/** The question is a moment old: its line is among these, but where a crowd asks at the same time. */
const lines = 400;
const linesOfCrowd = 4000;
/** CoreDNS writes no time beside its words; what is older than this may be over. */
const window = 300;

const worst = ({ complaints }: Evidence) =>
  complaints.toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what))[0];

const told = (found: Evidence['complaints'][number] | undefined) => ({
  'dns-pod': found?.pod ?? '',
  node: found?.node ?? '',
  upstream: found?.server ?? '',
  line: found?.line ?? '',
});

export default defineStep({
  stage: 'dns',
  level: 'probe',
  // What it reads has to be younger than a question of its own.
  cost: 2,
  reads: ['pods', 'pods/log'],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: ['service', 'host'],
  evidence: evidenceSchema,
  outcomes: {
    quiet: 'pass',
    'upstream-silent': 'fail',
    'upstream-refuses': 'fail',
    'too-many-at-once': 'fail',
    'answer-malformed': 'fail',
    'failed-otherwise': 'warn',
    'others-refused': 'warn',
    'reload-failed': 'warn',
    'api-lost': 'warn',
    'no-replicas': 'unsure',
  },

  async collect({ kube, pod, clock }, { from, to }) {
    const run = pod({ namespace: from.namespace, name: from.name });
    const [config, pods] = await Promise.all([run.run(resolverConfig, {}), dnsPods(kube)]);
    const name = nameOfEnd(to, config);
    const asked = await run.run(resolveName, { name });
    const replicas = dnsReplicas(pods, clock.now());
    const tail = (replica: string, tailLines: number) =>
      kube.logs({ namespace: dnsNamespace, name: replica }, { tailLines, sinceSeconds: window });
    const read = async ({ pod: named, node }: (typeof replicas)[number]) => {
      const last = await tail(named, lines);
      const isWhole = last.trimEnd().split('\n').length < lines;
      const log = isWhole ? last : await tail(named, linesOfCrowd);
      const complaint = dnsComplaint(log, { name, outside: to.kind === 'host' });
      return complaint ? [{ pod: named, node, ...complaint }] : [];
    };
    if (replicas.length > 0 && asked.class === 'other') throw new CannotLook('lost', asked.message);
    return { name, asked, replicas: replicas.length, complaints: (await someReadable(replicas.map(read))).flat() };
  },

  interpret(evidence) {
    const { name, asked, replicas } = evidence;
    if (replicas === 0) return { outcome: 'no-replicas' };
    const found = worst(evidence);
    const facts = { name, class: asked.class, ...told(found) };
    return { outcome: found?.what ?? 'quiet', facts };
  },
});
