import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseServedCertificate, servedCertificateSchema } from '../../../src/parse/ingress/served-certificate.js';
import { recorded } from '../recorded.js';

const read = (name: string) => parseServedCertificate(recorded('ingress-nginx', `cert-${name}`));

describe('the certificate that a server shows', () => {
  it('reads names, dates and whether they fit', () => {
    const fits = read('fits');
    expect(fits).toMatchObject({ shown: true, fits: true, names: ['cart.shop.example', '*.shop.example'] });
    expect((fits.until ?? 0) - (fits.from ?? 0)).toBe(30 * 86_400_000);
    expect(read('other')).toMatchObject({ shown: true, fits: false });
    expect(read('own').subject).toContain('Kubernetes Ingress Controller Fake Certificate');
  });

  it('says why there is none', () => {
    expect(read('plain')).toMatchObject({ shown: false, words: expect.stringMatching(/wrong version|packet length/) });
    expect(read('refused')).toMatchObject({ shown: false, words: expect.stringMatching(/refused/) });
  });

  it('takes any text', () => {
    const whole = recorded('ingress-nginx', 'cert-fits');
    const torn = fc.tuple(fc.nat(whole.length), fc.string()).map(([at, more]) => whole.slice(0, at) + more);
    fc.assert(
      fc.property(fc.oneof(fc.string(), torn), (text) => {
        servedCertificateSchema.parse(parseServedCertificate(text));
      }),
    );
  });
});
