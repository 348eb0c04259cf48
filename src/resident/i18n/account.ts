import { computed } from '@preact/signals';
import { accountEn } from './account-en.ts';
import { type AccountWords, accountZh } from './account-zh.ts';
import { language } from './language.ts';

/** The words of the pages behind the sign-in, which load with these pages. */
export const accountWords = computed<AccountWords>(() =>
  language.value === 'zh' ? accountZh : accountEn,
);
