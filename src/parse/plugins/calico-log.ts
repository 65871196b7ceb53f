import { z } from 'zod';

export const calicoComplaints = ['loose-filter', 'bgp', 'felix', 'rules', 'datastore'] as const;
export const calicoComplaintSchema = z.enum(calicoComplaints);
export type CalicoComplaint = z.infer<typeof calicoComplaintSchema>;

// The words of Felix and of the readiness probe (felix/dataplane/linux/int_dataplane.go, node/pkg/health/health.go).
const patterns: readonly (readonly [CalicoComplaint, RegExp])[] = [
  ['loose-filter', /Kernel's RPF check is set to 'loose'\. +This would allow/],
  ['rules', /\[(?:FATAL|PANIC|ERROR)\].*Failed to program iptables/],
  ['bgp', /BGP not established with ([\d.,:a-f]+)/],
  ['datastore', /(?:Failed|Unable) to (?:connect to|reach) (?:Typha|apiserver|the datastore)|datastore .*not ready/i],
  ['felix', /[Ff]elix is not (?:ready|live): ([^\n]*)/],
];

/** What an agent of Calico complains of, and the line that says so; the first in the order above. */
export const calicoComplaint = (text: string): { complaint: CalicoComplaint; line: string } | undefined => {
  const lines = text.split('\n');
  for (const [complaint, pattern] of patterns) {
    const line = lines.findLast((one) => pattern.test(one));
    if (line !== undefined) return { complaint, line: line.trim().slice(0, 300) };
  }
  return undefined;
};
