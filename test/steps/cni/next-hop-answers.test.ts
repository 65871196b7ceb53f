import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/cni/next-hop-answers.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, refusal, type Tables, tablesOf, way } from './three-nodes.js';

const look = looking(step, 'next-hop-answers');
const ofNodeC = '10.0.0.13';
const macOf = (node: 'node-b' | 'node-c') =>
  String(tablesOf(node)['ip-links'].find(({ ifname }) => ifname === 'eth0')?.address);

interface Seen {
  readonly to?: string;
  readonly route?: Run;
  readonly neighbours?: readonly object[];
  readonly change?: Parameters<typeof answers>[0];
}
const seen = ({ to = 'node/node-c', route = way({ dst: ofNodeC, dev: 'eth0' }), neighbours = [], change }: Seen) =>
  look(cluster(), {
    flow: flowBetween(readEnd('pod/shop/client', 'shop'), readEnd(to, 'shop')),
    answers: answers(change, (query) => {
      if (query === 'route-to') return route;
      if (query === 'tcp-connect') return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
      return query === 'ip-neighbours' ? ran(JSON.stringify(neighbours)) : undefined;
    }),
  });
const row = (dst: string, lladdr: string | undefined, state: string) => ({
  dst,
  dev: 'eth0',
  ...(lladdr && { lladdr }),
  state: [state],
});

it.each<[string, Seen]>([
  ['answers', { neighbours: [row(ofNodeC, macOf('node-c'), 'REACHABLE')] }],
  ['silent', { neighbours: [row(ofNodeC, undefined, 'FAILED')] }],
  ['silent', { neighbours: [row(ofNodeC, undefined, 'INCOMPLETE')] }],
  ['another-answers', { neighbours: [row(ofNodeC, '02:00:5e:10:00:01', 'PERMANENT')] }],
  ['not-asked', { neighbours: [row('10.0.0.99', macOf('node-c'), 'STALE')] }],
  ['no-next-hop', { route: refusal('none') }],
  ['no-next-hop', { route: way({ type: 'local', dst: ofNodeC, dev: 'lo' }) }],
])('%s', async (outcome, change) => {
  const found = await seen(change);
  expect(found).toMatchObject({ outcome, facts: { node: 'node-b' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('asks for the gateway where the destination lies behind one, and trusts its answer', async () => {
  const found = await seen({
    to: 'ip/198.51.100.7:80',
    route: way({ dst: '198.51.100.7', gateway: '10.0.0.1', dev: 'eth0' }),
    neighbours: [row('10.0.0.1', 'aa:bb:cc:dd:ee:ff', 'STALE')],
  });
  expect(found).toMatchObject({ outcome: 'answers', facts: { 'next-hop': '10.0.0.1', found: 'aa:bb:cc:dd:ee:ff' } });
});

it('raises no alarm for a node with several cards, of which another answers (arp_ignore 0)', async () => {
  const second = '5a:00:00:00:00:02';
  const cards = (tables: Tables) => ({
    ...tables,
    'ip-links': [...tables['ip-links'], { ...tables['ip-links'][0], ifindex: 77, ifname: 'eth1', address: second }],
  });
  expect((await seen({ neighbours: [row(ofNodeC, second, 'REACHABLE')], change: { 'node-c': cards } })).outcome).toBe(
    'answers',
  );
});

it('raises no alarm where nobody may enter the destination', async () => {
  const neighbours = [row(ofNodeC, '02:00:5e:10:00:01', 'REACHABLE')];
  expect((await seen({ neighbours, change: { 'node-c': 'unseen' } })).outcome).toBe('answers');
});
