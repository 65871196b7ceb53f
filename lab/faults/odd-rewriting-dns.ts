import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

const rich = (text: string) =>
  `(plain) {\n    errors\n    cache 10\n}\n${text
    .replace('    errors\n', '    import plain\n')
    .replace(/ +cache 30 \{[^}]*\}\n/, '')
    .replace('pods insecure', 'pods verified')
    .replace(
      '    ready\n',
      '    ready\n    autopath @kubernetes\n    rewrite name exact tower.example ravens.belfry.svc.cluster.local\n    hosts {\n        192.0.2.7 legacy.example.net\n        fallthrough\n    }\n',
    )}partner.example:53 {\n    import plain\n    forward . 10.0.0.53\n}\n`;

export const fault: Fault = {
  story: 'A Corefile with snippets, rewriting, autopath, hosts and a stub domain, and every name is found.',
  ...across({ namespace: 'belfry', server: 'ravens', listens: 8148, client: 'ringer', image: TOOLS }),
  disturbs: 'cluster',
  inject: corefile(rich),
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'ringer' }, request: resolves('ravens.belfry.svc.cluster.local'), fails: 'never' },
  runs: [staysFree, { ...staysFree, flags: ['dns-fails'] }],
};
