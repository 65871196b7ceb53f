import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseSizes } from '../parse/sizes.js';
import { hostSchema, portSchema, waitSchema } from './scripts/arguments.js';
import { atEachSize } from './scripts/sizes.js';
import { clients } from './scripts/tries.js';

// Around the packets of overlays (1,450), of VPNs and of plain Ethernet, then what takes several packets. Beyond 8 kB
// servers refuse a request line.
const sizes = [200, 600, 1000, 1150, 1250, 1300, 1350, 1390, 1420, 1448, 2000, 3000, 7000];

const args = z.strictObject({
  host: hostSchema,
  port: portSchema,
  waitSeconds: waitSchema,
  hostHeader: z
    .string()
    .regex(/^[A-Za-z0-9_.:[\]-]+$/)
    .max(260),
});
type Args = z.infer<typeof args>;

// Stands inside single quotes below, hence the double ones.
const request = String.raw`printf "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: net-triage\r\nConnection: close\r\n\r\n"`;
// The whole answer has to come, its first line is enough to show.
const listen = 'read -r first || exit 1; while read -r rest; do :; done';

const withNc = atEachSize(
  `  if [ "$exec" ]; then
    timeout "$((secs + 1))" nc -w "$secs" "$host" "$port" -e sh -c 'echo "net-triage: connected" >&2
${request} "$1" "$2"; ${listen}; echo "$first" >&2' net-triage "$path" "$name"
  else ${request} "$path" "$name" | timeout "$((secs + 1))" nc -v $numeric -w "$secs" "$host" "$port"; fi`,
  "case $(nc -h 2>&1) in *'-e PROG'*) exec=yes ;; *) exec= ;; esac",
);
const withBash = atEachSize(`  timeout "$secs" bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit; echo "net-triage: connected"
${request} "$3" "$4" >&3; { ${listen}; echo "$first"; } <&3' net-triage "$host" "$port" "$path" "$name"`);
const withCurl = atEachSize(`  case $host in *:*) host="[$host]" ;; esac
  curl -s -o /dev/null --path-as-is --http1.0 --noproxy '*' -A net-triage -H 'Accept:' -H "Host: $name" -m "$secs" \\
    -w 'connect=%{time_connect} HTTP/%{http_version} %{http_code}' "http://$host:$port$path"`);

const positions = ({ host, port, waitSeconds, hostHeader }: Args) => [host, port, waitSeconds, hostHeader, ...sizes];

/** One GET of each of several sizes: does the answer stop where packets get large. */
export const sizedGet = defineQuery({
  name: 'sized-get',
  where: 'anywhere',
  level: 'probe',
  limit: 15,
  args,
  variants: clients({ curl: withCurl, nc: withNc, bash: withBash }, positions),
  parse: ({ stdout }) => parseSizes(stdout),
});
