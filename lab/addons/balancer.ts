import type { Addon } from './addon.ts';

export const balancer: Addon = { install: () => Promise.reject(new Error('balancer is being built')) };
