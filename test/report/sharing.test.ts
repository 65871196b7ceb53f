import { describe, expect, it } from 'vitest';
import type { Sharing } from '../../src/domain/sharing.js';
import type { Verdict } from '../../src/domain/verdict.js';
import { jsonReport } from '../../src/report/json.js';
import { renderReport } from '../../src/report/render.js';
import { sharingLines } from '../../src/report/sharing.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const shared: Sharing = {
  hop: 'service',
  at: ['shop/cart'],
  groups: [
    { kind: 'services', names: ['shop/a', 'shop/b'], count: 5, more: true },
    { kind: 'ingresses', names: [], count: 0, more: false },
  ],
  unseen: [{ kind: 'routes', where: '+', code: 'forbidden' }],
};

const input = (language: 'en' | 'zh-CN', change: Partial<Verdict> = {}) => {
  const view = cartView();
  return reportInput(language, {
    ...view,
    verdict: view.verdict && { ...view.verdict, sharing: shared, ...change },
  });
};

describe('who shares the failing hop', () => {
  it('is told by kind, with what is counted, what is none and what was not looked for', () => {
    expect(sharingLines(input('en'))).toEqual([
      'every client of Service shop/cart',
      'Services: shop/a, shop/b, and 3 more, perhaps others',
      'Ingresses: none',
      'not looked for: HTTPRoutes of other Namespaces (denied)',
    ]);
    expect(sharingLines(input('zh-CN'))[0]).toBe('Service shop/cart 的所有客户端');
  });

  it('is not told of what is no fault', () => {
    expect(sharingLines(input('en', { result: 'inconclusive' }))).toEqual([]);
  });

  it.each(['human', 'md', 'html'] as const)('stands in %s', (format) => {
    expect(renderReport(format, input('en'))).toMatch(/every client of Service/);
  });

  it('is data in the JSON document, and absent where nobody knows', () => {
    expect(jsonReport(input('en')).verdict.sharing).toEqual(shared);
    expect(jsonReport(reportInput('en', cartView())).verdict).not.toHaveProperty('sharing');
  });
});
