import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { hostPort } from '../parse/addresses.js';
import { parseProxiedGet } from '../parse/egress/proxied-get.js';
import { hostSchema, portSchema } from './scripts/arguments.js';
import { shell } from './scripts/tries.js';

const args = z.strictObject({ host: hostSchema, port: portSchema });

// curl minds only http_proxy for plain HTTP, other programs HTTP_PROXY as well: it is told the one where there is no other.
// Its complaint names the host of the proxy and no password.
const script = `set -f
url=$1
ask() { curl -s -S -o /dev/null -m 4 -A net-triage -w 'status=%{http_code}' "$url"; }
direct() { unset http_proxy HTTP_PROXY all_proxy ALL_PROXY; ask; }
told() { export http_proxy="$proxy" no_proxy="\${no_proxy:-\${NO_PROXY:-}}"; ask; }
way() {
  said=$("$1" 2>&1 </dev/null); code=$?
  status=\${said##*status=}
  printf 'way %s status=%.3s exit=%s %.200s\\n' "$1" "$status" "$code" "$(printf '%s ' \${said%status=*})"
}
proxy=\${http_proxy:-\${HTTP_PROXY:-\${all_proxy:-\${ALL_PROXY:-}}}}
[ -z "$proxy" ] || { echo 'proxy named'; way told & way direct & wait; }`;

/** The same request as a program of the container makes it, and past the proxy that its environment names. */
export const proxiedGet = defineQuery({
  name: 'proxied-get',
  where: 'pod',
  level: 'probe',
  limit: 8,
  args,
  variants: [{ tool: 'curl', argv: ({ host, port }) => shell(script, [`http://${hostPort(host, port)}/`]) }],
  parse: ({ stdout }) => parseProxiedGet(stdout),
});
