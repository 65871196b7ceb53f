import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src/domain/flow.js';
import type { SessionLook } from '../../src/machines/look.js';
import { stopsOf } from '../../src/ui/path.js';
import { speaker } from '../../src/ui/say.js';
import { initialState } from '../../src/ui/state.js';
import type { View } from '../../src/ui/view.js';
import { shopProps } from './fake-session.js';
import { looks } from './shop.js';
import { denied, nothingListed, serviceExists } from './shop-findings.js';

const { props } = shopProps();

const viewOf = (change: Partial<SessionLook>): View => ({
  ...props,
  say: speaker(props.catalog.phrases, 'en'),
  ui: initialState(props.intake),
  look: { ...(looks.running as SessionLook), current: null, flights: [], ...change },
  size: { columns: 80, rows: 24 },
  now: props.now(),
});

const drawn = (change: Partial<SessionLook>, ahead: readonly string[] = []) =>
  stopsOf(viewOf(change), ahead).map(({ place, state = '', failing }) =>
    `${place} ${state}${failing ? ' here' : ''}`.trim(),
  );

const flow = (to: Flow['to'], from: Flow['from'] = { kind: 'pod', namespace: 'shop', name: 'web' }): Flow => ({
  ...{ from, to },
  protocol: 'TCP',
});

describe('the hops of a flow', () => {
  it.each([
    [
      'a Service',
      flow({ kind: 'service', namespace: 'shop', name: 'cart' }),
      'source veth policy service rules bridge overlay node endpoint',
    ],
    [
      'a Pod',
      flow({ kind: 'pod', namespace: 'shop', name: 'cart-1' }),
      'source veth policy bridge overlay node endpoint',
    ],
    [
      'a name outside',
      flow({ kind: 'host', name: 'payments.example' }),
      'source name veth policy bridge exit endpoint',
    ],
    [
      'an Ingress',
      flow({ kind: 'ingress', namespace: 'shop', name: 'cart' }, { kind: 'outside' }),
      'source policy door service rules bridge overlay node endpoint',
    ],
  ])('to %s', (_, wanted, hops) => {
    const stops = stopsOf(viewOf({ flow: wanted, trail: [] }), []);
    expect(stops.map(({ place }) => place).join(' ')).toBe(hops);
    expect(stops.filter(({ state, failing }) => state !== undefined || failing)).toEqual([]);
  });
});

it('fills a hop when a check of it has finished, and leaves the others as they were', () => {
  expect(drawn({ trail: [] }).filter((stop) => stop.includes(' '))).toEqual([]);
  expect(drawn({ trail: [serviceExists] }).filter((stop) => stop.includes(' '))).toEqual(['service pass']);
});

it('never calls a hop sound where one of its checks could not look', () => {
  expect(drawn({ trail: [serviceExists, denied] })).toContain('service error');
});

it('goes by what a check said last', () => {
  const repaired = { ...nothingListed, run: 2, outcome: 'ready', result: 'pass' } as const;
  expect(drawn({ trail: [nothingListed] })).toContain('service fail');
  expect(drawn({ trail: [nothingListed, repaired] })).toContain('service pass');
});

it('shows where a check runs, and where the next ones will look', () => {
  const { current } = looks.running as SessionLook;
  expect(drawn({ trail: [], current })).toContain('service run');
  expect(drawn({ trail: [] }, ['source'])).toContain('source wait');
});

it('marks the hop at which the verdict puts the fault, and none without a verdict or a fault', () => {
  const { verdict, trail } = looks.judged as SessionLook;
  const faulty = (stops: readonly string[]) => stops.filter((stop) => stop.endsWith(' here'));
  expect(faulty(drawn({ verdict, trail }))).toEqual(['service fail here']);
  expect(faulty(drawn({ trail }))).toEqual([]);
  expect(faulty(drawn({ verdict: verdict && { ...verdict, result: 'inconclusive' }, trail }))).toEqual([]);
});

it('holds what was tried from end to end apart from every hop', () => {
  const stops = stopsOf(viewOf({}), []);
  expect(stops.at(-1)).toMatchObject({ place: 'whole', state: 'skip', checks: [4] });
});
