import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiUnavailable } from '../../../src/ports/live/api-unavailable.js';
import { createCredentials } from '../../../src/ports/live/credentials.js';
import type { ExecConfig } from '../../../src/ports/live/kubeconfig-schema.js';
import type { Login } from '../../../src/ports/live/login.js';
import { temporaryFolder } from '../../support/temporary.js';
import { json, startApi, status } from './imitation/api.js';
import { never, targetAt, wire } from './imitation/target.js';

const apiVersion = 'client.authentication.k8s.io/v1';

/** A plugin that counts how often it ran, writes down what it was told, and answers with `credential`. */
const plugin = async (script: string, more: Partial<ExecConfig> = {}) => {
  const folder = await temporaryFolder();
  const command = join(folder, 'login');
  await writeFile(
    command,
    `#!/bin/sh\necho run >> '${folder}/runs'\nprintf '%s' "$KUBERNETES_EXEC_INFO" > '${folder}/info'\n${script}\n`,
  );
  await chmod(command, 0o755);
  const runs = async () => (await readFile(join(folder, 'runs'), 'utf8')).split('\n').length - 1;
  const info = async () => JSON.parse(await readFile(join(folder, 'info'), 'utf8')) as unknown;
  return { login: { kind: 'plugin', plugin: { apiVersion, command, ...more } } as const, runs, info };
};

const credential = (statusOf: object) =>
  `cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion, status: statusOf })}\nEND`;

const credentialsFor = (login: Login, { now = Date.now, interactive = false, patience = 5_000 } = {}) =>
  createCredentials(targetAt('https://api.shop.example', { login }), {
    ...{
      env: process.env,
      now,
      patience,
      interactive: () => interactive,
      cleanText: (text) => text.replaceAll('\u001b', ''),
    },
  });
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ApiUnavailable,
  );

describe('a credential plugin', () => {
  it('runs once for five that ask at the same time, and is not asked again without need', async () => {
    const { login, runs } = await plugin(credential({ token: 'till' }));
    const credentials = credentialsFor(login);
    const five = await Promise.all(Array.from({ length: 5 }, () => credentials.current()));
    expect(five).toEqual(Array(5).fill({ authorization: 'Bearer till' }));
    await credentials.current();
    expect(await runs()).toBe(1);
  });

  it('runs again once its credential has ended, and not before', async () => {
    let now = Date.parse('2026-11-20T10:00:00Z');
    const { login, runs } = await plugin(credential({ token: 'till', expirationTimestamp: '2026-11-20T10:05:00Z' }));
    const credentials = credentialsFor(login, { now: () => now });
    await credentials.current();
    now += 299_000;
    await credentials.current();
    expect(await runs()).toBe(1);
    now += 1_000;
    await credentials.current();
    expect(await runs()).toBe(2);
  });

  it('runs again after the API refused what it gave, once per request', async () => {
    const { login, runs } = await plugin(credential({ token: 'till' }));
    const api = await startApi((_, response) => json(response, 401, status(401, 'Unauthorized', 'Unauthorized')));
    const { kube } = wire(targetAt(api.url, { login }));
    expect(await refused(kube.version({ port: 'kube', verb: 'version' }, never))).toMatchObject({
      why: 'unauthenticated',
    });
    expect(await runs()).toBe(2);
    expect(api.asked).toHaveLength(2);
  });

  it('may hand out a client certificate', async () => {
    const { login } = await plugin(credential({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }));
    expect(await credentialsFor(login).current()).toMatchObject({ cert: 'CERT', key: 'KEY' });
  });

  it('is told about the cluster when it wants to be, with its own environment', async () => {
    const { login, info } = await plugin(
      'printf \'{"kind":"ExecCredential","apiVersion":"%s","status":{"token":"%s"}}\' "$API" "$TILL"',
      {
        provideClusterInfo: true,
        env: [
          { name: 'TILL', value: 'seven' },
          { name: 'API', value: apiVersion },
        ],
      },
    );
    expect(await credentialsFor(login).current()).toEqual({ authorization: 'Bearer seven' });
    expect(await info()).toMatchObject({
      apiVersion,
      spec: { interactive: false, cluster: { server: 'https://api.shop.example/' } },
    });
  });

  it.each([
    ['is not installed', 'no-such-login-program', '', /is not installed\. Install the till tools\./],
    [
      'fails',
      undefined,
      'echo "\u001b[31msession expired" >&2; exit 3',
      /exit code 3: .*session expired.* Install the till tools\./,
    ],
    ['prints no credential', undefined, 'echo hello', /did not print an ExecCredential/],
    [
      'prints one of another version',
      undefined,
      credential({ token: 'x' }).replace(apiVersion, 'client.authentication.k8s.io/v2'),
      /did not print/,
    ],
  ])('that %s is explained, with its hint', async (_, command, script, words) => {
    const { login } = await plugin(script, { installHint: 'Install the till tools.' });
    const wanted = command === undefined ? login : { ...login, plugin: { ...login.plugin, command } };
    const error = await refused(credentialsFor(wanted).current());
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden', why: 'unauthenticated' });
    expect(error?.message).toMatch(words);
    expect(error?.message).not.toContain('\u001b');
  });

  it('that fails is tried again the next time', async () => {
    const { login, runs } = await plugin('exit 1');
    const credentials = credentialsFor(login);
    await refused(credentials.current());
    await refused(credentials.current());
    expect(await runs()).toBe(2);
  });

  it('that hangs is given up', async () => {
    const { login } = await plugin('exec sleep 60');
    expect((await refused(credentialsFor(login, { patience: 100 }).current()))?.message).toMatch(/no answer in time/);
  });

  it('that has to ask a person needs one', async () => {
    const { login } = await plugin('exit 1', { interactiveMode: 'Always' });
    expect((await refused(credentialsFor(login).current()))?.message).toMatch(/there is no terminal/);
  });
});

