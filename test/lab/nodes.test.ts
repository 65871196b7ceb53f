import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/domain/ports.js';
import type { ResourceEvent } from '../../src/domain/resource.js';
import type { NodeOptions } from '../../src/ports/node/rungs.js';
import type { AskHostKey, ShownKey, Trusting } from '../../src/ports/ssh/strangers.js';
import { never } from '../ports/live/imitation/target.js';
import { temporaryFolder } from '../support/temporary.js';
import { kubectl } from './cluster.js';
import { connect, operator, type queries, refused, ssh } from './operator.js';

const run = promisify(execFile);

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

  describe('with a host key that no file names', () => {
    const asking = (answer: Trusting) => {
      const asked: ShownKey[] = [];
      const askHostKey: AskHostKey = async (shown) => {
        asked.push(shown);
        return answer;
      };
      return { asked, askHostKey };
    };
    // Nobody's file of known hosts, but one that may be added to.
    const nobodyKnown = async () => {
      const own = await temporaryFolder();
      const config = `${own}/config`;
      const words = (await readFile(ssh('config'), 'utf8')).replaceAll(
        /^(\s*UserKnownHostsFile) .*$/gm,
        '$1 /dev/null',
      );
      await writeFile(config, words, { mode: 0o600 });
      return { config, ownKnownHosts: `${own}/known_hosts` };
    };

    it('asks, shows what ssh-keygen shows, and remembers a yes that was to be kept', async () => {
      const { config, ownKnownHosts } = await nobodyKnown();
      const first = asking('remember');
      const about = { ownKnownHosts, askHostKey: first.askHostKey };
      const ask = await operator({ config }, ['ssh'], 'admin', undefined, about);
      expect((await ask('hostname', 'node-c')).stdout).toBe('node-c\n');
      const [shown] = first.asked;
      const said = await run('ssh-keygen', ['-lf', ownKnownHosts]);
      expect(said.stdout).toContain(shown?.fingerprint);
      const again = asking('no');
      const next = await operator({ config }, ['ssh'], 'admin', undefined, {
        ownKnownHosts,
        askHostKey: again.askHostKey,
      });
      expect((await next('hostname', 'node-c')).stdout).toBe('node-c\n');
      expect([first.asked.length, again.asked.length]).toEqual([1, 0]);
    });

    it('sends nothing after a no, and names the line that would accept it', async () => {
      const { config, ownKnownHosts } = await nobodyKnown();
      const { askHostKey, asked } = asking('no');
      const error = await refused(
        (await operator({ config }, ['ssh'], 'admin', undefined, { ownKnownHosts, askHostKey }))('hostname', 'node-c'),
      );
      expect(error?.message).toMatch(/this line accepts it: ssh-keyscan -t ed25519 \S+ >> /);
      expect(asked).toHaveLength(1);
    });

    it('never asks about one that has changed', async () => {
      const { askHostKey, asked } = asking('once');
      const ask = await operator({ knownHosts: ssh('known_hosts.changed') }, ['ssh'], 'admin', undefined, {
        askHostKey,
      });
      expect((await refused(ask('hostname', 'node-c')))?.message).toMatch(/is not the one in known_hosts/);
      expect(asked).toEqual([]);
    });
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

  it('says what is missing, and that nobody listens', async () => {
    const own = await temporaryFolder();
    await writeFile(`${own}/config`, `Host node-a\n  Port 2222\n  User root\n`, { mode: 0o600 });
    expect(await refused((await operator())('missing-tool'))).toMatchObject({
      code: 'tool-missing',
      message: expect.stringMatching(/^There is no program for this in node node-b .*; it takes one of: till-rules\.$/),
    });
    expect(await refused((await operator({ config: `${own}/config` }))('hostname', 'node-a'))).toMatchObject({
      code: 'lost',
      message: expect.stringMatching(/:2222 refused the connection: no SSH server listens there/),
    });
  });

  it('that dies in the middle is lost, and hides no other', async () => {
    const ask = await operator();
    await Promise.all([ask('hostname', 'node-a'), ask('hostname', 'node-c')]);
    const [died, lived] = await Promise.all([refused(ask('dies', 'node-c')), ask('hostname', 'node-a')]);
    expect(died).toMatchObject({ name: 'CannotLook', code: 'lost' });
    expect(lived.stdout).toBe('node-a\n');
    // Its server still listens: what is asked next connects once more.
    expect((await ask('hostname', 'node-c')).stdout).toBe('node-c\n');
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

describe('a Pod of our own on a node', () => {
  const probeImage = 'lab.local/busybox:1';
  const left = () => kubectl(['get', 'pods', '-A', '-l', 'net-triage/made=node-pod', '-o', 'name']);
  const opening = async (namespace: string, access: NodeOptions['access'] = ['debug']) => {
    const events: ResourceEvent[] = [];
    const more = { probeImage, namespace, onResource: (event: ResourceEvent) => void events.push(event) };
    const live = await connect({ knownHosts: ssh('known_hosts.empty') }, access, 'admin', undefined, more);
    const ask = (name: keyof typeof queries, node = 'node-b') =>
      live.ask({ port: 'node', node, query: name, args: {} } as Extract<Call, { port: 'node' }>, never);
    return { live, ask, events };
  };

  it('has the network, the processes, the files and the programs of the node, and is gone afterwards', async () => {
    const { live, ask, events } = await opening('default');
    expect((await ask('rules')).stdout).toContain('KUBE-SERVICES');
    expect((await ask('addresses')).stdout).toContain('10.0.0.12/');
    expect((await ask('cni-files')).stdout).toContain('flannel');
    expect((await ask('processes')).stdout).not.toContain('net-triage');
    expect(left()).toContain('pod/net-triage-');
    await live.close();
    expect(events).toMatchObject([
      { type: 'resource.created', data: { kind: 'node-pod', namespace: 'default' } },
      { type: 'resource.removed', data: { kind: 'node-pod', outcome: 'removed' } },
    ]);
    await expect.poll(left, { timeout: 15_000 }).toBe('');
  });

  it('is refused by Pod Security in its own words, and the next way is taken', async () => {
    kubectl(['create', 'namespace', 'cloakroom']);
    try {
      kubectl(['label', 'namespace', 'cloakroom', 'pod-security.kubernetes.io/enforce=baseline']);
      const { ask, events } = await opening('cloakroom');
      expect(await refused(ask('hostname'))).toMatchObject({
        code: 'forbidden',
        message: expect.stringMatching(
          /By a Pod in cloakroom: The cluster refuses it: .*violates PodSecurity "baseline/,
        ),
      });
      expect(events).toEqual([]);
      const goesOn = await opening('cloakroom', ['debug', 'pod']);
      expect((await goesOn.ask('rules')).stdout).toContain('KUBE-SERVICES');
    } finally {
      kubectl(['delete', 'namespace', 'cloakroom', '--wait=false']);
    }
  });
});
