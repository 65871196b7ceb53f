import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { NodeAccess } from '../../domain/node-access.js';
import type { Exec } from '../live/exec.js';
import type { Kube } from '../live/kube.js';
import type { Recent } from '../live/recent.js';
import type { AskPassphrase } from '../ssh/key-files.js';
import type { SshFlags, Surroundings } from '../ssh/settings.js';
import type { AskHostKey } from '../ssh/strangers.js';
import { type AskForPod, createDebugRung, type DebugRungOptions } from './debug-rung.js';
import { createPodRung } from './pod-rung.js';
import type { NodeRung } from './rung.js';

/** How nodes may be entered; without it nobody asked for it. */
export interface NodeOptions {
  /** Best first. */
  readonly access: readonly NodeAccess[];
  readonly ssh: SshFlags;
  readonly ask: AskPassphrase;
  /** Asked about a host key that no file names; it stays unknown where this is absent. */
  readonly askHostKey?: AskHostKey | undefined;
  /** Where this program remembers host keys. */
  readonly ownKnownHosts?: string | undefined;
  /** Asked before a Pod is made on a node; where absent, naming the way was the consent. */
  readonly consent?: AskForPod | undefined;
}

export interface NodeRungsOptions {
  readonly nodes?: NodeOptions | undefined;
  readonly around: Surroundings;
  readonly kube: Kube;
  readonly recent: Pick<Recent, 'get'>;
  readonly exec: Exec;
  /** What it takes to make a Pod on a node. */
  readonly debug: Omit<DebugRungOptions, 'exec' | 'consent'>;
}

interface NodeShape {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

// "SHA256:" and 32 bytes in base64, without the padding.
const prints = /SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/g;

const annotationsOf = ({ metadata }: NodeShape) =>
  Object.entries(metadata?.annotations ?? {}).flatMap(([name, value]) =>
    (value.match(prints) ?? []).map((fingerprint) => ({ name, fingerprint })),
  );

/** SSH needs the address of a node, but not the API: a name or an address of the operator will do without it. */
const nodeOf = (recent: Pick<Recent, 'get'>) => async (name: string, signal: AbortSignal) => {
  try {
    const node = await recent.get({ port: 'kube', verb: 'get', kind: 'nodes', name }, signal);
    const { status, ...rest } = (node ?? {}) as NodeShape & JsonObject;
    const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
    return { address, annotations: annotationsOf(rest) };
  } catch (error) {
    if (error instanceof CannotLook) return {};
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
export const createNodeRungs = ({ nodes, around, kube, recent, exec, debug }: NodeRungsOptions): NodeRung[] => {
  if (!nodes) return [];
  const load = async () => {
    const { createSshRung } = await import('./ssh-rung.js');
    const { ask, askHostKey, ownKnownHosts } = nodes;
    return createSshRung({ flags: nodes.ssh, around, ask, askHostKey, ownKnownHosts, nodeOf: nodeOf(recent) });
  };
  const rungs = {
    ssh: () => sshLater(load),
    pod: () => createPodRung({ kube, exec }),
    debug: () => createDebugRung({ ...debug, exec, consent: nodes.consent ?? (async () => true) }),
  };
  return nodes.access.map((access) => rungs[access]());
};
