import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/served-certificate-fits-the-host.js';
import { looking } from '../look.js';
import { answering, cluster, controller, front, toFront, wantsTls } from './front.js';

const look = looking(step, 'served-certificate-fits-the-host');
const secure = front({ spec: wantsTls });
// The certificate was made when it was recorded, for thirty days.
const recordedAt = Date.parse('2026-11-22T00:00:00Z');
const shown = (door: string, at = recordedAt) => ({ pod: answering({ door }), clock: { now: () => at } });
const day = 86_400_000;

describe('served-certificate-fits-the-host', () => {
  it.each([
    ['fits', cluster(secure), shown('cert-fits')],
    ['no-tls', cluster(), {}],
    ['controllers-own', cluster(secure), shown('cert-own')],
    ['other-names', cluster(secure), shown('cert-other')],
    ['expired', cluster(secure), shown('cert-fits', recordedAt + 60 * day)],
    ['not-yet-valid', cluster(secure), shown('cert-fits', recordedAt - 60 * day)],
    ['handshake-fails', cluster(secure), shown('cert-plain')],
    ['handshake-fails', cluster(secure), shown('cert-refused')],
    ['not-asked', cluster(secure, { pods: [controller('controller-1', false)] }), {}],
    ['not-asked', {}, {}],
  ])('%s', async (outcome, objects, answers) => {
    const seen = await look(objects, { flow: toFront, answers });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares, names what is shown, and never a Secret', async () => {
    const seen = await look(cluster(secure), { flow: toFront, answers: shown('cert-own') });
    expect(seen.used).toEqual(step.reads);
    expect(seen.facts).toMatchObject({ secret: 'cart-tls', subject: expect.stringContaining('Fake Certificate') });
  });

  it('takes a certificate by a wildcard for a good one', async () => {
    const wild = await look(cluster(secure), { flow: toFront, answers: shown('cert-fits') });
    expect(wild.facts).toMatchObject({ names: ['cart.shop.example', '*.shop.example'] });
  });
});
