import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/encrypted-tunnels-are-agreed.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { cluster, healthyWay, toCart, towards, way } from './three-nodes.js';

const look = looking(step, 'encrypted-tunnels-are-agreed');
const links = recorded('ip-v6', 'addr');
const errors = recorded('xfrm', 'stat');

interface World {
  readonly tcp?: string;
  /** What `wg` says before and after the tries; absent where there is no such device. */
  readonly wg?: readonly [string, string];
  readonly device?: string;
  readonly ipsec?: readonly [string, string];
  readonly flow?: typeof toCart;
}
const nodeSays = ({ wg, device, ipsec = [errors, errors] }: World) => {
  const at = (since: unknown) => (since === '1' ? 0 : 1);
  const says: Record<string, (args: Record<string, unknown>, node: string) => ReturnType<typeof ran>> = {
    'ip-links': () => ran(wg ? links : links.replaceAll('flannel-wg', 'tun0')),
    'route-to': ({ address }, node) =>
      device === undefined ? healthyWay(String(address), node) : way({ dst: address, dev: device }),
    'ipsec-errors': ({ since }) => ran(ipsec[at(since)] ?? ''),
    'wireguard-peers': ({ since }) => ran(wg?.[at(since)] ?? ''),
  };
  return (query: string, args: Record<string, unknown>, node: string) => {
    const say = says[query];
    if (!say) throw new Error(`the test gives no answer to ${query}`);
    return say(args, node);
  };
};

const seen = ({ tcp = 'timeout', flow = toCart, ...world }: World = {}) =>
  look(cluster(), {
    flow,
    answers: {
      pod: () => ran(recorded('nc-busybox', `connect-${tcp}`), { tool: 'nc' }),
      node: nodeSays(world),
    },
  });

// The recorded ranges are 10.244.2.0/24, which the server is in, and 10.244.3.0/24.
const fresh = recorded('wg', 'fresh-and-never');
const old = recorded('wg', 'old-and-never');
/** The recorded end that never agreed takes the packets for the server. */
const other = (text: string) => text.replace('10.244.2.0', '10.244.9.0').replace('10.244.3.0', '10.244.2.0');
const sentences = ({ en, zh }: { en: string; zh: string }) => expect(`${en} ${zh}`).not.toMatch(/\{/);

it('never-agreed: packets leave, and no key was ever agreed on', async () => {
  const found = await seen({ device: 'flannel-wg', wg: [other(fresh), other(old)] });
  expect(found).toMatchObject({ outcome: 'never-agreed', result: 'fail', facts: { node: 'node-b', other: 'node-c' } });
  sentences(found);
  expect(found.used.toSorted()).toEqual(['pods']);
});

it('agreement-old: the other end went away', async () => {
  const later = old.replace('584', '732');
  const found = await seen({ device: 'flannel-wg', wg: [old, later] });
  expect(found).toMatchObject({
    outcome: 'agreement-old',
    facts: { found: 'last handshake 294 s, sent 148 B, received 0 B' },
  });
  sentences(found);
});

it('no-peer: nobody takes packets of that range', async () => {
  const foreign = fresh.replaceAll('10.244.', '10.99.');
  const found = await seen({ device: 'flannel-wg', wg: [foreign, foreign] });
  expect(found).toMatchObject({ outcome: 'no-peer' });
  sentences(found);
});

it('agreed: connections open, although another end never agreed', async () => {
  expect((await seen({ tcp: 'open', device: 'flannel-wg', wg: [fresh, fresh] })).outcome).toBe('agreed');
});

it('raises no alarm for a key of minutes ago that nobody needed since', async () => {
  expect((await seen({ tcp: 'refused', device: 'flannel-wg', wg: [old, old] })).outcome).toBe('agreed');
});

it('not-sent: nothing got as far as the tunnel', async () => {
  expect((await seen({ device: 'flannel-wg', wg: [old, old] })).outcome).toBe('not-sent');
});

it('not-answered: a fresh key, and still nothing', async () => {
  const later = fresh.replace('436', '584');
  const found = await seen({ device: 'flannel-wg', wg: [fresh, later] });
  expect(found).toMatchObject({ outcome: 'not-answered', result: 'unsure' });
  sentences(found);
});

it('ipsec-drops: a counter rises while connects fail', async () => {
  const later = errors.replace(/(XfrmInNoStates\s+)0/, '$17');
  const found = await seen({ ipsec: [errors, later] });
  expect(found).toMatchObject({ outcome: 'ipsec-drops', facts: { found: 'XfrmInNoStates 14', device: 'IPsec' } });
  sentences(found);
});

it('not-encrypted: plain vxlan, whatever IPsec counted long ago', async () => {
  const long = errors.replace(/(XfrmInNoStates\s+)0/, '$17');
  const found = await seen({ ipsec: [long, long] });
  expect(found.outcome).toBe('not-encrypted');
  sentences(found);
});

it('one-node: nothing leaves it', async () => {
  expect((await seen({ flow: towards('near') })).outcome).toBe('one-node');
});
