import { expect, it } from 'vitest';
import { filtersOf } from '../../../src/parse/rules/filters.js';
import { parseIptablesSave } from '../../../src/parse/rules/iptables-save.js';
import type { Packet } from '../../../src/parse/rules/packet.js';
import { ofCorpus } from './on-node.js';

const packet: Packet = {
  source: '10.244.1.9',
  destination: '10.244.0.4',
  protocol: 'tcp',
  port: 8700,
  mark: 0,
  states: ['NEW'],
  in: 'flannel.1',
  out: 'cni0',
  fromNode: false,
  toNode: false,
};
// A node on which kube-router enforces policies: the chain of the Pod refuses what no policy marked.
const denied = ofCorpus('doors/policy-denies-ingress/node-b/iptables-save.txt');
const tables = (text: string) => parseIptablesSave(text, 'ip').tables;
const later = (packets: number) =>
  denied.replace(/\[\d+:\d+\](?= -A KUBE-POD-FW-2JFW6SHK3NOGH3RJ .*rule to REJECT)/, `[${packets}:${packets * 60}]`);
const around = (before: number, after: number, least = 3) =>
  filtersOf({ before: tables(later(before)), after: tables(later(after)) }, { family: 'ip', packets: [packet], least });

it('tells a rule made from policies, once it counted', () => {
  expect(around(3, 6)).toMatchObject([{ does: 'reject', whose: 'policies', rise: 3 }]);
});

it.each([
  ['nothing was counted', around(3, 3)],
  ['fewer were counted than failed', around(3, 5)],
  ['the counter was set back', around(9, 3)],
])('says what a rule would do, and that it was not seen doing it, where %s', (_, found) => {
  expect(found).toMatchObject([{ whose: 'policies' }]);
  expect(found[0]?.rise ?? 0).toBeLessThan(3);
});

it('finds nothing in a healthy node of any profile', () => {
  for (const file of [
    'plain/healthy/node-b',
    'cached/healthy/node-c',
    'routed/healthy/node-b',
    'doors/healthy/node-b',
  ]) {
    const read = tables(ofCorpus(`${file}/iptables-save.txt`));
    expect(filtersOf({ before: read, after: read }, { family: 'ip', packets: [packet], least: 3 })).toEqual([]);
  }
});
