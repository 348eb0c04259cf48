/*
 * What nobody could read or reach on a page. These functions run in the page: some tests send
 * them there as text, so each holds all that it needs.
 */

/** Text that is out of the window, or cut off in its box. */
export function cutOffTexts(): string[] {
  const cutOff: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent?.trim() || !element?.checkVisibility({ visibilityProperty: true })) {
      continue;
    }
    // Said to screen readers alone; behind what stands in front; whole on the page of states; or
    // on a strip that is pushed.
    if (element.closest('.unseen, [inert], option, .header .post, .occupants:not(.all)')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const isCut = [...range.getClientRects()].some((rect) => isOutside(rect, element));
    if (isCut) cutOff.push(`${element.tagName} ${element.className}: ${text.textContent}`);
  }
  return cutOff;

  function isOutside(rect: DOMRect, from: Element): boolean {
    if (rect.left < -1 || rect.right > window.innerWidth + 1) return true;
    for (let box: Element | null = from; box; box = box.parentElement) {
      const { overflowX, overflowY, display } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // A button shows what hangs over its sides, over its neighbour.
      const holds = box.matches('button, .actions > *, select');
      if (display === 'inline') continue;
      const [x, y] = [holds || overflowX !== 'visible', holds || /hidden|clip/.test(overflowY)];
      if (x && (rect.left < edge.left - 1 || rect.right > edge.right + 1)) return true;
      if (y && (rect.top < edge.top - 2 || rect.bottom > edge.bottom + 2)) return true;
    }
    return false;
  }
}

/** Controls that no finger comes to by scrolling down, and what has to be pushed sideways. */
export function outOfReach(): string[] {
  const found: string[] = [];
  const isThere = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
  const note = (what: string, element: Element) =>
    found.push(`${what}: ${element.tagName} ${element.className} ${element.id}`);

  for (const box of document.querySelectorAll('html, body *')) {
    const scrolls = box.matches('html') || /auto|scroll/.test(getComputedStyle(box).overflowX);
    // The people of a bus are a strip that a finger pushes.
    if (!scrolls || box.matches('.occupants') || !isThere(box)) continue;
    if (box.scrollWidth > box.clientWidth + 1) note('sideways', box);
  }
  for (const control of document.querySelectorAll(
    'button, input, select, summary, a[href], [tabindex="0"]',
  )) {
    if (!isThere(control)) continue;
    // What takes files is the label around it.
    const shown = control.closest('label') ?? control;
    shown.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, top, width, height } = shown.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!shown.contains(hit)) note('out of reach', shown);
  }
  window.scrollTo(0, 0);
  return found;
}
