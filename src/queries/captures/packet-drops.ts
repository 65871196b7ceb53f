import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePacketDrops } from '../../parse/captures/packet-drops.js';
import { shell } from '../scripts/tries.js';

/**
 * A trace instance of its own, beside those of others, and gone at the end: also where the script is ended from
 * outside. What was killed before it could tidy up is tidied up by the next, which knows it by its
 * age. Nothing is mounted: where there is no tracefs, there is nothing to see.
 */
const script = `t=/sys/kernel/tracing; [ -d "$t/events/skb" ] || t=/sys/kernel/debug/tracing
[ -d "$t/events/skb/kfree_skb" ] || { echo "there is no tracepoint skb:kfree_skb in $t" >&2; exit 2; }
read -r now rest </proc/uptime; now=\${now%.*}
for d in "$t"/instances/net-triage-*-*; do
  made=\${d%-*}; made=\${made##*-}
  [ -d "$d" ] && [ "$((now - made))" -gt 60 ] && rmdir "$d"
done
i=$t/instances/net-triage-$now-$$; e=$i/events/skb/kfree_skb
grep -q reason "$t/events/skb/kfree_skb/format" || { echo 'this kernel gives no reasons' >&2; exit 2; }
mkdir "$i" || exit 2
trap 'kill "$p" 2>/dev/null; echo 0 >"$e/enable"; rmdir "$i"' EXIT
trap 'exit 143' TERM INT HUP PIPE
echo 256 >"$i/buffer_size_kb"
echo 'protocol == 0x0800 || protocol == 0x86dd || protocol == 0x0806' >"$e/filter"
echo 1 >"$e/enable" || exit 2
echo listening
sleep "$1" & p=$!; wait "$p"
echo 0 >"$e/enable"
sed -n 's/.* location=\\([^ ]*\\) .*reason: \\([A-Za-z_0-9]*\\).*/\\2 \\1/p' "$i/trace" | sort | uniq -c | sort -rn | head -n 40`;

/**
 * Why the kernel of a node threw packets away in the meantime: all of them, whoever they were for. The tracepoint
 * names no addresses (Linux 5.17 and later give reasons).
 */
export const packetDrops = defineQuery({
  name: 'packet-drops',
  where: 'node',
  level: 'node',
  limit: 40,
  args: z.strictObject({ seconds: z.int().min(1).max(30) }),
  variants: [{ tool: 'sed', root: true, argv: ({ seconds }) => shell(script, [seconds]) }],
  parse: ({ stdout, stderr }) => parsePacketDrops(stdout, stderr),
});
