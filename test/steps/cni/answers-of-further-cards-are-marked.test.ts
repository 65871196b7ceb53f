import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/answers-of-further-cards-are-marked.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, node, pod, service, toCart } from '../shop.js';

const look = looking(step, 'answers-of-further-cards-are-marked');
const aws = { metadata: { namespace: 'kube-system', name: 'aws-node' } };
/** The recorded rules send what 10.0.1.7 says to a table of its own. */
const cart = (address: string, nodeName = 'node-b') =>
  pod('cart-1', { spec: { nodeName, containers: [] }, status: { podIP: address, podIPs: [{ ip: address }] } });
const shop = (address = '10.0.1.7', daemonsets: object[] = [aws]) => ({
  ...{ daemonsets, services: [service()], pods: [checkout(), cart(address)] },
  nodes: [node('node-a'), node('node-b')],
});
const routes =
  'default via 10.0.0.1 dev ens5 proto dhcp src 10.0.0.12 metric 512\n10.0.0.0/20 dev ens5 proto kernel scope link\n';
const answers = (rules: string, filter = '2') => ({
  node: (query: string) => {
    if (query === 'ip-rules') return ran(recorded('ip', rules));
    return ran(
      query === 'ip-routes' ? routes : `net.ipv4.conf.all.rp_filter = 0\nnet.ipv4.conf.ens5.rp_filter = ${filter}\n`,
    );
  },
});

it.each([
  ['not-aws', 'pass', shop('10.0.1.7', []), {}],
  ['first-card', 'pass', shop('10.0.9.9'), answers('rule-aws-unmarked')],
  ['marked', 'pass', shop(), answers('rule-aws-marked')],
  ['marked', 'pass', shop(), answers('rule-aws-marked-text')],
  ['not-marked', 'fail', shop(), answers('rule-aws-unmarked')],
  ['filtered', 'fail', shop(), answers('rule-aws-marked', '1')],
  // A strict filter harms nobody whose answers leave by the same card.
  ['first-card', 'pass', shop('10.0.9.9'), answers('rule-aws-marked', '1')],
])('%s, %s (%#)', async (outcome, result, objects, heard) => {
  const found = await look(objects, { flow: toCart, answers: heard });
  expect(found).toMatchObject({ outcome, result });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  if (outcome !== 'not-aws') expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('partly-seen: a node of a server that could not be read is not fine', () => {
  const evidence = {
    aws: true,
    servers: 1,
    seen: [],
    unseen: [{ node: 'node-b', role: 'destination' as const, why: 'x' }],
  };
  expect(step.interpret(evidence, toCart as never).outcome).toBe('partly-seen');
});

it('no-server: nobody is there to answer', async () => {
  const objects = { ...shop(), pods: [checkout()] };
  expect((await look(objects, { flow: toCart })).outcome).toBe('no-server');
});

it('names the node, the cards and the filter', async () => {
  const found = await look(shop(), { flow: toCart, answers: answers('rule-aws-marked', '1') });
  expect(found.facts).toMatchObject({ node: 'node-b', uplink: 'ens5', filter: 1, further: ['10.0.1.7'] });
});
