import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

/** What comes when it is first shown: most who open the board never look at it. */
export function lazily<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  return function Lazily(props) {
    // In an object: a function would be taken for one that changes the state.
    const [loaded, setLoaded] = useState<{ Shown: FunctionComponent<Props> } | 'unreachable'>();
    useEffect(() => {
      load().then(
        (Shown) => setLoaded({ Shown }),
        () => setLoaded('unreachable'),
      );
    }, []);
    if (!loaded) return <p class="faint">{words.value.loading}</p>;
    if (loaded === 'unreachable') return <TroubleNotice trouble="unreachable" />;
    return <loaded.Shown {...props} />;
  };
}
