import { it } from 'vitest';
import { type Ahead, expectAhead } from './ahead.js';

const silentService = { 'service-address-answers': 'times-out' };
const silentPods = { ...silentService, 'each-endpoint-answers': 'all-time-out' };
const silentPod = { 'destination-address-answers': 'times-out' };
const onlyService = { ...silentService, 'each-endpoint-answers': 'all-answer' };
const silentBalancer = { 'load-balancer-answers-the-client': 'times-out' };
const noOutside = { 'outside-name-resolves': 'only-outside-fails' };
const notFound = { 'service-name-resolves': 'not-found' };
const external = { 'service-exists': 'external-name', 'service-name-resolves': 'server-fails' };
const abrupt = {
  ...{ 'dns-pods-leave-gently': 'abrupt', 'dns-servers-answer': 'all-answer' },
  'name-resolves-every-time': 'some-fail',
};
const linkLocal = {
  ...{ ...silentPod, 'destination-is-an-ordinary-address': 'link-local' },
  'destination-answers-the-node': 'answers-the-node-only',
};
const peerOnly = {
  ...{ ...silentPod, 'destination-answers-the-node': 'answers-a-peer-only' },
  ...{ 'node-knows-a-way-there': 'routed', 'next-hop-answers': 'answers' },
};
const bothFail = { 'destination-address-answers': 'some-fail', 'destination-answers-the-node': 'some-fail' };
const closedEarly = { 'controller-log-names-no-fault': 'closed-early', 'ingress-answers-the-client': 'some-fail' };
const usable = { ...silentPods, 'manual-endpoints-are-usable': 'usable' };

