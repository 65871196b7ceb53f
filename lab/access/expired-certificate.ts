import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { NEW_KEY } from '../cluster/certificates.ts';
import { type Lab, pki } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';

/** A client certificate of the right authority whose time is over. Only `openssl ca` sets an end in the past. */
export async function expiredCertificate(lab: Lab): Promise<Record<string, string>> {
  const folder = pki(lab, 'expired');
  await mkdir(folder, { recursive: true });
  const file = (name: string) => `${folder}/${name}`;
  await Promise.all([
    writeFile(file('index.txt'), ''),
    writeFile(file('serial'), '1000\n'),
    writeFile(
      file('ca.conf'),
      [
        '[ca]',
        'default_ca = lab',
        '[lab]',
        `database = ${file('index.txt')}`,
        `serial = ${file('serial')}`,
        `new_certs_dir = ${folder}`,
        'default_md = sha256',
        'policy = any',
        '[any]',
        'organizationName = optional',
        'commonName = supplied',
        '',
      ].join('\n'),
    ),
  ]);
  const subject = '/O=system:masters/CN=expired';
  await must(['openssl', 'req', '-new', ...NEW_KEY, '-keyout', file('key'), '-out', file('csr'), '-subj', subject]);
  const dates = ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'];
  const authority = ['-cert', pki(lab, 'ca.crt'), '-keyfile', pki(lab, 'ca.key')];
  const ca = ['openssl', 'ca', '-batch', '-notext', '-config', file('ca.conf'), ...authority, ...dates];
  await must([...ca, '-in', file('csr'), '-out', file('crt')]);
  const [cert, key] = await Promise.all(['crt', 'key'].map((name) => readFile(file(name), 'base64')));
  return { 'client-certificate-data': cert ?? '', 'client-key-data': key ?? '' };
}
