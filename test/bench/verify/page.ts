import { measure } from './measure.ts';

/** What the page offers to the bench that opened it. */
export type VerifyTools = typeof tools;
const tools = { measure };
Object.assign(window, { verify: tools });
