import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { hostPort } from '../parse/addresses.js';
import { parseHttp } from '../parse/http.js';
import { hostSchema, pathSchema, portSchema, triesSchema, waitSchema } from './scripts/arguments.js';
import { allAtOnce, clients, type Form } from './scripts/tries.js';

const args = z.strictObject({
  host: hostSchema,
  port: portSchema,
  path: pathSchema,
  tries: triesSchema,
  waitSeconds: waitSchema,
  hostHeader: z
    .string()
    .regex(/^[A-Za-z0-9_.:[\]-]+$/)
    .max(260)
    .optional(),
});
type Args = z.infer<typeof args>;

// Stands inside single quotes below, hence the double ones.
const request = String.raw`printf "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: net-triage\r\nConnection: close\r\n\r\n"`;

const onceWithCurl = `  case $host in *:*) host="[$host]" ;; esac
  curl -s -v -o /dev/null --noproxy '*' -A net-triage -H "Host: $name" -m "$secs" \\
    -w ' code=%{http_code} body=%{size_download} head=%{size_header} first=%{time_starttransfer} ' "http://$host:$port$path"`;

// With `-e` the socket is the program's input and output and stays open both ways. A pipe would half-close it after
// the request, and some proxies (Envoy) then drop the connection without an answer.
const onceWithNc = `  if [ "$exec" ]; then
    timeout "$((secs + 1))" nc -w "$secs" "$host" "$port" -e sh -c 'echo "net-triage: connected" >&2
${request} "$1" "$2"; dd bs=1200 count=1 >&2' net-triage "$path" "$name"
  else ${request} "$path" "$name" | timeout "$((secs + 1))" nc -v $numeric -w "$secs" "$host" "$port"; fi`;
const findNc = "case $(nc -h 2>&1) in *'-e PROG'*) exec=yes ;; *) exec= ;; esac";
const onceWithBash = `  timeout "$secs" bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit; echo "net-triage: connected"
${request} "$3" "$4" >&3; dd bs=1200 count=1 <&3' net-triage "$host" "$port" "$path" "$name"`;

/** The programs that can ask for a page, with the script for each. */
export const getScripts = (form: Form) => ({
  curl: form(onceWithCurl),
  nc: form(onceWithNc, findNc),
  bash: form(onceWithBash),
});

/** As a browser writes it: with the port, and IPv6 in brackets. */
export const hostHeader = ({ host, port, hostHeader: wanted }: Pick<Args, 'host' | 'port' | 'hostHeader'>) =>
  wanted ?? hostPort(host, port);
const positions = (a: Args) => [a.host, a.port, a.waitSeconds, a.tries, a.path, hostHeader(a)];

/** One plain-text GET per try: is there anybody who answers with bytes, behind whatever accepts the connection. */
export const httpGet = defineQuery({
  name: 'http-get',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 15,
  args,
  variants: clients(getScripts(allAtOnce), positions),
  parse: ({ stdout, tool }, { waitSeconds }) => parseHttp(stdout, tool, waitSeconds),
});
