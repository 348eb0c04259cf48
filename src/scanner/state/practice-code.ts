/** What the practice code says. It is nobody's: every way in turns it away, unrecorded. */
export const PRACTICE_CODE = 'KAKOU PRACTICE';
