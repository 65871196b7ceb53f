import { join } from 'node:path';
import { build } from 'esbuild';

/** Some functions alone: the program is not built for them, and Node runs none of its sources as they are. */
export async function bundle<T>(folder: string, contents: string): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '../../src', folder) },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // What is CommonJS inside asks for parts of Node this way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(process.cwd());" },
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${text}`)) as T;
}

/** Milliseconds of work that waits for nothing. */
export const timed = (work: () => unknown): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
