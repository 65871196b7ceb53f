import { describe, expect, it } from 'vitest';
import type { NamedFault } from '../../../lab/scenario/find.ts';
import { planBatches } from '../../../lab/suite/plan.ts';

const fault = (name: string, more: Partial<NamedFault> = {}): NamedFault => ({
  name,
  story: 'The cart is empty.',
  namespace: name,
  flow: { from: `pod/${name}/client`, to: `svc/${name}/cart` },
  objects: [],
  inject: [],
  symptom: { at: { pod: 'client' }, request: ['true'], fails: 'always' },
  runs: [],
  ...more,
});

const names = (faults: readonly NamedFault[]) => faults.map(({ name }) => name);

describe('planBatches', () => {
  it('plays beside each other only what keeps to its own namespace', () => {
    const { batches } = planBatches([fault('selector'), fault('forwarding', { disturbs: 'cluster' })]);
    expect(batches.map(({ together, alone }) => [names(together), names(alone)])).toEqual([
      [['selector'], ['forwarding']],
    ]);
  });

  it('plays a fault once on each kind of cluster it names', () => {
    const { batches } = planBatches([fault('masquerade', { on: ['plain', 'nft'] })]);
    expect(batches.map(({ profile }) => profile).toSorted()).toEqual(['nft', 'plain']);
  });

  it('shares many disturbing faults between several starts, and checks each kind of cluster once', () => {
    const many = Array.from({ length: 30 }, (_, at) => fault(`f${at}`, { disturbs: 'cluster' }));
    const { batches } = planBatches(many);
    expect(batches.length).toBe(3);
    expect(batches.flatMap(({ alone }) => names(alone)).toSorted()).toEqual(names(many).toSorted());
    expect(batches.filter(({ checks }) => checks).length).toBe(1);
  });

  it('leaves what needs another kernel, or a program that takes long to build, to the command that has it', () => {
    const apart = [fault('weight', { on: ['ipvs'] }), fault('listener', { on: ['gateway'] })];
    const faults = [...apart, fault('masquerade', { on: ['plain', 'ipvs'] })];
    expect(planBatches(faults).batches.map(({ profile, together }) => [profile, names(together)])).toEqual([
      ['plain', ['masquerade']],
    ]);
    expect(planBatches(faults, ['ipvs']).batches.map(({ together }) => names(together))).toEqual([
      ['weight', 'masquerade'],
    ]);
  });

  it('keeps what changes the machine until no other lab is up', () => {
    const { batches, afterwards } = planBatches([fault('table-full', { disturbs: 'machine' })]);
    expect(batches).toEqual([]);
    expect(afterwards.map(({ alone }) => names(alone))).toEqual([['table-full']]);
  });
});
