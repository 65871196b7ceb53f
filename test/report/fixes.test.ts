import { expect, it } from 'vitest';
import type { Undo } from '../../src/domain/fix.js';
import type { Fix } from '../../src/domain/session-view.js';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const target = 'lab/shop/cart';
const object = { kind: 'services', namespace: 'shop', name: 'cart' } as const;
const undo: Undo = {
  ...{ do: 'patch', object },
  patch: { spec: { selector: { app: 'cart-v2' } } },
  expected: { spec: { selector: { app: 'cart' } } },
};
const stamp = { seq: 29, at: '2026-11-22T06:34:02.446Z' };
const applied: Fix = {
  proposed: {
    ...stamp,
    ...{ target, cause: 'SVC-01', severity: 1, object },
    ...{ title: { en: 'Let the Service select them', 'zh-CN': '让 Service 选择它们' }, command: 'kubectl' },
  },
  previewed: { ...stamp, target, diff: ['-     app: cart-v2', '+     app: cart'], undo, resourceVersion: '2546' },
  applied: { ...stamp, target, state: 'applied', resourceVersion: { before: '2546', after: '2617' }, undo },
};
const page = (fix: Fix) => renderReport('md', reportInput('en', { ...cartView(), fixes: [fix] }));

it('gives the way back as a line that can be copied', () => {
  const line = `kubectl -n shop patch services cart --type merge -p '{"spec":{"selector":{"app":"cart-v2"}}}'`;
  expect(page(applied)).toContain(`Way back:\n\n\`\`\`sh\n${line}\n\`\`\``);
});

it('says where it cannot be told whether a change was made, and what shows it', () => {
  const lost = { ...stamp, target, state: 'unknown' as const, resourceVersion: { before: '2546', after: null }, undo };
  expect(page({ ...applied, applied: lost })).toContain(
    '- It is not known whether it was applied. This shows it: kubectl -n shop get services cart -o yaml',
  );
});