const pairs: readonly Ahead[] = [
  ['CIL-05', 'DNS-04', { ...silentPod, 'cilium-drops-nothing': 'denied-as-world', 'outside-name-resolves': 'found' }],
  ['DNS-04', 'CIL-05', { ...noOutside, 'dns-log-names-no-failure': 'upstream-silent' }],
  [
    'CT-03',
    'NP-03',
    { 'service-name-resolves': 'slow', 'policies-allow-dns': 'allowed', 'parallel-lookups-are-answered': 'clashing' },
  ],
  ['NP-03', 'CT-03', { 'service-name-resolves': 'times-out', 'policies-allow-dns': 'denied' }],
  [
    'DNS-04',
    'SVC-13',
    { ...external, 'external-name-is-plausible': 'plausible', 'dns-log-names-no-failure': 'upstream-silent' },
  ],
  [
    'SVC-13',
    'DNS-04',
    { ...external, 'external-name-is-plausible': 'is-address', 'dns-log-names-no-failure': 'quiet' },
  ],
  ['DNS-05', 'DNS-04', { ...noOutside, 'resolver-allowance-is-kept': 'exceeded' }],
  ['DNS-04', 'DNS-05', { ...noOutside, 'resolver-allowance-is-kept': 'kept' }],
  ['DNS-05', 'DNS-06', { ...noOutside, 'resolver-allowance-is-kept': 'exceeded' }],
  [
    'DNS-06',
    'DNS-05',
    { ...noOutside, 'resolver-allowance-is-kept': 'kept', 'dns-log-names-no-failure': 'too-many-at-once' },
  ],
  ['DNS-08', 'SVC-13', { 'outside-name-resolves': 'not-found', 'search-list-is-harmless': 'answers-for-others' }],
  ['SVC-13', 'DNS-08', { ...notFound, 'service-exists': 'external-name', 'search-list-is-harmless': 'few-questions' }],
  ['DNS-11', 'DNS-22', { ...notFound, 'each-name-server-answers': 'too-many', 'service-exists': 'exists' }],
  ['DNS-22', 'DNS-11', { ...notFound, 'each-name-server-answers': 'too-many', 'service-exists': 'missing' }],
  ['DNS-14', 'MTU-02', { ...noOutside, 'path-mtu-fits': 'whole', 'dns-log-names-no-failure': 'answer-malformed' }],
  ['MTU-02', 'DNS-14', { 'path-mtu-fits': 'hole', 'large-payloads-pass': 'large-hang', 'device-mtus-agree': 'agree' }],
  ['DNS-15', 'KP-04', { 'service-name-resolves': 'times-out', 'node-local-cache-answers': 'silent' }],
  [
    'KP-04',
    'DNS-15',
    { ...onlyService, 'node-local-cache-answers': 'answers', 'kube-proxy-writes-its-rules': 'lock-held' },
  ],
  [
    'DNS-17',
    'SVC-11',
    {
      ...notFound,
      'headless-port-is-the-container-port': 'same',
      'name-is-older-than-caches': 'young',
      'dns-replicas-agree': 'differ',
    },
  ],
  ['SVC-11', 'DNS-17', { 'service-name-answers': 'fails', 'headless-port-is-the-container-port': 'mapped' }],
  ['DNS-18', 'CT-05', { ...abrupt, 'connections-are-tracked-right': 'right' }],
  ['CT-05', 'DNS-18', { ...abrupt, 'connections-are-tracked-right': 'stale-target' }],
  ['DNS-06', 'POD-06', { 'every-way-holds-over-time': 'only-the-name' }],
  ['POD-06', 'DNS-06', { 'every-way-holds-over-time': 'some-hesitate' }],
  ['EGR-04', 'CT-04', { ...bothFail, 'source-ports-are-left': 'left' }],
  ['CT-04', 'EGR-04', { ...bothFail, 'source-ports-are-left': 'node-used-up' }],
  ['EGR-05', 'NP-02', { ...linkLocal, 'policies-allow-egress': 'open' }],
  [
    'NP-02',
    'EGR-05',
    { ...linkLocal, 'policies-allow-egress': 'denied', 'policy-rules-drop-nothing': 'dropped-at-source' },
  ],
  ['EGR-07', 'EGR-03', { 'destination-address-answers': 'answers', 'destination-takes-the-requests': 'too-many' }],
  ['EGR-03', 'EGR-07', { ...peerOnly, 'destination-takes-the-requests': 'not-reached' }],
  ['CT-07', 'ING-03', { 'idle-connections-are-kept': 'forgets' }],
  ['ING-03', 'CT-07', { ...closedEarly, 'idle-connections-are-kept': 'kept' }],
  ['POD-07', 'ING-03', { ...silentPods, 'endpoints-match-pods': 'only-terminating' }],
  ['ING-03', 'POD-07', { ...closedEarly, 'endpoints-match-pods': 'current' }],
  [
    'ING-05',
    'POD-09',
    { 'backends-answer-the-controller': 'speak-tls', 'controller-serves-the-ingress': 'bad-gateway' },
  ],
  [
    'ING-12',
    'LB-06',
    { 'load-balancer-answers-other-nodes': 'answers-all', 'controller-log-names-no-fault': 'proxy-protocol' },
  ],
  ['LB-06', 'ING-12', { ...silentBalancer, 'load-balancer-answers-other-nodes': 'fails-where-servers-are' }],
  ['ING-13', 'NODE-10', { 'served-certificate-fits-the-host': 'not-yet-valid', 'node-clocks-agree': 'agree' }],
  ['NODE-10', 'ING-13', { 'served-certificate-fits-the-host': 'fits', 'node-clocks-agree': 'apart' }],
  ['LB-02', 'LB-03', { ...silentBalancer, 'node-port-answers-on-every-node': 'as-local' }],
  [
    'LB-03',
    'LB-02',
    { 'load-balancer-answers-the-client': 'some-fail', 'node-port-answers-on-every-node': 'as-local' },
  ],
  ['LB-08', 'LB-02', { 'nodes-answer-the-client-by-their-uplink': 'by-another-device' }],
  ['LB-02', 'LB-08', { ...silentBalancer, 'nodes-answer-the-client-by-their-uplink': 'by-uplink' }],
  ['LB-08', 'NODE-02', { 'nodes-answer-the-client-by-their-uplink': 'by-another-device' }],
  [
    'NODE-02',
    'LB-08',
    {
      ...silentPod,
      'nodes-answer-the-client-by-their-uplink': 'by-uplink',
      'replies-leave-where-packets-arrive': 'filtered',
    },
  ],
  ['POD-09', 'NP-01', { 'destination-address-answers': 'resets', 'policies-allow-ingress': 'open' }],
  ['NP-01', 'POD-09', { ...silentPod, 'policies-allow-ingress': 'denied' }],
  ['POD-10', 'KP-17', { 'host-ports-are-free': 'taken', 'destination-pods-are-running': 'none-running' }],
  [
    'KP-17',
    'POD-10',
    { ...silentPod, 'host-ports-are-free': 'none-wanted', 'node-port-is-left-to-the-service': 'client-socket' },
  ],
  ['POD-10', 'KP-18', { 'host-ports-are-free': 'taken', 'destination-pods-are-running': 'none-running' }],
  ['KP-18', 'POD-10', { ...silentPod, 'host-ports-are-free': 'free', 'host-port-leads-to-its-pod': 'missing' }],
  ['POD-11', 'NP-02', { 'pod-uses-no-proxy': 'proxied-without-exceptions', 'policies-allow-egress': 'open' }],
  ['NP-02', 'POD-11', { ...silentPod, 'pod-uses-no-proxy': 'none', 'policies-allow-egress': 'denied' }],
  [
    'SVC-06',
    'NP-02',
    { ...usable, 'policies-allow-egress': 'open', 'manual-endpoints-answer-a-node': 'answers-no-node' },
  ],
  ['NP-02', 'SVC-06', { ...usable, 'policies-allow-egress': 'denied', 'manual-endpoints-answer-a-node': 'answers' }],
];

it.each(pairs)('%s, and not %s', (...pair) => expectAhead(pair));
