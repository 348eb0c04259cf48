import { correction, generate } from 'lean-qr';

const QUIET = 2;

/**
 * A QR for a terminal, two modules in one character. The light modules are the ones that
 * are drawn, since most terminals are dark; with `colours` it says so itself.
 */
export function terminalQr(text: string, colours: boolean): string {
  const code = generate(text, { minCorrectionLevel: correction.L });
  const isLight = (x: number, y: number) => !code.get(x, y);
  const lines: string[] = [];
  for (let y = -QUIET; y < code.size + QUIET; y += 2) {
    let line = '';
    for (let x = -QUIET; x < code.size + QUIET; x++) {
      const below = y + 1 < code.size + QUIET && isLight(x, y + 1);
      line += isLight(x, y) ? (below ? '█' : '▀') : below ? '▄' : ' ';
    }
    lines.push(colours ? `\x1b[97;40m${line}\x1b[0m` : line);
  }
  return lines.join('\n');
}
