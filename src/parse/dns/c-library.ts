import { z } from 'zod';

export const cLibrarySchema = z.strictObject({
  is: z.enum(['musl', 'glibc', 'both', 'unknown']),
  /** The loader it was told by. */
  loader: z.string(),
});
export type CLibrary = z.infer<typeof cLibrarySchema>;

// ld-musl-x86_64.so.1 of Alpine; ld-linux-x86-64.so.2, ld-linux-aarch64.so.1 or ld64.so.2 of glibc.
const musl = /^ld-musl-[\w-]+\.so\.1$/;
const glibc = /^ld(?:-linux(?:-[\w-]+)?|64)?\.so\.[12]$/;

/** The C library of a container, by the loaders in its library folders. A folder that is not there is no answer. */
export const parseCLibrary = (listing: string): CLibrary => {
  const names = listing.split('\n').map((line) => line.trim());
  const [one, other] = [names.find((name) => musl.test(name)), names.find((name) => glibc.test(name))];
  // gcompat lays a loader of glibc beside that of musl: the programs of the image are still those of musl.
  if (one !== undefined && other !== undefined) return { is: 'both', loader: one };
  if (one !== undefined) return { is: 'musl', loader: one };
  return other === undefined ? { is: 'unknown', loader: '' } : { is: 'glibc', loader: other };
};
