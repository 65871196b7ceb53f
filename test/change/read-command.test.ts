import { describe, expect, it } from 'vitest';
import { readChange } from '../../src/change/read-command.js';

const read = (command: string, severity = 1) => readChange({ command, severity, inWords: false });
const cart = { kind: 'services', namespace: 'shop', name: 'cart' };

describe('a command that is a change', () => {
  it.each([
    [
      "kubectl -n shop set selector service cart 'app=cart,tier=api'",
      { do: 'select', object: cart, labels: { app: 'cart', tier: 'api' } },
    ],
    ['kubectl -n shop set selector svc/cart app=cart', { do: 'select', object: cart, labels: { app: 'cart' } }],
    [
      `kubectl -n shop patch service cart -p '{"spec":{"sessionAffinity":"None"}}'`,
      { do: 'patch', object: cart, style: 'strategic', patch: { spec: { sessionAffinity: 'None' } } },
    ],
    [
      `kubectl patch --type=merge configmap settings -n kube-system -p '{"data":{"size":"1"}}'`,
      {
        do: 'patch',
        object: { kind: 'configmaps', namespace: 'kube-system' },
        style: 'merge',
        patch: { data: { size: '1' } },
      },
    ],
    [
      'kubectl -n shop scale deployment/cart --replicas=2',
      { object: { kind: 'deployments' }, patch: { spec: { replicas: 2 } } },
    ],
    ['kubectl -n shop scale statefulset cart --replicas 2', { object: { kind: 'statefulsets', name: 'cart' } }],
    [
      'kubectl -n shop annotate ingress --overwrite front example.com/size=16k',
      { object: { kind: 'ingresses' }, patch: { metadata: { annotations: { 'example.com/size': '16k' } } } },
    ],
    [
      'kubectl label namespace shop mesh=on',
      { object: { kind: 'namespaces', name: 'shop' }, patch: { metadata: { labels: { mesh: 'on' } } } },
    ],
    ['kubectl cordon node-a', { object: { kind: 'nodes', name: 'node-a' }, patch: { spec: { unschedulable: true } } }],
    ['kubectl uncordon node-a', { patch: { spec: { unschedulable: null } } }],
    ['kubectl -n shop delete pod cart-1', { do: 'delete-pod', namespace: 'shop', pod: { name: 'cart-1' } }],
    [
      'kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName=node-a',
      { do: 'delete-pod', pod: { labels: 'k8s-app=kube-proxy', node: 'node-a' } },
    ],
    [
      `kubectl apply -f - <<< '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"allow","namespace":"shop"},"spec":{"podSelector":{}}}'`,
      { do: 'apply', object: { kind: 'networkpolicies', namespace: 'shop', name: 'allow' } },
    ],
  ])('%s', (line, change) => expect(read(line)).toMatchObject({ change }));
});

describe('a command that stays text', () => {
  it.each([
    ['far-reaching', 'kubectl -n shop delete pod cart-1', 3],
    ['reads-only', 'kubectl -n shop get pods', 0],
    ['reads-only', 'kubectl -n shop describe pods', 1],
    ['danger', 'kubectl -n shop delete pod cart-1 --force', 1],
    ['danger', 'kubectl delete namespace kube-system', 1],
    ['verb', 'kubectl -n shop edit service cart', 1],
    ['verb', 'kubectl -n shop rollout undo deployment/cart', 1],
    ['verb', 'kubectl -n shop scale deployment cart --replicas=0', 1],
    ['blank', 'kubectl -n shop scale deployment cart --replicas=MORE_REPLICAS', 1],
    ['blank', `kubectl -n shop patch service cart -p '{"spec":{"externalName":"RIGHT_NAME"}}'`, 1],
    ['blank', 'kubectl -n shop set selector service cart app=cart,LABEL_OF_THE_REST', 1],
    ['choice', 'kubectl -n shop annotate ingress front a/b=c # or d', 1],
    ['several', 'kubectl cordon node-a; kubectl cordon node-b', 1],
    ['several', 'kubectl -n shop delete pod $(cat names)', 1],
    ['several', 'kubectl -n shop delete pod cart-1 > /dev/null', 1],
    ['elsewhere', 'sysctl -w net.ipv4.ip_forward=1', 1],
    ['elsewhere', 'sudo kubectl cordon node-a', 1],
    ['file', 'kubectl -n shop apply -f service.yaml', 1],
    ['kind', 'kubectl patch ippools.crd.projectcalico.org all --type merge -p {}', 1],
    ['kind', 'kubectl -n shop delete service cart', 1],
    [
      'kind',
      `kubectl apply -f - <<< '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop"},"spec":{}}'`,
      1,
    ],
    ['fields', `kubectl -n shop patch deployment cart -p '{"spec":{"selector":{}}}'`, 1],
    ['fields', `kubectl -n shop patch service cart -p '{"metadata":{"ownerReferences":[]}}'`, 1],
    ['fields', `kubectl -n shop patch service cart -p '{}'`, 1],
    ['wide', 'kubectl -n shop delete pod -l app=cart', 1],
    ['unreadable', 'kubectl -n shop delete pod cart-1 cart-2', 1],
    ['unreadable', 'kubectl delete pod cart-1', 1],
    ['unreadable', 'kubectl --context elsewhere -n shop delete pod cart-1', 1],
    ['unreadable', 'kubectl -n shop -n till delete pod cart-1', 1],
    ['unreadable', 'kubectl -n ../shop delete pod cart-1', 1],
    ['unreadable', `kubectl -n shop patch service cart --type json -p '{"spec":{}}'`, 1],
  ])('%s: %s', (textOnly, line, severity) => expect(read(line, severity)).toEqual({ textOnly }));

  it('is also what is said in words', () => {
    expect(readChange({ command: 'kubectl cordon node-a', severity: 1, inWords: true })).toEqual({
      textOnly: 'sentence',
    });
  });
});

describe('garbage', () => {
  const pieces = [
    ...[
      'kubectl',
      '-n',
      'shop',
      'patch',
      'set',
      'selector',
      'service',
      'cart',
      'delete',
      'pod',
      '-p',
      '--type',
      'merge',
    ],
    ...[
      "'",
      '"',
      '`',
      '$(',
      ')',
      ';',
      '|',
      '<<<',
      '{"spec":',
      '{}',
      '}',
      '=',
      'a=b',
      '#',
      '\n',
      '\\',
      '\u0000',
      '--',
      '-',
      '../',
    ],
  ];
  // A generator of its own, so that the same words come every time.
  const lines = Array.from({ length: 3000 }, (_, at) => {
    let seed = at + 1;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    return Array.from({ length: 1 + (next() % 12) }, () => pieces[next() % pieces.length]).join(next() % 3 ? ' ' : '');
  });

  it('is never more than one change of one named object, and never throws', () => {
    for (const line of lines) {
      const result = read(line);
      if (!('change' in result)) continue;
      expect({
        line,
        kubectl: line.trimStart().startsWith('kubectl'),
        others: /[;|`$]/.test(line.replaceAll(/'[^']*'|"[^"]*"/g, '')),
      }).toEqual({
        ...{ line, kubectl: true, others: false },
      });
    }
  });
});
