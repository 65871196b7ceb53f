import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/localhost-serves-node-ports.js';
import { ran } from '../../support/fake-world.js';
import { flow, from, lookIn } from './lobby.js';

const at = (address: string, port: number, source = from('porter')) => flow(source, address, port);

const values = (all: string, device: string) =>
  ran(
    `net.ipv4.conf.all.route_localnet = ${all}\nnet.ipv4.conf.cni0.route_localnet = ${device}\nnet.ipv4.conf.eth0.route_localnet = ${device}\n`,
  );

interface Seen {
  readonly flow?: ReturnType<typeof at>;
  readonly state?: string;
  readonly config?: string;
  readonly all?: string;
  readonly device?: string;
  readonly devices?: string;
}
const look = ({
  flow: seen = at('127.0.0.1', 30_080),
  state = 'doors',
  config = 'default',
  all = '1',
  device = '0',
  devices,
}: Seen = {}) =>
  lookIn(
    step,
    'localhost-serves-node-ports',
  )({
    flow: seen,
    state,
    config,
    on: (query) => {
      if (query === 'kernel-settings') return values(all, device);
      return query === 'device-names' && devices ? ran(devices) : undefined;
    },
  });

it.each([
  ['serves', {}],
  // portmap switches it on for the bridge alone; kube-proxy does it for all.
  ['serves', { all: '0', device: '1' }],
  ['route-localnet-off', { all: '0' }],
  ['left-out', { state: 'doors-no-localhost', config: 'no-localhost', all: '0' }],
  ['left-out', { state: 'doors-one-address', config: 'one-address', all: '0' }],
  ['left-out', { state: 'doors-nft', config: 'nft', all: '0' }],
  ['left-out', { state: 'doors-nft-all', config: 'nft', all: '1' }],
  ['own-network', { flow: at('127.0.0.1', 30_080, from('clerk')) }],
  ['not-localhost', { flow: at('10.0.0.12', 30_080) }],
  ['no-rule', { state: 'nat-flushed' }],
  ['no-rule', { flow: at('127.0.0.1', 30_085) }],
  ['not-a-node-port', { flow: at('127.0.0.1', 31_999) }],
  ['replaced', { state: 'nat-flushed', devices: 'cilium_host\neth0\n' }],
] satisfies [string, Seen][])('%s %j', async (outcome, seen) => {
  expect(await look(seen)).toMatchObject({ outcome });
});

describe('raises no alarm', () => {
  it('for a Service with local policy and its endpoints elsewhere: the node itself may ask them all', async () => {
    expect(await look({ flow: at('127.0.0.1', 30_081) })).toMatchObject({ outcome: 'serves' });
  });
});

it('tells local policy where rules of outside are asked', () => {
  const view = {
    translations: [],
    written: [{ from: 'iptables-nft', services: 3, there: true }],
    unreached: false,
    replacing: [],
    ipvs: false,
  };
  const more = { leftOut: false, open: [], mode: 'iptables', configured: [], plain: [] };
  const door = {
    address: '127.0.0.1',
    port: 30_081,
    protocol: 'TCP' as const,
    node: 'node-b',
    loopback: true,
    services: [],
    pods: [],
  };
  const service = { namespace: 'lobby', name: 'gate', port: 80, local: true, ranges: [] };
  const expected = [{ address: '10.244.2.9', port: 8080, node: 'node-c', pod: '' }];
  const evidence = { door, service, expected, onNode: true, view: { ...view, ...more }, settings: { all: '1' } };
  expect(step.interpret(evidence, at('127.0.0.1', 30_081) as never).outcome).toBe('local-elsewhere');
});

it('says which settings decide', async () => {
  expect((await look({ all: '0' })).facts).toMatchObject({ settings: ['all 0', 'cni0 0', 'eth0 0'], node: 'node-b' });
});

it('looks at nothing it does not understand', async () => {
  const strange = lookIn(
    step,
    'localhost-serves-node-ports',
  )({
    flow: at('127.0.0.1', 30_080),
    on: (query) => (query === 'kernel-settings' ? ran('what is this\n') : undefined),
  });
  await expect(strange).rejects.toThrow(CannotLook);
});
