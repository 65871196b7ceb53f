import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/backends-answer-the-controller.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { endpoint, slice } from '../shop.js';
import { answering, cluster, front, said, toFront } from './front.js';

const look = looking(step, 'backends-answer-the-controller');
const told = (key: string, value: string) =>
  cluster(front({ annotations: { [`nginx.ingress.kubernetes.io/${key}`]: value } }));
const curl = (name: string) => ran(recorded('curl', name), { tool: 'curl' });
const always = (run: ReturnType<typeof ran>) => ({ pod: () => run });

describe('backends-answer-the-controller', () => {
  it.each([
    ['answer', cluster(), always(said('get-answers'))],
    ['answer', cluster(), always(said('get-redirects'))],
    ['answer-with-errors', cluster(), always(said('get-unknown'))],
    ['silent', cluster(), always(curl('http-silent'))],
    ['refuse', cluster(), always(curl('http-refused'))],
    ['time-out', cluster(), always(curl('http-timeout'))],
    [
      'fail',
      cluster(),
      { pod: (query: string) => (query === 'https-get' ? said('https-refused') : curl('http-not-http')) },
    ],
    ['slow', told('proxy-read-timeout', '1'), always(said('get-slow-backend'))],
    ['speak-plain', told('backend-protocol', 'HTTPS'), always(said('get-answers'))],
    // A server of TLS that is asked in plain says 400.
    ['speak-tls', cluster(), { pod: answering({ backend: 'get-bad' }) }],
    ['answer', told('backend-protocol', 'HTTPS'), { pod: answering({ backend: 'get-bad' }) }],
    ['none-to-try', cluster(front(), { endpointslices: [] }), always(said('get-answers'))],
    ['none-to-try', {}, {}],
  ])('%s', async (outcome, objects, answers) => {
    const seen = await look(objects, { flow: toFront, answers });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('says some-fail, names which, and reads what it declares', async () => {
    const [good, bad] = [endpoint('cart-1'), endpoint('cart-2', { addresses: ['10.244.2.9'] })];
    const pod = (_: string, args: { host?: unknown }) =>
      args.host === '10.244.2.9' ? curl('http-refused') : said('get-answers');
    const objects = cluster(front(), { endpointslices: [slice([good, bad])] });
    const seen = await look(objects, { flow: toFront, answers: { pod } });
    expect(seen).toMatchObject({ outcome: 'some-fail', facts: { failing: ['10.244.2.9:8080'] } });
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
  });

  it('blames nobody for a 404 of the application behind a rewrite', async () => {
    const objects = told('rewrite-target', '/');
    expect(await look(objects, { flow: toFront, answers: always(said('get-unknown')) })).toMatchObject({
      result: 'unsure',
    });
  });
});
