import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/calico-drops-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { type FakeObjects, ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { calicoShop, connect, felixRules, flannelShop, nobodyAsks } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-drops-nothing');

interface World {
  /** The recordings before and after, on the node of the destination. */
  readonly there?: readonly [string, string];
  readonly here?: readonly [string, string];
  readonly device?: string;
  readonly how?: 'timeout' | 'open';
  readonly objects?: FakeObjects;
  readonly edit?: (text: string) => string;
  readonly unseen?: string;
  readonly deny?: readonly ['networkpolicies'];
}
const still = ['before', 'before'] as const;

const seen = async ({
  there = still,
  here = still,
  how = 'timeout',
  objects = {},
  edit,
  unseen,
  deny,
  ...more
}: World) => {
  const { device = 'cali6c9ad161b12' } = more;
  const found = await look(calicoShop({ more: objects }), {
    flow: toCart,
    answers: {
      pod: () => connect(how),
      ...(deny ? { deny } : {}),
      node: (query, args, node) => {
        if (node === unseen) throw new CannotLook('forbidden', 'nobody may enter');
        const pair = node === 'node-c' ? there : here;
        const own = node === 'node-c' ? device : 'cali12d4a061371';
        const run = felixRules((moment) => (moment === 'after' ? pair[1] : pair[0]), own)(query, args);
        return edit && query === 'packet-rules' && 'moment' in args && args.moment === 'after'
          ? ran(edit(run.stdout))
          : run;
      },
    },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};
const policy = ['before', 'policy-after'] as const;
const unknown = ['policy-after', 'unknown-after'] as const;
const tunnel = ['unknown-after', 'tunnel-after'] as const;
const global = { 'globalnetworkpolicies.crd.projectcalico.org': [{ metadata: { name: 'default-deny' }, spec: {} }] };
const kubernetes = { networkpolicies: [{ metadata: { namespace: 'shop', name: 'cart' }, spec: { podSelector: {} } }] };

it.each([
  ['by-calico-policy', { there: policy, objects: global }],
  ['policy-at-destination', { there: policy, objects: { ...global, ...kubernetes } }],
  ['policy-at-destination', { there: policy, objects: kubernetes }],
  // What may not be read may well be there.
  ['policy-at-destination', { there: policy, objects: global, deny: ['networkpolicies'] }],
  ['foreign-tunnel', { there: tunnel }],
  ['unknown-device', { there: unknown, device: 'cali4fcae5f28d2' }],
  ['nothing-dropped', {}],
  ['passes', { how: 'open', there: policy, objects: global }],
  ['partly-seen', { unseen: 'node-b' }],
] as [string, World][])('%s', async (outcome, world) => {
  expect((await seen(world)).outcome).toBe(outcome);
});

it('names the chain, what it stands for, and the policies that there are', async () => {
  expect((await seen({ there: policy, objects: global })).facts).toMatchObject({
    node: 'node-c',
    chain: 'cali-tw-cali6c9ad161b12',
    comment: 'End of tier default. Drop if no policies passed packet',
    counted: 4,
    policies: ['default-deny'],
  });
});

const rise = (rule: string, text: string) =>
  text.replace(/^\[\d+:\d+\](.*)$/gm, (line, rest: string) => (line.includes(rule) ? `[9:540]${rest}` : line));

it('policy-at-source: the chain of what the source sends', async () => {
  const edit = (text: string) =>
    text.replace(
      '[0:0] -A cali-fw-cali12d4a061371 -m comment --comment "cali:s2Jrc8hOvqYYH_jj" -m comment --comment "Drop if no profiles matched" -j DROP',
      '[4:240] -A cali-fw-cali12d4a061371 -m comment --comment "cali:s2Jrc8hOvqYYH_jj" -m comment --comment "End of tier default. Drop if no policies passed packet" -j DROP',
    );
  expect((await seen({ edit, objects: kubernetes })).outcome).toBe('policy-at-source');
});

it('dropped-otherwise: what the server itself may not send is no policy against its clients', async () => {
  const edit = (text: string) =>
    text.replace(
      /^\[0:0\] (-A cali-fw-cali6c9ad161b12 .*)Drop if no profiles matched/m,
      '[4:240] $1End of tier default. Drop if no policies passed packet',
    );
  expect(await seen({ edit, objects: global })).toMatchObject({ outcome: 'dropped-otherwise', result: 'warn' });
});

it('dropped-otherwise: packets that fit no connection are no policy', async () => {
  const found = await seen({ edit: (text) => rise('--ctstate INVALID -j DROP', text), objects: global });
  expect(found).toMatchObject({ outcome: 'dropped-otherwise', result: 'warn' });
});

it('policies-dropped: a rule that denies in the chain of one policy', async () => {
  const deny = '[0:0] -A cali-pi-_tTE-E7yY40ogArNVgKt -m comment --comment "cali:deny" -j DROP';
  const at = '-A cali-pri-kns.shop';
  const add = (text: string, line: string) => text.replace(new RegExp(`^.*${at}`, 'm'), (found) => `${line}\n${found}`);
  const found = await look(calicoShop({ more: global }), {
    flow: toCart,
    answers: {
      pod: () => connect('timeout'),
      node: (query, args) => {
        if (query !== 'packet-rules') return felixRules(() => 'before', 'cali6c9ad161b12')(query, args);
        const after = 'moment' in args && args.moment === 'after';
        return ran(add(recorded('calico', 'rules-before'), after ? deny.replace('[0:0]', '[4:240]') : deny));
      },
    },
  });
  expect(found).toMatchObject({ outcome: 'policies-dropped', result: 'warn' });
});

it('by-host-endpoint: the chains of the node itself', async () => {
  const own = (count: string) =>
    `${count} -A cali-th-eth0 -m comment --comment "cali:hep" -m comment --comment "End of tier default. Drop if no policies passed packet" -j DROP`;
  const with_ = (text: string, line: string) =>
    text.replace(':cali-wl-to-host', ':cali-th-eth0 - [0:0]\n:cali-wl-to-host').replace('COMMIT', `${line}\nCOMMIT`);
  const found = await look(calicoShop({ more: global }), {
    flow: toCart,
    answers: {
      pod: () => connect('timeout'),
      node: (query, args) => {
        if (query !== 'packet-rules') return felixRules(() => 'before', 'cali6c9ad161b12')(query, args);
        const after = 'moment' in args && args.moment === 'after';
        return ran(with_(recorded('calico', 'rules-before'), own(after ? '[4:240]' : '[0:0]')));
      },
    },
  });
  expect(found.outcome).toBe('by-host-endpoint');
});

it('no-rules: the eBPF dataplane counts elsewhere', async () => {
  const found = await look(calicoShop(), {
    flow: toCart,
    answers: {
      pod: () => connect('timeout'),
      node: (query, args) =>
        query === 'packet-rules'
          ? ran('# Generated by iptables-nft-save v1.8.9 (nf_tables)\n')
          : felixRules(() => 'before', 'cali6c9ad161b12')(query, args),
    },
  });
  expect(found).toMatchObject({ outcome: 'no-rules', result: 'unsure' });
});

it('not-tried: another protocol than TCP', async () => {
  const answers = { ...nobodyAsks };
  expect((await look(calicoShop(), { flow: { ...toCart, protocol: 'UDP' }, answers })).outcome).toBe('not-tried');
});

it('not-calico: and asks nobody', async () => {
  expect((await look(flannelShop(), { flow: toCart, answers: nobodyAsks })).outcome).toBe('not-calico');
});
