import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBridgePorts } from '../../../src/parse/rules/bridge-json.js';
import step from '../../../src/steps/kube-proxy/return-path-is-masqueraded.js';
import { type NodeState, ofCorpus, stateFile } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const links = ofCorpus('plain/healthy/node-b/bridge-link.json');
const port = parseBridgePorts(links).rows[0]?.ifname ?? '';
const mac = '76:97:d4:cb:bd:1d';

const far = '10.244.1.4';
// The same rules for an endpoint in the range of this node.
const nearby = '10.244.0.4';
const rulesOf = (state: string, near: boolean) =>
  stateFile(state, 'packet-rules.txt').replaceAll(far, near ? nearby : far);

interface Seen extends Partial<NodeState> {
  /** The address of the client: that of the endpoint, or another. */
  readonly source?: string;
  /** The endpoint lies on the node of the client. */
  readonly near?: boolean;
  readonly filtering?: string;
  readonly tracking?: string;
  readonly bridge?: string;
  readonly fromNode?: boolean;
}

const objectsOf = ({ source = '10.244.0.9', near = false, fromNode = false }: Seen) => {
  const base = clusterWith({ ...records, endpoints: [near ? nearby : far] });
  const slices = base.endpointslices?.map((slice) => ({
    ...slice,
    endpoints: slice.endpoints?.map((one) => ({ ...one, nodeName: near ? 'node-a' : 'node-b' })),
  }));
  const pods = base.pods?.map((pod) =>
    pod.metadata?.name === 'client'
      ? { ...pod, spec: { ...pod.spec, hostNetwork: fromNode }, status: { ...pod.status, podIP: source } }
      : pod,
  );
  return { ...base, pods: pods ?? [], endpointslices: slices ?? [] };
};

const setting = (name: string, value: string | undefined) => (value ? `${name} = ${value}\n` : '');
const settings = (filtering: string, tracking?: string) =>
  ran(setting('net.bridge.bridge-nf-call-iptables', filtering) + setting('net.ipv4.vs.conntrack', tracking));

const look = (seen: Seen = {}) => {
  const { near = false } = seen;
  const { state = 'as-listed', filtering = '1', tracking, bridge = links, source = '10.244.0.9', ...more } = seen;
  return lookAt(step, 'return-path-is-masqueraded', {
    here: { state, ...more },
    objects: objectsOf(seen),
    flow: flowTo(records),
    on: (query) => {
      if (query === 'kernel-settings') return settings(filtering, tracking);
      if (query === 'packet-rules') return ran(rulesOf(state, near));
      if (query === 'bridge-ports') return ran(bridge);
      if (query === 'bridge-members') return ran(JSON.stringify([{ mac, ifname: port, master: 'cni0', state: '' }]));
      return query === 'address-neighbour'
        ? ran(JSON.stringify([{ dst: source, dev: 'cni0', lladdr: mac }]))
        : undefined;
    },
  });
};

const noHairpin = links.replaceAll('"hairpin":true', '"hairpin":false');
const self = { source: '10.244.0.4', near: true };

it.each([
  ['returns', {}],
  ['returns', self],
  ['bridge-skips-rules', { near: true, filtering: '0' }],
  ['bridge-skips-rules', { near: true, filtering: '' }],
  ['hairpin-off', { ...self, bridge: noHairpin }],
  ['not-masqueraded', { ...self, state: 'mark-emptied' }],
  ['ipvs-untracked', { fromNode: true, devices: ['kube-ipvs0'], local: true, tracking: '0' }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => {
  const found = await look(seen);
  expect(found.outcome).toBe(outcome);
  expect(found.used.toSorted()).toEqual(step.reads.filter((kind) => kind !== 'nodes').toSorted());
});

it('reads the Node where the flow starts on it', async () => {
  const { used } = await lookAt(step, 'return-path-is-masqueraded', {
    here: { state: 'as-listed' },
    objects: objectsOf({}),
    flow: { ...flowTo(records), from: { kind: 'node', name: 'node-a' } },
    on: (query) => (query === 'kernel-settings' || query === 'bridge-ports' ? ran('') : undefined),
  });
  expect(used).toContain('nodes');
});

it('names the port of the Pod', async () => {
  expect((await look({ ...self, bridge: noHairpin })).facts).toMatchObject({ 'bridge-port': port, bridge: 'cni0' });
});

it.each([
  ['hairpin off where the client is no endpoint', { bridge: noHairpin }],
  ['the bridge setting where the endpoint is on another node', { filtering: '0' }],
  ['the bridge setting where the plugin routes and has no bridge', { near: true, filtering: '', bridge: '' }],
  ['IPVS without tracking for a Pod', { devices: ['kube-ipvs0'], local: true, tracking: '0' }],
] satisfies [string, Seen][])('raises no alarm for %s', async (_, seen) => {
  expect((await look(seen)).outcome).toBe('returns');
});

it('only warns where endpoints see the node instead of the client', async () => {
  const { evidence } = await look();
  const hidden = { ...evidence, here: { ...evidence.here, masqueraded: ['10.244.1.4:8700'], plain: [] } };
  expect(step.interpret(hidden, flowTo(records)).outcome).toBe('hides-source');
  expect(step.outcomes['hides-source']).toBe('warn');
  expect(step.interpret({ expected: [] }, flowTo(records)).outcome).toBe('nothing-to-check');
});

it('reads any JSON of bridge without throwing', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseBridgePorts(text).rows)));
  fc.assert(fc.property(fc.json(), (text) => Array.isArray(parseBridgePorts(text).rows)));
});
