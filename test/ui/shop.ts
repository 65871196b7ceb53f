import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Catalog, CatalogStep } from '../../src/catalog/catalog.js';
import { causeSchema } from '../../src/domain/cause.js';
import type { Finding } from '../../src/domain/finding.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import type { AnyStep } from '../../src/domain/step.js';
import { phraseBookSchema } from '../../src/domain/text.js';
import type { Verdict } from '../../src/domain/verdict.js';
import type { SessionLook } from '../../src/machines/look.js';
import type { Earlier, FirstLook } from '../../src/ui/first-look.js';

const read = (path: string) =>
  phraseBookSchema.parse(parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')));
export const uiPhrases = read('src/ui/text.yaml');

type Words = { title: string; question: string; why: string; outcomes: Record<string, string>; byHand: string };
const words = ({ byHand, ...rest }: Words) => ({
  ...rest,
  'by-hand': byHand,
  reading: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/'],
});

const step = (id: string, about: Pick<AnyStep, 'stage' | 'outcomes'> & { en: Words; zh: Words }): CatalogStep => ({
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

const steps = [
  step('source-pod-is-running', {
    stage: 'pod',
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

const runbook = runbookSchema.parse({
  title: { en: 'A Service does not answer inside the cluster', 'zh-CN': '集群内访问 Service 没有响应' },
  hint: {
    en: 'A Pod calls a Service and is refused or waits in vain.',
    'zh-CN': 'Pod 访问 Service 时被拒绝或一直等待.',
  },
  flow: { from: ['pod'], to: ['service'] },
  start: 'source',
  nodes: {
    source: { step: 'source-pod-is-running', on: { running: 'service', crashing: 'service' }, otherwise: 'service' },
    service: {
      step: 'service-exists',
      on: { exists: 'port', headless: 'port', missing: { cause: 'SVC-17' } },
      otherwise: 'port',
    },
    port: {
      step: 'service-offers-the-port',
      on: { offered: 'address', ambiguous: 'address', 'not-offered': { cause: 'SVC-17' } },
      otherwise: 'address',
    },
    address: {
      step: 'service-address-answers',
      on: { answers: { healthy: null }, refused: 'endpoints', 'times-out': 'endpoints' },
      otherwise: 'endpoints',
    },
    endpoints: {
      step: 'service-has-ready-endpoints',
      on: { ready: 'recent', 'some-not-ready': 'selects', 'none-ready': 'selects', 'none-listed': 'selects' },
      otherwise: 'selects',
    },
    selects: {
      step: 'service-selects-pods',
      on: { matched: { inconclusive: null }, 'none-matched': { cause: 'SVC-01' }, 'no-selector': 'recent' },
      otherwise: 'recent',
    },
    recent: {
      ask: { en: 'Has the Service ever answered from this Pod?', 'zh-CN': '该 Service 曾经响应过这个 Pod 吗?' },
      answers: {
        yes: { en: 'Yes, it worked before', 'zh-CN': '是, 以前正常' },
        no: { en: 'No, it is new', 'zh-CN': '否, 是新的' },
      },
      on: { yes: { inconclusive: null }, no: { cause: 'SVC-17' } },
      otherwise: { inconclusive: null },
    },
  },
});

const causes = {
  'SVC-01': causeSchema.parse({
    title: { en: 'The selector matches no Pod', 'zh-CN': '选择算符没有匹配到任何 Pod' },
    stage: 'service',
    statement: {
      en: 'Service {namespace}/{service} selects {selector}, but no Pod in the Namespace carries these labels.',
      'zh-CN': 'Service {namespace}/{service} 的选择算符是 {selector}, 但该名字空间中没有 Pod 带有这些标签.',
    },
    subject: 'Service {namespace}/{service}',
    proves: [{ 'service-selects-pods': 'none-matched' }],
    refutes: [],
    remedies: [
      {
        title: {
          en: 'Let the Service select the labels that the Pods carry',
          'zh-CN': '让 Service 选择 Pod 实际带有的标签',
        },
        severity: 1,
        precheck: 'kubectl -n {namespace} get pods --show-labels',
        command: "kubectl -n {namespace} set selector service {service} '{near}'",
        effect: { en: 'The Pods enter the endpoints within seconds.', 'zh-CN': 'Pod 在几秒内进入端点.' },
        rollback: "kubectl -n {namespace} set selector service {service} '{selector}'",
        verify: ['service-selects-pods', 'service-address-answers'],
      },
      {
        title: { en: 'Roll the Deployment back to the labels before', 'zh-CN': '将 Deployment 回滚到之前的标签' },
        severity: 2,
        precheck: 'kubectl -n {namespace} rollout history deployment',
        command: 'kubectl -n {namespace} rollout undo deployment {service}',
        effect: { en: 'New Pods carry the old labels.', 'zh-CN': '新 Pod 带有旧标签.' },
        rollback: 'Nothing to undo, the revision before stays in the history',
        verify: ['service-selects-pods'],
      },
    ],
  }),
  'SVC-17': causeSchema.parse({
    title: { en: 'The port is not offered', 'zh-CN': '端口未提供' },
    stage: 'service',
    statement: {
      en: 'Service {namespace}/{service} does not offer port {port}.',
      'zh-CN': 'Service {namespace}/{service} 不提供端口 {port}.',
    },
    subject: 'Service {namespace}/{service}',
    proves: [],
    refutes: [],
  }),
};

/** A small shop: one runbook, six checks, two causes. Small, so that a frame changes only when the screen does. */
export const shopCatalog: Catalog = {
  steps: Object.fromEntries(steps.map((item) => [item.id, item])),
  causes,
  elimination: {},
  runbooks: { 'service-unreachable': { ...runbook, id: 'service-unreachable', sha256: '0'.repeat(64) } },
  phrases: { ...uiPhrases, ...read('src/report/text.yaml') },
};

/** What a sweep of the shop shows while a node is away and the rights are not complete. */
export const firstLook: FirstLook = {
  seen: [
    {
      result: 'fail',
      key: 'none-ready-since',
      facts: { service: 'shop/cart', all: 3, since: '01:58:12Z' },
      symptom: 'service-unreachable',
    },
    { result: 'error', key: 'denied', facts: { what: ['pods'] } },
    {
      result: 'warn',
      key: 'node-not-ready-since',
      facts: { node: 'ip-10-0-3-17', since: '02:09:40Z' },
      symptom: 'node-unhealthy',
    },
    { result: 'skip', key: 'only-first', facts: { what: 'nodes', count: 500 } },
  ],
  access: [
    { level: 'observe', answer: 'partly', allowed: 11, all: 12, missing: ['list pods in kube-system'] },
    { level: 'probe', answer: 'no', allowed: 0, all: 1, missing: ['create pods/exec in shop'] },
    { level: 'node', answer: 'no', allowed: 0, all: 0, missing: [] },
  ],
  tookMs: 310,
};

export const earlier: Earlier[] = [
  { id: '20261120T002100Z-dns', state: 'paused', note: '', resumable: true },
  { id: '20261118T171000Z-cart', state: 'ended', note: 'fault SVC-01 certain, Service shop/cart', resumable: false },
];

export const startedAt = Date.UTC(2026, 10, 20, 2, 14, 4);
export const now = startedAt + 97_000;

const finding = (
  node: string,
  check: string,
  rest: Pick<Finding, 'outcome' | 'result'> & Partial<Finding>,
): Finding => ({
  ...{
    node,
    check,
    run: 1,
    stage: shopCatalog.steps[check]?.step.stage ?? 'service',
    facts: {},
    durationMs: 240,
    by: 'auto' as const,
    evidence: [`${node}.1`],
  },
  ...rest,
});

export const sourceRuns = finding('source', 'source-pod-is-running', {
  outcome: 'running',
  result: 'pass',
  facts: { node: 'node-a' },
});
export const serviceExists = finding('service', 'service-exists', {
  outcome: 'exists',
  result: 'pass',
  facts: { address: '10.96.14.7' },
});
export const portAmbiguous = finding('port', 'service-offers-the-port', {
  outcome: 'ambiguous',
  result: 'warn',
  facts: { ports: ['http 8080', 'admin 9090'] },
});
export const addressNotTried = finding('address', 'service-address-answers', {
  outcome: 'not-granted',
  result: 'skip',
  reason: { code: 'not-granted', detail: 'probe' },
  evidence: [],
  durationMs: 0,
});
export const nothingListed = finding('endpoints', 'service-has-ready-endpoints', {
  outcome: 'none-listed',
  result: 'fail',
  durationMs: 1310,
});
export const nothingSelected = finding('selects', 'service-selects-pods', {
  outcome: 'none-matched',
  result: 'fail',
  facts: { selector: { app: 'cart', tier: 'api' }, near: { app: 'cart', tier: 'backend' } },
});
export const denied = finding('endpoints', 'service-has-ready-endpoints', {
  outcome: 'forbidden',
  result: 'error',
  reason: {
    code: 'forbidden',
    detail: '',
    missing: { verb: 'list', resource: 'endpointslices', group: 'discovery.k8s.io', namespace: 'shop' },
  },
  evidence: [],
});

const base: SessionLook = {
  phase: 'walking',
  flow: {
    from: { kind: 'pod', namespace: 'shop', name: 'web-7d9f' },
    to: { kind: 'service', namespace: 'shop', name: 'cart', port: 8080 },
    protocol: 'TCP',
    port: 8080,
  },
  runbook: shopCatalog.runbooks['service-unreachable'] ?? null,
  trail: [sourceRuns, serviceExists, portAmbiguous, addressNotTried],
  flights: [
    { check: 'service-selects-pods', startedAt: now - 900, result: 'fail', outcome: 'none-matched' },
    { check: 'service-has-ready-endpoints', startedAt: now - 1300 },
  ],
  current: { node: 'endpoints', check: 'service-has-ready-endpoints', run: 1, startedAt: now - 1300, limitMs: 10_000 },
  reviewing: false,
  asking: null,
  paused: false,
  pace: 'auto',
  canGoBack: true,
  verdict: null,
  failure: null,
  commands: [
    {
      ...{ node: 'source', run: 1, where: 'api', exitCode: null, durationMs: 41 },
      argv: ['GET', '/api/v1/namespaces/shop/pods/web-7d9f'],
    },
    {
      ...{ node: 'port', run: 1, where: 'pod/shop/web-7d9f', exitCode: 1, durationMs: 120 },
      argv: ['wget', '-T', '3', '-O', '-', 'http://10.96.14.7:8080/ a'],
    },
  ],
  cost: { requests: 7, bytes: 41_200, commands: 0 },
  k8sVersion: 'v1.35.2',
  access: { allowed: ['list pods in shop', 'get services in shop'], denied: ['create pods/exec in shop'] },
  startedAt,
};

const verdict: Verdict = {
  result: 'fault',
  causes: [
    {
      id: 'SVC-01',
      certainty: 'certain',
      subject: 'Service shop/cart',
      statement: {
        en: 'Service shop/cart selects app=cart,tier=api, but no Pod in the Namespace carries these labels.',
        'zh-CN': 'Service shop/cart 的选择算符是 app=cart,tier=api, 但该名字空间中没有 Pod 带有这些标签.',
      },
      evidence: ['selects.1'],
      grounds: [
        { check: 'service-selects-pods', node: 'selects', outcome: 'none-matched', weight: 'decisive' },
        { check: 'service-has-ready-endpoints', node: 'endpoints', outcome: 'none-listed', weight: 'strong' },
      ],
      explains: [],
      unexplained: [],
      capped: [],
    },
  ],
  ruledOut: [{ id: 'SVC-17', by: 'port/service-offers-the-port' }],
  notChecked: [
    { check: 'service-address-answers', stage: 'connectivity', reason: { code: 'not-granted', detail: '' } },
    { check: 'stage:policy', stage: 'policy', reason: { code: 'not-built', detail: '' } },
    { check: 'stage:dns', stage: 'dns', reason: { code: 'not-built', detail: '' } },
    { check: 'stage:cni', stage: 'cni', reason: { code: 'not-built', detail: '' } },
  ],
  unexplained: [],
  tree: { cause: 'SVC-01' },
  next: 'service-address-answers',
};

const question = base.runbook?.nodes.recent;

/** One look for each thing that a session can be doing. */
export const looks = {
  preparing: {
    ...base,
    phase: 'preparing',
    runbook: null,
    trail: [],
    flights: [],
    current: null,
    access: null,
    k8sVersion: null,
    canGoBack: false,
  },
  running: base,
  paused: { ...base, paused: true },
  reviewing: { ...base, trail: [...base.trail, nothingListed], reviewing: true, pace: 'step', flights: [] },
  asking: {
    ...base,
    trail: [...base.trail, nothingListed],
    current: null,
    asking: question && 'ask' in question ? { node: 'recent', question } : null,
  },
  denied: { ...base, trail: [...base.trail, denied], reviewing: true, pace: 'step' },
  judged: {
    ...base,
    phase: 'judged',
    trail: [...base.trail, nothingListed, nothingSelected],
    current: null,
    verdict,
    canGoBack: false,
  },
  disagreeing: {
    ...base,
    phase: 'judged',
    trail: [...base.trail, nothingListed, nothingSelected],
    current: null,
    canGoBack: false,
    verdict: {
      ...verdict,
      tree: { cause: 'SVC-17' },
      causes: verdict.causes.map((cause) => ({ ...cause, certainty: 'probable', capped: ['rival', 'not-reproduced'] })),
    },
  },
  healthy: {
    ...base,
    phase: 'judged',
    current: null,
    canGoBack: false,
    verdict: { ...verdict, result: 'healthy', causes: [], tree: 'healthy', notChecked: [] },
  },
  inconclusive: {
    ...base,
    phase: 'judged',
    current: null,
    canGoBack: false,
    verdict: {
      ...verdict,
      result: 'inconclusive',
      causes: verdict.causes.map((cause) => ({ ...cause, certainty: 'possible', capped: ['only-weak'] })),
      tree: 'inconclusive',
    },
  },
  failed: {
    ...base,
    phase: 'over',
    runbook: null,
    trail: [],
    flights: [],
    current: null,
    canGoBack: false,
    failure: {
      code: 'unreachable',
      message: 'The API server at 192.0.2.10:6443 does not answer: connect ECONNREFUSED.',
    },
  },
} satisfies Record<string, SessionLook> as Record<string, SessionLook>;
