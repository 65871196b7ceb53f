import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../fixtures/certificates', name), 'utf8');
const pair = (name: string) => ({ cert: read(`${name}.pem`), key: read(`${name}.key`) });

/**
 * A certificate authority of our own, a server certificate for 127.0.0.1 and api.shop.example, and a client's, as
 * PEM text. Made once with openssl for a hundred years and kept, so that the tests need no openssl.
 */
export const makeCertificates = () => ({ ca: read('ca.pem'), server: pair('server'), client: pair('cashier') });
export type Certificates = ReturnType<typeof makeCertificates>;
