import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { json, status } from '../ports/live/imitation/api.js';
import { operatorBefore } from '../ports/ssh/imitation/operator.js';
import { checkout, crashed, pod, service } from '../steps/shop.js';
import { filesBelow, kubeconfigFor } from './support/home.js';
import { document, flow, openShop } from './support/open-shop.js';
import { refused } from './support/shop-api.js';
import { soundShop } from './support/shop-objects.js';
import { shadowedTools } from './support/tool-folder.js';

// Each is one word that nothing can break into two.
const planted = {
  exec: 'Zq7ExecCanary1x',
  node: 'Zq7NodeCanary2x',
  log: 'Zq7LogCanary3x',
  applied: 'Zq7AppliedCanary4x',
  registry: 'Zq7RegistryCanary5x',
  url: 'Zq7UrlCanary6x',
  forbidden: 'Zq7ForbiddenCanary7x',
  invalid: 'Zq7InvalidCanary8x',
  refusedExec: 'Zq7RefusedExecCanary9x',
  user: 'Zq7UserTokenCanary10x',
  proxy: 'Zq7ProxyCanary11x',
  environment: 'Zq7EnvironmentCanary12x',
  plugin: 'Zq7PluginCanary13x',
  yaml: 'Zq7YamlCanary14x',
  way: 'Zq7WayCanary15x',
};
const values = Object.values(planted);
/** As a registry is told them, base64 of `user:password`. */
const registryAuth = Buffer.from(`till:${planted.registry}`).toString('base64');
const found = (text: string) => [...values, registryAuth].filter((value) => text.includes(value));
const foundIn = (files: ReturnType<typeof filesBelow>) =>
  files.flatMap(({ path, text }) => found(text).map((value) => `${value} in ${path}`));

const lines = (value: string) =>
  [`Authorization: Bearer ${value}`, `DB_PASSWORD=${value}`, `Get "https://ops:${value}@cart.shop/": refused`].join(
    '\n',
  );
const annotations = {
  'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
    spec: { containers: [{ env: [{ name: 'DB_HOST', value: planted.applied }] }] },
  }),
  'shop.example/pull': JSON.stringify({ auths: { 'registry.example': { auth: registryAuth } } }),
  'shop.example/upstream': `https://ops:${planted.url}@db.shop:5432/cart`,
};
const dnsPod = pod('coredns-1', {
  metadata: { namespace: 'kube-system', name: 'coredns-1', labels: { 'k8s-app': 'kube-dns' }, annotations },
  status: crashed,
});
const objects = {
  ...soundShop,
  pods: [
    checkout({ metadata: { annotations } }),
    pod('cart-1', { metadata: { name: 'cart-1', namespace: 'shop', labels: { app: 'cart' }, annotations } }),
    dnsPod,
  ],
  services: [{ ...service(), metadata: { namespace: 'shop', name: 'cart', annotations } }],
};
// As CoreDNS ends, with a secret in its last line.
const log = `[FATAL] plugin/loop: Loop (127.0.0.1:43331 -> :53) detected for zone ".", password=${planted.log}\n${lines(planted.log)}\n`;

const says = (code: number, reason: string, message: string) => (response: ServerResponse) =>
  json(response, code, status(code, reason, message));
const talks = [
  { what: 'log', where: /\/log\b/, say: (response: ServerResponse) => response.end(log) },
  {
    ...{ what: 'forbidden', where: /networkpolicies/ },
    say: says(403, 'Forbidden', `networkpolicies is forbidden: token=${planted.forbidden} is not known`),
  },
  {
    ...{ what: 'invalid', where: /\/(events|daemonsets)\b/ },
    say: says(422, 'Invalid', `is invalid: spec: Invalid value: "Bearer ${planted.invalid}"`),
  },
];

/** A shop whose API server, containers and nodes all say too much. */
const openTalkative = async () => {
  const container = await shadowedTools(lines(planted.exec));
  const node = await shadowedTools(lines(planted.node));
  const ssh = await operatorBefore({ programs: node.folder });
  const asked = new Set<string>();
  const shop = await openShop({
    objects,
    exec: container.exec,
    instead: ({ url = '' }, response) => {
      const talk = talks.find(({ where }) => where.test(url));
      talk?.say(response);
      if (talk) asked.add(talk.what);
      return talk !== undefined;
    },
  });
  const env = {
    ...shop.home.env,
    PATH: ssh.around.env.PATH,
    KUBECONFIG: shop.home.write('own.kubeconfig', kubeconfigFor(shop.api.url, { token: planted.user })),
    HTTPS_PROXY: `http://ops:${planted.proxy}@127.0.0.1:9`,
    NET_TRIAGE_PRODUCTION: `shop-live,${planted.environment}`,
    NET_TRIAGE_TOKEN: planted.environment,
  };
  return { ...shop, ssh, asked, env };
};

