import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { dnsPods, dnsReplicas } from '../../domain/cluster-dns.js';
import type { FlowNode } from '../../domain/flow-nodes.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { unique } from '../../parse/addresses.js';
import { cardStatistics } from '../../queries/kernel/card-statistics.js';
import { isAnswer } from '../../queries/probes/dns-servers.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { resolveName } from '../../queries/resolve-name.js';
import { deviceNames } from '../../queries/rules/device-names.js';

const countSchema = z.strictObject({ node: z.string(), before: z.number().nullable(), after: z.number().nullable() });

// AWS lets a network card ask its resolver, and other link-local services, 1024 times a second.
const counter = 'linklocal_allowance_exceeded';
const card = /^(?:eth|en[ospx]?)\w*$/;
const names = [1, 2, 3, 4, 5, 6] as const;

type Node = RunPort<typeof deviceNames | typeof cardStatistics>;

/** Over all cards of the Node; null where no driver counts it. */
const exceeded = async (node: Node, since: string): Promise<number | null> => {
  const devices = (await node.run(deviceNames, {})).names.filter((name) => card.test(name)).slice(0, 4);
  const counts = await Promise.all(devices.map((device) => node.run(cardStatistics, { device, since })));
  const known = counts.flatMap((count) => count?.[counter] ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
};

const riseOf = ({ before, after }: z.infer<typeof countSchema>) =>
  before === null || after === null ? 0 : Math.max(0, after - before);

export default defineStep({
  stage: 'dns',
  level: 'node',
  cost: 2,
  reads: ['pods'],
  runs: [resolveName, deviceNames, cardStatistics],
  from: ['pod'],
  to: ['host'],
  evidence: z.strictObject({
    asked: z.int(),
    failed: z.int(),
    counts: z.array(countSchema),
    unseen: z.array(unseenSchema),
  }),
  outcomes: { kept: 'pass', exceeded: 'fail', 'exceeded-unfelt': 'warn', 'not-counted': 'unsure' },

  async collect({ kube, pod, node, clock }, { from, to }) {
    const replicas = dnsReplicas(await dnsPods(kube), clock.now());
    const nodes = unique(replicas.map((replica) => replica.node).filter((name) => name !== '')).slice(0, 3);
    if (nodes.length === 0) throw new CannotLook('lost', 'It is not known on which nodes the DNS Pods run.');
    const places = nodes.map((name): FlowNode => ({ node: name, role: 'peer' }));
    const read = (since: string) =>
      eachNode(places, async (place) => ({ count: await exceeded(node(place.node), since) }));
    const before = await read('1');
    const source = pod({ namespace: from.namespace, name: from.name });
    // Names that no cache can know, or the question would never leave the node.
    const ask = (one: number) =>
      source.run(resolveName, { name: `net-triage-${one}-${clock.now() % 100_000}.${to.name.replace(/\.$/, '')}.` });
    const replies = await Promise.all(names.map(ask));
    const after = await read('2');
    return {
      asked: replies.length,
      failed: replies.filter((reply) => !isAnswer(reply)).length,
      counts: before.seen.map(({ node: name, count }) => ({
        ...{ node: name, before: count },
        after: after.seen.find((one) => one.node === name)?.count ?? null,
      })),
      unseen: before.unseen,
    };
  },

  interpret({ asked, failed, counts, unseen }) {
    const [worst] = counts.toSorted((a, b) => riseOf(b) - riseOf(a));
    const rise = worst ? riseOf(worst) : 0;
    const facts = { node: worst?.node ?? '', rise, asked, failed, unseen: unseen.map(({ node }) => node) };
    if (counts.every(({ before }) => before === null)) return { outcome: 'not-counted', facts };
    if (rise === 0) return { outcome: 'kept', facts };
    return { outcome: failed > 0 ? 'exceeded' : 'exceeded-unfelt', facts };
  },
});
