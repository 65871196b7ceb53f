import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { JournalEvent } from '../../src/domain/journal.js';
import { json } from '../ports/live/imitation/api.js';
import { frame } from '../ports/live/imitation/exec-server.js';
import { openShop } from './support/open-shop.js';
import { eventually, reportOf } from './support/program.js';
import { soundShop } from './support/shop-objects.js';

/** The words of containerd for a container that has not even a shell. */
const withoutShell = (socket: WebSocket, [program]: readonly string[]) => {
  const message = `error executing command in container: failed to exec in container: failed to start exec "e": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`;
  const failure = { metadata: {}, status: 'Failure', reason: 'InternalError', message, code: 500 };
  socket.send(frame(3, JSON.stringify(failure)), () => socket.close());
};

/** A shop where Pods can be made. None of them ever starts, so whoever waits for one can be caught at it. */
const openKiosk = async () => {
  const made = new Map<string, { metadata: { name: string } }>();
  const asked: string[] = [];
  const shop = await openShop({
    objects: soundShop,
    exec: withoutShell,
    instead: (request, response) => {
      const { method = '', url = '' } = request;
      const [, name = ''] = /\/pods\/(net-triage-[0-9a-f]+)/.exec(url) ?? [];
      if (method !== 'GET' && url.includes('/pods')) asked.push(`${method} ${url}`);
      if (method === 'POST' && url.endsWith('/pods')) {
        let text = '';
        request.on('data', (part: Buffer) => (text += part.toString()));
        request.on('end', () => {
          const pod = JSON.parse(text) as { metadata: { name: string } };
          // Two Pods are two: what was left is told apart by the uid.
          const metadata = { ...pod.metadata, uid: `uid-of-${pod.metadata.name}` };
          const stored = { ...pod, metadata, status: { phase: 'Pending' } };
          made.set(pod.metadata.name, stored);
          json(response, 201, stored);
        });
        return true;
      }
      if (name === '' || !made.has(name)) return false;
      json(response, 200, made.get(name));
      if (method === 'DELETE') made.delete(name);
      return true;
    },
  });
  return { ...shop, made, asked };
};

const probing = ['--level', 'probe', '--probe-image', 'busybox:1', '--pod-access', 'exec,probe-pod'];
const created = /^Created probe pod shop\/(net-triage-[0-9a-f]{10}) \(busybox:1\)/m;

const eventsIn = (folder: string) =>
  readFileSync(join(folder, 'session.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent);

const untilCreated = (begun: { text(name: 'stderr'): string }) =>
  eventually(
    'a probe pod',
    () => created.exec(begun.text('stderr'))?.[1],
    () => begun.text('stderr'),
  );

describe('a source without a shell', () => {
  it('is told which flag brings one along', async () => {
    const shop = await openKiosk();
    const ran = await shop.triage(['--level', 'probe']);
    const { notChecked } = reportOf(ran).verdict;
    const reason = notChecked.find(({ check }) => check === 'source-can-probe')?.reason;
    expect(reason).toMatch(/With --probe-image REF an ephemeral container or a probe pod brings it along\.$/);
    expect([ran.stderr, shop.asked]).toEqual(['', []]);
  });

  it.each([
    ['the level does not allow it', ['--level', 'observe', '--probe-image', 'busybox:1']],
    ['no way is left', ['--level', 'probe', '--probe-image', 'busybox:1', '--pod-access', 'exec']],
  ])('makes nothing where %s', async (_, flags) => {
    const shop = await openKiosk();
    const ran = await shop.triage(flags);
    expect([ran.stderr, shop.asked]).toEqual(['', []]);
  });
});

describe('a probe pod', () => {
  it('is removed by a session that is told to end, and the journal tells of both', async () => {
    const shop = await openKiosk();
    const begun = shop.begin(probing);
    const name = await untilCreated(begun);
    begun.child.kill('SIGTERM');
    const ran = await begun.ended;
    expect(ran).toMatchObject({ code: 143, stderr: expect.stringContaining(`Removed probe pod shop/${name}.`) });
    expect(ran.stderr).toMatch(/^Where the source Pod lacks the tools, busybox:1 is started to look from/);
    expect(shop.asked.map((line) => line.split(' ')[0])).toEqual(['POST', 'DELETE']);
    const events = eventsIn(shop.home.session());
    expect(events[0]?.type).toBe('session.started');
    const told = events.map(({ type }) => type).filter((type) => /^resource|^session/.test(type));
    expect(told).toEqual(['session.started', 'resource.created', 'resource.removed', 'session.ended']);
    expect((await shop.verify()).stdout).not.toContain('Left in the cluster');
  });

  it('that a killed session has left is offered at the next start, until it is gone', async () => {
    const shop = await openKiosk();
    const begun = shop.begin(probing);
    const name = await untilCreated(begun);
    begun.child.kill('SIGKILL');
    await begun.ended;
    const line = `kubectl --context shop-test -n shop delete pod ${name}`;
    const [id] = shop.home.ids();
    expect((await shop.verify()).stdout).toContain(`Remove it with: ${line}`);
    const offer = `The session ${id} has left probe pod shop/${name} behind. Remove it with: ${line}`;
    expect((await shop.triage()).stderr).toBe(`${offer}\n`);
    shop.made.clear();
    expect((await shop.triage()).stderr).toBe('');
    expect(shop.asked.map((one) => one.split(' ')[0])).toEqual(['POST']);
  });
});

describe('a node pod', () => {
  const onNodes = ['--level', 'node', '--node-access', 'debug', '--probe-image', 'busybox:1', '--pod-access', 'exec'];
  const createdOnNode = /^Created node pod shop\/(net-triage-[0-9a-f]{10}) \(busybox:1\)/m;

  it('is announced before it is made, and offered at the next start where its session was killed', async () => {
    const shop = await openKiosk();
    const begun = shop.begin(onNodes);
    const name = await eventually(
      'a node pod',
      () => createdOnNode.exec(begun.text('stderr'))?.[1],
      () => begun.text('stderr'),
    );
    expect(begun.text('stderr')).toMatch(/^On nodes that no way before opens, busybox:1 is started as a node pod/);
    begun.child.kill('SIGKILL');
    await begun.ended;
    const offered = (await shop.triage()).stderr;
    expect(offered).toContain(
      `has left node pod shop/${name} behind. Remove it with: kubectl --context shop-test -n shop`,
    );
    expect(shop.asked.every((one) => one.startsWith('POST'))).toBe(true);
  });

  it('is not made where the way is not named', async () => {
    const shop = await openKiosk();
    const ran = await shop.triage([
      '--level',
      'node',
      '--node-access',
      'pod',
      '--probe-image',
      'busybox:1',
      '--pod-access',
      'exec',
    ]);
    expect([ran.stderr, shop.asked]).toEqual(['', []]);
  });
});
