import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Catalog } from '../../src/catalog/catalog.js';
import { causeSchema, eliminationSchema } from '../../src/domain/cause.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import { phraseBookSchema } from '../../src/domain/text.js';
import { policyStep, shopSteps } from './shop-steps.js';

const read = (path: string) =>
  phraseBookSchema.parse(parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')));
export const uiPhrases = read('src/ui/text.yaml');

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
    hop: 'service',
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
        capture: 'kubectl -n {namespace} get service {service} -o yaml > {service}.saved.yaml',
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
        rollback: {
          en: 'There is nothing to undo: the revision before stays in the history.',
          'zh-CN': '无需撤销: 之前的版本仍在历史中.',
        },
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
    hop: 'service',
    proves: [],
    refutes: [],
  }),
};

/** A small shop: one runbook, six checks, two causes. Small, so that a frame changes only when the screen does. */
export const shopCatalog: Catalog = {
  steps: Object.fromEntries(shopSteps.map((item) => [item.id, item])),
  causes,
  elimination: {},
  runbooks: { 'service-unreachable': { ...runbook, id: 'service-unreachable', sha256: '0'.repeat(64) } },
  phrases: { ...uiPhrases, ...read('src/report/text.yaml') },
};

/** The same with a symptom that none of its causes explains. */
export const residualCatalog: Catalog = {
  ...shopCatalog,
  elimination: eliminationSchema.parse({
    'name-times-out': {
      title: { en: 'The name server does not answer', 'zh-CN': '名称服务器没有应答' },
      when: { 'service-name-resolves': 'times-out' },
      keeps: [],
      symptom: true,
    },
  }),
};

const namesFail = runbookSchema.parse({
  title: { en: 'Names do not resolve', 'zh-CN': '名称无法解析' },
  hint: { en: 'A name has no address', 'zh-CN': '名称没有地址' },
  flow: { from: ['pod'], to: ['service'] },
  start: 'name',
  nodes: {
    name: {
      step: 'service-address-answers',
      on: { answers: { cause: 'DNS-01' } },
      otherwise: { inconclusive: null },
    },
  },
});

/** Where what is left has a runbook of its own. */
export const goingOnCatalog: Catalog = {
  ...residualCatalog,
  elimination: eliminationSchema.parse({
    'name-times-out': { ...residualCatalog.elimination['name-times-out'], keeps: ['DNS-01'] },
  }),
  runbooks: {
    ...shopCatalog.runbooks,
    'names-fail': { ...namesFail, id: 'names-fail', sha256: '1'.repeat(64) },
  },
};

/** The same with a check of policies. */
export const policedCatalog: Catalog = {
  ...shopCatalog,
  steps: { ...shopCatalog.steps, [policyStep.id]: policyStep },
};
