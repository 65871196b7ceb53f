import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { dnsPods, dnsReplicas } from '../../domain/cluster-dns.js';
import { isLoopback } from '../../domain/node-address.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { isAddress, unique } from '../../parse/addresses.js';
import { type ForwardTarget, forwardsOf } from '../../parse/dns/corefile-zones.js';
import { resolveFactsSchema } from '../../parse/resolve.js';
import { clusterCorefile } from '../../queries/probes/cluster-corefile.js';
import { isAnswer } from '../../queries/probes/dns-servers.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';

const upstreamSchema = z.strictObject({
  zone: z.string(),
  address: z.string(),
  name: z.string(),
  dns: resolveFactsSchema,
});
type Upstream = z.infer<typeof upstreamSchema>;
const evidenceSchema = z.strictObject({
  seen: z.array(
    z.strictObject({ node: z.string(), role: z.string(), upstreams: z.array(upstreamSchema), stub: z.boolean() }),
  ),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const isHeard = ({ dns }: Upstream) => isAnswer(dns);

/** Nobody answers for a zone: one server that does is enough, since CoreDNS goes on to the next. */
const deadZones = (upstreams: readonly Upstream[]) =>
  [...Map.groupBy(upstreams, ({ zone }) => zone)].flatMap(([zone, all]) => (all.some(isHeard) ? [] : [zone]));

const judge = ({ seen, unseen }: Evidence) => {
  const upstreams = seen.flatMap((one) => one.upstreams);
  if (upstreams.length === 0) return seen.some(({ stub }) => stub) ? 'stub-resolver' : 'none';
  const dead = deadZones(upstreams);
  if (dead.includes('')) return 'silent';
  if (dead.length > 0) return 'zone-silent';
  if (!upstreams.every(isHeard)) return 'some-silent';
  if (upstreams.some(({ dns }) => dns.class === 'refused' || dns.class === 'server-failure')) return 'some-refuse';
  return unseen.length > 0 ? 'partly-seen' : 'answer';
};

interface Named {
  readonly zone: string;
  readonly address: string;
}

/** Only the port of DNS can be asked by the programs of a node. */
const addressesOf = ({ zone, to, port }: ForwardTarget, ofNode: readonly string[]): Named[] => {
  const all = isAddress(to) ? [to] : to.startsWith('/') ? ofNode : [];
  return port === 53 ? all.filter((one) => !isLoopback(one)).map((address) => ({ zone, address })) : [];
};

export default defineStep({
  stage: 'dns',
  level: 'node',
  cost: 2,
  reads: ['pods', 'configmaps'],
  runs: [resolverConfig, resolveName],
  from: ['pod'],
  to: anyEnd,
  evidence: evidenceSchema,
  outcomes: {
    answer: 'pass',
    'some-silent': 'warn',
    'some-refuse': 'warn',
    silent: 'fail',
    'zone-silent': 'fail',
    'stub-resolver': 'unsure',
    'partly-seen': 'unsure',
    none: 'unsure',
  },

  async collect({ kube, node, clock }, { to }): Promise<Evidence> {
    const [found, pods] = await Promise.all([clusterCorefile(kube), dnsPods(kube)]);
    if (!found) throw new CannotLook('lost', 'The Corefile of the cluster DNS was not found.');
    const forwards = forwardsOf(found.corefile);
    // A name that always exists (RFC 2606), where the flow gives none: any answer will do.
    const outside = to.kind === 'host' ? `${to.name.replace(/\.$/, '')}.` : 'example.com.';
    const places = unique(dnsReplicas(pods, clock.now()).map((one) => one.node)).filter((one) => one !== '');
    return await eachNode(
      places.map((place) => ({ node: place, role: 'destination' as const })),
      async (place) => {
        const run = node(place.node);
        const { nameservers } = await run.run(resolverConfig, {});
        const ask = async (one: Named): Promise<Upstream> => {
          const name = one.zone === '' ? outside : `${one.zone}.`;
          return { ...one, name, dns: await run.run(resolveName, { name, server: one.address }) };
        };
        const named = forwards.flatMap((one) => addressesOf(one, nameservers));
        const once = [...new Map(named.map((one) => [JSON.stringify(one), one])).values()];
        const stub = forwards.some(({ to: file }) => file.startsWith('/')) && nameservers.every(isLoopback);
        return { stub, upstreams: await Promise.all(once.map(ask)) };
      },
    );
  },

  interpret(evidence) {
    const { seen, unseen } = evidence;
    const upstreams = seen.flatMap((one) => one.upstreams);
    const failing = upstreams.filter((one) => !isHeard(one));
    const facts = {
      nodes: seen.map(({ node }) => node),
      upstreams: unique(upstreams.map(({ address }) => address)),
      failing: unique(failing.map(({ address }) => address)),
      zones: deadZones(upstreams).map((zone) => `${zone}.`),
      unseen: unseen.map(({ node }) => node),
    };
    return { outcome: judge(evidence), facts };
  },
});
