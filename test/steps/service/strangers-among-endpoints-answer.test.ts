import { expect, it } from 'vitest';
import step from '../../../src/steps/service/strangers-among-endpoints-answer.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, endpoint, manualSlice, service, slice, toCart } from '../shop.js';

const look = looking(step, 'strangers-among-endpoints-answer');
const living = slice([endpoint('cart-1'), endpoint('cart-2')]);
const [own = ''] = endpoint('cart-1').addresses ?? [];
const stray = (address: string) => manualSlice([{ addresses: [address], conditions: { ready: true } }]);
const restored = '10.244.9.9';

interface Seen {
  readonly slices?: readonly object[];
  readonly says?: Readonly<Record<string, string>>;
  readonly flow?: typeof toCart;
}
const seen = ({ slices = [living, stray(restored)], says = {}, flow = toCart }: Seen) =>
  look(
    { pods: [checkout()], services: [service()], endpointslices: slices as never },
    {
      flow,
      answers: {
        pod: (_, args) => ran(recorded('nc-busybox', `connect-${says[String(args.host)] ?? 'open'}`), { tool: 'nc' }),
      },
    },
  );

it.each<[string, Seen]>([
  ['only-strangers-fail', { says: { [restored]: 'timeout' } }],
  ['only-strangers-fail', { says: { [restored]: 'refused' } }],
  ['others-fail-too', { says: { [restored]: 'timeout', [own]: 'timeout' } }],
  ['answer', {}],
  // A server outside that somebody added on purpose is no fault while an endpoint of the controller fails.
  ['answer', { says: { [own]: 'timeout' } }],
  ['no-strangers', { slices: [living] }],
  // All by hand, and the same Pod listed twice: nobody is a stranger.
  ['no-strangers', { slices: [stray(restored)], says: { [restored]: 'timeout' } }],
  ['no-strangers', { slices: [living, stray(own)] }],
  ['none-to-try', { flow: { ...toCart, protocol: 'UDP' } as typeof toCart }],
])('%s %#', async (outcome, change) => {
  const found = await seen(change);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('names the added address and those that answer, and reads what it declares', async () => {
  const { facts, used, en } = await seen({ says: { [restored]: 'timeout' } });
  expect(facts).toMatchObject({ addresses: ['10.244.9.9:8080'], answering: [`${own}:8080`, expect.any(String)] });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(en).toContain('10.244.9.9:8080 do not answer');
});
