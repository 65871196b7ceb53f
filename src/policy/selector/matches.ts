import type { Labels } from '../../domain/selector.js';
import { rootField } from '../read/field.js';
import { readSelector } from './label-selector.js';

/** A label selector as the API sends it, which is to say checked. */
export const selectorMatches = (selector: unknown): ((labels: Labels) => boolean) =>
  readSelector(rootField(selector ?? {}, { source: '', document: 0, path: [] }, []));
