import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/pod/servers-get-their-time.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, checkout, type Pod, pod, service, toCart } from '../shop.js';

const look = looking(step, 'servers-get-their-time');
const inside = (after: string) => ({
  pod: (query: string, args: JsonObject) => {
    if (query === 'connect-anew') return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
    if (query !== 'cpu-stat') throw new Error(`nobody asks ${query}`);
    return ran('since' in args ? after : recorded('cpu-stat', 'v1-before'), { tool: 'cat', exitCode: 1 });
  },
});
const counts = (periods: number, throttled: number) =>
  `nr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_time 1\n`;
const seen = (after: string, server: Pod = pod('cart-1')) =>
  look({ services: [service()], pods: [checkout(), server] }, { flow: toCart, answers: inside(after) });

const killed = (seconds: number) => {
  const [first] = pod('cart-1').status?.containerStatuses ?? [];
  const lastState = { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: ago(seconds) } };
  return pod('cart-1', {
    status: {
      containerStatuses: [
        { ...(first ?? { name: 'web', ready: true, restartCount: 1, image: '', imageID: '' }), lastState },
      ],
    },
  });
};

it.each([
  ['starved', recorded('cpu-stat', 'v1-throttled'), pod('cart-1')],
  ['free', counts(40, 0), pod('cart-1')],
  ['killed-for-memory', counts(40, 0), killed(60)],
  ['free', counts(40, 0), killed(6000)],
])('%s (%#)', async (outcome, after, server) => {
  const found = await seen(after, server);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('cut-short: a limit that is met now and then is no fault', async () => {
  expect(await seen(counts(400, 20))).toMatchObject({ outcome: 'cut-short', result: 'pass' });
});

it('no-server: UDP is tried by nobody', async () => {
  const flow = { ...toCart, protocol: 'UDP' } as const;
  expect((await look({ services: [service()], pods: [checkout()] }, { flow })).outcome).toBe('no-server');
});

it('could not look where no container shows its cgroup', async () => {
  await expect(seen('cat: No such file or directory')).rejects.toThrow(CannotLook);
});
