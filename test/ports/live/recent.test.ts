import { expect, it, vi } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { ApiUnavailable } from '../../../src/ports/live/api-unavailable.js';
import type { Kube, KubeCall } from '../../../src/ports/live/kube.js';
import { createRecent } from '../../../src/ports/live/recent.js';
import { never } from './imitation/target.js';

type GetCall = Extract<KubeCall, { verb: 'get' }>;
type ListCall = Extract<KubeCall, { verb: 'list' }>;

const nodes: ListCall = { port: 'kube', verb: 'list', kind: 'nodes', limit: 5 };
const nodeA: GetCall = { port: 'kube', verb: 'get', kind: 'nodes', name: 'node-a' };
const cart: GetCall = { port: 'kube', verb: 'get', kind: 'pods', namespace: 'shop', name: 'cart' };
const labelled = (name: string, n: number): JsonObject => ({ metadata: { name, labels: { n: String(n) } } });

const setUp = (answers: { get?: () => JsonObject | null; list?: () => JsonObject[] } = {}) => {
  let at = 1000;
  let n = 0;
  const get = vi.fn<Kube['get']>(async (call) => (answers.get ? answers.get() : labelled(call.name, ++n)));
  const list = vi.fn<Kube['list']>(async () => answers.list?.() ?? [labelled('node-a', ++n), labelled('node-b', n)]);
  return {
    ...{ get, list, recent: createRecent({ get, list }, () => at) },
    pass: (ms: number) => {
      at += ms;
    },
  };
};

it('gives an object that a list has just held as it would come by its name, and asks for one that it did not hold', async () => {
  const { recent, get } = setUp();
  await recent.list(nodes, never);
  expect(await recent.get(nodeA, never)).toEqual({ apiVersion: 'v1', kind: 'Node', ...labelled('node-a', 1) });
  expect(get).not.toHaveBeenCalled();
  await recent.get({ ...nodeA, name: 'node-c' }, never);
  expect(get).toHaveBeenCalledOnce();
});

it('asks again for what is old, and where that is wanted, and goes by what is younger from then on', async () => {
  const { recent, get, pass } = setUp();
  await recent.list(nodes, never);
  expect(await recent.get(nodeA, never, true)).toEqual(labelled('node-a', 2));
  expect(await recent.get(nodeA, never)).toEqual(labelled('node-a', 2));
  pass(14_999);
  await recent.get(nodeA, never);
  expect(get).toHaveBeenCalledTimes(1);
  pass(1);
  await recent.get(nodeA, never);
  expect(get).toHaveBeenCalledTimes(2);
});

it('does not let a list that was asked for before overwrite what was read since', async () => {
  const late = Promise.withResolvers<JsonObject[]>();
  const { recent, list, pass } = setUp();
  list.mockReturnValueOnce(late.promise);
  const listing = recent.list(nodes, never);
  pass(10);
  await recent.get(nodeA, never, true);
  late.resolve([labelled('node-a', 99)]);
  await listing;
  expect(await recent.get(nodeA, never)).toEqual(labelled('node-a', 1));
});

it('keeps an object of another namespace apart, and forgets one that is gone', async () => {
  let gone = false;
  const { recent, get } = setUp({ get: () => (gone ? null : { metadata: { name: 'cart', namespace: 'shop' } }) });
  await recent.get(cart, never);
  await recent.get({ ...cart, namespace: 'other' }, never);
  expect(get).toHaveBeenCalledTimes(2);
  gone = true;
  expect(await recent.get(cart, never, true)).toBeNull();
  expect(await recent.get(cart, never)).toBeNull();
});

it('does not ask again what was refused, until it is old or somebody wants to know anew', async () => {
  const refuse = (): never => {
    throw new CannotLook('forbidden', 'The API server does not allow "list nodes".');
  };
  const { recent, list, pass } = setUp({ list: refuse });
  const asked = async (fresh?: boolean) => {
    await expect(recent.list(nodes, never, fresh)).rejects.toMatchObject({ code: 'forbidden' });
    return list.mock.calls.length;
  };
  expect([await asked(), await asked(), await asked(true), await asked()]).toEqual([1, 1, 2, 2]);
  pass(30_000);
  expect(await asked()).toBe(3);
});

it.each([
  ['silence', new CannotLook('timeout', 'no answer')],
  ['a server that cannot be used', new ApiUnavailable('unreachable', 'no answer', 'timeout')],
])('asks again after %s', async (_, problem) => {
  const { recent, get } = setUp({
    get: () => {
      throw problem;
    },
  });
  await expect(recent.get(cart, never)).rejects.toBe(problem);
  await expect(recent.get(cart, never)).rejects.toBe(problem);
  expect(get).toHaveBeenCalledTimes(2);
});
