/**
 * What is sealed is sealed for one table and row, and is no good in another: see Vault.seal.
 * Of an appeal it is the person, since the row's id is not known before.
 */
export const phonePlace = (account: string) => `accounts/${account}`;
export const guardianPlace = (sub: string) => `residents/${sub}/guardian`;
export const declarationPlace = (sub: string, n: number) => `declarations/${sub}/${n}`;
export const appealPlace = (sub: string) => `appeals/${sub}`;
