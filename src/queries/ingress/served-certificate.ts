import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseServedCertificate } from '../../parse/ingress/served-certificate.js';
import { hostSchema, portSchema, waitSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

// Nothing is sent after the handshake. `-checkhost` says by itself whether the names fit, wildcards included.
const script = `set -f
case $1 in *:*) to="[$1]:$2" ;; *) to="$1:$2" ;; esac
said=$(timeout "$4" openssl s_client -connect "$to" -servername "$3" </dev/null 2>&1)
printf 'ended %s\\n' "$?"
printf '%s\\n' "$said" | openssl x509 -noout -subject -issuer -dates -ext subjectAltName -checkhost "$3" 2>/dev/null && exit 0
printf 'nothing %.300s\\n' "$(printf '%s ' $said)"`;

/** The certificate that a server shows to whoever asks for a name: the certificate alone, and no Secret. */
export const servedCertificate = defineQuery({
  name: 'served-certificate',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 12,
  args: z.strictObject({ host: hostSchema, port: portSchema, name: hostSchema, waitSeconds: waitSchema }),
  variants: [
    { tool: 'openssl', argv: ({ host, port, name, waitSeconds }) => shell(script, [host, port, name, waitSeconds]) },
  ],
  parse: ({ stdout }) => parseServedCertificate(stdout),
});