describe('secrets that others say', () => {
  it('in containers, on nodes, in logs, annotations, refusals and the environment stay out of whatever is written', async () => {
    const { home, say, ssh, asked, env, api } = await openTalkative();
    const walks = [
      [
        'run',
        'packets-lost-between-pods',
        '--from',
        'pod/checkout',
        '--to',
        'pod/cart-1',
        '--level',
        'node',
        ...document,
      ],
      ['run', 'dns-fails', ...flow, '--level', 'node', ...document],
      ['collect', 'node-a', '-o', 'json'],
      ['run', 'policy-denies', ...flow, ...document],
    ];
    for (const walk of walks) {
      const ran = await say(walk, { env });
      expect(found(`${ran.stdout}${ran.stderr}`)).toEqual([]);
    }
    expect([...asked].toSorted()).toEqual(talks.map(({ what }) => what).toSorted());
    expect(api.upgrades.length).toBeGreaterThan(1);
    expect(ssh.server.commands.length).toBeGreaterThan(2);
    const kept = filesBelow(home.state);
    expect(foundIn(kept)).toEqual([]);
    // Every one of them passed by, and was masked on its way.
    const masked = (pattern: RegExp) => expect(kept.filter(({ text }) => pattern.test(text))).not.toEqual([]);
    masked(/DB_PASSWORD=<redacted:/);
    masked(/detected for zone .*password=<redacted:/);
    masked(/is forbidden: token=<redacted:/);
    masked(/Invalid value: .{0,4}Bearer <redacted:/);
    masked(/last-applied-configuration.{0,6}<redacted:/);
    masked(/db\.shop:5432/);
    for (const format of ['human', 'json', 'md', 'html', 'cast']) {
      const told = await say(['session', 'export', '1', '-o', format], { env });
      expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('cart') });
      expect(found(`${told.stdout}${told.stderr}`)).toEqual([]);
    }
    const file = `${home.home}/shop.universe.tar.zst`;
    await say(['session', 'export', '1', '-o', 'universe', '--output-file', file], { env });
    const unpacked = zstdDecompressSync(readFileSync(file)).toString('latin1');
    expect(unpacked).toContain('<redacted:');
    expect(found(unpacked)).toEqual([]);
    for (const id of ['1', '2'])
      await say(['session', 'redact', id, '--redact', 'strict', '--into', `${home.home}/for-others.${id}`], { env });
    const given = filesBelow(home.home).filter(({ path }) => !path.endsWith('own.kubeconfig'));
    expect(given.length).toBeGreaterThan(kept.length);
    expect(foundIn(given)).toEqual([]);
  });

  it('where nobody is let in stay out of whatever is written', async () => {
    const ssh = await operatorBefore({
      settings: ['proxycommand through-the-gate %h %p'],
      givesUp: `kex_exchange_identification: Connection closed by remote host\ngate: login failed: password=${planted.way}`,
    });
    const shop = await openShop({
      objects: soundShop,
      refuseExec: (socket) =>
        void socket.end(refused(403, 'Forbidden', `exec: token=${planted.refusedExec} is not known`)),
    });
    const env = { ...shop.home.env, PATH: ssh.around.env.PATH };
    const said: string[] = [];
    for (const words of [
      ['run', ...flow, '--level', 'probe', ...document],
      ['collect', 'node-a', '-o', 'json'],
    ]) {
      const ran = await shop.say([...words, ...shop.access], { env });
      said.push(ran.stdout, ran.stderr);
    }
    expect(found(said.join('\n'))).toEqual([]);
    expect(said.join('\n')).toMatch(/login failed: password=<redacted:/);
    const kept = filesBelow(shop.home.state);
    expect(foundIn(kept)).toEqual([]);
    expect(kept.filter(({ text }) => /exec: token=<redacted:/.test(text))).not.toEqual([]);
  });

  it('where there is no session yet stay out of what is said', async () => {
    const { home, say, env, api } = await openTalkative();
    const at = (name: string, text: string) => ['--kubeconfig', home.write(name, text)];
    const plugin = {
      ...{ apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'sh' },
      args: ['-c', `echo 'login failed: password=${planted.plugin}' >&2; exit 1`],
    };
    const broken = kubeconfigFor(api.url, { token: 'x' }).replace('"x"', `*${planted.yaml}`);
    const withPlugin = at('plugin', kubeconfigFor(api.url, { exec: plugin }));
    const proxied = at('proxied', kubeconfigFor('https://api.shop.example:6443', { token: planted.user }));
    const [doctor, run, explain] = [['doctor'], ['run', ...flow, ...document], ['policy', 'explain', ...flow]] as const;
    const expected = [
      [doctor, at('broken', broken), /broken:1:\d+: Unresolved alias/],
      [run, at('broken', broken), /broken:1:\d+: Unresolved alias/],
      [doctor, withPlugin, /login failed: password=<redacted:/],
      [run, withPlugin, /login failed: password=<redacted:/],
      [explain, withPlugin, /login failed: password=<redacted:/],
      [run, proxied, /proxy 127\.0\.0\.1:9/],
    ] as const;
    for (const [words, access, sentence] of expected) {
      const ran = await say([...words, ...access], { env });
      expect(found(`${ran.stdout}${ran.stderr}`)).toEqual([]);
      expect(`${ran.stdout}${ran.stderr}`).toMatch(sentence);
    }
    expect(foundIn(filesBelow(home.state))).toEqual([]);
  });

  it('when it asks who we are stay out of what doctor says', async () => {
    const shop = await openShop({
      instead: (_, response) => Boolean(says(401, 'Unauthorized', `token=${planted.forbidden} has expired`)(response)),
    });
    const ran = await shop.say(['doctor', ...shop.access]);
    expect(found(`${ran.stdout}${ran.stderr}`)).toEqual([]);
    expect(ran.stdout).toMatch(/does not accept the credentials \(token=<redacted:/);
  });
});
