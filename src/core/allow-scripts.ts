/** Where Trusted Types are (W3C): a page's or worker's policy for strings that become script. */
interface ScriptRealm {
  readonly origin: string;
  readonly trustedTypes?: {
    createPolicy(
      name: 'default',
      rules: { readonly createScriptURL: (url: string) => string | null },
    ): unknown;
  };
}

/**
 * Lets a page or a worker start our own workers, and nothing else become script: under the
 * Content-Security-Policy every other string that would, as by `innerHTML` or `eval`, is
 * refused by the browser. Called once, first of all.
 *
 * @param own the whole path of what may be started.
 */
export function allowScripts({ origin, trustedTypes }: ScriptRealm, own: RegExp): void {
  trustedTypes?.createPolicy('default', { createScriptURL: (url) => ownUrl(url, origin, own) });
}

/** @returns null, which the browser refuses, unless it is the path of a script of this origin. */
export function ownUrl(url: string, origin: string, own: RegExp): string | null {
  const path = url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
  return own.test(path) ? origin + path : null;
}
