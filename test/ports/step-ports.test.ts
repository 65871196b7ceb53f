import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CannotLook } from '../../src/domain/cannot-look.js';
import { everyNamespace, type KubePort } from '../../src/domain/ports.js';
import { defineQuery } from '../../src/domain/query.js';
import { type AnyStep, defineStep } from '../../src/domain/step.js';
import type { CallReport } from '../../src/ports/step-ports.js';
import { fakeWorld, portsOver, ran } from '../support/fake-world.js';

const connect = defineQuery({
  name: 'tcp-connect',
  where: 'pod',
  level: 'probe',
  limit: 5,
  args: z.object({ host: z.string().regex(/^[\d.]+$/), port: z.int().default(80) }),
  variants: [{ tool: 'nc', argv: ({ host, port }) => ['nc', '-z', host, String(port)] }],
  parse: (run, { port }) => ({ open: run.exitCode === 0, port }),
});

const step = defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: ['services', 'nodes', 'pods/log'],
  runs: [connect],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({}),
  outcomes: { open: 'pass' },
  collect: async () => ({}),
  interpret: () => ({ outcome: 'open' }),
});

const cart = { namespace: 'shop', name: 'cart' };
const objects = { services: [{ metadata: cart }], nodes: [{ metadata: { name: 'node-a' } }] };
const here = { host: '10.0.0.7', port: 80 };

describe('portsFor', () => {
  it('gives what the step declared', async () => {
    const fake = fakeWorld(objects, { pod: () => ran(''), logs: () => 'ready' });
    const { kube, pod, clock } = portsOver(step, fake);
    expect(await kube.get('services', cart)).toEqual({ metadata: cart });
    expect(await kube.get('services', { ...cart, name: 'checkout' })).toBeUndefined();
    expect(await kube.list('nodes', {})).toHaveLength(1);
    expect(await kube.logs(cart, { tailLines: 10 })).toBe('ready');
    expect(await pod(cart).run(connect, here)).toEqual({ open: true, port: 80 });
    expect(clock).toBe(fake.clock);
    expect(fake.used).toEqual(step.reads);
    expect(fake.ran).toEqual(['tcp-connect']);
  });

  const undeclared = { ...step, reads: [], runs: [] } as AnyStep;
  it.each<[string, (ports: ReturnType<typeof portsOver<AnyStep>>) => Promise<unknown>]>([
    ['a kind', ({ kube }) => kube.get('services', cart)],
    ['a list', ({ kube }) => kube.list('services', cart)],
    ['logs', ({ kube }) => (kube as KubePort).logs(cart, { tailLines: 1 })],
    ['a query', ({ pod }) => pod(cart).run(connect, here)],
  ])('refuses %s that the step does not declare, as a bug', async (_, act) => {
    const fake = fakeWorld(objects);
    await expect(act(portsOver(undeclared, fake))).rejects.toThrow('does not declare it');
    await expect(act(portsOver(undeclared, fake))).rejects.not.toBeInstanceOf(CannotLook);
    expect(fake.calls).toEqual([]);
  });

  it('takes no other query under the same name', async () => {
    const ports = portsOver(step, fakeWorld());
    await expect(ports.pod(cart).run({ ...connect }, here)).rejects.toThrow('does not declare it');
  });

  it('refuses a namespaced kind without a namespace, a query in the wrong place, and arguments out of form', async () => {
    const { kube, pod, node } = portsOver(step, fakeWorld());
    await expect(kube.list('services', {})).rejects.toThrow('without a namespace');
    await expect(kube.list('services', { namespace: everyNamespace })).rejects.toThrow('reads all services');
    await kube.list('services', { namespace: everyNamespace, fields: { 'spec.type': 'NodePort' } });
    await expect(node('node-a').run(connect, here)).rejects.toThrow('runs on a pod');
    await expect(pod(cart).run(connect, { ...here, host: '; reboot' })).rejects.toThrow(z.ZodError);
  });

  it('hands on only the fields of a call that are its own', async () => {
    const fake = fakeWorld(objects);
    const { kube } = portsOver(step, fake);
    await kube.get('services', { ...cart, uid: '7' } as typeof cart);
    expect(fake.calls).toEqual([{ port: 'kube', verb: 'get', kind: 'services', ...cart }]);
  });

  it('lets a step that runs a query twice look twice', async () => {
    const fresh: (boolean | undefined)[] = [];
    const fake = fakeWorld(objects, { pod: () => ran('') });
    const world = {
      ...fake,
      ask: ((call, signal, options) => {
        fresh.push(options?.fresh);
        return fake.ask(call, signal);
      }) as typeof fake.ask,
    };
    const { kube, pod } = portsOver(step, world);
    for (const host of ['10.0.0.7', '10.0.0.7', '10.0.0.8']) await pod(cart).run(connect, { ...here, host });
    await kube.get('services', cart);
    await kube.get('services', cart);
    expect(fresh).toEqual([false, true, false, false, false]);
    await portsOver(step, world, { fresh: true }).kube.get('services', cart);
    expect(fresh.at(-1)).toBe(true);
  });

  it('reports every call with its answer, its refusal and its time', async () => {
    const reports: CallReport[] = [];
    const clock = { at: 1_000, now: () => clock.at };
    const pod = () => {
      clock.at += 250;
      return ran('');
    };
    const fake = fakeWorld(objects, { clock, deny: ['nodes'], pod });
    const ports = portsOver(step, fake, { onCall: (report) => reports.push(report) });
    await ports.pod(cart).run(connect, here);
    await expect(ports.kube.list('nodes', {})).rejects.toThrow(CannotLook);
    expect(reports).toMatchObject([
      { call: { query: 'tcp-connect', args: here }, answer: ran(''), startedAt: 1_000, durationMs: 250 },
      { call: { kind: 'nodes' }, refused: { code: 'forbidden', missing: { resource: 'nodes' } }, durationMs: 0 },
    ]);
    expect(reports[0]).not.toHaveProperty('refused');
  });

  it('calls an abort a timeout, even where the world does not notice it', async () => {
    const controller = new AbortController();
    const reports: CallReport[] = [];
    const world = { ...fakeWorld(), ask: () => new Promise<never>(() => {}) };
    const { kube } = portsOver(step, world, { signal: controller.signal, onCall: (report) => reports.push(report) });
    const waiting = kube.list('nodes', {});
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'CannotLook', code: 'timeout' });
    await expect(kube.list('nodes', {})).rejects.toMatchObject({ code: 'timeout' });
    expect(reports.map((report) => report.refused?.code)).toEqual(['timeout', 'timeout']);
  });

  it('hands on a bug of ours as it is', async () => {
    const fake = fakeWorld(objects, { logs: () => Promise.reject(new TypeError('undefined is not a function')) });
    await expect(portsOver(step, fake).kube.logs(cart, { tailLines: 1 })).rejects.toThrow(TypeError);
  });
});
