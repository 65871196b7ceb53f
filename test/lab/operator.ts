import { afterAll } from 'vitest';
import { z } from 'zod';
import type { CannotLook } from '../../src/domain/cannot-look.js';
import type { Call } from '../../src/domain/ports.js';
import { type AnyQuery, defineQuery } from '../../src/domain/query.js';
import { createLive, type Live, type LiveOptions } from '../../src/ports/live/live.js';
import type { NodeOptions } from '../../src/ports/node/rungs.js';
import { podNetworkNamespace } from '../../src/queries/links/pod-network-namespace.js';
import { never, unclean } from '../ports/live/imitation/target.js';
import { folder, kubeconfig } from './cluster.js';

export const ssh = (name: string) => `${folder}/ssh/${name}`;

export const query = (name: string, tool: string, argv: string[], more: Partial<AnyQuery> = {}): AnyQuery =>
  defineQuery({
    ...{ name, where: 'node', level: 'node', limit: 10, args: z.strictObject({}) },
    variants: [{ tool, root: name === 'rules', argv: () => argv }],
    parse: ({ stdout }) => stdout,
    ...more,
  });
export const queries = {
  hostname: query('hostname', 'hostname', ['hostname']),
  rules: query('rules', 'iptables-save', ['iptables-save', '-c'], { cap: 4 << 20 }),
  hangs: query('hangs', 'sleep', ['sleep', '60'], { limit: 1 }),
  addresses: query('addresses', 'ip', ['ip', '-o', '-4', 'addr'], { where: 'anywhere', level: 'probe' }),
  'pod-network-namespace': podNetworkNamespace,
  floods: query('floods', 'sh', ['sh', '-c', 'yes cart | head -c 100000000']),
  'cni-files': query('cni-files', 'ls', ['ls', '/etc/cni/net.d', '/opt/cni/bin']),
  'missing-tool': query('missing-tool', 'till-rules', ['till-rules']),
  processes: query('processes', 'cat', ['cat', '/proc/1/cmdline']),
  // Every connection of sshd is a process below the one that listens.
  dies: query('dies', 'pkill', ['sh', '-c', 'sleep 0.3; pkill -KILL -P "$(cat /run/sshd.pid)"; sleep 5']),
  garbage: query('garbage', 'head', ['head', '-c', '100000', '/dev/urandom']),
};

const opened: Live[] = [];
export const connect = async (
  flags: NodeOptions['ssh'] = {},
  access: NodeOptions['access'] = ['ssh'],
  user = 'admin',
  podAccess: LiveOptions['podAccess'] = undefined,
  more: Partial<NodeOptions> & Pick<LiveOptions, 'probeImage' | 'onResource'> & { namespace?: string } = {},
) => {
  const { probeImage, onResource, namespace, ...nodes } = more;
  const ask = async (file: string) => (file.endsWith('id_protected') ? 'open sesame' : undefined);
  const live = await createLive({
    flags: { kubeconfig: kubeconfig(user), namespace },
    around: { env: { PATH: process.env.PATH }, home: '/nowhere' },
    ...{ level: () => 'node', queries, clean: unclean, version: '0', session: 'lab', requestTimeout: 4_000, podAccess },
    ...{ probeImage, onResource },
    nodes: { access, ssh: { config: ssh('config'), ...flags }, ask, ...nodes },
  });
  opened.push(live);
  return live;
};
export const operator = async (...about: Parameters<typeof connect>) => {
  const live = await connect(...about);
  return (name: keyof typeof queries, node = 'node-b') =>
    live.ask({ port: 'node', node, query: name, args: {} } as Extract<Call, { port: 'node' }>, never);
};
afterAll(() => Promise.all(opened.map((live) => live.close())));
export const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
