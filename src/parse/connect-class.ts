export const connectClasses = [
  'open',
  'refused',
  'timeout',
  'no-route',
  'net-unreachable',
  'reset',
  'prohibited',
  'no-local-port',
  'no-name',
  'other',
] as const;
export type ConnectClass = (typeof connectClasses)[number];

// The words of glibc and of musl for the same errno; musl says "Host is unreachable" and "Operation timed out".
const words: readonly (readonly [RegExp, ConnectClass])[] = [
  [/connection refused/i, 'refused'],
  [
    /bad address|name resolution|could not resolve|unknown host|not known|no address associated|name does not resolve/i,
    'no-name',
  ],
  [/timed out|connection timeout/i, 'timeout'],
  [/no route to host|host is unreachable/i, 'no-route'],
  // What a blackhole route answers to the node's own programs (fib_props, net/ipv4/fib_semantics.c).
  [/connect.{0,120}: invalid argument/i, 'no-route'],
  [/network (is )?unreachable/i, 'net-unreachable'],
  [/connection reset|reset by peer/i, 'reset'],
  [/permission denied|operation not permitted/i, 'prohibited'],
  [/(cannot|can't|address) assign requested address|address not available/i, 'no-local-port'],
];

/** timeout(1) ends what it gave up with 124; busybox passes on the signal instead. */
const gaveUp = new Set([124, 137, 143]);

/** What the last words of a client mean. `other` says that nobody understood them: it is no failure of the network. */
export const connectClass = (exitCode: number, message: string): ConnectClass => {
  if (exitCode === 0 || /\bConnected to /.test(message)) return 'open';
  const found = words.find(([pattern]) => pattern.test(message));
  if (found) return found[1];
  return gaveUp.has(exitCode) ? 'timeout' : 'other';
};
