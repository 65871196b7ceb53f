import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/egress/source-address-is-translated.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'source-address-is-translated');
const spoken = (name: string) => ran(recorded('nc-busybox', `connect-${name}`), { tool: 'nc' });

interface Seen {
  readonly pod?: string;
  readonly node?: string;
  readonly entries?: string;
  readonly source?: string;
  readonly to?: string;
  readonly spec?: object;
}

/** The Pod and the address of the recorded connections. */
const seen = ({ pod = 'timeout', node = 'open', entries = '', source = '10.244.1.9', to, spec }: Seen) =>
  look(
    {
      pods: [
        {
          metadata: { namespace: 'shop', name: 'client' },
          spec: { nodeName: 'node-a', ...spec },
          status: { podIP: source },
        },
      ],
    },
    {
      flow: flowBetween(readEnd('pod/shop/client', 'shop'), readEnd(to ?? 'ip/198.51.100.7:80', 'shop')),
      answers: {
        pod: () => spoken(pod),
        node: (query) => (query === 'conntrack-flows' ? ran(entries, { tool: 'conntrack' }) : spoken(node)),
      },
    },
  );

const masqueraded = recorded('conntrack', 'tcp-masqueraded-outside');
const bare = { source: '192.0.2.1', to: 'ip/192.0.2.200:80', entries: recorded('conntrack', 'tcp-unreplied') };
const sent = { source: '192.0.2.1', to: 'ip/198.51.100.10:80', entries: recorded('conntrack', 'tcp-zoned') };

it.each<[string, Seen]>([
  ['answered', { pod: 'open', ...bare }],
  ['translated', { entries: masqueraded }],
  ['not-translated', bare],
  ['not-translated-nor-answered', { ...bare, node: 'timeout' }],
  ['otherwise-translated', sent],
  ['never-left', {}],
  ['not-tried', { spec: { hostNetwork: true } }],
  ['not-tried', { to: 'ip/198.51.100.7' }],
])('%s', async (outcome, change) => {
  const found = await seen(change);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
  expect(found.used).toEqual(['pods']);
});

it('names the address that left, and the node that is answered all the same', async () => {
  expect((await seen(bare)).facts).toMatchObject({
    node: 'node-a',
    'source-address': '192.0.2.1',
    'answer-to': '192.0.2.1',
  });
});

it('accuses nobody where Pods are routed outside on purpose, and are answered', async () => {
  const found = await seen({ ...bare, pod: 'open', entries: bare.entries.replace(' [UNREPLIED]', '') });
  expect(found.result).toBe('pass');
});

it('minds no old entry of another port', async () => {
  expect((await seen({ ...bare, to: 'ip/192.0.2.200:443' })).outcome).toBe('never-left');
});

it('cannot look where the connections of the node are kept from it', async () => {
  const flow = flowBetween(readEnd('pod/shop/client', 'shop'), readEnd('ip/198.51.100.7:80', 'shop'));
  const pods = [
    { metadata: { namespace: 'shop', name: 'client' }, spec: { nodeName: 'node-a' }, status: { podIP: '10.244.1.9' } },
  ];
  const node = (): never => {
    throw new CannotLook('forbidden', 'a password is required');
  };
  await expect(look({ pods }, { flow, answers: { pod: () => spoken('timeout'), node } })).rejects.toThrow('a password');
});
