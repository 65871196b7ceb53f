import { TOOLS } from '../build/images.ts';
import type { Kubectl } from '../cluster/kubectl.ts';
import { eventually } from '../machine/eventually.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import type { Places } from './policy-agent-ground.ts';

export const HERE = 'random-shop';
export const THERE = 'random-yard';
const NAMESPACES = [HERE, THERE];

/** Every Pod listens on all of them; what differs is the names that they give them. */
export const PORTS = [8080, 8081, 8090] as const;

interface Spot {
  namespace: string;
  name: string;
  node: string;
  tier?: string;
  names: Readonly<Record<string, number>>;
}

/** Few labels and few names, so that selectors and rules meet; on both nodes, so that some packets cross a bridge only. */
const SPOTS: readonly Spot[] = [
  { namespace: HERE, name: 'web', node: 'node-a', tier: 'front', names: { web: 8080, admin: 8090 } },
  { namespace: HERE, name: 'cart', node: 'node-b', tier: 'back', names: { web: 8081 } },
  { namespace: HERE, name: 'till', node: 'node-a', tier: 'back', names: {} },
  { namespace: THERE, name: 'gate', node: 'node-b', tier: 'front', names: { web: 8080 } },
  { namespace: THERE, name: 'shed', node: 'node-a', names: { admin: 8080, web: 8090 } },
  { namespace: THERE, name: 'digger', node: 'node-b', tier: 'back', names: { admin: 8081 } },
];

export const NAMES = SPOTS.map(({ name }) => name);
export const peerOf = new Map(SPOTS.map(({ namespace, name }) => [name, `${namespace}/${name}`]));

const podOf = ({ namespace, name, node, tier, names }: Spot): Manifest => {
  const made = client(namespace, {
    ...{ name, node, image: TOOLS, command: ['serve', ...PORTS.map((port) => `:${port}`)] },
  });
  const [main] = (made.spec as { containers: object[] }).containers;
  const ports = Object.entries(names).map(([word, containerPort]) => ({ name: word, containerPort }));
  return {
    ...made,
    metadata: { ...made.metadata, labels: { app: name, ...(tier ? { tier } : {}) } },
    spec: { ...(made.spec as object), containers: [{ ...main, ports }] },
  };
};

export async function prepareRandomGround(kubectl: Kubectl): Promise<Places> {
  await kubectl.apply(
    NAMESPACES.map((name) => ({
      ...{ apiVersion: 'v1', kind: 'Namespace' },
      metadata: { name, labels: { team: name === HERE ? 'shop' : 'yard' } },
    })),
  );
  for (const namespace of NAMESPACES)
    await eventually(`the default service account of ${namespace}`, () =>
      kubectl.must(['-n', namespace, 'get', 'sa', 'default', '-o', 'name']),
    );
  await kubectl.apply(SPOTS.map(podOf));
  const addressOf = new Map<string, string>();
  for (const namespace of NAMESPACES) {
    await kubectl.must(['-n', namespace, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=60s']);
    const line = '{range .items[*]}{.metadata.name} {.status.podIP}{"\\n"}{end}';
    const pods = await kubectl.must(['-n', namespace, 'get', 'pods', '-o', `jsonpath=${line}`]);
    for (const [name = '', address = ''] of pods
      .trim()
      .split('\n')
      .map((text) => text.split(' ')))
      addressOf.set(name, address);
  }
  return { namespaceOf: new Map(SPOTS.map(({ namespace, name }) => [name, namespace])), addressOf, nodePort: '' };
}

export async function leaveRandomGround(kubectl: Kubectl): Promise<void> {
  await kubectl.run(['delete', 'namespace', ...NAMESPACES, '--wait=false', '--ignore-not-found']);
}
