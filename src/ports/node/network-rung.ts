import { isIP } from 'node:net';
import { CannotLook } from '../../domain/cannot-look.js';
import type { KubeObject } from '../../domain/kinds.js';
import { type Level, permits } from '../../domain/level.js';
import type { PodRef } from '../../domain/ports.js';
import { podNetworkNamespace } from '../../queries/links/pod-network-namespace.js';
import type { InContainers } from '../live/rungs/exec-rung.js';
import { onceForEach } from '../live/rungs/once-for-each.js';
import type { Asked, Footing, Rung } from '../live/rungs/rung.js';
import type { Shell } from '../live/shell.js';
import type { NodePort } from './node-port.js';
import { asRoot, isRefusal, missingRule } from './sudo.js';

type Pod = KubeObject<'pods'>;

export interface NetworkRungOptions {
  readonly nodes: NodePort;
  readonly readPod: (ref: PodRef, signal: AbortSignal) => Promise<Pod | null>;
  readonly level: () => Level;
  readonly closing: AbortSignal;
}

/** Beside its network there are the node's files: a name would be looked up as the node does it. */
const needsOnlyNetwork = ({ query, args }: Asked) => {
  const { host, server, name } = (args ?? {}) as Readonly<Record<string, unknown>>;
  if (query.where !== 'anywhere' && query.elsewhere === undefined) return false;
  if (query.name === 'resolver-config' || query.name === 'libc-lookup') return false;
  if (name !== undefined && server === undefined) return false;
  return host === undefined || (typeof host === 'string' && isIP(host) > 0);
};

// "containerd://7b0a1095821a…"
const containerOf = ({ status }: Pod, wanted: string | undefined) => {
  const running = (status?.containerStatuses ?? []).filter(({ state }) => state?.running);
  const one = running.find(({ name }) => name === wanted) ?? running[0];
  return one?.containerID?.replace(/^.*:\/\//, '');
};

const placeOf = (pod: Pod | null, { namespace, name, container: wanted }: PodRef) => {
  const container = pod ? containerOf(pod, wanted) : undefined;
  const node = pod?.spec?.nodeName;
  if (container && node) return { container, node };
  throw new CannotLook('lost', `Pod ${namespace}/${name} has no running container on a node.`);
};

/** The network namespace of a Pod, entered from its node with the programs of the node. */
export const createNetworkRung = (options: NetworkRungOptions, { toolsOf, runProgram }: InContainers): Rung => {
  const { nodes, readPod, level, closing } = options;

  const enter = async (node: string, pid: number, name: string): Promise<Shell> => {
    const { shell, tools } = await nodes.enter(node, closing);
    const plain = ['nsenter', '-t', String(pid), '-n', '--'];
    const prefix = tools.user?.id === 0 ? plain : asRoot(plain);
    const { exitCode, stdout, stderr } = await shell.exec({ argv: [...prefix, 'true'], deadline: 10_000 }, closing);
    if (isRefusal({ exitCode, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }))
      throw missingRule([...plain, '*'], shell, tools);
    return {
      key: `${shell.key}/network/${pid}`,
      name: `the network of pod ${name}, from ${shell.name}`,
      exec: (request, signal) => shell.exec({ ...request, argv: [...prefix, ...request.argv] }, signal),
    };
  };

  const open = async (ref: PodRef): Promise<Footing> => {
    const { node, container } = placeOf(await readPod(ref, closing), ref);
    const args = { container };
    const ran = await nodes.run({ port: 'node', node, query: podNetworkNamespace.name, args }, closing);
    const { pid, message } = podNetworkNamespace.parse(ran, args);
    if (pid === undefined) throw new CannotLook('lost', `Its process was not found on node ${node}. ${message}`.trim());
    const shell = await enter(node, pid, `${ref.namespace}/${ref.name}`);
    const tools = await toolsOf(shell);
    const run: Footing['run'] = (program, signal) => runProgram(program, { shell, tools, signal });
    return { access: 'node', at: shell.name, tools, run };
  };

  return {
    access: 'node',
    serves: (asked) => permits(level(), 'node') && needsOnlyNetwork(asked),
    open: onceForEach(open),
  };
};
