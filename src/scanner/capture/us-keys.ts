/** Keys whose character their name does not hold, without and with Shift. */
const KEYS: Record<string, readonly [plain: string, shifted: string]> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Backquote: ['`', '~'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};

/**
 * The character of a key (`KeyboardEvent.code`, UI Events KeyboardEvent code Values) on the
 * US keyboard, which is what readers pass for.
 */
export function usKey(code: string, shift: boolean): string | undefined {
  const [, letter] = code.match(/^Key([A-Z])$/) ?? [];
  if (letter) return shift ? letter : letter.toLowerCase();
  const [, digit] = code.match(/^Numpad(\d)$/) ?? [];
  return digit ?? KEYS[code]?.[shift ? 1 : 0];
}
