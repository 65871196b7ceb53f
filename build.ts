import { readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { foldersPlugin } from './tools/folders.ts';
import { leanCommander } from './tools/lean-commander.ts';
import { provenPlugin, yamlPlugin } from './tools/proven.ts';

const root = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** Ink only wants the React developer tools while developing, and they are not installed. */
const noDevtools: Plugin = {
  name: 'no-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'react-devtools-core', namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default undefined;' }));
  },
};

const built = join(root, 'dist');
/** A program that is running while it is built anew keeps its files until the new ones are whole. */
const next = join(root, `dist.${process.pid}`);
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli.tsx' },
  outdir: next,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // A single file would be parsed whole, even for --help.
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  legalComments: 'linked',
  plugins: [noDevtools, leanCommander, yamlPlugin, foldersPlugin(root), provenPlugin(root)],
  external: ['cpu-features', '*.node'],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    NET_TRIAGE_VERSION: JSON.stringify(version),
  },
  // ssh2, ws and undici are CommonJS inside and expect these three names.
  banner: {
    js: "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fu}from'node:url';import{dirname as __dn}from'node:path';const require=__cr(import.meta.url),__filename=__fu(import.meta.url),__dirname=__dn(__filename);",
  },
  logLevel: 'warning',
});
rmSync(built, { recursive: true, force: true });
renameSync(next, built);
