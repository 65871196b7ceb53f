import { onNode } from '../cluster/node.ts';
import { type Lab, NETWORK, NODES, within } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { deployment, type Manifest, pinned, service, web } from '../scenario/manifest.ts';
import { type Proof, provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const NAMESPACE = 'lab-balancer';
const here = ['-n', NAMESPACE];
const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

const door = (name: string, more: object = {}) =>
  service(NAMESPACE, name, {
    type: 'LoadBalancer',
    selector: { app: 'till' },
    ports: [{ port: 80, targetPort: 8080 }],
    ...more,
  });

const till = (node: string, replicas = 1): Manifest =>
  deployment(NAMESPACE, web('till', 8080, { replicas, pod: pinned(node) }));

/** Addresses from outside: who gets one, which node answers for it, and who the server sees. */
export const testBalancer = (lab: Lab, tally: Tally): Promise<void> =>
  provePart(lab, tally, { name: 'balancer', namespace: NAMESPACE, prepare, proofs: PROOFS });

async function prepare({ kubectl }: Stage): Promise<void> {
  await kubectl.apply([till('node-b'), door('open'), door('own', { externalTrafficPolicy: 'Local' })]);
  await kubectl.must([...here, 'rollout', 'status', 'deploy/till', '--timeout=60s']);
}

const PROOFS: readonly (readonly [string, Proof])[] = [
  ['a Service gets an address of the pool, and events say so', getsAddress],
  ['one node alone answers ARP, and it is the one that the event names', oneAnswers],
  ['Cluster hides the client, Local shows it', showsClients],
  ['Local is announced where its pod is, and follows it', followsPod],
  ['a node that is excluded hands the address over', handsOver],
  ['a speaker that hangs loses the address to another', losesAddress],
  ['nobody answers for a Service without endpoints', staysSilent],
  ['an address outside of the pool is refused, and an event says so', refuses],
];

async function getsAddress(stage: Stage): Promise<string[]> {
  const address = await addressOf(stage, 'open');
  const last = Number(address.split('.').at(-1));
  await hasEvent(stage, 'open', `IPAllocated Assigned IP ["${address}"]`);
  return address.startsWith('10.0.0.') && last >= 200 && last <= 219 ? [] : [`it is ${address}`];
}

async function oneAnswers(stage: Stage): Promise<string[]> {
  const node = await announcer(stage, 'open');
  await hasEvent(stage, 'open', `nodeAssigned announcing from node "${node}" with protocol "layer2"`);
  const path = 'jsonpath={.items[?(@.status.serviceName=="open")].status.node}';
  const ask = ['-n', 'metallb-system', 'get', 'servicel2statuses', '-o', path];
  await eventually(`a ServiceL2Status names ${node}`, async () => (await stage.kubectl.must(ask)) === node);
  return [];
}

async function showsClients(stage: Stage): Promise<string[]> {
  const wrong: string[] = [];
  for (const [from, own] of [
    ['ext', NETWORK.outside],
    ['bastion', NETWORK.bastion],
  ] as const) {
    const [hidden, shown] = [await clientSeen(stage, from, 'open'), await clientSeen(stage, from, 'own')];
    if (hidden === own) wrong.push(`Cluster shows ${from}`);
    if (shown !== own) wrong.push(`Local shows ${shown} for ${from}`);
  }
  return wrong;
}

async function followsPod(stage: Stage): Promise<string[]> {
  const before = await announcer(stage, 'own');
  if (before !== 'node-b') return [`${before} announces, the pod is on node-b`];
  await stage.kubectl.apply([till('node-c')]);
  await announcedBy(stage, 'own', (node) => node === 'node-c');
  return (await clientSeen(stage, 'ext', 'own')) === NETWORK.outside ? [] : ['it hides the client now'];
}

async function handsOver(stage: Stage): Promise<string[]> {
  const before = await announcer(stage, 'open');
  await clientSeen(stage, 'ext', 'open'); // now the router knows the node by its MAC
  await stage.kubectl.must(['label', 'node', before, `${EXCLUDED}=`]);
  try {
    const after = await announcedBy(stage, 'open', (node) => node !== before);
    await eventually('the router has heard of it', async () => (await neighbour(stage, 'open')) === after);
    await clientSeen(stage, 'ext', 'open');
  } finally {
    await stage.kubectl.must(['label', 'node', before, `${EXCLUDED}-`]);
  }
  await announcedBy(stage, 'open', (node) => node === before);
  return [];
}

// The other speakers miss it within five seconds, by memberlist; the API server would take forty to notice a node.
async function losesAddress(stage: Stage): Promise<string[]> {
  const before = await announcer(stage, 'open');
  const there = async (...argv: string[]) => must(await onNode(stage.lab, before, argv));
  const speaker = (await there('pidof', 'speaker')).trim();
  await there('kill', '-STOP', speaker);
  try {
    await announcedBy(stage, 'open', (name) => name !== before);
    await clientSeen(stage, 'ext', 'open');
  } finally {
    await there('kill', '-CONT', speaker);
  }
  await announcedBy(stage, 'open', (name) => name === before);
  return [];
}

async function staysSilent(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([till('node-c', 0)]);
  await eventually('nobody answers ARP', async () => (await answering(stage, 'open')).length === 0);
  await stage.kubectl.apply([till('node-c')]);
  await announcedBy(stage, 'open', Boolean);
  await clientSeen(stage, 'bastion', 'open');
  return [];
}

async function refuses(stage: Stage): Promise<string[]> {
  const wish = door('wish');
  wish.metadata = {
    ...wish.metadata,
    annotations: { 'metallb.io/loadBalancerIPs': '10.0.0.99' },
  } as typeof wish.metadata;
  await stage.kubectl.apply([wish]);
  const why = `Failed to allocate IP for "${NAMESPACE}/wish": ["10.0.0.99"] is not allowed in config`;
  await hasEvent(stage, 'wish', `AllocationFailed ${why}`);
  return [];
}

async function addressOf({ kubectl }: Stage, name: string): Promise<string> {
  const path = 'jsonpath={.status.loadBalancer.ingress[0].ip}';
  return eventually(`an address of ${name}`, () => kubectl.must([...here, 'get', 'service', name, '-o', path]));
}

async function hasEvent({ kubectl }: Stage, name: string, wanted: string): Promise<void> {
  const path = 'jsonpath={range .items[*]}{.reason} {.message}{"\\n"}{end}';
  const select = ['--field-selector', `involvedObject.kind=Service,involvedObject.name=${name}`];
  let events = '';
  await eventually(`the event ${wanted}`, async () => {
    events = await kubectl.must([...here, 'get', 'events', ...select, '-o', path]);
    return events.split('\n').includes(wanted);
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}; there are:\n${events}`);
  });
}

/** Every node that answers ARP for the address, asked on the cable that all share. */
async function answering(stage: Stage, name: string): Promise<string[]> {
  const ask = ['arping', '-c', '2', '-w', '2', '-I', 'eth0', await addressOf(stage, name)];
  const { stdout } = await run([...within(stage.lab, 'bastion'), ...ask]);
  return [...new Set([...stdout.matchAll(/\[(\S+)\]/g)].map(([, mac = '']) => nodeWith(mac)))];
}

const nodeWith = (mac: string) => NODES.find((node) => node.mac === mac.toLowerCase())?.name ?? mac;

async function announcer(stage: Stage, name: string): Promise<string> {
  return announcedBy(stage, name, () => true);
}

async function announcedBy(stage: Stage, name: string, wanted: (node: string) => boolean): Promise<string> {
  return eventually(`one wanted node answers for ${name}`, async () => {
    const nodes = await answering(stage, name);
    return nodes.length === 1 ? nodes.find(wanted) : undefined;
  });
}

/** What the router's own ARP table says; MetalLB tells it of a change without being asked. */
async function neighbour(stage: Stage, name: string): Promise<string> {
  const show = ['ip', 'neigh', 'show', await addressOf(stage, name), 'dev', 'br0'];
  const text = await must([...within(stage.lab, 'underlay'), ...show]);
  return nodeWith(/lladdr (\S+)/.exec(text)?.[1] ?? '');
}

/** Whom the server behind the address thinks it has answered. */
async function clientSeen(stage: Stage, from: 'ext' | 'bastion', name: string): Promise<string> {
  const ask = ['curl', '-sS', '-m', '2', `http://${await addressOf(stage, name)}/`];
  const answer = await eventually(`${from} reaches ${name}`, () => must([...within(stage.lab, from), ...ask]));
  return /answers (\S+):\d+$/m.exec(answer)?.[1] ?? answer;
}
