import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/controller-serves-the-ingress.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answering, cluster, controller, front, host, said, toFront, wantsTls } from './front.js';

const look = looking(step, 'controller-serves-the-ingress');
const outside = { ...toFront, from: { kind: 'outside' } } as const;

describe('controller-serves-the-ingress', () => {
  // Of the same words as ingress-answers-the-client: too-large, server-error, unreachable, times-out, resets, not-http.
  it.each([
    ['answers', said('get-answers')],
    ['redirects', said('get-redirects')],
    ['not-found', said('get-unknown')],
    ['bad-request', said('get-bad')],
    ['bad-gateway', said('get-header')],
    ['unavailable', said('get-unavailable')],
    ['gateway-timeout', said('get-lost')],
    ['accepts-but-silent', said('get-proxy')],
    ['refused', ran(recorded('curl', 'http-refused'), { tool: 'curl' })],
  ])('%s', async (outcome, run) => {
    const seen = await look(cluster(), { flow: outside, answers: { pod: () => run } });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
    expect(seen.facts).toMatchObject({ host, address: '10.244.1.2', 'controller-name': 'controller-1' });
  });

  it('says some-fail where a part of the tries does', async () => {
    const both = ran(`${recorded('ingress-nginx', 'get-answers')}\n${recorded('ingress-nginx', 'get-early')}`, {
      tool: 'curl',
    });
    expect(await look(cluster(), { flow: outside, answers: { pod: () => both } })).toMatchObject({
      outcome: 'some-fail',
    });
  });

  it('asks by TLS where the Ingress wants it, whatever the certificate', async () => {
    const seen = await look(cluster(front({ spec: wantsTls })), { flow: outside, answers: { pod: answering({}) } });
    expect(seen).toMatchObject({ outcome: 'answers', facts: { scheme: 'https', 'door-port': 443 } });
  });

  it('is not-tried without a Pod that takes requests', async () => {
    const seen = await look(cluster(front(), { pods: [controller('controller-1', false)] }), { flow: outside });
    expect(seen.outcome).toBe('not-tried');
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });
});
