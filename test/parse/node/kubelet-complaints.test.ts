import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJournal } from '../../../src/parse/node/journal.js';
import { kubeletComplaints } from '../../../src/parse/node/kubelet-complaints.js';
import { recorded } from '../recorded.js';

const heard = (...texts: string[]) => kubeletComplaints(texts.map((text) => ({ at: 1, text })));
const kinds = (...texts: string[]) => heard(...texts).map(({ kind }) => kind);
const journal = (name: string) => kubeletComplaints(parseJournal(recorded('systemd', `journal-${name}`)));

it.each([
  ['config-missing', { kind: 'ended', text: expect.stringMatching(/^failed to load kubelet config file, path: /) }],
  ['runtime-missing', { kind: 'runtime-not-reached', text: expect.stringContaining('containerd.sock') }],
  [
    'certificate-expired',
    {
      kind: 'certificate-expired',
      text: 'part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2025-11-01 00:00:00 +0000 UTC',
    },
  ],
])('hears what kubelet 1.34 wrote into the journal: %s', (name, complaint) => {
  expect(journal(name)[0]).toMatchObject(complaint);
});

// Lines as people quoted them in kubernetes/kubernetes#96256, #72533, #45419, and klog writes them now.
it.each([
  [
    'certificate-expired',
    'E1111 00:15:53.851634   66610 transport.go:113] The currently active client certificate has expired, but the server is not responsive. A restart may be necessary to retrieve new initial credentials.',
  ],
  [
    'relist-late',
    'E0505 13:59:56.872880    2858 kubelet.go:1765] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m7.629592089s ago; threshold is 3m0s"',
  ],
  [
    'runtime-not-reached',
    'I0505 13:59:56.872880    2858 kubelet.go:1765] skipping pod synchronization - container runtime is down',
  ],
  [
    'api-not-reached',
    'E1122 05:13:34.521511     189 controller.go:145] "Failed to ensure lease exists, will retry" err="Get \\"https://10.0.0.5:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-b\\": dial tcp 10.0.0.5:6443: i/o timeout" interval="7s"',
  ],
  [
    'certificate-not-yet-valid',
    'E1122 05:13:34.521511     189 kubelet_node_status.go:107] "Unable to register node with API server" err="Post \\"https://10.0.0.5:6443/api/v1/nodes\\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026-11-01T00:00:00Z" node="node-b"',
  ],
  [
    'server-certificate-expired',
    'E1122 05:13:34.521511     189 kubelet_node_status.go:107] "Unable to register node with API server" err="Post \\"https://10.0.0.5:6443/api/v1/nodes\\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T05:13:34Z is after 2026-11-01T00:00:00Z" node="node-b"',
  ],
  [
    'no-space',
    'E1122 05:13:34.521511     189 log.go:32] "RunPodSandbox failed" err="write /var/lib/kubelet/pods/x: no space left on device"',
  ],
])('%s', (kind, text) => expect(kinds(text)).toEqual([kind]));

it('does not take the certificate or the silence of others for those of the node', () => {
  const pull =
    'E1122 05:13:34.521511     189 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to pull image \\"registry.shop/cart\\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T05:13:34Z is after 2026-11-01T00:00:00Z"';
  const probe =
    'I1122 05:13:34.521511     189 prober.go:120] "Probe failed" probeType="Readiness" pod="shop/cart" output="Get \\"http://10.244.1.7:8080/\\": dial tcp 10.244.1.7:8080: connect: connection refused"';
  expect(kinds(pull, probe)).toEqual([]);
});

it('keeps the last line of a kind and counts the others', () => {
  const late = (minutes: number) =>
    `PLEG is not healthy: pleg was last seen active ${minutes}m0s ago; threshold is 3m0s`;
  expect(heard(late(3), late(9))).toEqual([{ kind: 'relist-late', text: late(9), count: 2 }]);
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void heard(text, `getting node ${text}`)));
});
