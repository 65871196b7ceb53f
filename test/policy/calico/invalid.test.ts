import { rejections } from '../asking.js';
import { globalPolicy, onCart, policy, tier } from './tables.js';

const rule = (body: string) => policy('a', onCart(`{ action: Allow, ${body} }`));
const at = (rest: string) => `spec.ingress[0].${rest}`;

rejections('Calico: what is refused', [
  {
    says: 'An action is required.',
    manifests: policy('a', onCart('{ protocol: TCP }')),
    problem: [at('action'), 'required'],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Actions are Allow, Deny, Log, Pass.',
    manifests: policy('a', onCart('{ action: allow }')),
    problem: [at('action'), 'is not one of'],
  },
  {
    says: 'A selector has to be readable.',
    manifests: policy('a', "{ selector: app = 'x' }"),
    problem: ['spec.selector', 'selector'],
  },
  {
    says: 'A selector of a rule has to be readable.',
    manifests: rule("source: { selector: 'app' }"),
    problem: [at('source.selector'), 'selector'],
  },
  {
    says: 'global() is for the namespaceSelector of a rule.',
    manifests: rule('source: { selector: global() }'),
    problem: [at('source.selector'), 'global()'],
  },
  {
    says: 'global() stands alone.',
    manifests: rule("source: { namespaceSelector: global() || a == 'b' }"),
    problem: [at('source.namespaceSelector'), 'alone'],
  },
  {
    says: 'A policy cannot select with global().',
    manifests: globalPolicy('a', '{ selector: global() }'),
    problem: ['spec.selector', 'global()'],
  },
  {
    says: 'Numeric ports need a protocol.',
    manifests: rule('destination: { ports: [80] }'),
    problem: [at('destination.ports'), 'protocol'],
  },
  {
    says: 'Ports do not go with ICMP.',
    manifests: rule('protocol: ICMP, destination: { ports: [80] }'),
    problem: [at('destination.ports'), 'protocol'],
  },
  {
    says: 'notPorts of a source need a protocol.',
    manifests: rule('source: { notPorts: [80] }'),
    problem: [at('source.notPorts'), 'protocol'],
  },
  {
    says: 'The port number must be between 1 and 65535.',
    manifests: rule('protocol: TCP, destination: { ports: [0] }'),
    problem: [at('destination.ports[0]'), '65535'],
  },
  {
    says: 'A range must not end below its start.',
    manifests: rule("protocol: TCP, destination: { ports: ['90:80'] }"),
    problem: [at('destination.ports[0]'), 'below'],
  },
  {
    says: 'A port is a number, a range or a name.',
    manifests: rule("protocol: TCP, destination: { ports: ['80-90:'] }"),
    problem: [at('destination.ports[0]'), 'no port'],
  },
  {
    says: 'A network has to be a CIDR.',
    manifests: rule('source: { nets: [10.0.0.0/33] }'),
    problem: [at('source.nets[0]'), 'no CIDR'],
  },
  {
    says: 'A protocol has a name or a number up to 255.',
    manifests: rule('protocol: 256'),
    problem: [at('protocol'), 'no protocol'],
  },
  {
    says: 'A protocol has a name that is known.',
    manifests: rule('protocol: TPC'),
    problem: [at('protocol'), 'no protocol'],
  },
  { says: 'ICMP fields need the protocol.', manifests: rule('icmp: { type: 8 }'), problem: [at('icmp'), 'ICMP'] },
  {
    says: 'ICMP code specified without an ICMP type.',
    manifests: rule('protocol: ICMP, icmp: { code: 1 }'),
    problem: [at('icmp.code'), 'type'],
  },
  {
    says: 'ICMP types end at 255.',
    manifests: rule('protocol: ICMP, icmp: { type: 300 }'),
    problem: [at('icmp.type'), '255'],
  },
  { says: 'ipVersion is 4 or 6.', manifests: rule('ipVersion: 5'), problem: [at('ipVersion'), 'neither'] },
  {
    says: 'services are not allowed in the destination of ingress.',
    manifests: rule('destination: { services: { name: cart } }'),
    problem: [at('destination.services'), 'source of ingress'],
  },
  {
    says: 'services are not allowed in the source of egress.',
    manifests: policy('a', '{ egress: [{ action: Allow, source: { services: { name: cart } } }] }'),
    problem: ['spec.egress[0].source.services', 'source of ingress'],
  },
  {
    says: 'services do not go with a selector.',
    manifests: rule('source: { services: { name: cart }, selector: all() }'),
    problem: [at('source.selector'), 'services'],
  },
  {
    says: 'services of a destination do not go with ports.',
    manifests: policy(
      'a',
      '{ egress: [{ action: Allow, protocol: TCP, destination: { services: { name: cart }, ports: [80] } }] }',
    ),
    problem: ['spec.egress[0].destination.ports', 'services'],
  },
  {
    says: 'A Service has a name.',
    manifests: rule('source: { services: { namespace: shop } }'),
    problem: [at('source.services.name'), 'missing'],
  },
  {
    says: 'A global policy has to say in which namespace a Service is.',
    manifests: globalPolicy('a', '{ ingress: [{ action: Allow, source: { services: { name: cart } } }] }'),
    problem: [at('source.services.namespace'), 'namespace'],
  },
  {
    says: 'http is for Allow rules.',
    manifests: policy('a', onCart('{ action: Deny, http: {} }')),
    problem: [at('http'), 'Allow'],
  },
  {
    says: 'http is not allowed in egress.',
    manifests: policy('a', '{ egress: [{ action: Allow, http: {} }] }'),
    problem: ['spec.egress[0].http', 'egress'],
  },
  { says: 'http needs TCP.', manifests: rule('protocol: UDP, http: {}'), problem: [at('http'), 'TCP'] },
  {
    says: 'A type must not be named twice.',
    manifests: policy('a', '{ types: [Ingress, Ingress] }'),
    problem: ['spec.types', 'twice'],
  },
  {
    says: 'Types are Ingress and Egress.',
    manifests: policy('a', '{ types: [ingress] }'),
    problem: ['spec.types[0]', 'is not one of'],
  },
  {
    says: 'preDNAT does not support egress rules.',
    manifests: globalPolicy('a', '{ preDNAT: true, applyOnForward: true, egress: [{ action: Allow }] }'),
    problem: ['spec.egress', 'preDNAT'],
  },
  {
    says: 'preDNAT and doNotTrack exclude each other.',
    manifests: globalPolicy('a', '{ preDNAT: true, doNotTrack: true, applyOnForward: true }'),
    problem: ['spec.preDNAT', 'doNotTrack'],
  },
  {
    says: 'preDNAT needs applyOnForward.',
    manifests: globalPolicy('a', '{ preDNAT: true, applyOnForward: false }'),
    problem: ['spec.applyOnForward', 'true'],
  },
  { says: 'order is a number.', manifests: policy('a', "{ order: 'first' }"), problem: ['spec.order', 'number'] },
  {
    says: 'The default tier has its order.',
    manifests: tier('default', '{ order: 5 }'),
    problem: ['spec.order', '1000000'],
  },
  {
    says: 'defaultAction is Deny or Pass.',
    manifests: tier('security', '{ order: 5, defaultAction: Allow }'),
    problem: ['spec.defaultAction', 'is not one of'],
  },
  {
    says: 'A host endpoint has a node.',
    manifests:
      'apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: { name: eth0 }\nspec: { interfaceName: eth0 }',
    problem: ['spec.node', 'missing'],
  },
  {
    says: 'A host endpoint has an interface or addresses.',
    manifests: 'apiVersion: projectcalico.org/v3\nkind: HostEndpoint\nmetadata: { name: eth0 }\nspec: { node: node-a }',
    problem: ['spec', 'interfaceName'],
  },
  {
    says: 'A spec is an object.',
    manifests: 'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: [1]',
    problem: ['spec', 'an object'],
  },
  {
    says: 'Rules are a list of objects.',
    manifests: policy('a', '{ ingress: [7] }'),
    problem: ['spec.ingress[0]', 'an object'],
  },
  {
    says: 'A field of a rule that is not understood leaves open what the rule speaks of.',
    manifests: rule('source: { geo: abroad }'),
    problem: [at('source.geo'), 'not understood'],
    severity: 'warning',
    asks: ['shop/checkout -> shop/cart 80 unknown field-not-understood', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'A field of a policy that is not understood leaves open what the policy does.',
    manifests: policy('a', "{ selector: app == 'cart', schedule: nightly, ingress: [{ action: Deny }] }"),
    problem: ['spec.schedule', 'not understood'],
    severity: 'warning',
    asks: ['shop/checkout -> shop/cart 80 unknown field-not-understood', 'shop/checkout -> shop/dual 80 allowed'],
  },
]);
