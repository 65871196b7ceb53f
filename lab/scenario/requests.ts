import type { Symptom } from './fault.ts';
import type { Argv } from './place.ts';

// Exit code 0 only for a whole answer: what came until a stall is no answer. The limit of nc itself ends with the connect.
const GET = `printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$3" "$1" | timeout 4 nc -w "$4" "$1" "$2"`;

interface More {
  path?: string;
  /** How long one silence may be. */
  seconds?: number;
}

export const http = (host: string, port: number | string, { path = '/', seconds = 2 }: More = {}): Argv => [
  'sh',
  '-c',
  `${GET} 2>/dev/null | grep -q '200 OK'`,
  'http',
  host,
  String(port),
  path,
  String(seconds),
];

const PAUSING = `{ printf 'GET / HTTP/1.0\\r\\n'; sleep "$3"; printf '\\r\\n'; } | timeout "$4" nc -w "$5" "$1" "$2"`;

/** In seconds: the pause within the request, the whole, and the silence that nc bears. */
interface Pause {
  pause: number;
  whole: number;
  silence: number;
}

/** A request that stops in the middle, as a connection that is kept open does. */
export const pausing = (host: string, port: number, { pause, whole, silence }: Pause): Argv => [
  'sh',
  '-c',
  `${PAUSING} 2>/dev/null | grep -q '200 OK'`,
  'pausing',
  host,
  ...[port, pause, whole, silence].map(String),
];

/** A connection that opens is enough, where what listens speaks no HTTP. */
export const connects = (host: string, port: number | string): Argv => [
  'sh',
  '-c',
  'timeout 4 nc -w 2 "$1" "$2" </dev/null',
  'connects',
  host,
  String(port),
];

/** A body of so many bytes from `serve`: more than one packet carries. */
export const download = (host: string, port: number | string, bytes: number): Argv => [
  'sh',
  '-c',
  `[ "$(${GET} 2>/dev/null | wc -c)" -gt "$5" ]`,
  'download',
  host,
  String(port),
  `/bytes/${bytes}`,
  '2',
  String(bytes),
];

const LONG = `{ printf 'GET / HTTP/1.0\\r\\nX-Load: '; printf "%0$3d" 0; printf '\\r\\n\\r\\n'; } | timeout 4 nc -w 2 "$1" "$2"`;

/** A request with so many bytes more than others. */
export const upload = (host: string, port: number | string, bytes: number): Argv => [
  'sh',
  '-c',
  `${LONG} 2>/dev/null | grep -q '200 OK'`,
  'upload',
  host,
  String(port),
  String(bytes),
];

/** By the resolver of the image, as an application does it. Needs an image with getent, such as `TOOLS`. */
export const resolves = (name: string, seconds = 3): Argv => ['timeout', String(seconds), 'getent', 'ahosts', name];

/** One query to one server, without a search list. Needs dig. */
export const query = (name: string, server: string, more: Argv = []): Argv => [
  'sh',
  '-c',
  // The image with dig has no grep.
  `case "$(dig "$@")" in *'status: NOERROR'*) ;; *) exit 1 ;; esac`,
  'query',
  '+tries=1',
  '+time=2',
  ...more,
  `@${server}`,
  name,
];

export const asksForName = (request: Symptom['request']): boolean =>
  typeof request !== 'function' && (request.includes('getent') || request[3] === 'query');
