import { describe, expect, it } from 'vitest';
import { namesOfSession } from '../../src/journal/session-names.js';

const namesIn = (...others: object[]) => namesOfSession([], others).map(({ name }) => name);

describe('the names that a session tells', () => {
  it('are not how many Pods a Node or a quota has room for', () => {
    const node = { kind: 'Node', metadata: { name: 'node-a' }, status: { capacity: { pods: '110', cpu: '2' } } };
    const quota = { kind: 'ResourceQuota', status: { hard: { pods: '1k' }, used: { pods: '12' } } };
    expect(namesIn(node, quota)).toEqual(['node-a']);
  });

  it('are those of Pods that facts write with their Namespace, whatever they look like', () => {
    expect(namesIn({ facts: { pods: ['shop/110', 'cart'] } })).toEqual(['shop', '110', 'cart']);
  });
});
