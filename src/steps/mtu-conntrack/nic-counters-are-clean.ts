import { z } from 'zod';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { cardStatistics } from '../../queries/kernel/card-statistics.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';
import { deviceNames } from '../../queries/rules/device-names.js';

const lostSchema = z.strictObject({ node: z.string(), device: z.string(), word: z.string(), count: z.number() });

// Names that udev, the kernel and the usual tools give to cards and to what bundles them.
const card = /^(eth|en|ens|eno|enp|em|bond|team|ib|wl|p\d+p)\w*$/;
// Not the packets that a card dropped because nobody wants their protocol: a quiet network has some every second.
const errors = ['rxErrors', 'rxFifo', 'rxFrame', 'txErrors', 'txDropped', 'txFifo', 'txCarrier'] as const;

type Lost = z.infer<typeof lostSchema>;

/** What the driver counted besides: a ring that overflows shows nowhere else. */
const byDriver = (pair: PlacePair, name: string, lost: readonly Lost[]) =>
  lost.filter((one) => one.node === pair.node && one.device === name).map(({ word, count }) => ({ word, count }));

const cardsOf = (pair: PlacePair, lost: readonly Lost[]) =>
  Object.keys(pair.after.devices)
    .filter((name) => card.test(name))
    .map((name) => {
      const kernel = errors.map((word) => ({ word, count: risen(pair, ({ devices }) => devices[name]?.[word]) }));
      const rises = [...kernel, ...byDriver(pair, name, lost)].filter(({ count }) => count > 0);
      return { node: pair.node, name, rises, sum: rises.reduce((sum, { count }) => sum + count, 0) };
    });

type Statistics = Readonly<Record<string, Record<string, Record<string, number>>>>;
type Node = RunPort<typeof deviceNames | typeof cardStatistics>;

/** Of every card of every Node; a Node without the program just has none. */
const statisticsOf = async (node: (name: string) => Node, names: readonly string[], since: string) => {
  const cards = async (name: string) => {
    const devices = (await ifReadable(node(name).run(deviceNames, {})))?.names ?? [];
    const read = async (device: string) => [
      device,
      (await ifReadable(node(name).run(cardStatistics, { device, since }))) ?? {},
    ];
    return [
      name,
      Object.fromEntries(
        await Promise.all(
          devices
            .filter((one) => card.test(one))
            .slice(0, 4)
            .map(read),
        ),
      ),
    ];
  };
  return Object.fromEntries(await Promise.all(names.map(cards))) as Statistics;
};

// Other words of drivers also count packets that nobody wants, or that a filter of the card turned away.
const isFault = (word: string) => /miss|no_?buf|out_of_buffer|fifo|crc|overrun/i.test(word);

const lostBetween = (before: Statistics, after: Statistics): Lost[] =>
  Object.entries(after).flatMap(([node, devices]) =>
    Object.entries(devices).flatMap(([device, counts]) =>
      Object.entries(counts).flatMap(([word, count]) => {
        const rise = count - (before[node]?.[device]?.[word] ?? count);
        return rise > 0 && isFault(word) ? [{ node, device, word, count: rise }] : [];
      }),
    ),
  );

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: [...windowQueries, deviceNames, cardStatistics],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema.extend({ lost: z.array(lostSchema).default([]) }),
  // Errors of a card hit any packet of its node; that they hit this flow is not seen.
  outcomes: { clean: 'pass', rising: 'warn', 'no-card': 'unsure' },

  async collect(ports, flow) {
    const nodes = (await nodesOfFlow(ports.kube, flow)).filter(({ role }) => role !== 'peer').map(({ node }) => node);
    const before = await statisticsOf(ports.node, nodes, '1');
    const window = await watchFlow(ports, flow);
    return { ...window, lost: lostBetween(before, await statisticsOf(ports.node, nodes, '2')) };
  },

  interpret(window) {
    const cards = window.seen.filter(({ role }) => role !== 'peer').flatMap((pair) => cardsOf(pair, window.lost));
    const [worst] = cards.toSorted((a, b) => b.sum - a.sum);
    if (!worst) return { outcome: 'no-card' };
    const facts = {
      ...{ node: worst.node, device: worst.name, failed: failing(window), tries: window.connects?.of ?? 0 },
      errors: worst.rises.map(({ word, count }) => `${word} ${count}`),
      cards: cards.map(({ node, name }) => `${node} ${name}`),
    };
    return { outcome: worst.sum > 0 ? 'rising' : 'clean', facts };
  },
});
