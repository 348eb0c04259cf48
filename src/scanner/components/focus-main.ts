/** The keyboard and the screen reader go on where a new screen begins. */
export function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main:not([inert])');
  if (!main) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
