import { describe, expect, it } from 'vitest';
import { dangerIds } from '../../src/domain/danger.js';
import { dangersIn } from '../../src/domain/dangers.js';

const dangerous: readonly (readonly [string, string])[] = [
  ['rules-flushed', 'iptables -F'],
  ['rules-flushed', 'sudo iptables -t nat --flush KUBE-SERVICES'],
  ['rules-flushed', 'nft flush ruleset'],
  ['rules-flushed', 'nft delete table ip kube-proxy'],
  ['rules-flushed', 'ipvsadm -C'],
  ['rule-by-number', 'iptables -D KUBE-EXTERNAL-SERVICES 1'],
  ['chain-of-another', 'iptables -t nat -I FLANNEL-POSTRTG -s 10.244.0.0/16 -j RETURN'],
  ['rules-traced', 'iptables -t raw -A PREROUTING -p udp --dport 53 -j TRACE'],
  ['connections-flushed', 'conntrack -F'],
  ['connections-flushed', 'conntrack -D'],
  ['plugin-removed', 'kubectl delete -f https://example.com/kube-flannel.yml && kubectl apply -f kube-flannel.yml'],
  ['plugin-removed', 'kubectl -n kube-system delete ds kube-proxy'],
  ['namespace-removed', 'kubectl delete ns kube-system'],
  ['node-removed', 'kubectl delete node node-a'],
  ['dns-removed', 'kubectl delete pod -n kube-system -l k8s-app=kube-dns'],
  ['dns-removed', 'kubectl -n kube-system delete pod coredns-5d78c9869d-abcde coredns-5d78c9869d-fghij'],
  ['policies-removed', 'kubectl delete netpol --all -n shop'],
  ['policies-removed', 'kubectl delete networkpolicies.networking.k8s.io -A --all'],
  ['policies-removed', 'kubectl delete globalnetworkpolicies.crd.projectcalico.org --all'],
  ['all-removed', 'kubectl -n shop delete pods --all'],
  ['all-removed', 'kubectl delete svc --all'],
  ['pods-forced', 'kubectl delete pod cart-1 --grace-period=0 --force'],
  ['pods-forced', 'kubectl -n shop delete pod/cart-1 --grace-period 0'],
  ['all-restarted', 'kubectl -n shop rollout restart deployment'],
  ['all-restarted', 'kubectl rollout restart ds -n kube-system'],
  ['agent-restarted', 'systemctl restart kube-proxy'],
  ['agent-restarted', 'service docker restart'],
  ['firewall-stopped', 'systemctl disable --now firewalld.service'],
  ['firewall-stopped', 'ufw disable'],
  ['network-restarted', 'systemctl restart NetworkManager'],
  ['node-restarted', 'sudo reboot'],
  ['node-restarted', 'shutdown -r now'],
  ['node-restarted', 'ssh node-a sudo systemctl reboot'],
  ['node-reset', 'kubeadm reset -f'],
  ['store-edited', 'etcdctl del /registry/services/specs/shop/cart'],
  ['path-filter-loosened', 'sysctl -w net.ipv4.conf.all.rp_filter=0'],
  ['path-filter-loosened', 'sysctl -w net.ipv4.conf.all.rp_filter = 2'],
  ['path-filter-loosened', 'sysctl net/ipv4/conf/default/rp_filter=0'],
  ['forwarding-off', 'sysctl -w net.ipv4.ip_forward=0'],
  ['bridge-hook-off', 'sysctl -w net.bridge.bridge-nf-call-iptables=0'],
  ['sockets-tuned', 'sysctl -w net.ipv4.tcp_tw_reuse=1 net.ipv4.tcp_fin_timeout=30'],
  ['sockets-tuned', 'sysctl -w net.ipv4.tcp_tw_recycle=1'],
  ['neighbour-removed', 'ip neigh del 10.244.1.0 dev flannel.1'],
  ['neighbour-removed', 'ip -s neigh flush all'],
  ['neighbour-removed', 'bridge fdb del 0a:58:0a:f4:01:00 dev flannel.1'],
  ['neighbour-removed', 'arp -d 10.0.0.7'],
  ['plugin-files-removed', 'rm -rf /var/lib/cni/'],
  ['plugin-files-removed', 'rm /etc/cni/net.d/*'],
  ['hosts-edited', "echo '10.0.0.7 cart' | sudo tee -a /etc/hosts"],
  ['hosts-edited', "sed -i 's/a/b/' /etc/hosts"],
  ['resolver-edited', 'echo nameserver 192.0.2.53 > /etc/resolv.conf'],
];

