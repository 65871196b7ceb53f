import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/ingress-answers-the-client.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { cluster, controller, front, host, said, toFront, wantsTls } from './front.js';

const look = looking(step, 'ingress-answers-the-client');
const by = (tool: string, name: string) => ran(recorded(tool, name), { tool: tool === 'curl' ? 'curl' : 'nc' });

describe('ingress-answers-the-client', () => {
  // A body that is too large is told by `door-answer.test.ts`: too-large, not-http, unreachable, server-error.
  it.each([
    ['answers', said('get-answers')],
    ['redirects', said('get-redirects')],
    ['not-found', said('get-unknown')],
    ['bad-request', said('get-bad')],
    ['bad-gateway', said('get-refused')],
    ['unavailable', said('get-unavailable')],
    ['gateway-timeout', said('get-slow')],
    ['refused', by('curl', 'http-refused')],
    ['times-out', by('curl', 'http-timeout')],
    ['resets', by('curl', 'http-reset')],
    ['accepts-but-silent', by('curl', 'http-silent')],
    ['not-http', by('curl', 'http-not-http')],
  ])('%s', async (outcome, run) => {
    const seen = await look(cluster(), { flow: toFront, answers: { pod: () => run } });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
    expect(seen.facts).toMatchObject({ host, address: '10.96.9.9', 'door-port': 80, owner: 'svc/doors/controller' });
  });

  it.each([
    ['without an Ingress', {}],
    ['without a controller', cluster(front(), { pods: [] })],
  ])('is not-tried %s', async (_, objects) => {
    const seen = await look(objects, { flow: toFront });
    expect(seen.outcome).toBe('not-tried');
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('says some-fail where a part of the tries does', async () => {
    const both = ran(`${recorded('ingress-nginx', 'get-answers')}\n${recorded('ingress-nginx', 'get-refused')}`, {
      tool: 'curl',
    });
    const seen = await look(cluster(), { flow: toFront, answers: { pod: () => both } });
    expect(seen).toMatchObject({
      outcome: 'some-fail',
      facts: { statuses: [200, 502], classes: { 'bad-gateway': 3 } },
    });
  });

  it('asks the Pod itself where no Service leads to the controller, with the name of the host', async () => {
    const asked: unknown[] = [];
    const pod = (_: string, args: object) => {
      asked.push(args);
      return said('get-redirects');
    };
    const objects = cluster(front({ spec: wantsTls }), { services: [], pods: [controller()] });
    const seen = await look(objects, { flow: toFront, answers: { pod } });
    expect(asked).toEqual([expect.objectContaining({ host: '10.244.1.2', port: 80, hostHeader: host })]);
    // An Ingress that wants TLS sends plain requests there: no alarm.
    expect(seen.result).toBe('pass');
  });
});
