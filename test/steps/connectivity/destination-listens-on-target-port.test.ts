import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/connectivity/destination-listens-on-target-port.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cart, cartPod, far, look, sentences, toCart } from './shop.js';

const listener = (address: string, port: number, family = 'IPv4') => ({ protocol: 'TCP', address, port, family });
const pod = (listeners: object[], more = {}) => ({
  looks: [{ pod: 'cart-7', ips: [far], port: 8080, protocol: 'TCP', understood: true, listeners, ...more }],
});

it.each([
  ['listening', pod([listener('0.0.0.0', 8080)])],
  ['listening', pod([listener('::', 8080, 'both')])],
  ['listening', pod([listener(far, 8080)])],
  ['listening', pod([listener('127.0.0.1', 8080), listener('0.0.0.0', 8080)])],
  ['loopback-only', pod([listener('127.0.0.1', 8080)])],
  ['other-port', pod([listener('0.0.0.0', 8081)])],
  ['nothing', pod([])],
  ['nothing', pod([listener('0.0.0.0', 8080)], { protocol: 'UDP' })],
  ['other-family', pod([listener('::', 8080, 'IPv6')])],
  ['not-understood', pod([], { understood: false })],
  ['no-pod', { looks: [] }],
])('%s %#', (outcome, evidence) =>
  expect(sentences(step, 'destination-listens-on-target-port', evidence)).toBe(outcome),
);

const table = () => ran(recorded('proc-net', 'listeners-grep'), { tool: 'grep' });
const shop = { services: [cart], pods: [cartPod] };

it('reads the sockets of the destination Pod', async () => {
  const { judged, used, ran: queries, calls } = await look(step, toCart, shop, table);
  expect(judged).toMatchObject({ outcome: 'listening', facts: { pods: ['cart-7'], 'target-port': 8080 } });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(queries).toEqual(['listening-sockets']);
  expect(calls).toContainEqual(expect.objectContaining({ pod: { namespace: 'shop', name: 'cart-7' } }));
});

it('says which ports are open instead', async () => {
  const ports = [{ port: 80, targetPort: 8443 }];
  const { judged } = await look(
    step,
    toCart,
    { ...shop, services: [{ ...cart, spec: { ...cart.spec, ports } }] },
    table,
  );
  expect(judged).toMatchObject({ outcome: 'other-port', facts: { 'target-port': 8443 } });
  expect(judged.facts?.ports).toContain(8080);
  expect(judged.facts?.ports).not.toContain(7001);
});

it('looks in the family that the Service leads to', async () => {
  const both = { ...cartPod, status: { ...cartPod.status, podIPs: [{ ip: far }, { ip: 'fd77::2' }] } };
  const spec = { ...cart.spec, ports: [{ port: 80, targetPort: 7002 }] };
  const seen = async (ipFamilies: string[]) => {
    const service = { ...cart, spec: { ...spec, ipFamilies } };
    return (await look(step, toCart, { services: [service], pods: [both] }, table)).judged.outcome;
  };
  expect(await seen(['IPv6', 'IPv4'])).toBe('other-family');
  expect(await seen(['IPv4', 'IPv6'])).toBe('listening');
});

it('is content with the Pods it may look into', async () => {
  const other = { ...cartPod, metadata: { ...cartPod.metadata, name: 'cart-8' } };
  const { judged } = await look(step, toCart, { ...shop, pods: [cartPod, other] }, (_, __, { name }) => {
    if (name === 'cart-8') throw new CannotLook('tool-missing', 'no cat, no grep');
    return table();
  });
  expect(judged).toMatchObject({ outcome: 'listening', facts: { of: 1 } });
});

it('cannot look where no Pod has a tool', async () => {
  const distroless = () => {
    throw new CannotLook('tool-missing', 'no cat, no grep');
  };
  await expect(look(step, toCart, shop, distroless)).rejects.toMatchObject({ code: 'tool-missing' });
});
