import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority of our own, a server certificate for 127.0.0.1 and api.shop.example, and a client's. PEM text. */
export const makeCertificates = () => {
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=shop-ca');
  const sign = (name: string, extension: string) => {
    writeFileSync(join(folder, `${name}.ext`), extension);
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const into = ['-out', `${name}.pem`, '-days', '2', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', ...into);
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  try {
    const server = sign('server', 'subjectAltName=IP:127.0.0.1,DNS:api.shop.example');
    return { ca: read('ca.pem'), server, client: sign('cashier', 'extendedKeyUsage=clientAuth') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
export type Certificates = ReturnType<typeof makeCertificates>;
