import { describe, expect, it } from 'vitest';
import { probesAhead, probesMeanwhile, readsAhead } from '../../src/machines/prefetch.js';
import { cartSilent, catalogOf } from './shop.js';

const { steps } = catalogOf();
const costly = catalogOf({ 'cart-answers': { ...steps['cart-answers']?.step, cost: 2 } as never }).steps;

describe('probes that start ahead', () => {
  it('are the cheap ones of the whole tree, each once', () => {
    expect(probesAhead(cartSilent, steps, { level: 'probe' })).toEqual(['cart-answers']);
    expect(probesAhead(cartSilent, steps, { level: 'observe' })).toEqual([]);
    expect(probesAhead(cartSilent, costly, { level: 'probe' })).toEqual([]);
  });

  it('are those of another book only when the walk has come there', () => {
    const nodes = {
      service: { step: 'service-exists', on: {}, otherwise: 'names--start' },
      'names--start': { step: 'cart-answers', on: {}, otherwise: 'names--start' },
    };
    const book = { start: 'service', nodes };
    expect(probesAhead(book, steps, { level: 'probe' })).toEqual([]);
    expect(probesAhead(book, steps, { level: 'probe', chapter: 'names' })).toEqual(['cart-answers']);
    expect(readsAhead(book, steps, { level: 'probe', node: 'service' })).toEqual(['service-exists']);
  });

  it('are none that no path reaches, and none that do not exist', () => {
    const nodes = {
      service: { step: 'none', on: {}, otherwise: 'gone' },
      far: { step: 'cart-answers', on: {}, otherwise: 'far' },
    };
    expect(probesAhead({ start: 'service', nodes }, steps, { level: 'probe' })).toEqual([]);
  });
});

describe('reads that start ahead', () => {
  it('are those of a node and of the next ones', () => {
    expect(readsAhead(cartSilent, steps, { level: 'probe', node: 'service' })).toEqual([
      'service-exists',
      'has-endpoints',
    ]);
    expect(readsAhead(cartSilent, steps, { level: 'observe', node: 'endpoints' })).toEqual(['has-endpoints']);
    expect(readsAhead(cartSilent, steps, { level: 'probe', node: 'address' })).toEqual(['service-exists']);
  });
});

describe('what a node wants started meanwhile', () => {
  const nodes = {
    service: { step: 'service-exists', meanwhile: ['address', 'gone'], on: {}, otherwise: 'address' },
    address: { step: 'cart-answers', on: {}, otherwise: 'address' },
  };
  const book = { start: 'service', nodes };

  it('starts at that node alone, whatever it costs, within the level', () => {
    expect(probesMeanwhile(book, costly, { level: 'probe', node: 'service' })).toEqual(['cart-answers']);
    expect(probesMeanwhile(book, costly, { level: 'probe', node: 'address' })).toEqual([]);
    expect(probesMeanwhile(book, costly, { level: 'observe', node: 'service' })).toEqual([]);
  });

  it('never starts what wants a yes of its own', () => {
    const asking = catalogOf({ 'cart-answers': { ...steps['cart-answers']?.step, cost: 3 } as never }).steps;
    expect(probesMeanwhile(book, asking, { level: 'probe', node: 'service' })).toEqual([]);
  });
});
