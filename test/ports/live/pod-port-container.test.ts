import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ExecRequest } from '../../../src/ports/live/exec.js';
import { createPlaces, defaultContainer } from '../../../src/ports/live/place.js';
import { follow } from './imitation/shells.js';
import { never } from './imitation/target.js';
import { local, podPort, refused, result } from './pod-ports.js';

describe('a container without a shell', () => {
  const shellLess = async (request: ExecRequest) => {
    const [program = ''] = request.argv;
    if (program !== 'printf') throw new CannotLook('tool-missing', `no ${program}`);
    const { stdout } = await follow(['sh'], ['sh', '-c', '"$@"', 'x', ...request.argv], () => {});
    return result({ stdout });
  };

  it('is asked program by program', async () => {
    const { ask, execs } = podPort(shellLess);
    expect(await ask('echo', 'cart')).toMatchObject({ tool: 'printf', stdout: 'cart' });
    expect(execs.map(({ argv }) => argv[0])).toEqual(['sh', 'no-such-printer', 'printf']);
    expect(await refused(ask('fails'))).toMatchObject({ code: 'tool-missing' });
  });

  it.each([
    ['timeout', 'timeout'],
    ['cap', 'capped'],
    ['lost', 'lost'],
  ] as const)('and a program that ends with %s', async (ended, code) => {
    const { ask } = podPort(async (request) =>
      request.argv[0] === 'printf' ? result({ ended, exitCode: Number.NaN }) : shellLess(request),
    );
    expect(await refused(ask('echo'))).toMatchObject({ code });
  });
});

describe('the container that is meant', () => {
  const containers = [{ name: 'proxy' }, { name: 'till' }];
  const annotated = (name: string) => ({ annotations: { 'kubectl.kubernetes.io/default-container': name } });
  it.each([
    ['the annotated one', { metadata: annotated('till'), spec: { containers } }, 'till'],
    [
      'the first where the annotated one does not exist',
      { metadata: annotated('gone'), spec: { containers } },
      'proxy',
    ],
    ['the first without annotation', { metadata: {}, spec: { containers } }, 'proxy'],
    ['none', { metadata: {}, spec: {} }, undefined],
  ])('%s', (_, pod, expected) => {
    expect(defaultContainer(pod)).toBe(expected);
  });

  it('is looked up once per pod, and not at all where it is named', async () => {
    let reads = 0;
    const { placeOf } = createPlaces(async () => {
      reads += 1;
      return { spec: { containers } };
    });
    const ref = { namespace: 'shop', name: 'cart' };
    await placeOf({ ...ref, container: 'till' }, never);
    const both = await Promise.all([placeOf(ref, never), placeOf(ref, never)]);
    expect(both.map(({ container }) => container)).toEqual(['proxy', 'proxy']);
    expect((await placeOf(ref, never)).container).toBe('proxy');
    expect(reads).toBe(1);
  });

  it('is taken from a pod that is being read anyway', async () => {
    const ref = { namespace: 'shop', name: 'cart' };
    const places = createPlaces(() => Promise.reject(new Error('read twice')));
    const reading = Promise.withResolvers<JsonObject | null>();
    places.learn(ref, reading.promise);
    const place = places.placeOf(ref, never);
    reading.resolve({ spec: { containers } });
    expect((await place).container).toBe('proxy');
  });

  it.each([
    ['gives up reading it', () => Promise.reject(new Error('enough'))],
    ['found no such pod', () => Promise.resolve(null)],
  ])('is read where another caller %s', async (_, read) => {
    const ref = { namespace: 'shop', name: 'cart' };
    const places = createPlaces(async () => ({ spec: { containers } }));
    const reading: Promise<JsonObject | null> = read();
    places.learn(ref, reading);
    await reading.catch(() => {});
    expect((await places.placeOf(ref, never)).container).toBe('proxy');
  });

  it('cannot be found in a pod that does not exist', async () => {
    expect(
      await refused(createPlaces(async () => null).placeOf({ namespace: 'shop', name: 'cart' }, never)),
    ).toMatchObject({
      code: 'lost',
    });
  });
});

describe('an agent on the network of its node', () => {
  it('is asked where entering Pods of nodes is allowed', async () => {
    const { ask } = podPort(local, 'node');
    expect(await ask('agent', 'drops')).toMatchObject({ stdout: 'drops' });
  });

  it('is left alone where it is not, and the Pods of the flow are not', async () => {
    const { ask, execs } = podPort(local, 'node', false);
    expect(await refused(ask('agent', 'drops', 'cilium-x7'))).toMatchObject({
      ...{ name: 'CannotLook', code: 'forbidden' },
      message: 'Pod shop/cilium-x7 is on the network of its node: --node-access leaves out pod.',
    });
    expect(execs).toEqual([]);
    expect(await ask('echo', 'cart')).toMatchObject({ stdout: 'cart' });
  });
});
