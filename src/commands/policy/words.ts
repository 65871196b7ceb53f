import type { Phrase } from '../../domain/text.js';

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

/** Flags that answer what a cluster or a folder leaves open. */
const nameEngine = { en: 'name it with --engine', 'zh-CN': '请用 --engine 指定' };
const nameMode = { en: 'name it with --cilium-policy', 'zh-CN': '请用 --cilium-policy 指定' };
export const hints: Readonly<Record<string, Phrase>> = {
  'engine-unknown': nameEngine,
  'cilium-mode-engine': nameEngine,
  'cilium-mode-unread': nameMode,
  'cilium-mode-of-nodes': nameMode,
};
