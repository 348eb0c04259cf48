import { useEffect } from 'preact/hooks';
import { Header } from './components/header.tsx';
import { language, words } from './i18n/index.ts';
import { EnrolPage } from './pages/enrol.tsx';
import { MeasurePage } from './pages/measure.tsx';
import { NoCodePage } from './pages/no-code.tsx';
import { ScanPage } from './pages/scan.tsx';
import { SettingsPage } from './pages/settings.tsx';
import { VerdictPage } from './pages/verdict.tsx';
import type { App } from './state/app.ts';
import { route } from './state/route.ts';

export function AppView({ app }: { app: App }) {
  useEffect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  }, [language.value]);
  return (
    <>
      <Header app={app} />
      {app.fault.value && (
        <p class="banner" role="alert">
          {words.value.fault}
        </p>
      )}
      <Page app={app} />
    </>
  );
}

function Page({ app }: { app: App }) {
  if (route.value === '/settings') return <SettingsPage app={app} />;
  if (route.value === '/enrol' || !app.station.holdings.value.enrolment) {
    return <EnrolPage app={app} />;
  }
  const { post } = app;
  const scene = post.scene.value;
  if (route.value === '/no-code' && scene.name === 'scan') return <NoCodePage post={post} />;
  // The camera stays open behind a verdict, so that the next person need not wait for it.
  return (
    <div class="stage">
      <ScanPage app={app} looking={scene.name === 'scan'} />
      {scene.name === 'measure' && <MeasurePage post={post} outcome={scene.outcome} />}
      {scene.name === 'verdict' && (
        <VerdictPage post={post} outcome={scene.outcome} held={scene.held} />
      )}
    </div>
  );
}
