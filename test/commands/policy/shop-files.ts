import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary.js';
import { run } from '../process.js';

/** Three Pods and a policy of a shop, as files; and the command that is asked about them. */
export const pod = (name: string, labels: string, ip: string) => `
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: ${name}, labels: ${labels} }
spec: { containers: [{ name: web, ports: [{ name: http, containerPort: 8080 }] }] }
status: { phase: Running, podIP: ${ip} }
`;

export const front = `# who may speak to the cart
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: cart }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: checkout }
        - ipBlock: { cidr: 203.0.113.0/24 }
      ports:
        - port: http
`;

export const files = {
  'shop/pods.yaml': [
    pod('checkout', '{ app: checkout }', '10.0.0.1'),
    pod('cart', '{ app: cart }', '10.0.0.2'),
    pod('till', '{ app: till }', '10.0.0.3'),
  ].join('---'),
  'shop/deep/er/policy.yml': front,
  'shop/notes.txt': 'kind: [not read',
};

export const folderWith = async (content: Record<string, string>) => {
  const home = await temporaryFolder();
  for (const [name, text] of Object.entries(content)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text);
  }
  return home;
};

export const ask = async (argv: readonly string[], content: Record<string, string> = files) => {
  const { code, out, err } = await run(['policy', ...argv], await folderWith(content));
  return { code, out, err, document: () => JSON.parse(out) as Record<string, unknown> };
};

export const evalJson = (...argv: string[]) => ['eval', '--resources', 'shop', '-o', 'json', ...argv];
