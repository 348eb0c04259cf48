import type { Page } from 'playwright';

/** What of the text on the page nobody could read: out of the window, or cut off in its box. */
export function cutOffTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cutOff: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const element = text.parentElement;
      if (!text.textContent?.trim() || !element?.checkVisibility({ visibilityProperty: true })) {
        continue;
      }
      // Said to screen readers alone; behind what stands in front; or whole on the page of states.
      if (element.closest('.unseen, [inert], option, .header .post')) continue;
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
  });
}
