import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CannotLook } from '../../src/domain/cannot-look.js';
import type { Call } from '../../src/domain/ports.js';
import { type AnyQuery, defineQuery } from '../../src/domain/query.js';
import { createLive, type Live, type LiveOptions } from '../../src/ports/live/live.js';
import type { NodeOptions } from '../../src/ports/node/rungs.js';
import { podNetworkNamespace } from '../../src/queries/links/pod-network-namespace.js';
import { never, unclean } from '../ports/live/imitation/target.js';

const folder = `${process.cwd()}/${process.env.LAB_DIR ?? '.lab'}`;
const ssh = (name: string) => `${folder}/ssh/${name}`;

const query = (name: string, tool: string, argv: string[], more: Partial<AnyQuery> = {}): AnyQuery =>
  defineQuery({
    ...{ name, where: 'node', level: 'node', limit: 10, args: z.strictObject({}) },
    variants: [{ tool, root: name === 'rules', argv: () => argv }],
    parse: ({ stdout }) => stdout,
    ...more,
  });
const queries = {
  hostname: query('hostname', 'hostname', ['hostname']),
  rules: query('rules', 'iptables-save', ['iptables-save', '-c'], { cap: 4 << 20 }),
  hangs: query('hangs', 'sleep', ['sleep', '60'], { limit: 1 }),
  addresses: query('addresses', 'ip', ['ip', '-o', '-4', 'addr'], { where: 'anywhere', level: 'probe' }),
  'pod-network-namespace': podNetworkNamespace,
  floods: query('floods', 'sh', ['sh', '-c', 'yes cart | head -c 100000000']),
  garbage: query('garbage', 'head', ['head', '-c', '100000', '/dev/urandom']),
};

const opened: Live[] = [];
const connect = async (
  flags: NodeOptions['ssh'] = {},
  access: NodeOptions['access'] = ['ssh'],
  kubeconfig = 'admin',
  podAccess: LiveOptions['podAccess'] = undefined,
) => {
  const ask = async (file: string) => (file.endsWith('id_protected') ? 'open sesame' : undefined);
  const live = await createLive({
    flags: { kubeconfig: `${folder}/${kubeconfig}.kubeconfig` },
    around: { env: { PATH: process.env.PATH }, home: '/nowhere' },
    ...{ level: () => 'node', queries, clean: unclean, version: '0', session: 'lab', requestTimeout: 4_000, podAccess },
    nodes: { access, ssh: { config: ssh('config'), ...flags }, ask },
  });
  opened.push(live);
  return live;
};
const operator = async (...about: Parameters<typeof connect>) => {
  const live = await connect(...about);
  return (name: keyof typeof queries, node = 'node-b') =>
    live.ask({ port: 'node', node, query: name, args: {} } as Extract<Call, { port: 'node' }>, never);
};
afterAll(() => Promise.all(opened.map((live) => live.close())));
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

describe('a node by SSH', () => {
  it.each(['node-a', 'node-b', 'node-c'])('is %s itself', async (node) => {
    expect((await (await operator())('hostname', node)).stdout).toBe(`${node}\n`);
  });

  it.each([
    ['known by hashed names', { knownHosts: ssh('known_hosts.hashed') }],
    ['vouched for by an authority, through ssh itself', { knownHosts: ssh('known_hosts.authority') }],
    ['behind a bastion', { jump: 'bastion' }],
    [
      'opened by a key with a passphrase',
      { config: 'none', user: 'root', identity: ssh('id_protected'), knownHosts: ssh('known_hosts') },
    ],
    [
      'found by its address in the cluster',
      { config: 'none', user: 'root', identity: ssh('id_ed25519'), knownHosts: ssh('known_hosts') },
    ],
  ])('is entered when it is %s', async (_, flags) => {
    expect((await (await operator(flags))('hostname')).stdout).toBe('node-b\n');
  });

  it.each([
    ['unknown', { knownHosts: ssh('known_hosts.empty') }, /not known: it shows ssh-ed25519 SHA256:/],
    ['changed', { knownHosts: ssh('known_hosts.changed') }, /is not the one in known_hosts/],
    ['revoked', { knownHosts: ssh('known_hosts.revoked') }, /is marked as revoked/],
  ])('with a host key that is %s is not entered', async (_, flags, words) => {
    const error = await refused((await operator(flags))('hostname', 'node-c'));
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden' });
    expect(error?.message).toMatch(words);
  });

  it('refuses a strange key', async () => {
    const flags = { config: 'none', user: 'root', identity: ssh('id_stranger'), knownHosts: ssh('known_hosts') };
    expect(await refused((await operator(flags))('hostname'))).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('none of the keys'),
    });
  });

  it('is read as root by root, through sudo by ops, and by audit not at all', async () => {
    expect((await (await operator())('rules')).argv).toEqual(['iptables-save', '-c']);
    const ops = await (await operator({ user: 'ops' }))('rules');
    expect(ops.argv).toEqual(['sudo', '-n', '--', 'iptables-save', '-c']);
    expect(ops.stdout).toContain('KUBE-SERVICES');
    const error = await refused((await operator({ user: 'audit' }))('rules'));
    expect(error?.message).toMatch(
      /sudoers would allow it: audit ALL=\(root\) NOPASSWD: \/usr\/sbin\/iptables-save -c$/,
    );
  });

  it('ends what hangs and what floods, on both ends, and bears garbage', async () => {
    const ask = await operator();
    const ends = await Promise.all([refused(ask('hangs')), refused(ask('floods')), ask('garbage')]);
    expect(ends.slice(0, 2)).toMatchObject([{ code: 'timeout' }, { code: 'capped' }]);
    expect((await ask('hostname')).stdout).toBe('node-b\n');
  });

  it('is entered where no API server answers, by its own name', async () => {
    expect((await (await operator({}, ['ssh'], 'dead'))('hostname')).stdout).toBe('node-b\n');
  });
});

it('enters the network of a Pod without a shell from its node', async () => {
  const live = await connect({}, ['ssh'], 'admin', ['exec', 'node']);
  const list = {
    port: 'kube',
    verb: 'list',
    kind: 'pods',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
  } as const;
  const [pod] = (await live.ask(list, never)) as { metadata?: { name?: string }; status?: { podIP?: string } }[];
  const place = { namespace: 'kube-system', name: pod?.metadata?.name ?? '' };
  const ran = await live.ask({ port: 'pod', pod: place, query: 'addresses', args: {} }, never);
  expect(ran).toMatchObject({
    by: 'node',
    at: expect.stringContaining(`the network of pod kube-system/${place.name}, from node`),
  });
  expect(ran.stdout).toContain(` ${pod?.status?.podIP}/`);
});

it('sees a node through the agent of its network where SSH is shut', async () => {
  const ask = await operator({ knownHosts: ssh('known_hosts.empty') }, ['ssh', 'pod']);
  expect((await ask('rules')).stdout).toContain('KUBE-SERVICES');
});
