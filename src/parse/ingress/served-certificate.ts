import { z } from 'zod';

export const servedCertificateSchema = z.strictObject({
  /** False where the handshake ended without one; `words` says how. */
  shown: z.boolean(),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  /** Milliseconds since the epoch. */
  from: z.number().optional(),
  until: z.number().optional(),
  /** Whether it names whom the client asked for; absent where the program did not say. */
  fits: z.boolean().optional(),
  words: z.string(),
});
export type ServedCertificate = z.infer<typeof servedCertificateSchema>;

const line = (text: string, key: string): string =>
  new RegExp(`^${key}=\\s{0,3}(.{0,400})`, 'm').exec(text)?.[1]?.trim() ?? '';

// "notAfter=Dec 21 17:25:18 2026 GMT"
const time = (text: string, key: string): number | undefined => {
  const at = Date.parse(line(text, key));
  return Number.isNaN(at) ? undefined : at;
};

// "    DNS:cart.example, DNS:*.shop.example, IP Address:192.0.2.7"
const namesIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((one) => /^\s{1,12}(DNS|IP Address|IP|email|URI):/.test(one))
    .flatMap((one) => one.split(','))
    .map((one) => one.trim().replace(/^(DNS|IP Address|IP|email|URI):/, ''))
    .slice(0, 50);

// "Hostname cart.example does match certificate", or "does NOT match"
const fitsIn = (text: string): boolean | undefined => {
  const found = /^Hostname \S{1,253} does (NOT )?match certificate/m.exec(text);
  return found ? found[1] === undefined : undefined;
};

/** What `openssl x509` says of the certificate that a handshake showed. */
export const parseServedCertificate = (text: string): ServedCertificate => {
  const [from, until, fits] = [time(text, 'notBefore'), time(text, 'notAfter'), fitsIn(text)];
  return {
    shown: /^subject=/m.test(text),
    subject: line(text, 'subject'),
    issuer: line(text, 'issuer'),
    names: namesIn(text),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(fits !== undefined && { fits }),
    words: /^nothing (.{0,300})/m.exec(text)?.[1]?.trim() ?? '',
  };
};
