import { describe, expect, it } from 'vitest';
import { weigh } from '../../src/verdict/weigh.js';
import { whys } from '../../src/verdict/why.js';
import { blind, saw, trail } from './cart.js';
import { found } from './found.js';
import { causes, elimination } from './real-causes.js';
import { wrongSelector } from './shop.js';
import { trailOf } from './weighed.js';

const reproduced = saw('address', 'refuses');
const told = (id: string, ...findings: ReturnType<typeof saw>[]) => whys(trail(findings), id)[0];

describe('where a cause stands', () => {
  it('is what the verdict says of it', () => {
    const list = [reproduced, saw('labels', 'none'), saw('rules', 'old')];
    const verdict = weigh(trail(list));
    expect(whys(trail(list)).map(({ id }) => id)).toEqual(verdict.causes.map(({ id }) => id));
    for (const { id, certainty, capped, grounds } of verdict.causes)
      expect(told(id, ...list)).toMatchObject({ standing: certainty, capped, grounds });
  });

  it('is ruled out by what refutes it, which another answer of the same check would overturn', () => {
    expect(told('CART-2', reproduced, saw('rules', 'fresh'))).toMatchObject({
      standing: 'ruled-out',
      turn: { check: 'rules', how: 'again' },
    });
  });

  it('is unsupported where nothing speaks for it', () => {
    expect(told('CART-3', reproduced)).toMatchObject({
      standing: 'unsupported',
      grounds: [],
      turn: { check: 'name', how: 'proves' },
    });
  });

  it('is accounted for where a certain cause leaves nothing to explain', () => {
    expect(told('CART-2', reproduced, saw('labels', 'none'))?.standing).toBe('accounted');
  });

  it('is nothing for an id that there is not', () => expect(told('CART-9', reproduced)).toBeUndefined());
});

describe('the check that would change it', () => {
  it('is first of all the flow itself, while nobody has tried it', () => {
    expect(told('CART-1', blind('address'), saw('labels', 'odd'))?.turn).toEqual({ check: 'address', how: 'tries' });
  });

  it('then what tells it from a live rival', () => {
    const list = [reproduced, saw('labels', 'odd')];
    expect(told('CART-1', ...list)?.turn).toEqual({ check: 'rules', how: 'separates', rival: 'CART-2' });
    expect(told('CART-2', ...list)?.turn).toEqual({ check: 'rules', how: 'separates', rival: 'CART-1' });
  });

  it('then what could prove it, and nothing of a proof that another answer has spoiled', () => {
    const list = [reproduced, saw('rules', 'fresh'), saw('labels', 'odd')];
    expect(told('CART-1', ...list)?.turn).toEqual({ check: 'sockets', how: 'proves' });
    expect(told('CART-1', ...list, saw('sockets', 'here'))?.turn).toEqual({ check: 'labels', how: 'again' });
  });

  it('is never one that does not apply here', () => {
    const unfit = saw('name', 'flow-unfit', { result: 'skip', reason: { code: 'flow-unfit', detail: '' } });
    expect(told('CART-3', reproduced, unfit)?.turn).toBeUndefined();
  });
});

it('says of each way to a proof what was answered instead, the nearest way first', () => {
  const answers = [saw('labels', 'odd'), saw('sockets', 'elsewhere'), blind('endpoints')];
  const wanted = told('CART-1', reproduced, ...answers)?.wanted;
  expect(wanted?.map((proof) => proof.map(({ step, isSeen, finding }) => [step, isSeen, finding?.outcome]))).toEqual([
    [
      ['sockets', true, 'elsewhere'],
      ['endpoints', false, 'forbidden'],
    ],
    [['labels', false, 'odd']],
  ]);
});

it('explains every cause of the catalogue, after any walk that the tests know', () => {
  const findings = [...trailOf(wrongSelector), found('policies-allow-ingress', 'denied')];
  const real = { findings, causes, elimination, stagesBuilt: [], flowWords: {} };
  for (const id of Object.keys(causes)) {
    const { standing, turn, grounds } = whys(real, id)[0] ?? {};
    expect(standing).toBeDefined();
    if (standing !== 'unsupported') expect(turn?.check).toBeDefined();
    if (standing === 'ruled-out') expect(grounds?.some(({ weight }) => weight === 'refuting')).toBe(true);
  }
});
