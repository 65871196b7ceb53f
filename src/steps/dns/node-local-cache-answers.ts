import { z } from 'zod';
import { dnsNamespace, dnsPods, dnsReplicas } from '../../domain/cluster-dns.js';
import type { KubeObject } from '../../domain/kinds.js';
import { hasNodeCaches, nodeCacheAddress, nodeCacheLabels } from '../../domain/node-caches.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podState, podStateSchema } from '../../domain/pod-state.js';
import type { RunPort } from '../../domain/ports.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { ownName } from '../../queries/probes/asked-name.js';
import { askTwice, isAnswer } from '../../queries/probes/dns-servers.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const evidenceSchema = z.strictObject({
  node: z.string(),
  /** Whether the cluster has such a cache on any node. */
  here: z.boolean(),
  cache: podStateSchema.optional(),
  /** The address of the cache that the Pod asks; empty where it asks none of them. */
  address: z.string(),
  dns: resolveFactsSchema.optional(),
  replica: z.string(),
  direct: resolveFactsSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

/** `-localip 169.254.20.10,10.96.0.10`: it answers for all of them on its node. */
const addressesOf = (pod: KubeObject<'pods'> | undefined): string[] => {
  const args = (pod?.spec?.containers ?? []).flatMap(({ args: own = [], command = [] }) => [...command, ...own]);
  const at = args.findIndex((one) => /^--?localip(=|$)/.test(one));
  const value = at < 0 ? '' : (args[at]?.split('=')[1] ?? args[at + 1] ?? '');
  const found = value.split(',').filter(isAddress);
  return found.length > 0 ? found : [nodeCacheAddress];
};

/** The cache on a node, and one on any. */
const cachesOn = async (kube: ObjectReader<'pods' | 'daemonsets'>, node: string) => {
  // Whoever may not read what makes them may still see them.
  if ((await hasNodeCaches(kube)) === false) return [undefined, undefined] as const;
  const of = { namespace: dnsNamespace, labels: nodeCacheLabels };
  const [any] = await kube.list('pods', { ...of, limit: 1 });
  if (!any || any.spec?.nodeName === node) return [any, any] as const;
  const [here] = await kube.list('pods', { ...of, fields: { 'spec.nodeName': node } });
  return [here, any] as const;
};

/** What the cache says, and what the replica says past it; an empty address is not asked. */
const both = async (run: RunPort<typeof resolveName>, name: string, at: { address: string; replica: string }) => {
  const ask = async (server: string) => (server === '' ? undefined : await askTwice(run, { name, server }));
  const [dns, direct] = await Promise.all([ask(at.address), ask(at.replica)]);
  return { ...(dns && { dns }), ...(direct && { direct }) };
};

const judge = ({ here, cache, address, dns, direct }: Evidence) => {
  if (!here) return 'no-cache';
  if (address === '' || !dns) return 'not-asked';
  if (isAnswer(dns)) return 'answers';
  if (cache?.state !== 'running') return 'not-running';
  return direct && isAnswer(direct) ? 'silent' : 'all-silent';
};

export default defineStep({
  stage: 'dns',
  level: 'probe',
  cost: 2,
  reads: ['daemonsets', 'pods'],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    'no-cache': 'pass',
    answers: 'pass',
    silent: 'fail',
    'not-running': 'fail',
    'all-silent': 'unsure',
    'not-asked': 'unsure',
  },

  async collect({ kube, pod, clock }, { from }): Promise<Evidence> {
    const source = await kube.get('pods', { namespace: from.namespace, name: from.name });
    const node = source?.spec?.nodeName ?? '';
    const [here, any] = await cachesOn(kube, node);
    if (!any) return { node, here: false, address: '', replica: '' };
    const run = pod({ namespace: from.namespace, name: from.name });
    const [config, pods] = await Promise.all([run.run(resolverConfig, {}), dnsPods(kube)]);
    const taken = addressesOf(here ?? any);
    const address = config.nameservers.find((one) => taken.includes(one)) ?? '';
    const replica = dnsReplicas(pods, clock.now())[0]?.address ?? '';
    const replies = await both(run, ownName(config), { address, replica });
    return { node, here: true, address, replica, ...replies, ...(here && { cache: podState(here, clock.now()) }) };
  },

  interpret(evidence) {
    const { node, cache, address, replica } = evidence;
    const state = [cache?.state ?? 'missing', cache?.reason ?? ''].filter((word) => word !== '').join(' ');
    return { outcome: judge(evidence), facts: { node, 'cache-pod': cache?.name ?? '', state, address, replica } };
  },
});
