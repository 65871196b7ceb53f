import { isIP } from 'node:net';
import type { End, Flow, Port, Protocol } from './flow.js';

/** An end that nobody can read: what is wrong with it, and a form that works. */
export class EndProblem extends Error {
  override readonly name = 'EndProblem';
}

const workloadOf = { deploy: 'deployments', sts: 'statefulsets', ds: 'daemonsets', job: 'jobs' } as const;
const wordOf = { deployments: 'deploy', statefulsets: 'sts', daemonsets: 'ds', jobs: 'job' } as const;

const words = {
  pod: ['po', 'pods'],
  svc: ['service', 'services'],
  ing: ['ingress', 'ingresses'],
  deploy: ['deployment', 'deployments'],
  sts: ['statefulset', 'statefulsets'],
  ds: ['daemonset', 'daemonsets'],
  job: ['jobs'],
  node: ['no', 'nodes'],
  host: [],
  ip: [],
  cidr: [],
  outside: [],
} as const satisfies Record<string, readonly string[]>;
type Word = keyof typeof words;

const kindOf = new Map<string, Word>(
  (Object.keys(words) as Word[]).flatMap((word) => [word, ...words[word]].map((name) => [name, word] as const)),
);

const example = 'for example pod/shop/client, svc/shop/cart:80, host/www.example.com:443 or ip/192.0.2.7:80';

interface Placed {
  readonly name: string;
  readonly tail: { port?: Port; protocol?: Protocol };
}

const readPort = (text: string, whole: string): Port => {
  if (/^\d+$/.test(text)) {
    const port = Number(text);
    if (port < 1 || port > 65535) throw new EndProblem(`${whole}: the port ${text} is not between 1 and 65535.`);
    return port;
  }
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) throw new EndProblem(`${whole}: "${text}" is not a port.`);
  return text;
};

const readProtocol = (text: string, whole: string): Protocol => {
  const upper = text.toUpperCase();
  if (upper === 'TCP' || upper === 'UDP' || upper === 'SCTP') return upper;
  throw new EndProblem(`${whole}: "${text}" is not a protocol; TCP, UDP and SCTP are.`);
};

/** Splits `NAME[:PORT[/PROTOCOL]]`; an IPv6 address stands in brackets, or its colons would read as a port. */
const place = (text: string, whole: string): Placed => {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:/]+)(?:\/([^:/]+))?)?$/.exec(text);
  if (!match) throw new EndProblem(`${whole}: expected NAME[:PORT[/PROTOCOL]], an IPv6 address in brackets.`);
  const [, bracketed, bare = '', port, protocol] = match;
  const name = bracketed ?? bare;
  if (!name) throw new EndProblem(`${whole}: a name is missing; ${example}.`);
  return {
    name,
    tail: {
      ...(port === undefined ? {} : { port: readPort(port, whole) }),
      ...(protocol === undefined ? {} : { protocol: readProtocol(protocol, whole) }),
    },
  };
};

/** What the API server takes as a name; anything else is a slip, and would only be "not found" later. */
const checkName = (name: string, whole: string) => {
  if (name.length > 253 || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name))
    throw new EndProblem(
      `${whole}: "${name}" is no name in Kubernetes: small letters, digits, "-" and ".", at most 253.`,
    );
};

const readNamed = (word: Word, text: string, defaultNamespace: string): End => {
  const whole = `${word}/${text}`;
  const { name: path, tail } = place(text, whole);
  const parts = path.split('/');
  const [namespace = '', name = ''] = parts.length === 1 ? [defaultNamespace, path] : parts;
  if (parts.length > 2 || !name || !namespace)
    throw new EndProblem(`${whole}: expected ${word}/[NAMESPACE/]NAME; ${example}.`);
  checkName(namespace, whole);
  checkName(name, whole);
  const named = { namespace, name, ...tail };
  if (word === 'pod') return { kind: 'pod', ...named };
  if (word === 'svc') return { kind: 'service', ...named };
  if (word === 'ing') return { kind: 'ingress', ...named };
  return { kind: 'workload', of: workloadOf[word as keyof typeof workloadOf], ...named };
};

