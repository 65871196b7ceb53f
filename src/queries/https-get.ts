import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseHttp } from '../parse/http.js';
import { hostSchema, pathSchema, portSchema, triesSchema, waitSchema } from './scripts/arguments.js';
import { allAtOnce, shell } from './scripts/tries.js';

const args = z.strictObject({
  host: hostSchema,
  port: portSchema,
  path: pathSchema,
  tries: triesSchema,
  waitSeconds: waitSchema,
  /** Asked for in the handshake and in the request. */
  name: hostSchema,
});

// Whose certificate it is, is another question. Talk of the handshake would push the status out of the line.
const script = allAtOnce(`  case $host in *:*) host="[$host]" ;; esac
  case $name in *:*) name="[$name]" ;; esac
  curl -sSk -o /dev/null --noproxy '*' -A net-triage -m "$secs" --connect-to "::$host:$port" \\
    -w ' HTTP/%{http_version} %{http_code} code=%{http_code} body=%{size_download} head=%{size_header} first=%{time_starttransfer} ' \\
    "https://$name:$port$path"`);

/** One GET over TLS per try, to an address, for a name. */
export const httpsGet = defineQuery({
  name: 'https-get',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 15,
  args,
  variants: [
    {
      tool: 'curl',
      argv: ({ host, port, waitSeconds, tries, path, name }) =>
        shell(script, [host, port, waitSeconds, tries, path, name]),
    },
  ],
  parse: ({ stdout, tool }, { waitSeconds }) => parseHttp(stdout, tool, waitSeconds),
});
