import type { ObtainRefusal } from './obtain-code.ts';

/**
 * What the page has to tell the resident.
 * - `insecure`: opened over plain http, where browsers have no WebCrypto
 * - `no-key`: the code is held, but not the key that it is bound to
 */
export type Trouble = ObtainRefusal | 'insecure' | 'no-key';
