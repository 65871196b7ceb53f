export type FieldPath = readonly (string | number)[];

/** Where something is written: a file, its n-th document (from 0), and the way to the field in it. */
export interface Place {
  readonly source: string;
  readonly document: number;
  readonly path: FieldPath;
}

/** `spec.ingress[0].ports[1].endPort` */
export const writePath = (path: FieldPath): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : /^[\w-]+$/.test(part) ? `.${part}` : `["${part}"]`))
    .join('')
    .replace(/^\./, '');

export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly place: Place;
}
