import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { fill, type Language, type Phrase } from '../../domain/text.js';
import { vendorReasons } from './vendor-reasons.js';

/** What the evaluator has to say, by its code. */
export const reasonWords: Readonly<Record<string, Phrase>> = {
  ...vendorReasons,
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

const codedSchema = z.strictObject({ code: z.string(), facts: z.record(z.string(), z.string()) });
/** Why the evaluator of policies knows no answer, or what to bear in mind. */
type Coded = z.infer<typeof codedSchema>;

const isCoded = (value: unknown): value is Coded => codedSchema.safeParse(value).success;

export const reasonSentence = ({ code, facts }: Coded, language: Language): string => {
  const phrase = Object.hasOwn(reasonWords, code) ? reasonWords[code] : undefined;
  return phrase ? fill(phrase[language], facts) : code;
};

const spoken = (value: Facts[string], language: Language): Facts[string] =>
  Array.isArray(value) && value.length > 0 && value.every(isCoded)
    ? value.map((one) => reasonSentence(one, language)).join('; ')
    : value;

/** Facts as a person reads them: reasons of the evaluator are codes until a language is chosen. */
export const spokenFacts = (facts: Facts, language: Language): Facts =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, spoken(value ?? null, language)]));
