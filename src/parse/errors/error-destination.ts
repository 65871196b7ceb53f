import { isIP } from 'node:net';

/** Where the text says that the connection was to go. */
export interface ErrorDestination {
  readonly host: string;
  readonly port?: number;
}

// Each with a host and, where it has one, a port. Earlier ones say more: a URL names what was asked for, and the
// address behind it is only what a resolver made of that.
const forms: readonly RegExp[] = [
  // Get "http://cart.shop.svc.cluster.local:8080/x": dial tcp: lookup cart.shop.svc.cluster.local: i/o timeout
  /\b(?<scheme>https?):\/\/(?:[^\s/@"']{1,200}@)?(?<host>\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253})(?::(?<port>\d{1,5}))?/i,
  // HTTPConnectionPool(host='cart.shop.svc', port=80): Max retries exceeded
  /\bhost='(?<host>[\w.:-]{1,253})', port=(?<port>\d{1,5})/,
  // curl: (7) Failed to connect to cart.shop.svc port 80 after 2 ms: Couldn't connect to server
  /\bconnect to (?<host>[\w.:-]{1,253}) port (?<port>\d{1,5})/i,
  // dial tcp: lookup cart.shop.svc on 10.96.0.10:53: no such host
  /\blookup (?<host>[\w.-]{1,253})(?=[ :])/,
  // dial tcp 10.96.100.1:80: connect: connection refused
  /\bdial (?:tcp|udp)[46]? (?<host>\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253}):(?<port>\d{1,5})/,
  // Error: connect ECONNREFUSED 10.96.100.1:80
  /\bconnect E[A-Z]{3,20} (?<host>[\w.-]{1,253}):(?<port>\d{1,5})/,
  // Error: getaddrinfo ENOTFOUND cart.shop.svc
  /\b(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|query[A-Z]{1,8} E[A-Z]{3,12}) (?<host>[\w.-]{1,253})/,
  // Connection refused: cart.shop.svc/10.96.100.1:80
  /\b(?:refused|timed out|reset): (?:no further information: )?(?<host>[\w.-]{1,253})\/[\d.]{7,15}:(?<port>\d{1,5})/i,
  // java.net.UnknownHostException: cart.shop.svc: Name or service not known
  /UnknownHostException: (?<host>[\w.-]{1,253})/,
  // curl: (6) Could not resolve host: cart.shop.svc
  /resolve host(?: name)?:? '?(?<host>[\w.-]{1,253})/i,
  // wget: bad address 'cart.shop.svc'
  /\b(?:bad address|Failed to resolve|can't resolve|server can't find) '?(?<host>[\w.-]{1,253})/,
  // cart.shop.svc could not be resolved (3: Host not found)
  /(?<![\w.-])(?<host>[\w.-]{1,253}) could not be resolved \(/,
  // host not found in upstream "cart.shop.svc"
  /host not found in upstream "(?<host>[\w.-]{1,253})/,
  // ping: cart.shop.svc: Name or service not known
  /(?<![\w.-])(?<host>[\w-]{1,63}\.[\w.-]{1,189}): (?:Name or service not known|Temporary failure in name resolution|Name does not resolve)/,
  // nc: can't connect to remote host (10.96.100.1): Connection refused
  /\bremote host \((?<host>[\d.]{7,15})\)/,
  // read tcp 10.244.1.5:41236->10.96.100.1:80: read: connection reset by peer
  /->(?<host>\[[0-9a-f:.]{2,45}\]|[\d.]{7,15}):(?<port>\d{1,5})/,
];

const usualPort = { http: 80, https: 443 } as const;

const portOf = (port: string | undefined, scheme: string | undefined): number | undefined => {
  if (port !== undefined) return Number(port);
  return scheme === undefined ? undefined : usualPort[scheme.toLowerCase() as keyof typeof usualPort];
};

const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1').replace(/[.:]+$/, '');

const isHost = (host: string) => isIP(host) > 0 || (/^[\w-]+(?:\.[\w-]+)*$/.test(host) && /[a-z]/i.test(host));

/** The first place that the text names, by the form that says most. Nothing where it names none. */
export const errorDestination = (text: string): ErrorDestination | undefined => {
  for (const form of forms) {
    const { host = '', port, scheme } = form.exec(text)?.groups ?? {};
    const found = bare(host);
    const number = portOf(port, scheme);
    if (!isHost(found)) continue;
    return number !== undefined && number > 0 && number < 65_536 ? { host: found, port: number } : { host: found };
  }
  return undefined;
};
