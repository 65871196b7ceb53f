import type { Phrase } from '../../domain/text.js';

/** What the policies of Calico and Cilium have to say beside those of Kubernetes, by its code. */
export const vendorReasons: Readonly<Record<string, Phrase>> = {
  'engine-unknown': {
    en: 'policies of several engines are there, and which of them has an effect is not known',
    'zh-CN': '存在多种引擎的策略, 无法得知哪一种生效',
  },
  'field-not-understood': {
    en: 'the field {field} is not understood and may decide',
    'zh-CN': '无法理解字段 {field}, 它可能起决定作用',
  },
  'tier-unknown': { en: 'the order of tier {tier} is not known', 'zh-CN': '层级 {tier} 的顺序未知' },
  'host-endpoint': {
    en: 'traffic of node {node} is judged at HostEndpoint {endpoint}, which is not followed here',
    'zh-CN': '节点 {node} 的流量由 HostEndpoint {endpoint} 判定, 此处不做推演',
  },
  'host-firewall': {
    en: '{policy} selects nodes: whether the firewall of hosts is on is not known',
    'zh-CN': '{policy} 选择了节点: 主机防火墙是否启用未知',
  },
  'account-unknown': {
    en: 'the labels of service account {account} are not known, and a rule asks for them',
    'zh-CN': '服务账号 {account} 的标签未知, 而规则需要标签',
  },
  'service-unknown': {
    en: 'Service {service} is not known, and a rule asks for its endpoints',
    'zh-CN': 'Service {service} 未知, 而规则需要其端点',
  },
  'source-port': {
    en: 'a rule asks for the port that the connection is opened from',
    'zh-CN': '规则限定了发起连接的源端口',
  },
  'icmp-type': { en: 'a rule speaks of some types of ICMP only', 'zh-CN': '规则仅涉及部分 ICMP 类型' },
  'layer-7': {
    en: 'the port is allowed; what is said on it is judged by the proxy as well',
    'zh-CN': '端口放行; 其上的请求内容还要由代理判定',
  },
  authentication: {
    en: 'the rule asks both ends to authenticate, which is not judged here',
    'zh-CN': '规则要求双方认证, 此处不做判定',
  },
  'requires-removed': {
    en: 'the rule holds up to Cilium 1.18; later versions do not know it',
    'zh-CN': '该规则在 Cilium 1.18 及之前有效; 之后的版本不再支持',
  },
  'requires-beyond-endpoints': {
    en: '{end} is no Pod: whether it has to carry the required labels is told in one way and done in another',
    'zh-CN': '{end} 不是 Pod: 它是否需要具备所要求的标签, 文档与实现不一致',
  },
  'beyond-endpoints': {
    en: '{end} has no labels, and a selector asks for labels that are missing',
    'zh-CN': '{end} 没有标签, 而选择算符要求标签不存在',
  },
  'label-not-in-identity': {
    en: 'label {label} is no part of an identity unless Cilium is told so',
    'zh-CN': '标签 {label} 默认不属于 Cilium 身份',
  },
  'label-source': { en: 'labels of {source} are not known', 'zh-CN': '来源为 {source} 的标签未知' },
  'cluster-name-unknown': { en: 'the name of the cluster is not known', 'zh-CN': '集群名称未知' },
  'api-server-unknown': {
    en: 'whether {end} is the API server is not known',
    'zh-CN': '无法得知 {end} 是否为 API 服务器',
  },
  'cidr-group-unknown': { en: 'CiliumCIDRGroup {group} is not known', 'zh-CN': 'CiliumCIDRGroup {group} 未知' },
  'cloud-group': { en: 'a rule speaks of a group that the cloud knows', 'zh-CN': '规则涉及云厂商的组' },
  'node-labels': {
    en: 'a rule selects nodes by their labels, which has to be switched on',
    'zh-CN': '规则按标签选择节点, 该功能需要单独启用',
  },
  'cilium-mode-unread': {
    en: 'on whom Cilium enforces policies could not be read (enable-policy in ConfigMap kube-system/cilium-config)',
    'zh-CN': '无法读取 Cilium 对哪些 Pod 执行策略 (ConfigMap kube-system/cilium-config 的 enable-policy)',
  },
  'cilium-mode-of-nodes': {
    en: 'CiliumNodeConfig {config} tells the agents of some nodes another enable-policy',
    'zh-CN': 'CiliumNodeConfig {config} 为部分节点的代理设置了不同的 enable-policy',
  },
  'cilium-mode-engine': {
    en: 'ConfigMap kube-system/cilium-config says enable-policy: {mode}, and whether Cilium is in charge is not known',
    'zh-CN': 'ConfigMap kube-system/cilium-config 写明 enable-policy: {mode}, 但无法得知是否由 Cilium 执行策略',
  },
  'ports-empty': { en: 'a rule has an entry for ports without a port', 'zh-CN': '规则的端口条目中没有端口' },
};
