import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, rulesDigest } from '../../src/clean/redact.js';
import { sanitise } from '../../src/clean/sanitise.js';
import { CANARIES, EVIDENCE } from './canaries.js';

const salt = 'a salt of one bundle';
const usual = () => createRedactor({ profile: 'default', salt });

describe('default profile', () => {
  it.each(CANARIES)('masks: %s', (_, text, ...secrets) => {
    const redactor = usual();
    const masked = redactor.text(text);
    for (const secret of secrets) expect(masked).not.toContain(secret);
    expect(Object.values(redactor.counts()).length).toBeGreaterThan(0);
    expect(redactor.text(masked)).toBe(masked);
  });

  it.each(CANARIES)('masks it among evidence and inside an object: %s', (_, text, ...secrets) => {
    const around = EVIDENCE.join('\n');
    const masked = usual().text(`${around}\n${text}\n${around}`);
    const value = JSON.stringify(usual().value({ items: [{ message: text }, text] }));
    for (const secret of secrets) {
      expect(masked).not.toContain(secret);
      expect(value).not.toContain(secret);
      expect(value).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
    expect(masked.startsWith(around)).toBe(true);
    expect(masked.endsWith(around)).toBe(true);
  });

  it.each(EVIDENCE)('keeps %s', (line) => {
    const redactor = usual();
    expect(redactor.text(line)).toBe(line);
    expect(redactor.text(JSON.stringify(line))).toBe(JSON.stringify(line));
    expect(redactor.counts()).toEqual({});
  });

  it('keeps what stands beside a secret', () => {
    const { text } = usual();
    expect(text('dial postgres://cart:canary@10.0.0.7:5432/cart')).toMatch(
      /^dial postgres:\/\/cart:<redacted:password:[0-9a-f]{4}>@10\.0\.0\.7:5432\/cart$/,
    );
    expect(text('password=canary host=10.0.0.7')).toMatch(/^password=<redacted:secret:[0-9a-f]{4}> host=10\.0\.0\.7$/);
    expect(text('< Set-Cookie: SESSION=canary; Path=/; HttpOnly')).toMatch(
      /^< Set-Cookie: SESSION=<redacted:cookie:[0-9a-f]{4}>; Path=\/; HttpOnly$/,
    );
    expect(text('{"password":"a","port":80}')).toMatch(/^\{"password":"<redacted:secret:[0-9a-f]{4}>","port":80\}$/);
    expect(text('(token=abc), 10.0.0.1')).toMatch(/^\(token=<redacted:secret:[0-9a-f]{4}>\), 10\.0\.0\.1$/);
    expect(text('auth:\n  password: |\n    canary\n  host: x')).toMatch(
      /^auth:\n {2}password: \|\n {4}<redacted:secret:[0-9a-f]{4}>\n {2}host: x$/,
    );
  });

  it('keeps JSON that it masks parseable', () => {
    const secret = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom('password', 'api_key', 'x-token', 'clientSecret'), secret, (name, value) => {
        const masked = JSON.parse(usual().text(JSON.stringify({ before: '10.0.0.1', [name]: value, after: 'cart' })));
        expect(masked).toMatchObject({ before: '10.0.0.1', after: 'cart' });
      }),
    );
  });

  it('masks generated values in every notation', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!#%*+=?^_~-]{8,24}$/).map((tail) => `Qz9${tail}9zQ`);
    const notation = fc.constantFrom<(value: string) => string>(
      (value) => `DB_PASSWORD=${value}`,
      (value) => `DB_PASSWORD=${value}\nHOST=cart`,
      (value) => `run API_TOKEN=${value} next`,
      (value) => `{"apiKey":"${value}"}`,
      (value) => JSON.stringify({ x: JSON.stringify({ y: JSON.stringify({ secret: value }) }) }),
      (value) => `  token: ${value}`,
      (value) => `  password: '${value}' # note`,
      (value) => `- name: X_SECRET\n  value: "${value}"`,
      (value) => `X-Auth-Token: ${value}`,
      (value) => `--password ${value}`,
      (value) => `Authorization: Bearer ${value}`,
    );
    fc.assert(
      fc.property(
        secret,
        notation,
        (value, write) =>
          void expect(usual().text(`10.0.0.1\n${write(value)}\n10.0.0.2`)).not.toContain(value.slice(0, 9)),
      ),
      { numRuns: 3000 },
    );
  });

  it('changes nothing the second time, and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(...CANARIES.map(([, text]) => text), ...EVIDENCE),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('password=', '"token":"', '\\"', '{', '|\n  ', 'Bearer ', '<redacted:jwt:00>'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('\n', ' ', '\n  '), (pieces, between) => {
        const once = usual().text(pieces.join(between));
        expect(usual().text(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves text without any shape of a secret alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.uuid(), fc.domain(), fc.stringMatching(/^[0-9a-f]{64}$/)), {
          maxLength: 30,
        }),
        (words) => void expect(usual().text(words.join(' '))).toBe(words.join(' ')),
      ),
    );
  });
});

