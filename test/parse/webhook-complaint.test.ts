import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replyWord, replyWords } from '../../src/parse/api-server-reply.js';
import { webhookComplaint } from '../../src/parse/webhook-complaint.js';

const real =
  'Error creating: Internal error occurred: failed calling webhook "pods.guard.example": failed to call webhook: Post "https://guard.shop.svc:443/validate?timeout=10s": dial tcp 10.96.20.1:443: connect: connection refused';

it('reads whose webhook did not answer, and how', () => {
  expect(webhookComplaint(real)).toEqual({
    ...{ webhook: 'pods.guard.example', service: 'guard', namespace: 'shop' },
    said: 'dial tcp 10.96.20.1:443: connect: connection refused',
  });
});

it('takes no other failure for one of a webhook', () => {
  expect(webhookComplaint('Error creating: pods "till" is forbidden: exceeded quota')).toBeUndefined();
  expect(webhookComplaint('admission webhook "pods.guard.example" denied the request: no')).toBeUndefined();
});

it('answers whatever an event may say', () => {
  const cut = fc
    .tuple(fc.nat(real.length), fc.nat(real.length), fc.string())
    .map(([from, to, more]) => real.slice(0, from) + more + real.slice(to));
  fc.assert(
    fc.property(fc.oneof(cut, fc.string({ maxLength: 4000 })), (text) => {
      const found = webhookComplaint(text);
      expect(replyWords).toContain(replyWord(found?.said ?? text));
    }),
  );
  expect(webhookComplaint('failed calling webhook "'.repeat(100_000))).toBeUndefined();
});
