import { rejections } from '../asking.js';
import { adminPolicy, baseline, together } from './tables.js';

const shop = 'subject: {namespaces: {matchLabels: {team: web}}}';
const all = '{namespaces: {}}';
const inRule = (rule: string) => adminPolicy('wrong', `{priority: 1, ${shop}, ingress: [${rule}]}`);
const outRule = (rule: string) => adminPolicy('wrong', `{priority: 1, ${shop}, egress: [${rule}]}`);

rejections('AdminNetworkPolicy: what the API server refuses', [
  {
    says: 'priority is required.',
    manifests: adminPolicy('wrong', `{${shop}}`),
    problem: ['spec.priority', 'required'],
  },
  {
    says: 'priority is at most 1000.',
    manifests: adminPolicy('wrong', `{priority: 1001, ${shop}}`),
    problem: ['spec.priority', 'between'],
  },
  {
    says: 'priority is at least 0.',
    manifests: adminPolicy('wrong', `{priority: -1, ${shop}}`),
    problem: ['spec.priority', 'between'],
  },
  {
    says: 'subject: exactly one field.',
    manifests: adminPolicy('wrong', '{priority: 1, subject: {}}'),
    problem: ['spec.subject', 'either'],
  },
  {
    says: 'subject: not both.',
    manifests: adminPolicy(
      'wrong',
      '{priority: 1, subject: {namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}}',
    ),
    problem: ['spec.subject', 'either'],
  },
  {
    says: 'pods need both selectors.',
    manifests: adminPolicy('wrong', '{priority: 1, subject: {pods: {podSelector: {}}}}'),
    problem: ['spec.subject.pods.namespaceSelector', 'required'],
  },
  {
    says: 'An action is required.',
    manifests: inRule(`{from: [${all}]}`),
    problem: ['spec.ingress[0].action', 'required'],
  },
  {
    says: 'Accept is a word of a later version.',
    manifests: inRule(`{action: Accept, from: [${all}]}`),
    problem: ['spec.ingress[0].action', 'not one of'],
  },
  {
    says: 'from must be defined and contain at least one item.',
    manifests: inRule('{action: Deny}'),
    problem: ['spec.ingress[0].from', 'required'],
  },
  {
    says: 'Exactly one field per peer.',
    manifests: inRule('{action: Deny, from: [{namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}]}'),
    problem: ['spec.ingress[0].from[0]', 'one kind of peer'],
  },
  {
    says: 'networks go with egress only.',
    manifests: inRule('{action: Deny, from: [{networks: [10.0.0.0/8]}]}'),
    problem: ['spec.ingress[0].from[0]', 'egress only'],
  },
  {
    says: 'networks are CIDRs.',
    manifests: outRule('{action: Deny, to: [{networks: [10.0.0.1]}]}'),
    problem: ['spec.egress[0].to[0].networks[0]', 'no CIDR'],
  },
  {
    says: 'domainNames are only supported for rules that allow.',
    manifests: outRule('{action: Deny, to: [{domainNames: [example.com]}]}'),
    problem: ['spec.egress[0].to[0].domainNames', 'allows'],
  },
  {
    says: 'The wildcard of a domain name stands in front only.',
    manifests: outRule('{action: Allow, to: [{domainNames: ["www.*.com"]}]}'),
    problem: ['spec.egress[0].to[0].domainNames[0]', 'no domain name'],
  },
  {
    says: 'portRange: start must be less than end.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portRange: {start: 90, end: 80}}]}`),
    problem: ['spec.ingress[0].ports[0].portRange.end', 'not above'],
  },
  {
    says: 'A port is between 1 and 65535.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portNumber: {port: 0}}]}`),
    problem: ['spec.ingress[0].ports[0].portNumber.port', 'between'],
  },
  {
    says: 'Exactly one field per port.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portNumber: {port: 1}, namedPort: http}]}`),
    problem: ['spec.ingress[0].ports[0]', 'one of'],
  },
  {
    says: 'There is one baseline, and its name is default.',
    manifests: baseline(`{${shop}}`, 'other'),
    problem: ['metadata.name', 'default'],
  },
  {
    says: 'The baseline cannot pass.',
    manifests: baseline(`{${shop}, ingress: [{action: Pass, from: [${all}]}]}`),
    problem: ['spec.ingress[0].action', 'not one of'],
  },
  {
    says: 'Two policies of one priority are told of.',
    manifests: together(adminPolicy('one', `{priority: 7, ${shop}}`), adminPolicy('two', `{priority: 7, ${shop}}`)),
    severity: 'warning',
    problem: ['spec.priority', 'one has the same priority'],
  },
]);
