import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { causeSchema } from '../../src/domain/cause.js';
import type { SessionView } from '../../src/domain/session-view.js';
import { type Language, phraseBookSchema, type StepText } from '../../src/domain/text.js';
import type { ReportCatalog, ReportInput } from '../../src/report/catalog.js';
import { cartView } from './session-view.js';

export const phrases = phraseBookSchema.parse(
  parse(readFileSync(new URL('../../src/report/text.yaml', import.meta.url), 'utf8')),
);

interface Words {
  readonly title: string;
  readonly outcomes: Record<string, string>;
}

const text = (byHand: string, en: Words, zh: Words): { text: StepText } => {
  const rest = { question: '-', why: '-', 'by-hand': byHand, reading: [] };
  return { text: { en: { ...rest, ...en }, 'zh-CN': { ...rest, ...zh } } };
};

const cause = (changes: object) =>
  causeSchema.parse({
    stage: 'service',
    title: { en: 'A cause', 'zh-CN': '一个原因' },
    statement: { en: '-', 'zh-CN': '-' },
    subject: 'Service {namespace}/{service}',
    hop: 'service',
    proves: [],
    refutes: [],
    ...changes,
  });

/** A catalogue just large enough for the cart of the shop. */
export const shopCatalog: ReportCatalog = {
  phrases,
  elimination: {},
  runbooks: {},
  steps: {
    'pod-is-ready': text(
      'kubectl -n {source-namespace} get pod {source-pod}',
      { title: 'The Pod is ready', outcomes: { ready: 'Pod {pod} is ready.' } },
      { title: 'Pod 已就绪', outcomes: { ready: 'Pod {pod} 已就绪.' } },
    ),
    'service-has-ready-endpoints': text(
      'kubectl -n {namespace} get pods -l {selector}',
      {
        title: 'The Service has ready endpoints',
        outcomes: { 'none-matched': 'No Pod carries the labels {selector}.' },
      },
      { title: 'Service 有就绪的端点', outcomes: { 'none-matched': '没有 Pod 带有标签 {selector}.' } },
    ),
    'service-address-answers': text(
      'kubectl -n {source-namespace} exec {source-pod} -- nc -zv {service} {port}',
      { title: 'The Service address answers', outcomes: {} },
      { title: 'Service 地址有响应', outcomes: {} },
    ),
    'policies-admit-flow': text(
      'kubectl -n {namespace} get networkpolicies',
      { title: 'The policies admit the flow', outcomes: {} },
      { title: '网络策略允许该流量', outcomes: {} },
    ),
  },
  causes: {
    'SVC-01': cause({
      title: { en: 'The selector matches no Pod', 'zh-CN': '选择算符没有匹配到任何 Pod' },
      remedies: [
        {
          title: {
            en: 'Set the selector of the Service to the labels of the Pods',
            'zh-CN': '把 Service 的选择算符改为 Pod 的标签',
          },
          severity: 1,
          precheck: 'kubectl -n {namespace} get pods --show-labels',
          capture: 'kubectl -n {namespace} get service {service} -o yaml > {service}.saved.yaml',
          command: "kubectl -n {namespace} set selector service {service} '{wanted}'",
          effect: {
            en: 'The EndpointSlice lists the Pods within seconds.',
            'zh-CN': 'EndpointSlice 会在数秒内列出这些 Pod.',
          },
          rollback: "kubectl -n {namespace} set selector service {service} '{selector}'",
          verify: ['service-has-ready-endpoints', 'service-address-answers'],
        },
      ],
    }),
    'SVC-02': cause({ title: { en: 'No selected Pod is ready', 'zh-CN': '被选中的 Pod 都未就绪' } }),
    'POD-02': cause({ stage: 'pod', title: { en: 'The Pod is not ready', 'zh-CN': 'Pod 未就绪' } }),
  },
};

export const reportInput = (language: Language = 'en', session: SessionView = cartView()): ReportInput => ({
  session,
  catalog: shopCatalog,
  language,
  evidence: [
    { id: 'endpoints.1', file: 'evidence/endpoints.1.json', sha256: 'e1'.repeat(32) },
    { id: 'source.1', file: 'evidence/source.1.json', sha256: '50'.repeat(32) },
  ],
  redactions: [{ rule: 'jwt', count: 2 }],
});
