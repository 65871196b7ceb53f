import { z } from 'zod';
import type { CatalogStep } from '../../src/catalog/catalog.js';
import type { AnyStep } from '../../src/domain/step.js';

type Words = { title: string; question: string; why: string; outcomes: Record<string, string>; byHand: string };
const words = ({ byHand, ...rest }: Words) => ({
  ...rest,
  'by-hand': byHand,
  reading: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/'],
});

const step = (
  id: string,
  about: Pick<AnyStep, 'stage' | 'hop' | 'outcomes'> & { en: Words; zh: Words },
): CatalogStep => ({
  id,
  step: {
    level: 'observe',
    cost: 0,
    reads: [],
    runs: [],
    from: ['pod'],
    to: ['service'],
    evidence: z.any(),
    collect: async () => ({}),
    interpret: () => ({ outcome: '' }),
    ...about,
  },
  text: { en: words(about.en), 'zh-CN': words(about.zh) },
});

/** The checks of the shop, in the order of its runbook. */
export const shopSteps = [
  step('source-pod-is-running', {
    stage: 'pod',
    hop: 'source',
    outcomes: { running: 'pass', crashing: 'fail' },
    en: {
      title: 'The source Pod is running',
      question: 'Does the Pod that sends the traffic run?',
      why: 'A Pod that does not run sends nothing.',
      outcomes: { running: 'The Pod {source} runs on {node}.', crashing: 'The Pod {source} is crashing.' },
      byHand: 'kubectl -n {source-namespace} get pod {source-pod} -o wide',
    },
    zh: {
      title: '源 Pod 正在运行',
      question: '发出流量的 Pod 是否在运行?',
      why: '没有运行的 Pod 不会发出流量.',
      outcomes: { running: 'Pod {source} 运行在 {node} 上.', crashing: 'Pod {source} 正在崩溃.' },
      byHand: 'kubectl -n {source-namespace} get pod {source-pod} -o wide',
    },
  }),
  step('service-exists', {
    stage: 'service',
    outcomes: { exists: 'pass', missing: 'fail', headless: 'pass' },
    en: {
      title: 'The Service exists',
      question: 'Is there a Service of that name in the Namespace?',
      why: 'Without the Service there is no address and no DNS name to reach.',
      outcomes: {
        exists: 'The Service {service} exists with the address {address}.',
        missing: 'There is no Service {service}.',
        headless: 'The Service {service} is headless.',
      },
      byHand: 'kubectl -n {namespace} get service {service} -o yaml',
    },
    zh: {
      title: 'Service 存在',
      question: '该名字空间中是否有这个 Service?',
      why: '没有 Service 就没有可以访问的地址与 DNS 名称.',
      outcomes: {
        exists: 'Service {service} 存在, 地址为 {address}.',
        missing: '没有 Service {service}.',
        headless: 'Service {service} 是无头服务.',
      },
      byHand: 'kubectl -n {namespace} get service {service} -o yaml',
    },
  }),
  step('service-offers-the-port', {
    stage: 'service',
    outcomes: { offered: 'pass', ambiguous: 'warn', 'not-offered': 'fail' },
    en: {
      title: 'The Service offers the port',
      question: 'Is the port of the flow one that the Service offers?',
      why: 'kube-proxy translates only the ports that the Service names.',
      outcomes: {
        offered: 'Port {port} is offered.',
        ambiguous: 'Several ports can be meant: {ports}.',
        'not-offered': 'Port {port} is not offered.',
      },
      byHand: 'kubectl -n {namespace} get service {service} -o jsonpath={.spec.ports}',
    },
    zh: {
      title: 'Service 提供该端口',
      question: '流量的端口是否由该 Service 提供?',
      why: 'kube-proxy 只转换 Service 中列出的端口.',
      outcomes: {
        offered: '提供端口 {port}.',
        ambiguous: '可能是多个端口之一: {ports}.',
        'not-offered': '不提供端口 {port}.',
      },
      byHand: 'kubectl -n {namespace} get service {service} -o jsonpath={.spec.ports}',
    },
  }),
  step('service-selects-pods', {
    stage: 'service',
    outcomes: { matched: 'pass', 'none-matched': 'fail', 'no-selector': 'unsure' },
    en: {
      title: 'The Service selects Pods',
      question: 'Does any Pod carry the labels that the Service selects?',
      why: 'The selector decides which Pods become endpoints; a label that was renamed empties it.',
      outcomes: {
        matched: 'The selector {selector} matches {total} Pods.',
        'none-matched': 'The selector {selector} matches no Pod; near ones carry {near}.',
        'no-selector': 'The Service has no selector.',
      },
      byHand: 'kubectl -n {namespace} get pods --show-labels',
    },
    zh: {
      title: 'Service 选中了 Pod',
      question: '是否有 Pod 带有该 Service 所选的标签?',
      why: '选择算符决定哪些 Pod 成为端点; 标签改名后端点会变空.',
      outcomes: {
        matched: '选择算符 {selector} 匹配 {total} 个 Pod.',
        'none-matched': '选择算符 {selector} 没有匹配任何 Pod; 相近的 Pod 带有 {near}.',
        'no-selector': '该 Service 没有选择算符.',
      },
      byHand: 'kubectl -n {namespace} get pods --show-labels',
    },
  }),
  step('service-has-ready-endpoints', {
    stage: 'service',
    outcomes: { ready: 'pass', 'some-not-ready': 'warn', 'none-ready': 'fail', 'none-listed': 'fail' },
    en: {
      title: 'The Service has ready endpoints',
      question: 'Is there at least one endpoint that may receive traffic for this port?',
      why: 'A Service without a ready endpoint cannot answer, however sound the network is.',
      outcomes: {
        ready: 'Every endpoint that should serve is ready: {addresses}.',
        'some-not-ready': 'Some endpoints are not ready: {addresses}.',
        'none-ready': 'None of the endpoints {addresses} is ready.',
        'none-listed': 'The slices of the Service {service} list no endpoint.',
      },
      byHand:
        'kubectl --context {context} -n {namespace} get endpointslices -l kubernetes.io/service-name={service} -o yaml',
    },
    zh: {
      title: 'Service 有就绪的端点',
      question: '这个端口是否至少有一个可以接收流量的端点?',
      why: '没有就绪端点的 Service 无法应答, 无论网络多么正常.',
      outcomes: {
        ready: '应当提供服务的端点全部就绪: {addresses}.',
        'some-not-ready': '有端点未就绪: {addresses}.',
        'none-ready': '端点 {addresses} 都没有就绪.',
        'none-listed': 'Service {service} 的 EndpointSlice 没有列出任何端点.',
      },
      byHand:
        'kubectl --context {context} -n {namespace} get endpointslices -l kubernetes.io/service-name={service} -o yaml',
    },
  }),
  step('service-address-answers', {
    stage: 'connectivity',
    outcomes: { answers: 'pass', refused: 'fail', 'times-out': 'fail' },
    en: {
      title: 'The Service address answers',
      question: 'Does the address of the Service answer the source Pod?',
      why: 'Only a packet proves that a packet can pass.',
      outcomes: {
        answers: 'All {tried} tries were answered.',
        refused: 'All {tried} tries were refused.',
        'times-out': 'None of {tried} tries was answered.',
      },
      byHand: 'kubectl -n {source-namespace} exec {source-pod} -- nc -zv {service}.{namespace} {port}',
    },
    zh: {
      title: 'Service 地址有响应',
      question: 'Service 的地址是否响应源 Pod?',
      why: '只有数据包能证明数据包可以通过.',
      outcomes: {
        answers: '{tried} 次尝试全部有响应.',
        refused: '{tried} 次尝试全部被拒绝.',
        'times-out': '{tried} 次尝试都没有响应.',
      },
      byHand: 'kubectl -n {source-namespace} exec {source-pod} -- nc -zv {service}.{namespace} {port}',
    },
  }),
];

/** For who shows what a check of policies draws; the shop itself has none. */
export const policyStep = step('policies-allow-ingress', {
  stage: 'policy',
  outcomes: { allowed: 'pass', denied: 'fail' },
  en: {
    title: 'The policies let the flow in',
    question: 'Does a policy at the destination deny the flow?',
    why: 'Whoever a policy selects is open only to those that a rule names.',
    outcomes: {
      allowed: 'A rule lets it in.',
      denied: '{policies} selects the destination, and no rule lets it in.',
    },
    byHand: 'kubectl -n {namespace} get networkpolicies -o yaml',
  },
  zh: {
    title: '策略允许流量进入',
    question: '目的端是否有策略拒绝该流量?',
    why: '被策略选中的 Pod 只对规则列出的来源开放.',
    outcomes: { allowed: '有规则放行.', denied: '{policies} 选中了目的端, 且没有规则放行.' },
    byHand: 'kubectl -n {namespace} get networkpolicies -o yaml',
  },
});
