import { describe, expect, it } from 'vitest';
import { CANARIES } from '../clean/canaries.js';
import { checkout, pod, service } from '../steps/shop.js';
import { filesBelow } from './support/home.js';
import { openShop } from './support/open-shop.js';
import { soundShop, wrongSelector } from './support/shop-objects.js';
import { shadowedTools } from './support/tool-folder.js';

const observable =
  /^GET \/(version$|apis$|api\/v1\/pods\?fieldSelector=status\.podIP%3D|api\/v1\/(namespaces|nodes|namespaces\/[^/]+\/(pods|services|endpoints|events|configmaps)(\/[^/]+(\/log)?)?|(namespaces|nodes)\/[^/]+)(\?|$)|apis\/(apps|batch|discovery\.k8s\.io|networking\.k8s\.io)\/v1\/namespaces\/[^/]+\/[a-z]+(\/[^/]+)?(\?|$)|apis\/policy\.networking\.k8s\.io\/v1alpha[12]\/[a-z]+networkpolicies(\?|$)|apis\/gateway\.networking\.k8s\.io\/v1\/httproutes\?)|^POST \/apis\/authorization\.k8s\.io\/v1\/selfsubjectrulesreviews$/;

describe('at level observe', () => {
  it.each([
    ['a fault', wrongSelector],
    ['a sound shop', soundShop],
  ])('%s: only reads that are allowed leave the program, and nothing is upgraded', async (_, objects) => {
    const shop = await openShop({ objects });
    await shop.triage();
    const sent = shop.api.asked.map(({ method, url }) => `${method} ${url}`);
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.filter((request) => !observable.test(request))).toEqual([]);
    expect(sent.filter((request) => /secrets|\/(exec|attach|portforward|proxy)\b/.test(request))).toEqual([]);
    expect(shop.api.asked.filter(({ headers }) => headers.upgrade !== undefined)).toEqual([]);
    expect(shop.api.upgrades).toEqual([]);
  });
});

const token = 'eyJhbGciOiJSUzI1NiIsImtpZCI6ImFiYyJ9.eyJpc3MiOiJrdWJlcm5ldGVzL2NhbmFyeSJ9.c2lnbmF0dXJlLWNhbmFyeQ';
const secrets = {
  env: 'canary-of-the-environment',
  annotation: 'canary-of-the-annotation',
  applied: 'canary-of-last-applied',
  status: 'canary-of-the-status',
  exec: 'canary-of-the-exec',
  argv: 'canary-of-the-command-line',
  kubeconfig: 'canary-of-the-kubeconfig',
  error: 'canary-of-the-error',
  url: 'canary-of-the-url',
  note: 'canary-of-the-note',
  key: 'canary+of+the+ssh+key',
  config: 'canary-of-the-config-map',
};
const env = [
  { name: 'DB_PASSWORD', value: secrets.env },
  { name: 'DATABASE_URL', value: `postgres://cart:${secrets.env}@db:5432/cart` },
];
const annotations = {
  'shop.example/api-token': `Bearer ${secrets.annotation}`,
  'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"password":"${secrets.applied}"}}`,
};
const containers = [{ name: 'web', env, ports: [{ containerPort: 8080 }] }];
const failing = {
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: `password=${secrets.status}` }],
  containerStatuses: [
    {
      ...{ name: 'web', ready: false, restartCount: 3 },
      state: { waiting: { reason: 'CrashLoopBackOff', message: `login failed: Authorization: Bearer ${token}` } },
      lastState: { terminated: { reason: 'Error', exitCode: 1, message: `DB_PASSWORD=${secrets.status}` } },
    },
  ],
};
const sshKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${secrets.key}\n-----END OPENSSH PRIVATE KEY-----`;
const withSecrets = {
  ...soundShop,
  configmaps: [
    {
      metadata: { namespace: 'kube-system', name: 'coredns' },
      data: { Corefile: `.:53 {\n  # password=${secrets.config}\n  forward . 192.0.2.53\n}\n` },
    },
  ],
  pods: [
    checkout({ metadata: { annotations }, spec: { nodeName: 'node-a', containers } }),
    pod('cart-1', {
      metadata: { namespace: 'shop', name: 'cart-1', labels: { app: 'cart' }, annotations },
      spec: { nodeName: 'node-a', containers },
      status: failing,
    }),
  ],
  services: [{ ...service(), metadata: { namespace: 'shop', name: 'cart', annotations } }],
};

const shown = (text: string, values: readonly string[]) => values.filter((value) => text.includes(value));

describe('secrets', () => {
  it('in objects, in what programs print and on the command line reach neither the folder nor the output', async () => {
    const output = `Authorization: Bearer ${token}\npassword=${secrets.exec}\n`;
    const shop = await openShop(
      { objects: withSecrets, ...(await shadowedTools(output)) },
      { token: secrets.kubeconfig },
    );
    const reason = `asked with token=${secrets.argv}`;
    const error = `Get "http://ops:${secrets.url}@cart.shop/": password=${secrets.error}: connection refused`;
    const ran = await shop.triage(['--level', 'probe', '--reason', reason, '--incident', 'INC-4821', '--error', error]);
    expect(ran.code).not.toBe(1);
    const noted = await shop.say(['session', 'note', '1', `tried X-Api-Key: ${secrets.error} with ${sshKey}`]);
    expect(noted.code).toBe(0);
    await shop.say(['session', 'note', '1', `Authorization: Basic ${secrets.note}`]);
    expect(shop.api.upgrades.length).toBeGreaterThan(1);
    const files = filesBelow(shop.home.session());
    expect(files.length).toBeGreaterThan(10);
    const values = [...Object.values(secrets), token];
    expect(shown(`${ran.stdout}${ran.stderr}`, values)).toEqual([]);
    expect(files.flatMap(({ path, text }) => shown(text, values).map((value) => `${value} in ${path}`))).toEqual([]);
    const masked = files.filter(({ text }) => text.includes('password=<redacted:')).map(({ path }) => path);
    expect(masked).toContainEqual(expect.stringContaining('universe/blobs'));
    // What was masked is named, so the text did pass by.
    expect(files.find(({ path }) => path.endsWith('redactions.json'))?.text).toMatch(/"count"/);
    for (const format of ['human', 'md', 'html', 'junit', 'sarif', 'ndjson']) {
      const told = await shop.say(['session', 'show', '1', '-o', format]);
      expect(shown(told.stdout, values)).toEqual([]);
    }
    for (const profile of ['default', 'strict']) {
      const into = `${shop.home.home}/for-others-${profile}`;
      expect(await shop.say(['session', 'redact', '1', '--redact', profile, '--into', into])).toMatchObject({
        code: 0,
      });
      const bundle = filesBelow(into);
      expect(bundle.filter(({ path }) => path.includes('universe/blobs')).length).toBeGreaterThan(10);
      expect(bundle.flatMap(({ path, text }) => shown(text, values).map((value) => `${value} in ${path}`))).toEqual([]);
    }
  });

  it('of every known form, printed by a program in the Pod, stay out of the folder', async () => {
    const told = CANARIES.map(([, text]) => text).join('\n\n');
    const shop = await openShop({ objects: soundShop, ...(await shadowedTools(told)) });
    await shop.triage(['--level', 'probe']);
    const files = filesBelow(shop.home.session());
    expect(shop.api.upgrades.length).toBeGreaterThan(1);
    expect(files.filter(({ text }) => /c2lnbmF0dXJlLWNhbmFyeQ|C7x9canary/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
