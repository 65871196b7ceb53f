import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { Exec } from '../live/exec.js';
import type { Kube } from '../live/kube.js';
import type { AskPassphrase } from '../ssh/key-files.js';
import type { SshFlags, Surroundings } from '../ssh/settings.js';
import { createPodRung } from './pod-rung.js';
import type { NodeAccess, NodeRung } from './rung.js';

/** How nodes may be entered; without it nobody asked for it. */
export interface NodeOptions {
  /** Best first. */
  readonly access: readonly NodeAccess[];
  readonly ssh: SshFlags;
  readonly ask: AskPassphrase;
}

export interface NodeRungsOptions {
  readonly nodes?: NodeOptions | undefined;
  readonly around: Surroundings;
  readonly kube: Kube;
  readonly exec: Exec;
}

interface NodeShape {
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

const internalAddress = (node: JsonObject | null) =>
  (node as NodeShape | null)?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;

/** SSH needs the address of a node, but not the API: a name or an address of the operator will do without it. */
const addressOf = (kube: Kube) => async (name: string, signal: AbortSignal) => {
  try {
    return internalAddress(await kube.get({ port: 'kube', verb: 'get', kind: 'nodes', name }, signal));
  } catch (error) {
    if (error instanceof CannotLook) return undefined;
    throw error;
  }
};

/** SSH and its keys are loaded with the first node that is looked at. */
const sshLater = (load: () => Promise<NodeRung>): NodeRung => {
  let loading: Promise<NodeRung> | undefined;
  return {
    access: 'ssh',
    async open(node, signal) {
      loading ??= load();
      return (await loading).open(node, signal);
    },
    close: async () => (await loading)?.close(),
  };
};

/** The ways onto nodes in the order the operator wants. */
export const createNodeRungs = ({ nodes, around, kube, exec }: NodeRungsOptions): NodeRung[] => {
  if (!nodes) return [];
  const load = async () => {
    const { createSshRung } = await import('./ssh-rung.js');
    return createSshRung({ flags: nodes.ssh, around, ask: nodes.ask, addressOf: addressOf(kube) });
  };
  const rungs = { ssh: () => sshLater(load), pod: () => createPodRung({ kube, exec }) };
  return nodes.access.map((access) => rungs[access]());
};
