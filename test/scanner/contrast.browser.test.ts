import '../../src/scanner/style.css';
import '../../src/scanner/pages/measure.css';
import '../../src/scanner/pages/shift.css';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';

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

function hasText({ childNodes }: Element): boolean {
  return [...childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
}

const ANSWER = `
  <div role="status">
    <h1>H</h1><p class="why">W<b class="reading">R</b><small>s</small></p><p class="next">N</p>
  </div>`;
const BUTTONS = `
  <div class="answers"><button class="chosen">C</button><button class="shaded">S</button></div>`;

const person = (verdict: string) => `
  <main class="verdict verdict-${verdict}">
    ${ANSWER}
    <p class="person hint">P</p><p class="note">A</p>
    <p class="kept">K</p><p class="not-kept">K</p>
    ${BUTTONS}
  </main>`;
const turned = (verdict: string) => `
  <main class="verdict verdict-${verdict}" data-turned>
    <div class="turned" role="status"><h1 class="why">W</h1><p class="next">N</p></div>
    <button class="shaded">S</button>
  </main>`;
const vehicle = (verdict: string) => `
  <main class="verdict vehicle-verdict verdict-${verdict}">
    ${ANSWER}
    <ol class="occupants all">
      <li><span class="mark mark-pass"><span>1</span></span></li>
      <li><span class="mark mark-stop"><span>2</span></span></li>
      <li><button><span class="mark mark-unverified"><span>3</span></span></button></li>
    </ol>
    <p>D</p>
    ${BUTTONS}
  </main>`;
const measure = `
  <main class="measure">
    <div class="measure-asked" role="status"><h1>M</h1><span class="warning">W</span></div>
    <p class="person"><b>P</b></p><p class="person hint">H</p><p class="note">A</p>
    <output class="digits">D</output>
    <p class="hint">H</p><p class="hint warning">R</p>
    <div class="stepper"><button class="chosen">C</button></div>
    <div class="keypad"><button>1</button></div>
    <button class="quiet">Q</button>
  </main>`;

describe.each(['dark', 'light'])('where the device is %s', (value) => {
  const emulate = (features: { name: string; value: string }[]) =>
    cdp().send('Emulation.setEmulatedMedia', { features });
  beforeAll(async () => {
    await emulate([{ name: 'prefers-color-scheme', value }]);
    expect(matchMedia(`(prefers-color-scheme: ${value})`).matches).toBe(true);
  });
  afterAll(() => emulate([]));

  test.each([
    ['a pass', person('pass')],
    ['a stop', person('stop')],
    ['what could not be checked', person('unverified')],
    ['a question for a reading', measure],
    ['a pass, turned to the person', turned('pass')],
    ['a stop, turned to the person', turned('stop')],
    ['what could not be checked, turned to the person', turned('unverified')],
    ["a vehicle's pass", vehicle('pass')],
    ["a vehicle's stop", vehicle('stop')],
  ])('everything that %s says has a contrast of 7:1 at least', (_, screen) => {
    document.body.innerHTML = screen;
    const said = [...document.querySelectorAll('main *')].filter(hasText);
    expect(said).not.toHaveLength(0);
    for (const element of said) {
      const [text] = coloursIn(getComputedStyle(element).color);
      if (!text) throw new Error(getComputedStyle(element).color);
      for (const ground of groundsOf(element)) {
        const ratio = contrast(text, ground);
        expect(ratio, element.className || element.tagName).toBeGreaterThan(7);
      }
    }
  });
});
