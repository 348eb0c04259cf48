import type { PrintedClaims } from '../../core/code/claims.ts';
import { Qr } from '../../page/qr.tsx';
import { saveFile } from '../../page/save-file.ts';
import { words } from '../i18n/language.ts';
import type { HeldCode } from '../obtain-code.ts';
import { paperInstructions, paperLines, paperTitle } from '../paper.ts';
import { paperPicture } from '../paper-picture.ts';
import type { Standing } from '../standing.ts';

/** The sheet as it will lie on the paper, and the ways to get it there. */
export function PrintedCode(props: { held: HeldCode; claims: PrintedClaims; standing: Standing }) {
  const { held, claims, standing } = props;
  const { paper, code } = words.value;
  const save = async () =>
    saveFile('health-code.png', await paperPicture(held.text, claims, held.validity));
  return (
    <>
      <div class="actions">
        {(standing === 'lapsed' || standing === 'expired') && <p class="remark">{paper.lapsed}</p>}
        <button type="button" class="button primary" onClick={() => window.print()}>
          {paper.print}
        </button>
        <button type="button" class="button" onClick={save}>
          {paper.save}
        </button>
      </div>
      <article class="paper">
        <h2>{paperTitle}</h2>
        <Qr text={held.text} label={code.qr(claims.name)} />
        <dl>
          {paperLines(claims, held.validity).map(({ label, value, large }) => (
            <div key={label} class={large ? 'large' : ''}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {paperInstructions.map((lines) => (
          <ol key={lines[0]}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        ))}
      </article>
    </>
  );
}
