/** One way in which a program says that a connection failed. */
export interface KnownError {
  /** What was said, as a word that stays the same. */
  readonly sign: string;
  /** The part of the text that says it. Linear: no repetition stands within another. */
  readonly words: RegExp;
  /** The runbook that looks into it; absent where only the two ends of the flow decide. */
  readonly symptom?: string;
  /** What also stands in the wake of something more telling: it counts where nothing else was said. */
  readonly general?: true;
}

/** What failed connections are called, first what says most. Each line was seen in the wild or made on a real program. */
export const knownErrors: readonly KnownError[] = [
  // The sandbox of a Pod: kubelet, the container runtime, network plugins.
  { sign: 'no-sandbox', words: /FailedCreatePodSandBox|failed to create pod sandbox/i, symptom: 'pod-has-no-ip' },
  {
    sign: 'plugin-failed',
    words:
      /failed to set ?up network for sandbox|networkPlugin cni failed|plugin type="[\w-]{1,40}" failed|failed to find plugin "[\w-]{1,40}"/i,
    symptom: 'pod-has-no-ip',
  },
  {
    sign: 'plugin-not-ready',
    words: /NetworkPluginNotReady|cni plugin not initialized|cni config uninitialized/i,
    symptom: 'pod-has-no-ip',
  },
  {
    sign: 'no-address-left',
    words: /no IP addresses available in range|failed to assign an IP address to container/i,
    symptom: 'pod-has-no-ip',
  },

  // The API server on its way to kubelets and webhooks.
  { sign: 'kubelet-not-reached', words: /error dialing backend/i, symptom: 'control-plane-cannot-reach' },
  { sign: 'webhook-not-called', words: /failed calling webhook/i, symptom: 'control-plane-cannot-reach' },

  // Names: Go, glibc, musl, Java, Python, Node, curl, nginx, dig, CoreDNS.
  {
    sign: 'name-timed-out',
    words: /lookup [\w.-]{1,253}(?: on \S{1,60})?: (?:read udp \S{1,120}: )?i\/o timeout/,
    symptom: 'dns-fails',
  },
  { sign: 'name-unknown', words: /lookup [\w.-]{1,253}(?: on \S{1,60})?: no such host/, symptom: 'dns-fails' },
  { sign: 'server-failed', words: /lookup [\w.-]{1,253}(?: on \S{1,60})?: server misbehaving/, symptom: 'dns-fails' },
  {
    sign: 'name-refused',
    words: /lookup [\w.-]{1,253} on \S{1,60}: read udp \S{1,120}: read: connection refused/,
    symptom: 'dns-fails',
  },
  {
    sign: 'name-timed-out',
    words: /Temporary failure in name resolution|EAI_AGAIN|query[A-Z]{1,8} ETIMEOUT/,
    symptom: 'dns-fails',
  },
  {
    sign: 'name-unknown',
    words:
      /Name or service not known|No address associated with hostname|Name does not resolve|getaddrinfo ENOTFOUND|UnknownHostException|nodename nor servname provided/,
    symptom: 'dns-fails',
  },
  {
    sign: 'name-unknown',
    words: /Could not resolve host|Couldn't resolve host|bad address '[^']{1,253}'|Failed to resolve '[^']{1,253}'/i,
    symptom: 'dns-fails',
  },
  { sign: 'name-timed-out', words: /Resolving timed out|DnsNameResolverTimeoutException/, symptom: 'dns-fails' },
  {
    sign: 'name-unknown',
    words: /could not be resolved \((?:2|3|5|110): [A-Za-z ]{1,30}\)|host not found in (?:upstream|resolver)/,
    symptom: 'dns-fails',
  },
  { sign: 'server-failed', words: /\bSERVFAIL\b/, symptom: 'dns-fails' },
  { sign: 'name-unknown', words: /\bNXDOMAIN\b/, symptom: 'dns-fails' },
  {
    sign: 'name-timed-out',
    words: /no servers could be reached|communications error to \S{1,60}: timed out/,
    symptom: 'dns-fails',
  },
  {
    sign: 'upstream-timed-out',
    words: /plugin\/errors: \d{1,3} \S{1,253} [A-Z]{1,10}: [^\n]{1,120}/,
    symptom: 'dns-fails',
  },
  { sign: 'forwarding-loop', words: /Loop \([^)\n]{1,80}\) detected for zone/, symptom: 'dns-fails' },
  { sign: 'answer-malformed', words: /overflow unpacking \w{1,20}/, symptom: 'dns-fails' },

  // Ingress controllers, and what their clients are shown.
  {
    sign: 'upstream-refused',
    words: /connect\(\) failed \(111: Connection refused\) while connecting to upstream/,
    symptom: 'ingress-fails',
  },
  {
    sign: 'upstream-timed-out',
    words: /upstream timed out \(110: (?:Connection|Operation) timed out\) while [a-z ]{1,40}/,
    symptom: 'ingress-fails',
  },
  {
    sign: 'upstream-broke-off',
    words:
      /upstream prematurely closed connection|upstream sent too big header|no live upstreams|\(104: Connection reset by peer\) while reading response header from upstream/,
    symptom: 'ingress-fails',
  },
  {
    sign: 'http-status',
    words: /\b(?:502 Bad Gateway|503 Service (?:Temporarily )?Unavailable|504 Gateway Time-?out|default backend - 404)/,
    symptom: 'ingress-fails',
  },

  // Sizes.
  { sign: 'handshake-hangs', words: /TLS handshake timeout|SSL connection timeout/i, symptom: 'large-payload-hangs' },
  { sign: 'too-large', words: /\bEMSGSIZE\b|Message too long|fragmentation needed/i, symptom: 'large-payload-hangs' },

  // Tables, queues and ports that are used up.
  {
    sign: 'table-full',
    words: /nf_conntrack: [^\n]{0,60}table full|neighbou?r: arp_cache: neighbor table overflow/,
    symptom: 'new-connections-time-out',
  },
  { sign: 'queue-full', words: /Possible SYN flooding on port \S{1,60}/, symptom: 'new-connections-time-out' },
  {
    sign: 'no-source-port',
    words: /cannot assign requested address|EADDRNOTAVAIL/i,
    symptom: 'new-connections-time-out',
  },
  // The kernel answers a send that a full connection table or an output rule drops with EPERM.
  {
    sign: 'send-denied',
    words: /(?:connect|write|sendto|sendmsg)[^\n]{0,80}: operation not permitted/i,
    symptom: 'new-connections-time-out',
  },

  // Policies.
  { sign: 'policy-denied', words: /Policy denied|policy-verdict:\S{0,40} \w{1,20} DENIED/, symptom: 'policy-denies' },

  // What says how it failed, but not where: the two ends decide.
  { sign: 'refused', words: /connection refused|ECONNREFUSED|Couldn't connect to server/i, general: true },
  { sign: 'no-route', words: /no route to host|EHOSTUNREACH|NoRouteToHostException/i, general: true },
  { sign: 'unreachable', words: /network is unreachable|ENETUNREACH/i, general: true },
  {
    sign: 'reset',
    words: /connection reset(?: by peer)?|ECONNRESET|socket hang up|broken pipe|empty reply from server/i,
    general: true,
  },
  {
    sign: 'timed-out',
    words:
      /i\/o timeout|connect(?:ion)? timed out|operation timed out|read timed out|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|Timeout was reached|context deadline exceeded|Client\.Timeout exceeded|\btimed out\b/i,
    general: true,
  },
];