const readNode = (text: string): End => {
  const { name, tail } = place(text, `node/${text}`);
  checkName(name, `node/${text}`);
  return { kind: 'node', name, ...tail };
};

const readHost = (text: string): End => {
  const { name, tail } = place(text, `host/${text}`);
  if (isIP(name)) throw new EndProblem(`host/${text}: "${name}" is an address; write ip/${text}.`);
  if (!/^[\w-]+(\.[\w-]+)*\.?$/.test(name)) throw new EndProblem(`host/${text}: "${name}" is not a host name.`);
  return { kind: 'host', name, ...tail };
};

const readAddress = (text: string): End => {
  const { name: address, tail } = place(text, `ip/${text}`);
  if (!isIP(address)) throw new EndProblem(`ip/${text}: "${address}" is not an IP address.`);
  return { kind: 'ip', address, ...tail };
};

const readCidr = (cidr: string): End => {
  const [, address = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(cidr) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128))
    throw new EndProblem(`cidr/${cidr}: expected ADDRESS/BITS, for example cidr/203.0.113.0/24.`);
  return { kind: 'cidr', cidr };
};

const readOutside = (text: string): End => {
  const address = text.replace(/^ip\//, '').replace(/^\[(.*)\]$/, '$1');
  if (!isIP(address)) throw new EndProblem(`outside/${text}: expected outside or outside/ip/ADDRESS.`);
  return { kind: 'outside', address };
};

const readers: { readonly [word in Word]?: (text: string) => End } = {
  node: readNode,
  host: readHost,
  ip: readAddress,
  cidr: readCidr,
  outside: readOutside,
};

/** Reads `KIND/[NAMESPACE/]NAME[:PORT[/PROTOCOL]]`. Throws `EndProblem` with a sentence for the operator. */
export const readEnd = (text: string, defaultNamespace: string): End => {
  if (text === 'control-plane' || text === 'outside') return { kind: text };
  const slash = text.indexOf('/');
  if (slash < 1) throw new EndProblem(`"${text}" does not say what it is; write KIND/NAME, ${example}.`);
  const written = text.slice(0, slash);
  const word = kindOf.get(written.toLowerCase());
  if (!word) throw new EndProblem(`"${written}" is not a kind of end; ${example}.`);
  const rest = text.slice(slash + 1);
  return readers[word]?.(rest) ?? readNamed(word, rest, defaultNamespace);
};

const headOf = (end: End): string => {
  switch (end.kind) {
    case 'pod':
      return `pod/${end.namespace}/${end.name}`;
    case 'service':
      return `svc/${end.namespace}/${end.name}`;
    case 'ingress':
      return `ing/${end.namespace}/${end.name}`;
    case 'workload':
      return `${wordOf[end.of]}/${end.namespace}/${end.name}`;
    case 'node':
    case 'host':
      return `${end.kind}/${end.name}`;
    case 'ip':
      return `ip/${end.address.includes(':') ? `[${end.address}]` : end.address}`;
    default:
      return headOfPlace(end);
  }
};

const headOfPlace = (end: Extract<End, { kind: 'cidr' | 'outside' | 'control-plane' }>): string => {
  if (end.kind === 'cidr') return `cidr/${end.cidr}`;
  return end.kind === 'outside' && end.address !== undefined ? `outside/ip/${end.address}` : end.kind;
};

const tailOf = (end: End): string => {
  if (!('port' in end) || end.port === undefined) return '';
  return `:${end.port}${end.protocol ? `/${end.protocol.toLowerCase()}` : ''}`;
};

/** The way back: what `readEnd` would read. */
export const writeEnd = (end: End): string => `${headOf(end)}${tailOf(end)}`;

/** The flow between two ends; protocol and port are the destination's. */
export const flowBetween = (from: End, to: End): Flow => ({
  from,
  to,
  protocol: ('protocol' in to ? to.protocol : undefined) ?? 'TCP',
  ...('port' in to && to.port !== undefined ? { port: to.port } : {}),
});
