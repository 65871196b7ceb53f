import type { Phrase } from '../../domain/text.js';
import { vendorWords } from './vendor-words.js';

/** What the evaluator has to say, by its code. */
export const reasonWords: Readonly<Record<string, Phrase>> = {
  ...vendorWords,
  self: { en: '{end} reaches itself, whatever policies say', 'zh-CN': '{end} 总能访问自身, 与策略无关' },
  'own-node': {
    en: '{end} and its own node reach each other, whatever policies say',
    'zh-CN': '{end} 与其所在节点总能互通, 与策略无关',
  },
  'host-network': {
    en: '{end} is in the network of its node: most plugins apply no policy to it, others do',
    'zh-CN': '{end} 使用节点网络: 多数插件不对其应用策略, 但有些会',
  },
  'block-matches-pod': {
    en: '{end} is a Pod and is allowed by an ipBlock: this depends on the plugin, Cilium for example does not match Pods by address',
    'zh-CN': '{end} 是 Pod, 由 ipBlock 放行: 这取决于插件, 例如 Cilium 不按地址匹配 Pod',
  },
  'address-unknown': {
    en: 'the address of {end} is not known, and a rule asks for it',
    'zh-CN': '{end} 的地址未知, 而规则需要地址',
  },
  'domain-name': {
    en: 'a rule speaks of {names}, whose addresses are not known',
    'zh-CN': '规则涉及 {names}, 其地址未知',
  },
  'equal-order': {
    en: 'two policies of the same priority disagree, and which comes first is undefined',
    'zh-CN': '两个优先级相同的策略结论不同, 先后顺序未定义',
  },
  'node-unknown': {
    en: 'the node of {end} is not known: traffic from its own node is always allowed',
    'zh-CN': '{end} 所在节点未知: 来自自身节点的流量总被放行',
  },
  'nodes-unread': {
    en: 'the nodes were not read, since the right to list them is missing: what depends on their addresses or labels cannot be known',
    'zh-CN': '未读取节点, 因为缺少列出节点的权限: 取决于节点地址或标签的结论无法得知',
  },
  'node-labels-unknown': {
    en: 'the labels of {end} are not known, and a rule selects nodes by them',
    'zh-CN': '{end} 的标签未知, 而规则按标签选择节点',
  },
  'kind-not-understood': {
    en: '{kind} {policy} ({group}) is not understood and may decide',
    'zh-CN': '无法理解 {kind} {policy} ({group}), 它可能起决定作用',
  },
  differs: {
    en: 'the ends are several, and they differ: {allowed} is allowed, {denied} is denied',
    'zh-CN': '端点有多个且结果不同: {allowed} 放行, {denied} 拒绝',
  },
  finished: { en: '{end} has ended and has no network any more', 'zh-CN': '{end} 已结束, 不再有网络' },
  'no-endpoints': {
    en: 'Service {service} leads to no Pod or address that is known',
    'zh-CN': 'Service {service} 没有指向任何已知的 Pod 或地址',
  },
  'external-name': {
    en: 'Service {service} is a name outside the cluster',
    'zh-CN': 'Service {service} 是集群外的名称',
  },
  'ingress-not-judged': {
    en: 'an Ingress is served by its controller: ask from its Pods to the Service behind it',
    'zh-CN': 'Ingress 由其控制器提供服务: 请查询从控制器 Pod 到后端 Service 的流量',
  },
  'no-common-family': { en: 'the ends have no address family in common', 'zh-CN': '两端没有共同的地址族' },
  'read-in-namespaces': {
    en: 'policies of the cluster and of {namespaces} were read; an address of a Pod elsewhere counts as outside',
    'zh-CN': '读取了集群级以及 {namespaces} 的策略; 其他名字空间中 Pod 的地址视为集群外',
  },
  'source-rewritten': {
    en: 'the Service hides the source: policies see the node that the traffic came to',
    'zh-CN': '该 Service 隐藏来源: 策略看到的是流量进入的节点',
  },
};

export const answerWords = {
  allowed: { en: 'allowed', 'zh-CN': '放行' },
  denied: { en: 'denied', 'zh-CN': '拒绝' },
  unknown: { en: 'cannot be known', 'zh-CN': '无法得知' },
} as const satisfies Record<string, Phrase>;

export const words = {
  'lets-through': { en: 'no rule stops its {direction}', 'zh-CN': '没有规则阻止其{direction}' },
  'rule-allows': { en: '{direction}: allowed by {policies}', 'zh-CN': '{direction}: 由 {policies} 放行' },
  'rule-denies': { en: '{direction}: denied by {policies}', 'zh-CN': '{direction}: 被 {policies} 拒绝' },
  isolates: {
    en: '{direction}: isolated by {policies}, and no rule allows it',
    'zh-CN': '{direction}: {policies} 进行了隔离, 且没有规则放行',
  },
  open: { en: '{direction}: cannot be known', 'zh-CN': '{direction}: 无法得知' },
  egress: { en: 'egress', 'zh-CN': '出站' },
  ingress: { en: 'ingress', 'zh-CN': '入站' },
  because: { en: 'because', 'zh-CN': '原因' },
  note: { en: 'note', 'zh-CN': '注意' },
  'near-host-network': {
    en: '{rule} selects the other end by its labels, but that Pod is in the network of its node',
    'zh-CN': '{rule} 按标签选择对端, 但该 Pod 使用节点网络',
  },
  'near-service-port': {
    en: '{rule} names the port of the Service ({wants}); policies see the port of the Pod ({has})',
    'zh-CN': '{rule} 写的是 Service 端口 ({wants}); 策略看到的是 Pod 端口 ({has})',
  },
  'near-ports': {
    en: '{rule} allows the other end, but other ports: {wants}, not {has}',
    'zh-CN': '{rule} 放行该对端, 但端口不同: 是 {wants}, 不是 {has}',
  },
  'near-both-selectors': {
    en: '{rule} has two selectors in one entry, and both must match: it asks for {wants} and finds {has}',
    'zh-CN': '{rule} 的一个条目中有两个选择器, 必须同时匹配: 要求 {wants}, 实际为 {has}',
  },
  'near-labels': {
    en: '{rule} asks for {wants} and finds {has}',
    'zh-CN': '{rule} 要求 {wants}, 实际为 {has}',
  },
  change: {
    en: 'The smallest change that would allow it (nothing was applied):',
    'zh-CN': '可放行该流量的最小改动 (未应用任何内容):',
  },
  problems: { en: 'Worth knowing about what was read:', 'zh-CN': '关于所读内容的提示:' },
  'open-pairs': {
    en: '{count} pairs are left out as far as they cannot be known, for example {from} -> {to}; ask with "policy eval"',
    'zh-CN': '有 {count} 对无法得知的部分未列出, 例如 {from} -> {to}; 可用 "policy eval" 查询',
  },
  grid: {
    en: 'A row is a source, a column with its number a destination: {all} everything, {none} nothing, {unknown} cannot be known, a letter some ports',
    'zh-CN': '行为来源, 同号的列为目的: {all} 全部放行, {none} 全不放行, {unknown} 无法得知, 字母表示部分端口',
  },
  appeared: { en: 'appeared', 'zh-CN': '新增' },
  vanished: { en: 'vanished', 'zh-CN': '消失' },
  same: { en: 'The same connections are allowed.', 'zh-CN': '放行的连接相同.' },
} as const satisfies Record<string, Phrase>;
