import { BlockList, isIP } from 'node:net';
import { KubeconfigProblem } from './kubeconfig-problem.js';

type Env = Readonly<Record<string, string | undefined>>;

const schemes = ['http:', 'https:', 'socks5:', 'socks5h:'];

const proxyUrl = (text: string, from: string) => {
  const url = URL.parse(text) ?? undefined;
  // HTTPS_PROXY=proxy.example:3128 is usual; what stands before the colon is then no scheme.
  const usable =
    url && schemes.includes(url.protocol) ? url : from === 'proxy-url' ? undefined : URL.parse(`http://${text}`);
  if (usable) return usable;
  throw new KubeconfigProblem(
    'bad-proxy',
    `The proxy address in ${from} is not one of http://, https:// or socks5://.`,
  );
};

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const inRange = (host: string, range: string) => {
  const [address = '', bits] = range.split('/');
  const width = Number(bits);
  if (isIP(host) === 0 || isIP(address) === 0 || !Number.isInteger(width) || width < 0) return false;
  if (width > (isIP(address) === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, width, familyOf(address));
  return list.check(host, familyOf(host));
};

const loopback = (host: string) =>
  host === 'localhost' || host === '::1' || inRange(host, '127.0.0.0/8') || host.endsWith('.localhost');

const matches = (entry: string, host: string, port: string) => {
  if (entry === '*') return true;
  if (entry.includes('/')) return inRange(host, entry);
  const [, name = entry, onlyPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  // `.example.com` means only what lies below it, `example.com` itself too (Go, x/net/http/httpproxy).
  return (bare === name && host === name) || host.endsWith(`.${bare}`);
};

/** True when NO_PROXY, or being on this machine, keeps the server away from the proxy. */
export const bypassesProxy = (server: URL, noProxy: string) => {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const entries = noProxy.toLowerCase().split(/[\s,]+/);
  return loopback(host) || entries.some((entry) => entry !== '' && matches(entry, host, port));
};

/** The proxy for the API server: `proxy-url` always counts, the environment only where NO_PROXY does not speak against it. */
export const proxyFor = (server: URL, configured: string | undefined, env: Env): URL | undefined => {
  if (configured) return proxyUrl(configured, 'proxy-url');
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = env[name] || env[name.toLowerCase()];
  if (!value || bypassesProxy(server, env.NO_PROXY || env.no_proxy || '')) return undefined;
  return proxyUrl(value, name);
};
