import { expect, it } from 'vitest';
import { understood } from '../../src/domain/understood.js';

const series = { of: 3, unread: 0, tries: [{ message: '' }] };

it('passes on a series that says something', () => expect(understood(series)).toBe(series));
it.each([
  ['tool-missing', { of: 0, unread: 1, tries: [{ message: 'sh: nc: not found' }] }],
  ['lost', { of: 0, unread: 0, tries: [] }],
])('cannot look: %s', (code, empty) => expect(() => understood(empty)).toThrow(expect.objectContaining({ code })));
