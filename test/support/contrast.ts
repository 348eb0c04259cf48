type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * Texts in an element that can be read less well than this, as "ratio text".
 *
 * @param least a contrast ratio of WCAG 2.2.
 */
export function faintTexts(root: ParentNode, least: number): string[] {
  return [...root.querySelectorAll('*')].filter(isRead).flatMap((element) => {
    const [text] = coloursIn(getComputedStyle(element).color);
    if (!text) throw new Error(getComputedStyle(element).color);
    const ratio = Math.min(...groundsOf(element).map((ground) => contrast(text, ground)));
    return ratio >= least
      ? []
      : [`${ratio.toFixed(1)} ${element.className} ${element.textContent}`];
  });
}

/** Text of its own, for the eye; what waits to be touched comes to full strength by then. */
function isRead(element: Element): boolean {
  const hasText = [...element.childNodes].some(
    (node) => node instanceof Text && node.data.trim() !== '',
  );
  return hasText && element.checkVisibility() && !element.closest('.unseen, :disabled, option');
}

/** WCAG 2.2, contrast ratio: of a text on what it stands on. */
function contrast(text: Colour, ground: Colour): number {
  const [light = 0, dark = 0] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((level) =>
    level / 255 <= 0.04045 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function coloursIn(css: string): Colour[] {
  return [...css.matchAll(/rgba?\(([\d., ]+)\)/g)].map(([, levels = '']) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = levels.split(',').map(Number);
    return [red, green, blue, alpha];
  });
}

/** What shows where something half transparent lies on a ground. */
function over(top: Colour, ground: Colour): Colour {
  const mix = (i: 0 | 1 | 2) => top[i] * top[3] + ground[i] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

/** What an element's text stands on: a colour, or that of each of the stripes. */
function groundsOf(element: Element): Colour[] {
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const stripes = coloursIn(backgroundImage);
  if (stripes.length > 0) return stripes;
  const [own] = coloursIn(backgroundColor);
  if (!own) throw new Error(backgroundColor);
  if (own[3] === 1) return [own];
  if (!element.parentElement) throw new Error('nothing has a ground');
  return groundsOf(element.parentElement).map((ground) => over(own, ground));
}
