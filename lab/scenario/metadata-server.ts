import { client, type Manifest } from './manifest.ts';

export const METADATA = '169.254.169.254';

// Like the agents that stand in for the server of a cloud, it takes the address to its own node, and away when it ends.
const SERVE = `ip addr add ${METADATA}/32 dev lo
trap 'ip addr del ${METADATA}/32 dev lo; exit' TERM
serve ${METADATA}:$1 &
wait`;

/** A server at the link-local address that clouds answer on every machine, on one node. */
export const metadataServer = (namespace: string, { node, port }: { node: string; port: number }): Manifest => {
  const made = client(namespace, { name: 'metadata', node, command: ['sh', '-c', SERVE, 'serve', String(port)] });
  const spec = made.spec as { containers: object[] };
  const containers = spec.containers.map((one) => ({
    ...one,
    securityContext: { capabilities: { add: ['NET_ADMIN'] } },
  }));
  return { ...made, spec: { ...spec, containers, hostNetwork: true, terminationGracePeriodSeconds: 3 } };
};
