import { child, type Field } from '../read/field.js';
import type { Place, Problem } from '../read/place.js';

/** One document of a file, as a parser of YAML or JSON read it. */
export interface Document {
  readonly source: string;
  readonly document: number;
  readonly value: unknown;
}

/** One object of the Kubernetes API, wherever it was written. */
export interface Manifest {
  readonly place: Place;
  readonly root: Field;
  /** Without the version: `networking.k8s.io`, empty for the core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where none was written; empty for kinds that have none. */
  readonly namespace: string;
  /** Problems with this very object. */
  readonly problems: readonly Problem[];
}

export const specOf = ({ root }: Manifest): Field => child(root, 'spec');

export const metadataOf = ({ root }: Manifest): Field => child(root, 'metadata');

/** Whether something about it is so wrong that the API server would refuse it. */
export const isRefused = ({ problems }: Manifest): boolean => problems.some(({ severity }) => severity === 'error');
