import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProxyConfig } from '../../parse/rules/proxy-config.js';

const url = 'http://127.0.0.1:10249/configz';

/** The configuration that kube-proxy of the node runs with, whatever its file says by now. */
export const kubeProxyConfig = defineQuery({
  name: 'kube-proxy-config',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    { tool: 'curl', argv: () => ['curl', '-s', '-m', '2', url] },
    { tool: 'wget', argv: () => ['wget', '-q', '-O', '-', '-T', '2', '-t', '1', url] },
  ],
  parse: ({ stdout }) => parseProxyConfig(stdout),
});
