import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listContexts, loadTarget } from '../../../src/ports/live/kubeconfig.js';
import type { KubeconfigFlags } from '../../../src/ports/live/pick-context.js';
import { temporaryFolder } from '../../support/temporary.js';
import { type Certificates, makeCertificates } from './imitation/certificates.js';

const shop = `
current-context: shop
contexts:
- {name: shop, context: {cluster: shop, user: cashier, namespace: checkout}}
- {name: warehouse, context: {cluster: warehouse}}
clusters:
- {name: shop, cluster: {server: "https://api.shop.example:6443"}}
- {name: warehouse, cluster: {server: "http://127.0.0.1:8080", insecure-skip-tls-verify: true}}
users:
- {name: cashier, user: {token: first}}
- {name: owner, user: {username: owner, password: "a:b", as: auditor, as-groups: [books], as-uid: u1, as-user-extra: {shop.example/till: ["1"]}}}
`;

const write = async (files: Record<string, string>) => {
  const home = await temporaryFolder();
  await mkdir(join(home, '.kube'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text);
  return home;
};

const load = async (text: string, flags: KubeconfigFlags = {}) => {
  const home = await write({ '.kube/config': text });
  return loadTarget(flags, { env: {}, home });
};

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

describe('choosing', () => {
  it('takes the current context of ~/.kube/config', async () => {
    const target = await load(shop);
    expect(target).toMatchObject({ context: 'shop', cluster: 'shop', user: 'cashier', namespace: 'checkout' });
    expect(target.server.href).toBe('https://api.shop.example:6443/');
    expect(target.login).toEqual({ kind: 'token', token: 'first' });
    expect(target.tls.rejectUnauthorized).toBe(true);
  });

  it('follows --context, --user and -n, and allows a context without a user and a plain http server', async () => {
    const target = await load(shop, { context: 'warehouse', namespace: 'payments' });
    expect(target).toMatchObject({ cluster: 'warehouse', user: null, namespace: 'payments', login: { kind: 'none' } });
    expect(target.tls.rejectUnauthorized).toBe(false);
    expect(target.server.protocol).toBe('http:');
    expect(await load(shop, { user: 'owner' })).toMatchObject({
      login: { kind: 'basic', username: 'owner', password: 'a:b' },
    });
  });

  it('works with --cluster alone where no context is selected', async () => {
    const target = await load(shop.replace('current-context: shop', ''), { cluster: 'warehouse', user: 'cashier' });
    expect(target).toMatchObject({ context: null, cluster: 'warehouse', user: 'cashier', namespace: 'default' });
  });

  it('impersonates as the file says, and as the flags say where there are any', async () => {
    expect((await load(shop, { user: 'owner' })).impersonate).toEqual({
      'Impersonate-User': 'auditor',
      'Impersonate-Group': ['books'],
      'Impersonate-Uid': 'u1',
      'Impersonate-Extra-shop.example%2Ftill': ['1'],
    });
    expect((await load(shop, { user: 'owner', as: 'clerk', asGroups: ['tills'] })).impersonate).toEqual({
      'Impersonate-User': 'clerk',
      'Impersonate-Group': ['tills'],
    });
  });

  it('lists the contexts', async () => {
    const home = await write({ '.kube/config': shop });
    expect(await listContexts({}, { env: {}, home })).toEqual({ names: ['shop', 'warehouse'], current: 'shop' });
  });
});

describe('several files', () => {
  it('lets the first one win, and passes over what is missing or empty', async () => {
    const second = shop.replace('current-context: shop', 'current-context: warehouse').replace('first', 'second');
    const home = await write({ one: shop, two: second, empty: ' \n' });
    const env = { KUBECONFIG: ['gone', 'empty', 'one', 'two'].map((name) => join(home, name)).join(':') };
    expect(await loadTarget({}, { env, home })).toMatchObject({ context: 'shop', login: { token: 'first' } });
  });

  it('puts a context of one file together with a cluster of another', async () => {
    const [contexts = '', clusters = ''] = [
      shop.slice(0, shop.indexOf('clusters:')),
      shop.slice(shop.indexOf('clusters:')),
    ];
    const home = await write({ one: contexts, two: clusters });
    const env = { KUBECONFIG: `${join(home, 'one')}:${join(home, 'two')}` };
    expect((await loadTarget({}, { env, home })).server.host).toBe('api.shop.example:6443');
  });
});

describe('paths', () => {
  it('resolves the files of a user against the folder of the kubeconfig', async () => {
    const text = shop.replace('{token: first}', '{tokenFile: till/token}');
    const home = await write({ '.kube/config': text });
    const target = await loadTarget({}, { env: {}, home });
    expect(target.login).toMatchObject({ kind: 'token-file', file: join(home, '.kube/till/token') });
  });

  it.each([
    ['./bin/login', (home: string) => join(home, '.kube/bin/login')],
    ['/opt/login', () => '/opt/login'],
    ['login', () => 'login'],
  ])('resolves the plugin %s only when it is a relative path', async (command, expected) => {
    const text = shop.replace(
      '{token: first}',
      `{exec: {apiVersion: client.authentication.k8s.io/v1, command: ${command}}}`,
    );
    const home = await write({ '.kube/config': text });
    const target = await loadTarget({}, { env: {}, home });
    expect(target.login).toMatchObject({ kind: 'plugin', plugin: { command: expected(home) } });
  });
});

describe('what is wrong is said in one sentence', () => {
  const cases: [string, string, KubeconfigFlags, string, RegExp][] = [
    ['broken YAML', 'clusters:\n  - name: "shop\n', {}, 'broken', /config:\d+:\d+: /],
    ['a key twice', 'users: []\nusers: []\n', {}, 'broken', /config:2:1: /],
    [
      'a number for a text',
      'users:\n- name: cashier\n  user:\n    token: 42\n',
      {},
      'broken',
      /config:4:12: users\.0\.user\.token: /,
    ],
    ['a name twice', `${shop}- {name: owner, user: {}}\n`, {}, 'broken', /config:\d+:3: users\.2: the name "owner"/],
    ['a list', '- shop\n', {}, 'broken', /config:1:1: /],
    ['a wrong context', shop, { context: 'shpo' }, 'unknown-context', /no context "shpo"\. Did you mean shop\?/],
    ['a far context', shop, { context: 'bakery' }, 'unknown-context', /Known: shop, warehouse\./],
    ['a wrong cluster', shop, { cluster: 'ware' }, 'unknown-cluster', /Did you mean warehouse\?/],
    ['a wrong user', shop, { user: 'casheir' }, 'unknown-user', /Did you mean cashier\?/],
    ['no context', shop.replace('current-context: shop', ''), {}, 'no-context', /known: shop, warehouse/],
    [
      'no server',
      shop.replace('server: "https://api.shop.example:6443"', ''),
      {},
      'bad-server',
      /has no server address/,
    ],
    ['a server without scheme', shop.replace('https://api', 'api'), {}, 'bad-server', /is not an http/],
    ['a proxy of an unknown kind', shop.replace('6443"', '6443", proxy-url: "ftp://x"'), {}, 'bad-proxy', /proxy-url/],
    [
      'an authority that is no PEM',
      shop.replace('6443"', '6443", certificate-authority-data: c2hvcA=='),
      {},
      'bad-certificate',
      /not PEM/,
    ],
    [
      'an authority that is not there',
      shop.replace('6443"', '6443", certificate-authority: gone.pem'),
      {},
      'bad-certificate',
      /gone\.pem \(ENOENT\)/,
    ],
    ['nothing', '', {}, 'no-cluster', /nothing was found in .*config/],
  ];
  it.each(cases)('%s', async (_, text, flags, code, words) => {
    const problem = await problemOf(load(text, flags));
    expect(problem?.code).toBe(code);
    expect(problem?.message).toMatch(words);
  });

  it('a named file has to exist', async () => {
    const problem = await problemOf(loadTarget({ kubeconfig: '/gone/config' }, { env: {}, home: '/gone' }));
    expect(problem).toMatchObject({ code: 'not-found', message: expect.stringContaining('/gone/config') });
  });

  it('a folder in the place of the file', async () => {
    const home = await temporaryFolder();
    expect(await problemOf(loadTarget({ kubeconfig: home }, { env: {}, home }))).toMatchObject({ code: 'unreadable' });
  });
});

describe('certificates', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('prefers data that stands in the file', async () => {
    const text = shop
      .replace(
        '6443"',
        `6443", certificate-authority: gone.pem, certificate-authority-data: ${base64(certificates.ca)}`,
      )
      .replace(
        'token: first',
        `client-certificate-data: ${base64(certificates.client.cert)}, client-key-data: ${base64(certificates.client.key)}`,
      );
    const { tls } = await load(text);
    expect(tls).toMatchObject({ ca: certificates.ca, ...certificates.client });
  });

  it('refuses a certificate whose key is missing or of another', async () => {
    const cert = `client-certificate-data: ${base64(certificates.client.cert)}`;
    const lonely = await problemOf(load(shop.replace('token: first', cert)));
    expect(lonely).toMatchObject({ code: 'bad-certificate', message: expect.stringContaining('one is missing') });
    const other = `${cert}, client-key-data: ${base64(certificates.server.key)}`;
    expect(await problemOf(load(shop.replace('token: first', other)))).toMatchObject({ code: 'bad-certificate' });
  });
});

it('uses the service account inside a pod, when no file says anything', async () => {
  const home = await write({ token: 'till', namespace: 'payments\n', 'ca.crt': makeCertificates().ca });
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
  const target = await loadTarget({}, { env, home, serviceAccount: home });
  expect(target).toMatchObject({ context: 'in-cluster', namespace: 'payments', login: { kind: 'token-file' } });
  expect(target.server.href).toBe('https://[fd00::1]/');
});
