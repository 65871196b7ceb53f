/** The plugins that CoreDNS itself comes with, now and before (plugin.cfg of 1.0 to 1.13); a build of one's own may have more. */
export const corefilePlugins: readonly string[] =
  `root metadata geoip cancel tls quic https https3 timeouts multisocket reload nsid bufsize bind debug trace ready health
  pprof prometheus errors log dnstap local dns64 acl any chaos loadbalance tsig cache rewrite header dnssec autopath
  minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward
  grpc erratic whoami on sign view nomad import`.split(/\s+/);

/** What a Corefile of years ago may still say, and no CoreDNS of today takes: the plugin, its setting, the version without it. */
export const removedFromCorefiles: readonly {
  readonly plugin: string;
  readonly setting: string;
  readonly since: string;
}[] = [
  { plugin: 'proxy', setting: '', since: '1.5.0' },
  { plugin: 'kubernetes', setting: 'upstream', since: '1.7.0' },
  { plugin: 'kubernetes', setting: 'resyncperiod', since: '1.7.0' },
  { plugin: 'federation', setting: '', since: '1.7.0' },
];
