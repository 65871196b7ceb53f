import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { run } from '../machine/run.ts';

const TRACING = '/sys/kernel/tracing';

/** Counts, by reason, the packets that the kernel threw away while the work went on. Of the whole machine: the tracepoint knows no namespace. */
export async function dropsDuring(name: string, work: () => Promise<unknown>): Promise<Map<string, number>> {
  if (!existsSync(`${TRACING}/instances`)) await run(['mount', '-t', 'tracefs', 'tracefs', TRACING]);
  const instance = `${TRACING}/instances/${name}`;
  await mkdir(instance, { recursive: true });
  try {
    await writeFile(`${instance}/events/skb/kfree_skb/enable`, '1');
    await work();
    await writeFile(`${instance}/events/skb/kfree_skb/enable`, '0');
    return countReasons(await readFile(`${instance}/trace`, 'utf8'));
  } finally {
    await rmdir(instance).catch(() => {});
  }
}

// "… kfree_skb: skbaddr=0000… protocol=2048 location=ip_rcv_finish_core+0x1f reason: IP_RPFILTER"
export function countReasons(trace: string): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const [, reason = ''] of trace.matchAll(/kfree_skb: .* reason: (\w+)/g))
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return reasons;
}
