export const kubeletWords = [
  'times-out',
  'refused',
  'unreachable',
  'not-resolved',
  'not-trusted',
  'not-let-in',
] as const;
export type KubeletWord = (typeof kubeletWords)[number];

// "Get "https://10.0.0.13:10250/containerLogs/…": dial tcp 10.0.0.13:10250: connect: no route to host"
const said: readonly (readonly [KubeletWord, RegExp])[] = [
  ['refused', /connect: connection refused/],
  ['unreachable', /connect: (?:no route to host|network is unreachable)/],
  ['not-resolved', /dial tcp: lookup \S+.*no such host/],
  ['times-out', /i\/o timeout|TLS handshake timeout|context deadline exceeded/],
  ['not-trusted', /x509: |tls: /],
  // "Forbidden (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource=proxy)"
  ['not-let-in', /Forbidden \(user=.*resource=nodes|^Unauthorized$/],
];

/** What the API server says of a kubelet that it wanted something from; `undefined` where it is about something else. */
export const kubeletWord = (message: string): KubeletWord | undefined =>
  said.find(([, pattern]) => pattern.test(message.slice(0, 2000)))?.[0];
