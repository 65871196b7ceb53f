import { conformance, rejections } from '../asking.js';

const cart = 'podSelector: {matchLabels: {app: cart}}';
const from = (peer: string) => `{${cart}, ingress: [{from: [${peer}]}]}`;
const ports = (port: string) => `{${cart}, ingress: [{ports: [${port}]}]}`;
const select = (selector: string) => `{podSelector: ${selector}}`;

rejections('NetworkPolicy: what the API server refuses', [
  {
    says: 'cidr has to be a CIDR.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.cidr', 'is no CIDR'],
  },
  {
    says: 'cidr: no prefix beyond the family.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/33}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.cidr', 'is no CIDR'],
  },
  {
    says: 'cidr: no address with five parts.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0.0/8}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.cidr', 'is no CIDR'],
  },
  {
    says: 'cidr is required.',
    specs: [from('{ipBlock: {except: [10.0.0.0/8]}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.cidr', 'missing'],
  },
  {
    says: 'except has to be a CIDR.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.1.1]}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.except[0]', 'is no CIDR'],
  },
  {
    says: 'Except values will be rejected if they are outside the cidr range.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 11.0.0.0/16]}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.except[1]', 'does not lie inside'],
  },
  {
    says: 'except must be a strict subset of the cidr.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.except[0]', 'does not lie inside'],
  },
  {
    says: 'except of the other family lies outside.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/8, except: ["fd00::/64"]}}')],
    problem: ['spec.ingress[0].from[0].ipBlock.except[0]', 'does not lie inside'],
  },
  { says: 'A peer must specify something.', specs: [from('{}')], problem: ['spec.ingress[0].from[0]', 'says nothing'] },
  {
    says: 'If ipBlock is set then neither of the other fields can be.',
    specs: [from('{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}')],
    problem: ['spec.ingress[0].from[0].ipBlock', 'stands alone'],
  },
  {
    says: 'Protocols are TCP, UDP and SCTP.',
    specs: [ports('{protocol: ICMP}')],
    problem: ['spec.ingress[0].ports[0].protocol', 'not one of'],
  },
  {
    says: 'Protocols are written in capitals.',
    specs: [ports('{protocol: tcp}')],
    problem: ['spec.ingress[0].ports[0].protocol', 'not one of'],
  },
  {
    says: 'A port is between 1 and 65535: 0.',
    specs: [ports('{port: 0}')],
    problem: ['spec.ingress[0].ports[0].port', 'between'],
  },
  {
    says: 'A port is between 1 and 65535: 65536.',
    specs: [ports('{port: 65536}')],
    problem: ['spec.ingress[0].ports[0].port', 'between'],
  },
  {
    says: 'A port is a whole number.',
    specs: [ports('{port: 80.5}')],
    problem: ['spec.ingress[0].ports[0].port', 'whole number'],
  },
  {
    says: 'A port name has at most 15 characters.',
    specs: [ports('{port: a-name-too-long-for-it}')],
    problem: ['spec.ingress[0].ports[0].port', 'name of a port'],
  },
  {
    says: 'A port name has a letter: a number in quotes is no name.',
    specs: [ports('{port: "80"}')],
    problem: ['spec.ingress[0].ports[0].port', 'name of a port'],
  },
  {
    says: 'A port name has no capitals.',
    specs: [ports('{port: Http}')],
    problem: ['spec.ingress[0].ports[0].port', 'name of a port'],
  },
  {
    says: 'A port name has no double dash.',
    specs: [ports('{port: a--b}')],
    problem: ['spec.ingress[0].ports[0].port', 'name of a port'],
  },
  {
    says: 'The endPort must be equal or greater than port.',
    specs: [ports('{port: 90, endPort: 80}')],
    problem: ['spec.ingress[0].ports[0].endPort', 'below'],
  },
  {
    says: 'endPort cannot be defined if the port field is not defined.',
    specs: [ports('{endPort: 80}')],
    problem: ['spec.ingress[0].ports[0].endPort', 'needs a port'],
  },
  {
    says: 'endPort cannot be defined if the port field is defined as a named port.',
    specs: [ports('{port: http, endPort: 8080}')],
    problem: ['spec.ingress[0].ports[0].endPort', 'needs a port'],
  },
  {
    says: 'endPort is at most 65535.',
    specs: [ports('{port: 80, endPort: 70000}')],
    problem: ['spec.ingress[0].ports[0].endPort', 'between'],
  },
  {
    says: 'Operators are In, NotIn, Exists and DoesNotExist.',
    specs: [select('{matchExpressions: [{key: app, operator: Equals, values: [cart]}]}')],
    problem: ['spec.podSelector.matchExpressions[0].operator', 'not one of'],
  },
  {
    says: 'An operator is required.',
    specs: [select('{matchExpressions: [{key: app}]}')],
    problem: ['spec.podSelector.matchExpressions[0].operator', 'missing'],
  },
  {
    says: 'A key is required.',
    specs: [select('{matchExpressions: [{operator: Exists}]}')],
    problem: ['spec.podSelector.matchExpressions[0].key', 'missing'],
  },
  {
    says: 'If the operator is In or NotIn, the values array must be non-empty.',
    specs: [select('{matchExpressions: [{key: app, operator: In, values: []}]}')],
    problem: ['spec.podSelector.matchExpressions[0].values', 'needs a value'],
  },
  {
    says: 'If the operator is Exists or DoesNotExist, the values array must be empty.',
    specs: [select('{matchExpressions: [{key: app, operator: Exists, values: [cart]}]}')],
    problem: ['spec.podSelector.matchExpressions[0].values', 'takes no value'],
  },
  {
    says: 'The key of a label has a shape.',
    specs: [select('{matchLabels: {"no/such/key": x}}')],
    problem: ['spec.podSelector.matchLabels["no/such/key"]', 'key of a label'],
  },
  {
    says: 'The value of a label has a shape.',
    specs: [select('{matchLabels: {app: "not a value"}}')],
    problem: ['spec.podSelector.matchLabels.app', 'value of a label'],
  },
  {
    says: 'The value of a label is a text.',
    specs: [select('{matchLabels: {version: 1}}')],
    problem: ['spec.podSelector.matchLabels.version', 'quotes'],
  },
  {
    says: 'policyTypes are Ingress and Egress.',
    specs: [`{${cart}, policyTypes: [ingress]}`],
    problem: ['spec.policyTypes[0]', 'not one of'],
  },
  { says: 'ingress is a list.', specs: [`{${cart}, ingress: {from: []}}`], problem: ['spec.ingress', 'a list'] },
  {
    says: 'from is a list.',
    specs: [`{${cart}, ingress: [{from: {podSelector: {}}}]}`],
    problem: ['spec.ingress[0].from', 'a list'],
  },
  { says: 'A selector is an object.', specs: [select('cart')], problem: ['spec.podSelector', 'an object'] },
  { says: 'A rule is an object.', specs: [`{${cart}, ingress: [allow]}`], problem: ['spec.ingress[0]', 'an object'] },
  {
    says: 'A policy needs a name.',
    manifests: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {}\nspec: {podSelector: {}}',
    problem: ['metadata.name', 'missing'],
  },
  {
    says: 'A field that nobody knows is dropped, which turns a narrow rule into a wide one.',
    specs: [`{${cart}, ingress: [{form: [{podSelector: {}}]}]}`],
    severity: 'warning',
    problem: ['spec.ingress[0].form', 'no effect'],
    asks: ['ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Bits beyond the prefix have no effect.',
    specs: [from('{ipBlock: {cidr: 203.0.113.9/24}}')],
    severity: 'warning',
    problem: ['spec.ingress[0].from[0].ipBlock.cidr', 'no effect'],
    asks: ['203.0.113.200 -> shop/cart 80 allowed'],
  },
  {
    says: 'A policy that would be refused takes no part.',
    specs: [`{${cart}, ingress: [{ports: [{port: 90, endPort: 80}]}]}`],
    problem: ['spec.ingress[0].ports[0].endPort', 'below'],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Another policy of the same file takes part all the same.',
    specs: [`{${cart}, ingress: [{ports: [{port: 90, endPort: 80}]}]}`, `{${cart}}`],
    problem: ['spec.ingress[0].ports[0].endPort', 'below'],
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
]);