describe('tokens', () => {
  it('are equal for equal values in one bundle and differ between bundles', () => {
    const { text } = usual();
    const [a, b, c] = ['token=alpha', 'x_token: alpha', 'token=beta'].map(
      (line) => /<redacted:[^>]+>/.exec(text(line))?.[0],
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(createRedactor({ profile: 'default', salt: 'another' }).text('token=alpha')).not.toBe(text('token=alpha'));
  });

  it('are counted by rule', () => {
    const redactor = usual();
    redactor.text('token=a1 x_token=b2');
    redactor.text('AKIAIOSFODNN7EXAMPLE');
    expect(redactor.counts()).toEqual({ 'cloud-key': 1, 'named-secret': 2 });
  });

  it('come from rules that a digest names', () => {
    expect(rulesDigest('default')).toMatch(/^[0-9a-f]{64}$/);
    expect(rulesDigest('default')).not.toBe(rulesDigest('strict'));
  });
});

describe('objects', () => {
  const pod = {
    kind: 'Pod',
    metadata: {
      name: 'cart-7d9f8c6b5-x2x4z',
      namespace: 'shop',
      uid: '0b5c7f1e-6e1b-4e6a-9b1a-2f4c8d7e6f5a',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"canary":1}',
        'cni.example/ips': '10.244.1.5',
      },
    },
    spec: {
      nodeName: 'node-1.shop.example',
      automountServiceAccountToken: true,
      imagePullSecrets: [{ name: 'registry' }],
      volumes: [{ name: 'tls', secret: { secretName: 'cart-tls' } }],
      containers: [
        {
          args: ['--db-password', 'canary', '--port', '80', '--api-token=canary'],
          env: [
            { name: 'DB_PASSWORD', value: 'canary' },
            { name: 'PIN_SECRET', value: 12345 },
            { name: 'TOKEN_SERVICE_HOST', value: '10.96.7.7' },
            { name: 'FROM', valueFrom: { secretKeyRef: { name: 'cart-db', key: 'password' } } },
            { name: 'DATABASE_URL', value: 'postgres://cart:canary@10.0.0.7/cart' },
          ],
          readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: 'canary' }] } },
        },
      ],
    },
    status: { podIP: '10.244.1.5', hostIP: '10.0.0.2', podIPs: [{ ip: '10.244.1.5' }, { ip: 'fd00:10:244::5' }] },
  };

  it('are masked by their structure and otherwise unchanged', () => {
    const masked = usual().value(pod);
    expect(JSON.stringify(masked)).not.toMatch(/canary|12345/);
    expect(masked.status).toEqual(pod.status);
    expect(masked.spec.volumes).toEqual(pod.spec.volumes);
    expect(masked.spec.automountServiceAccountToken).toBe(true);
    expect(masked.spec.imagePullSecrets).toEqual(pod.spec.imagePullSecrets);
    expect(masked.spec.containers[0]?.env.slice(2, 4)).toEqual(pod.spec.containers[0]?.env.slice(2, 4));
    expect({ ...masked.metadata, annotations: 0 }).toEqual({ ...pod.metadata, annotations: 0 });
    expect(usual().value(masked)).toEqual(masked);
  });

  it.each([
    { kind: 'Secret', data: { any: 'canary' }, stringData: { deep: { x: 'canary' } } },
    { kind: 'SecretList', items: [{ metadata: { name: 'a' }, data: { any: 'canary' } }] },
    { kind: 'List', items: [{ kind: 'Secret', data: { any: 'canary' } }] },
    { kind: 'ConfigMap', data: { 'db.password': 'canary', 'app.yaml': 'token: canary\nhost: cart' } },
    { headers: { Authorization: ['canary'], 'set-cookie': 'canary' } },
    {
      users: [
        {
          user: { token: 'canary', 'client-key-data': 'canary', exec: { env: [{ name: 'X_TOKEN', value: 'canary' }] } },
        },
      ],
    },
  ])('hides %j', (value) => {
    expect(JSON.stringify(usual().value(value))).not.toContain('canary');
  });

  it('keep evidence of every kind', () => {
    const value = { lines: [...EVIDENCE], map: Object.fromEntries(EVIDENCE.map((line) => [line, line])) };
    expect(usual().value(value)).toEqual(value);
  });

  it('of any form come back in the same form', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void usual().value(value)));
    expect(() => usual().value(JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)))).not.toThrow();
    expect(() =>
      createRedactor({ profile: 'strict', salt }).value(JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))),
    ).not.toThrow();
  });

  it('and sanitised text keep their masks', () => {
    const masked = usual().text('token=canary');
    expect(sanitise(masked)).toBe(masked);
  });
});
