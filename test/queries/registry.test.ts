import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { queries, toolsOf } from '../../src/queries/registry.js';

// What queries share, and no query themselves.
const aside = ['history', 'probes', 'scripts', 'registry.ts'];
const files = readdirSync(new URL('../../src/queries', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !aside.includes(file.split('/')[0] ?? ''))
  .map((file) => file.replace(/^.*\/|\.ts$/g, ''));

it('lists every query of the folder under the name of its file', () => {
  expect(Object.keys(queries).toSorted()).toEqual(files.toSorted());
  for (const [name, query] of Object.entries(queries)) expect(query.name).toBe(name);
});

const connect = { host: '10.96.1.2', port: 80, tries: 3, waitSeconds: 2 };
const examples: Record<string, object> = {
  'tcp-connect': connect,
  'connect-anew': { ...connect, since: '8123.45' },
  'ask-anew': {
    host: '10.96.0.10',
    port: 53,
    name: 'cart.shop.svc.cluster.local.',
    tries: 3,
    waitSeconds: 2,
    since: '8123.45',
  },
  'ask-over-tcp': { name: 'cart.shop.svc.cluster.local.', server: '10.96.0.10' },
  'connects-over-time': { host: '10.96.1.2', port: 80, tries: 20, gap: 500, since: '1' },
  'requests-over-time': { host: '10.96.1.2', port: 80, tries: 10, gap: 1000, since: '1', hostHeader: 'cart' },
  'lookups-over-time': { host: 'cart.shop', tries: 10, gap: 1000, since: '1' },
  'lookup-times': { name: 'cart', since: '1' },
  'http-get': { ...connect, path: '/', hostHeader: 'cart.shop' },
  'https-get': { ...connect, path: '/', name: 'cart.shop' },
  'served-certificate': { host: '10.96.1.2', port: 443, name: 'cart.shop', waitSeconds: 4 },
  'resolve-name': { name: 'cart.shop.svc.cluster.local.', server: '10.96.0.10' },
  'libc-lookup': { name: 'cart' },
  'kernel-settings': { names: ['net.ipv4.ip_forward'] },
  'route-to': { address: '10.244.2.7' },
  'forwarded-route': { address: '198.51.100.7', source: '10.244.1.9', device: 'cni0' },
  'packet-capture': { addresses: ['10.244.2.7', '10.244.0.3'], ports: [80, 8080], tunnels: [8472], seconds: 8 },
  'packet-drops': { seconds: 12 },
  'pod-network': { pid: 456 },
  'pod-network-namespace': { container: '7b0a1095821a' },
  'conntrack-flows': { protocol: 'tcp', source: '10.244.1.9', destination: '10.96.1.2' },
  neighbour: { address: '10.244.1.9' },
  'paused-get': { host: '10.96.1.2', port: 80, pause: 2 },
  'proxied-get': { host: 'cart.shop.svc', port: 80 },
  'ping-series': { host: '10.96.1.2' },
  'kernel-log': { since: '8123.45' },
  'path-mtu': { host: '10.96.1.2' },
  'sized-get': { host: '10.96.1.2', port: 80, waitSeconds: 2, hostHeader: 'cart.shop' },
  ping: { host: '10.96.1.2', count: 2 },
  'kube-proxy-port': { ask: 'healthz' },
  'bridge-members': { bridge: 'cni0' },
  'address-neighbour': { address: '10.244.1.7' },
  'packet-rules': { family: 'ip', moment: 'now' },
  'legacy-packet-rules': { family: 'ip', moment: 'now' },
  'nft-packet-rules': { family: 'ip6', moment: 'now' },
  'packet-table-names': { family: 'ip' },
  'nft-table': { family: 'inet', table: 'firewalld', moment: 'now' },
  'local-health': { address: '10.0.0.12', port: 32083 },
  'port-sockets': { port: 30080 },
  'virtual-connections': { protocol: 'tcp', address: '10.96.1.2', port: 80 },
  'route-to-address': { address: '10.244.1.7' },
  'address-owners': { device: 'eth0', address: '10.0.0.12' },
  'route-from': { address: '10.244.2.7', source: '10.0.0.11' },
  'packet-hooks': { devices: ['eth0', 'cni0'] },
  'bird-protocols': { family: 'ip' },
  'cilium-address': { address: '10.0.1.184' },
  'hubble-drops': { source: '10.0.0.220', destination: '10.0.1.184' },
  'card-features': { device: 'flannel.1' },
  'card-statistics': { device: 'eth0' },
  'tools-present': { tools: ['nc', 'curl'] },
};

describe.each(Object.values(queries))('$name', (query) => {
  const args = query.args.parse(examples[query.name] ?? {});

  it('names its tools, best first, each once', () => {
    expect(toolsOf(query)).toEqual(query.variants.map(({ tool }) => tool));
  });

  it('keeps data out of the text of a script', () => {
    const other = query.args.parse({
      ...args,
      ...(args.host ? { host: 'fd96::7' } : {}),
      ...(args.name ? { name: 'other' } : {}),
    });
    const scripts = (given: object) =>
      query.variants.map(({ argv }) => argv(given)).map(([program, flag, text]) => [program, flag === '-c' && text]);
    expect(scripts(other)).toEqual(scripts(args));
  });

  it('says something of any output', () => {
    const run = {
      argv: [],
      tool: toolsOf(query)[0] ?? '',
      exitCode: Number.NaN,
      stdout: '',
      stderr: '',
      durationMs: 0,
    };
    expect(() => query.parse(run, args)).not.toThrow();
  });
});

it.each(['-e', '$(reboot)', 'a;b', 'a b', "a'b", 'a\nb', '', '../x'])('refuses the host %j', (host) => {
  expect(queries['tcp-connect']?.args.safeParse({ ...connect, host }).success).toBe(false);
  expect(queries.ping?.args.safeParse({ host, count: 1 }).success).toBe(false);
});

it.each(['/a b', 'a', '/\r\nHost: x', '/ä'])('refuses the path %j', (path) => {
  expect(queries['http-get']?.args.safeParse({ ...connect, path }).success).toBe(false);
});
