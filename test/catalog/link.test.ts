import { describe, expect, it } from 'vitest';
import { linked } from '../../src/catalog/link.js';
import { runbookSchema } from '../../src/domain/runbook.js';

const phrase = { en: 'Cart', 'zh-CN': '购物车' };
const book = (start: string, nodes: object) =>
  runbookSchema.parse({ title: phrase, hint: phrase, flow: { from: ['pod'], to: ['service'] }, start, nodes });
const healthy = { healthy: null };
const books = {
  cart: book('first', {
    first: { step: 'cart-exists', on: { exists: { runbook: 'till' }, missing: 'second' }, otherwise: healthy },
    second: { step: 'cart-exists', on: { exists: { runbook: 'till', flow: 'to-endpoint' } }, otherwise: healthy },
  }),
  till: book('first', {
    first: {
      step: 'till-opens',
      meanwhile: ['last'],
      on: { opens: healthy, stuck: { runbook: 'drawer' } },
      otherwise: 'last',
    },
    last: { step: 'till-opens', on: { opens: healthy }, otherwise: { runbook: 'cart' } },
  }),
  drawer: book('only', { only: { step: 'drawer-opens', on: { opens: healthy }, otherwise: healthy } }),
};

describe('linked', () => {
  it('goes on with the nodes of the books behind it, under names of their own', () => {
    const { start, nodes } = linked('cart', books) ?? {};
    expect(start).toBe('first');
    expect(nodes?.first?.on).toEqual({ exists: 'till--first', missing: 'second' });
    expect(nodes?.['till--first']).toMatchObject({
      step: 'till-opens',
      meanwhile: ['till--last'],
      on: { stuck: 'drawer--only' },
      otherwise: 'till--last',
    });
    expect(nodes?.['drawer--only']).toMatchObject({ step: 'drawer-opens' });
  });

  it('leaves a handover with another flow as it is', () => {
    expect(linked('cart', books)?.nodes.second?.on.exists).toEqual({ runbook: 'till', flow: 'to-endpoint' });
  });

  it('takes a book that leads back to itself once more, under its other name, and ends', () => {
    const names = Object.keys(linked('cart', books)?.nodes ?? {});
    expect(names.filter((name) => name.startsWith('cart--'))).toEqual(['cart--first', 'cart--second']);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves a book alone that hands over to nobody', () => {
    expect(linked('drawer', books)).toEqual(books.drawer);
  });

  it('knows no book that does not exist', () => expect(linked('door', books)).toBeUndefined());
});
