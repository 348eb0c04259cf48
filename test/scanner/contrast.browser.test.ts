import '../../src/scanner/style.css';
import { afterEach, expect, test } from 'vitest';

afterEach(() => document.body.replaceChildren());

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

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

test.each(['pass', 'stop', 'unverified'])(
  'everything that %s says has a contrast of 7:1 at least, in all of its stripes',
  (verdict) => {
    document.body.innerHTML = `
      <main class="verdict verdict-${verdict}">
        <div role="status"><h1>H</h1><p class="why">W<small>s</small></p><p class="next">N</p></div>
        <p class="person hint">P</p><p class="note">A</p><p class="not-kept">K</p>
        <button class="chosen">C</button><button class="shaded">S</button>
      </main>`;
    const page = document.querySelector('main') ?? document.body;
    const { backgroundColor, backgroundImage } = getComputedStyle(page);
    const stripes = coloursIn(backgroundImage);
    const grounds = stripes.length > 0 ? stripes : coloursIn(backgroundColor);
    expect(grounds.length).toBeGreaterThan(0);
    for (const element of page.querySelectorAll('h1, p, small, button')) {
      const style = getComputedStyle(element);
      const [text] = coloursIn(style.color);
      const [own = [0, 0, 0, 0] as const] = coloursIn(style.backgroundColor);
      if (!text) throw new Error(style.color);
      for (const ground of grounds) {
        const ratio = contrast(text, over(own, ground));
        expect(ratio, `${element.className || element.tagName} of ${verdict}`).toBeGreaterThan(7);
      }
    }
  },
);
