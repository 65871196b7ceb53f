import { z } from 'zod';
import type { JournalLine } from './journal.js';

// Whose call it was: an expired certificate of an image registry or a webhook says nothing of the node.
const ofNode =
  '(?:/api/v1/nodes|coordination\\.k8s\\.io|node status|node lease|lease exists|update lease|register node|getting node)';
const invalid = 'x509: certificate has expired or is not yet valid: current time \\S+ is';
const both = (one: string, other: string) => new RegExp(`${one}.*${other}|${other}.*${one}`, 'i');

const kinds = {
  // "part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2025-11-01 00:00:00 +0000 UTC"
  // "The currently active client certificate has expired, but the server is not responsive. A restart may be …"
  'certificate-expired':
    /part of the existing bootstrap client certificate.* is expired|currently active client certificate has expired/i,
  'server-certificate-expired': both(ofNode, `${invalid} after`),
  'certificate-not-yet-valid': both(ofNode, `${invalid} before`),
  // "validate CRI v1 runtime API for endpoint \"unix:///run/containerd/containerd.sock\": rpc error: code = Unavailable …"
  'runtime-not-reached':
    /validate CRI v\w+ runtime API|container runtime is down|rpc error: code = Unavailable .*\.sock/i,
  'no-space': /no space left on device/i,
  // "PLEG is not healthy: pleg was last seen active 3m3.9s ago; threshold is 3m0s"
  'relist-late': /PLEG is not healthy: pleg was last seen/i,
  'api-not-reached': both(
    ofNode,
    '(?:dial tcp|i/o timeout|connection refused|no route to host|context deadline exceeded|Client\\.Timeout)',
  ),
  // "\"command failed\" err=\"failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, …\""
  ended: /"command failed" err=|failed to run Kubelet/i,
} as const;
type Kind = keyof typeof kinds;
const names = Object.keys(kinds) as [Kind, ...Kind[]];

export const kubeletComplaintSchema = z.strictObject({
  kind: z.enum(names),
  /** The last line of this kind, and how many there were. */
  text: z.string(),
  count: z.int(),
});
export type KubeletComplaint = z.infer<typeof kubeletComplaintSchema>;

// "E1122 05:13:34.521511     189 bootstrap.go:266] \"Unhandled Error\" err=\"part of …\" logger=\"UnhandledError\""
const klogHead = /^[IWEF]\d{4} [\d:.]+ +\d+ \S+\] /;
const saying = (text: string) =>
  text
    .replace(klogHead, '')
    .replace(/^"(?:command failed|Unhandled Error)" err=/, '')
    .replace(/ logger="\w+"$/, '')
    .replaceAll('\\"', '"')
    .replace(/^"(.*)"$/, '$1')
    .slice(0, 240);

/** What a kubelet says of why its node is not ready, one entry for each kind of trouble. */
export const kubeletComplaints = (lines: readonly JournalLine[]): KubeletComplaint[] =>
  names.flatMap((kind) => {
    const said = lines.filter(({ text }) => kinds[kind].test(text));
    const last = said.at(-1);
    return last ? [{ kind, text: saying(last.text), count: said.length }] : [];
  });
