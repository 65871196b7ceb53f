import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { JsonObject } from '../../domain/json.js';
import { containerShell, type Exec } from '../live/exec.js';
import type { Kube } from '../live/kube.js';
import { defaultContainer, type Place } from '../live/place.js';
import type { NodeRung } from './rung.js';

// Where network agents live by default; a LIST over all namespaces would read every Pod of the node.
const namespaces = ['kube-flannel', 'calico-system', 'kube-system', 'cilium', 'kube-ovn', 'antrea'];
// Agents whose images bring a shell and the programs of iproute2, best first. kube-proxy's image has neither.
const agents = [
  'kube-flannel',
  'calico-node',
  'cilium',
  'antrea-agent',
  'weave-net',
  'kindnet',
  'kube-router',
  'canal',
];

interface PodShape {
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly deletionTimestamp?: string };
  readonly spec?: { readonly hostNetwork?: boolean };
  readonly status?: { readonly phase?: string };
}

export interface PodRungOptions {
  readonly kube: Kube;
  readonly exec: Exec;
}

const rankOf = (name: string) => agents.findIndex((agent) => name.startsWith(agent));

const placeIn = (pod: JsonObject): Place[] => {
  const { metadata, spec, status } = pod as PodShape;
  const { name, namespace, deletionTimestamp } = { name: '', namespace: '', ...metadata };
  const container = defaultContainer(pod);
  const isUp = status?.phase === 'Running' && deletionTimestamp === undefined;
  const fits = spec?.hostNetwork && isUp && rankOf(name) >= 0;
  return fits && container ? [{ namespace, name, container }] : [];
};

const hello = ['sh', '-c', 'command -v ip >/dev/null 2>&1'];

/** Agents in the host's own network, as they run on most clusters: their Pods see what the node sees. */
export const createPodRung = ({ kube, exec }: PodRungOptions): NodeRung => {
  const placesOn = async (node: string, signal: AbortSignal) => {
    const fields = { 'spec.nodeName': node };
    const looking = namespaces.map((namespace) =>
      ifReadable(kube.list({ port: 'kube', verb: 'list', kind: 'pods', namespace, fields }, signal)),
    );
    const pods = (await Promise.all(looking)).flatMap((found) => found ?? []);
    return pods.flatMap(placeIn).toSorted((a, b) => rankOf(a.name) - rankOf(b.name));
  };

  return {
    access: 'pod',
    async open(node, signal) {
      let refused = new CannotLook(
        'tool-missing',
        'No Pod in its network has a shell and the programs to look around.',
      );
      for (const place of await placesOn(node, signal)) {
        const shell = containerShell(exec, place);
        try {
          const { exitCode } = await shell.exec({ argv: hello, deadline: 10_000 }, signal);
          if (exitCode === 0) return { ...shell, name: `node ${node} (${shell.name})` };
        } catch (error) {
          if (!(error instanceof CannotLook)) throw error;
          refused = error;
        }
      }
      throw refused;
    },
    close: async () => {},
  };
};
