/** As in iOS Lockdown Mode. Imported before anything that would use it. */
Reflect.deleteProperty(globalThis, 'WebAssembly');

// Vitest routes dynamic imports through its runner, which no worker has.
Object.assign(globalThis, {
  __vitest_browser_runner__: { wrapDynamicImport: (load: () => Promise<unknown>) => load() },
});