describe('a token file', () => {
  it('is read again after a minute, for tokens are replaced', async () => {
    const file = join(await temporaryFolder(), 'token');
    let now = 0;
    const credentials = credentialsFor({ kind: 'token-file', file, fallback: undefined }, { now: () => now });
    await writeFile(file, 'first\n');
    expect(await credentials.current()).toMatchObject({ authorization: 'Bearer first' });
    await writeFile(file, 'second\n');
    now = 59_000;
    expect(await credentials.current()).toMatchObject({ authorization: 'Bearer first' });
    now = 60_000;
    expect(await credentials.current()).toMatchObject({ authorization: 'Bearer second' });
  });

  it('falls back to the token beside it, and is explained where there is none', async () => {
    const file = '/gone/token';
    expect(await credentialsFor({ kind: 'token-file', file, fallback: 'till' }).current()).toMatchObject({
      authorization: 'Bearer till',
    });
    expect(await refused(credentialsFor({ kind: 'token-file', file, fallback: undefined }).current())).toMatchObject({
      why: 'unauthenticated',
    });
  });
});

it('sends user name and password as basic authentication', async () => {
  const { authorization } = await credentialsFor({ kind: 'basic', username: 'owner', password: 'a:b' }).current();
  expect(Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()).toBe('owner:a:b');
});

it('takes the token of OpenID Connect through the older provider', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ exp: 4_000_000_000 })}.x`;
  const provider = {
    name: 'oidc',
    config: { 'id-token': token, 'client-id': 'shop', 'idp-issuer-url': 'https://login.shop.example' },
  };
  expect(await credentialsFor({ kind: 'provider', provider }).current()).toMatchObject({
    authorization: `Bearer ${token}`,
  });
  const empty = { name: 'oidc', config: {} };
  expect(await refused(credentialsFor({ kind: 'provider', provider: empty }).current())).toMatchObject({
    why: 'unauthenticated',
  });
}, 20_000);
