import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseConnect } from '../parse/connect.js';
import { hostSchema, portSchema, triesSchema, waitSchema } from './scripts/arguments.js';
import { countSyns, tellSyns } from './scripts/syn-count.js';
import { allAtOnce, type Form, shell } from './scripts/tries.js';

/** Checks that compare the same endpoint have to ask in the same words: then one probe serves them all. */
export const threeTries = (host: string, port: number) => ({ host, port, tries: 3, waitSeconds: 2 });
const args = z.strictObject({ host: hostSchema, port: portSchema, tries: triesSchema, waitSeconds: waitSchema });

// `-w` of a plain busybox nc counts for the connect only, and `-z` is not built in: `-e true` ends right after the
// connect instead, and does not half-close, which would make some servers log an error.
const onceWithNc = `  if [ "$zero" ]; then nc -v -z $numeric -w "$secs" "$host" "$port"
  else nc -w "$secs" "$host" "$port" -e true; fi`;
const findNc = `case $(nc -h 2>&1) in *-z*) zero=yes ;; *) zero= ;; esac
${countSyns}`;
const onceWithBash = `  timeout "$secs" bash -c 'exec 3<>"/dev/tcp/$1/$2"' net-triage "$host" "$port"`;
const onceWithCurl = `  case $host in *:*) host="[$host]" ;; esac
  curl -s -v --noproxy '*' --connect-timeout "$secs" -m "$secs" -w ' local-port=%{local_port} looked-up=%{time_namelookup} connected=%{time_connect}' "telnet://$host:$port"`;

/** The programs that can open a connection, best first, with the script for each. */
export const connectScripts = (form: Form) => ({
  nc: form(onceWithNc, findNc, tellSyns),
  bash: form(onceWithBash, countSyns, tellSyns),
  curl: form(onceWithCurl, countSyns, tellSyns),
});
const { nc: withNc, bash: withBash, curl: withCurl } = connectScripts(allAtOnce);

/** Opens and closes TCP connections, sends nothing. Several tries run side by side. */
export const tcpConnect = defineQuery({
  name: 'tcp-connect',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 15,
  args,
  variants: [
    { tool: 'nc', argv: (a) => shell(withNc, [a.host, a.port, a.waitSeconds, a.tries]) },
    { tool: 'bash', argv: (a) => shell(withBash, [a.host, a.port, a.waitSeconds, a.tries], 'bash') },
    { tool: 'curl', argv: (a) => shell(withCurl, [a.host, a.port, a.waitSeconds, a.tries]) },
  ],
  parse: ({ stdout, tool }) => parseConnect(stdout, tool),
});
