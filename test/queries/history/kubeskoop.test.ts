import { expect, it } from 'vitest';
import { judgeHistory } from '../../../src/parse/history/judge.js';
import { skoopOfNodes, skoopOfPods } from '../../../src/queries/history/kubeskoop.js';
import { recordedHistory } from '../../steps/intermittent/kept.js';

/** From the list of metrics in its documentation. */
const documented = [
  ...['conntrack_entries', 'conntrack_maxentries', 'softnet_dropped', 'packetloss_total'],
  ...['netdev_rxdropped', 'netdev_txdropped', 'netdev_rxerrors', 'netdev_txerrors'],
  ...['tcp_retranssegs', 'tcp_outsegs', 'tcpext_listenoverflows'],
];

it('asks for what the exporter documents, and for nothing twice by another name', () => {
  const asked = [
    ...Object.values(skoopOfNodes(['node-a'], 300)),
    ...Object.values(skoopOfPods(['k8s_namespace="shop",k8s_pod=~"cart-7"'], 300)),
  ].join('\n');
  const names = [...asked.matchAll(/kubeskoop_(\w+)/g)].map(([, name = '']) => name);
  expect([...new Set(names)].toSorted()).toEqual(documented.toSorted());
});

it('tells the nodes and Pods that it counts for as Prometheus 2.42 answered', () => {
  const history = recordedHistory('ends');
  const began = history.series[0]?.points[0]?.[0] ?? 0;
  const share = { unit: 'share', floor: 0.001, factor: 3, rose: 'more' } as const;
  const { facts } = judgeHistory(
    { history: { ...history, to: began, step: 15 }, began, names: { '10.0.0.13': 'node-c' }, owners: ['node-c'] },
    { 'table-share': share, 'pod-resent-share': { ...share, floor: 0, extra: true } },
  );
  // By node_exporter and by KubeSkoop: both stand for the same node.
  expect(facts.high).toEqual([
    expect.stringMatching(/^node-c table-share \? > 0\.46 % at/),
    expect.stringMatching(/^node-c table-share \? > 0\.46 % at/),
    expect.stringMatching(/^monitoring\/asker pod-resent-share \? > 0 % at/),
  ]);
  expect(facts.unseen).toEqual([]);
});
