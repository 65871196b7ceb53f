import { describe, expect, it } from 'vitest';
import { kubeletWord } from '../../src/parse/kubelet-reply.js';

const asked =
  'Get "https://10.0.0.13:10250/containerLogs/kube-flannel/kube-flannel-ds-jspmj/kube-flannel?tailLines=1": ';

describe('what the API server says of a kubelet', () => {
  // Recorded at an API server 1.34, before rules that drop, reject with a reset, and reject by ICMP.
  it.each([
    ['times-out', `${asked}dial tcp 10.0.0.13:10250: i/o timeout`],
    ['refused', `${asked}dial tcp 10.0.0.13:10250: connect: connection refused`],
    ['unreachable', `${asked}dial tcp 10.0.0.13:10250: connect: no route to host`],
  ])('%s', (word, message) => {
    expect(kubeletWord(message)).toBe(word);
  });

  // From issues of Kubernetes and its distributions.
  it.each([
    ['not-resolved', `${asked}dial tcp: lookup node-c on 10.0.0.2:53: no such host`],
    ['not-trusted', `${asked}x509: certificate signed by unknown authority`],
    ['not-trusted', `${asked}remote error: tls: internal error`],
    ['not-let-in', 'Forbidden (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource=proxy)'],
    ['times-out', `${asked}net/http: TLS handshake timeout`],
  ])('%s: %s', (word, message) => {
    expect(kubeletWord(message)).toBe(word);
  });

  it.each(['', 'container "till" in pod "cart" is waiting to start: ContainerCreating', 'x'.repeat(1_000_000)])(
    'says nothing of anything else',
    (message) => {
      expect(kubeletWord(message)).toBeUndefined();
    },
  );
});
