import { en } from '../i18n/en.ts';
import { language, words } from '../i18n/language.ts';
import { zh } from '../i18n/zh.ts';
import type { Standing } from '../standing.ts';
import { ColourShape } from './colour-shape.tsx';

/** The colour by shape, word and colour. The word stands in both languages: staff read it too. */
export function ColourBanner({ standing }: { standing: Standing }) {
  const { word, advice } = words.value.standing[standing];
  const other = language.value === 'zh' ? en : zh;
  return (
    <section class={`banner ${standing}`} role="status" data-standing={standing}>
      <ColourShape standing={standing} />
      <div>
        <h2>
          {word} <small lang={other.locale}>{other.standing[standing].word}</small>
        </h2>
        <p>{advice}</p>
      </div>
    </section>
  );
}
