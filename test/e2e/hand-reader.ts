import type { CDPSession } from 'playwright';

export interface Typing {
  /** What the page is told instead of the character: an input method's doing. */
  readonly key?: (character: string) => string;
  readonly end?: 'Enter' | undefined;
}

/** Types as a reader does: all of it at once, with the keys of a US keyboard. */
export async function typeAsReader(
  keyboard: CDPSession,
  text: string,
  { key = (same) => same, end }: Typing = {},
): Promise<void> {
  const keys = [...text].map((character) => ({ ...keyOf(character), key: key(character) }));
  if (end) keys.push({ code: end, modifiers: 0, key: end });
  await Promise.all(
    keys.map((pressed) =>
      keyboard.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        ...pressed,
        ...(pressed.key.length === 1 && { text: pressed.key }),
      }),
    ),
  );
}

function keyOf(character: string): { code: string; modifiers: number } {
  const shift = 8;
  const special: Record<string, [string, number]> = {
    ' ': ['Space', 0],
    $: ['Digit4', shift],
    '%': ['Digit5', shift],
    '*': ['Digit8', shift],
    '+': ['Equal', shift],
    '-': ['Minus', 0],
    '.': ['Period', 0],
    '/': ['Slash', 0],
    ':': ['Semicolon', shift],
  };
  const [code, modifiers] = special[character] ?? [
    /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`,
    /[A-Z]/.test(character) ? shift : 0,
  ];
  return { code, modifiers };
}
