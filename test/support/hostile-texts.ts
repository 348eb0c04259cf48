/** What looks like SQL, markup, a template, a path or a formula, and is text like any other. */
export const HOSTILE_TEXTS = [
  "'; drop table residents; --",
  '<script>alert(1)</script>',
  '"><img src=x onerror=a()>',
  '{{7*7}}%s%n$(id)`id`',
  '../../etc/passwd',
  '=cmd|calc!A1',
  '＝cmd|calc!A1',
  '𠮷😀ﷺ',
] as const;
