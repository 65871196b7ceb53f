import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseWireguardPeers } from '../../parse/links/wireguard-peers.js';
import { momentSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

// Never `dump`, which prints private keys; nor public ones, for which nobody has a use here.
const script = `date +%s
for word in allowed-ips latest-handshakes transfer; do
  echo "== $word"
  said=$(wg show all "$word") || exit 1
  printf '%s\\n' "$said" | cut -f1,3-
done
echo "== end"`;

/** With whom the encrypted tunnels of a node agreed on a key, when, and how much went each way. */
export const wireguardPeers = defineQuery({
  name: 'wireguard-peers',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [{ tool: 'wg', root: true, argv: () => shell(script, []) }],
  parse: ({ stdout, exitCode }) => {
    const said = parseWireguardPeers(stdout);
    return exitCode === 0 ? said : { ...said, understood: false };
  },
});
