import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../src/policy/flow/evaluate.js';
import { partiesOf } from '../../src/policy/inventory/endpoint.js';
import { type Loaded, load } from '../../src/policy/load.js';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { anyCluster, type Cluster, documentsOf, ports, protocols } from './any-cluster.js';
import { type Flow, type NaivePod, naive } from './naive.js';

const options = { namespace: 'default', engine: 'kubernetes' } as const;

const flowsIn = ({ pods }: Cluster): Flow[] =>
  pods.flatMap((from) =>
    pods.flatMap((to) => protocols.flatMap((protocol) => ports.map((port) => ({ from, to, protocol, port })))),
  );

const answerTo = (loaded: Loaded, { from, to, protocol, port }: Flow) => {
  const partyOf = ({ namespace, name }: NaivePod) => {
    const found = loaded.inventory.pods.find(({ party }) => party.name === `${namespace}/${name}`);
    const [party] = found ? partiesOf(found) : [];
    if (!party) throw new Error(`no ${namespace}/${name}`);
    return party;
  };
  return judgePair(loaded, { from: partyOf(from), to: partyOf(to), protocol: protocol as 'TCP', port }).answer;
};

const words = ({ from, to, protocol, port }: Flow) => `${from.name} -> ${to.name} ${port}/${protocol}`;

const isListed = (written: string, port: number) =>
  written === '*' ||
  written.split(',').some((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return first <= port && port <= last;
  });

describe('the evaluator and a naive one', () => {
  it('agree on every connection of any cluster', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const loaded = load(documentsOf(cluster), options);
        expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        for (const flow of flowsIn(cluster))
          expect([words(flow), answerTo(loaded, flow)]).toEqual([words(flow), naive(cluster, flow)]);
      }),
      { numRuns: 60 },
    );
  });

  it('agree on the matrix of any cluster: it lists what is allowed for sure', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { connections } = matrix(load(documentsOf(cluster), options));
        const between = Map.groupBy(connections, ({ from, to }) => `${from} ${to}`);
        for (const flow of flowsIn(cluster)) {
          if (flow.from === flow.to) continue;
          const listed = (
            between.get(`${flow.from.namespace}/${flow.from.name} ${flow.to.namespace}/${flow.to.name}`) ?? []
          ).some(
            ({ protocol, ports: written }) =>
              (protocol === '*' || protocol === flow.protocol) && isListed(written, flow.port),
          );
          expect([words(flow), listed]).toEqual([words(flow), naive(cluster, flow) === 'allowed']);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('list in a matrix exactly what the single answers allow, also where addresses are not known', () => {
    fc.assert(
      fc.property(anyCluster, fc.integer({ min: 0, max: 4 }), (cluster, hidden) => {
        const loaded = load(
          documentsOf(cluster, (pod) => pod !== cluster.pods[hidden]),
          options,
        );
        const { connections, open } = matrix(loaded);
        const between = Map.groupBy(connections, ({ from, to }) => `${from} ${to}`);
        const opened = new Set(open.map(({ from, to }) => `${from} ${to}`));
        for (const flow of flowsIn(cluster)) {
          if (flow.from === flow.to) continue;
          const key = `${flow.from.namespace}/${flow.from.name} ${flow.to.namespace}/${flow.to.name}`;
          const listed = (between.get(key) ?? []).some(
            ({ protocol, ports: written }) =>
              (protocol === '*' || protocol === flow.protocol) && isListed(written, flow.port),
          );
          const answer = answerTo(loaded, flow);
          expect([words(flow), listed]).toEqual([words(flow), answer === 'allowed']);
          if (answer === 'unknown') expect([words(flow), opened.has(key)]).toEqual([words(flow), true]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never say for sure what depends on an address that is not known', () => {
    const candidates = ['10.0.0.1', '10.0.0.2', '10.0.0.4', '10.0.0.5', '10.0.0.77', '10.9.9.9', '203.0.113.9'];
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const [hidden] = cluster.pods;
        const loaded = load(
          documentsOf(cluster, (pod) => pod !== hidden),
          options,
        );
        for (const flow of flowsIn(cluster)) {
          const answer = answerTo(loaded, flow);
          if (answer === 'unknown' || !hidden) continue;
          const possible = candidates.map((ip) => {
            const with_ = { ...hidden, ip };
            const at = (pod: NaivePod) => (pod === hidden ? with_ : pod);
            return naive(cluster, { ...flow, from: at(flow.from), to: at(flow.to) });
          });
          expect([words(flow), ...new Set(possible)]).toEqual([words(flow), answer]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