conformance('Policies in languages that nobody speaks', [
  {
    says: 'A policy of an unknown kind may touch whatever stands in its namespace.',
    manifests:
      'apiVersion: crd.antrea.io/v1beta1\nkind: NetworkPolicy\nmetadata: {name: strange, namespace: shop}\nspec: {}',
    asks: ['payments/till -> shop/cart 80 unknown kind-not-understood', 'payments/till -> payments/ledger 80 allowed'],
  },
  {
    says: 'One for the whole cluster touches everybody.',
    manifests: 'apiVersion: crd.antrea.io/v1beta1\nkind: ClusterNetworkPolicy\nmetadata: {name: strange}\nspec: {}',
    asks: ['payments/till -> payments/ledger 80 unknown kind-not-understood'],
  },
  {
    says: 'A staged policy has no effect.',
    manifests:
      'apiVersion: projectcalico.org/v3\nkind: StagedNetworkPolicy\nmetadata: {name: later, namespace: shop}\nspec: {}',
    asks: ['payments/till -> shop/cart 80 allowed'],
  },
  {
    says: 'What one side denies for sure is denied, whatever else may be there.',
    specs: ['payments: {podSelector: {}, policyTypes: [Egress]}'],
    manifests:
      'apiVersion: crd.antrea.io/v1beta1\nkind: NetworkPolicy\nmetadata: {name: strange, namespace: shop}\nspec: {}',
    asks: ['payments/till -> shop/cart 80 denied'],
  },
]);
