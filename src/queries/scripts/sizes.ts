/**
 * A fixed script that sends one GET per size and prints one line for each. Arguments: host, port, seconds,
 * the Host header, then the sizes. The path is padded until the request is that many bytes long: servers that repeat it
 * in a redirect or an error page (Go, Spring, Express) answer with as many, so both directions are asked. Requests that
 * fit into one packet go first: a large one teaches the client the size of the path, from then on it asks for smaller
 * answers (ipv4_default_advmss), and what is wrong on the way back would stay hidden for ten minutes.
 */
export const atEachSize = (once: string, before = ':') => `set -f
host=$1 port=$2 secs=$3 name=$4; shift 4
numeric=
case $host in *:*) numeric=-n ;; *[!0-9.]*) ;; *) numeric=-n ;; esac
${before}
once() {
${once}
}
one() {
  pad=$(($1 - 81 - \${#name})); if [ "$pad" -lt 1 ]; then pad=1; fi
  path=//net-triage/$(printf "%0\${pad}d" 0)
  said=$(once 2>&1 </dev/null); code=$?
  printf 'size %s exit=%s %.200s\\n' "$1" "$code" "$(printf '%s ' $said)"
}
late=
for size do
  if [ "$size" -gt 1390 ] && [ -z "$late" ]; then wait; late=yes; fi
  one "$size" &
done
wait`;