describe('a dangerous repair', () => {
  it.each(dangerous)('is %s: %s', (id, text) => expect(dangersIn(text)).toEqual([id]));

  it('is known by every id', () => {
    expect([...new Set(dangerous.map(([id]) => id))].toSorted()).toEqual([...dangerIds].toSorted());
  });

  it.each([
    ['sudo with its options', 'sudo -n -u root iptables -F'],
    ['kubectl exec', 'kubectl -n kube-system exec kube-proxy-x2 -c kube-proxy -- iptables -F'],
    ['a shell within', `kubectl exec pod -- sh -c "date; iptables -F"`],
    ['a shell on a node', `ssh node-a 'sudo /usr/sbin/iptables -F'`],
    ['a loop', 'for n in a b; do ssh $n iptables -F; done'],
    ['a pipe', 'echo yes | xargs iptables -F'],
    ['another command', 'echo $(iptables -F)'],
    ['a sentence', 'Then the night shift ran iptables -F on node-a, and it got worse.'],
    ['the end of a sentence', 'We ran iptables -F.'],
    ['a sentence with an apostrophe', "It didn't help to run iptables -F there"],
    ['code in a sentence', 'They ran `iptables -F` at 02:10'],
    ['a Chinese sentence', '\u591c\u73ed\u6267\u884c\u4e86iptables -F\u7136\u540e\u66f4\u7cdf.'],
    ['a dash that an editor made', 'iptables \u2013F'],
    ['a number of a ticket', 'See #4711: iptables -F'],
    ['a text given as input', "bash <<< 'iptables -F'"],
    ['several lines', 'date\n\n  iptables \\\n  -F\n'],
  ])('is seen behind %s', (_, text) => expect(dangersIn(text)).toEqual(['rules-flushed']));

  it('is told once each', () => {
    expect(dangersIn('iptables -F; iptables -X; conntrack -F')).toEqual(['rules-flushed', 'connections-flushed']);
  });
});

describe('what is no such repair', () => {
  it.each([
    'kubectl -n shop get pods -o wide',
    'kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=node-a',
    'kubectl -n kube-system delete pod -l k8s-app=kube-dns --field-selector spec.nodeName=node-a',
    'kubectl -n shop rollout restart deployment cart',
    'kubectl -n shop rollout restart deploy/cart',
    'kubectl -n shop rollout restart deployment -l app=cart',
    'kubectl delete ns scratch',
    'kubectl -n shop delete networkpolicy deny-all',
    'kubectl -n shop exec cart -- delete pods --all',
    'iptables-save | grep -F KUBE-SVC',
    'iptables -t nat -D POSTROUTING -s 10.0.0.1 -j ACCEPT',
    'conntrack -D -p udp --orig-dst 10.96.0.10',
    'sysctl -w net/ipv4/conf/flannel.1/rp_filter=2',
    'sysctl net.ipv4.ip_forward',
    'rm /var/lib/cni/networks/cbr0/10.244.1.9',
    'ip neigh show',
    'cat /etc/hosts',
    'sed -n 1p /etc/resolv.conf',
    'It came back after a reboot of node-a.',
    'The service of the shop stopped at 02:10, and kubectl could not delete anything.',
    'nft list ruleset',
    '',
  ])('is %s', (text) => expect(dangersIn(text)).toEqual([]));
});

it('ends soon on any text', () => {
  const hostile = ['"$('.repeat(5000), `'a b' `.repeat(5000), 'iptables '.repeat(5000), '`"'.repeat(5000)];
  for (const text of hostile) expect(dangersIn(text)).toEqual([]);
});
