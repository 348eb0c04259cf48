import { useEffect } from 'preact/hooks';
import { DiskTroubleBanner } from './components/disk-trouble.tsx';
import { Header } from './components/header.tsx';
import { NoticeBanner } from './components/notice-banner.tsx';
import { language, words } from './i18n/index.ts';
import { loadPagesBesides, pagesBesides } from './pages/behind-camera.ts';
import { MeasurePage } from './pages/measure.tsx';
import { ScanPage } from './pages/scan.tsx';
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
      <DiskTroubleBanner records={app.station.records} />
      {/* Reloading would lose what is only in memory. */}
      {app.fault.value && app.station.records.held.value.unsaved === 0 && (
        <p class="banner" role="alert">
          {words.value.fault}
        </p>
      )}
      <Page app={app} />
    </>
  );
}

/** Time for the camera to open first, milliseconds. */
const BEHIND_CAMERA = 3000;

function Page({ app }: { app: App }) {
  const isEnrolled = app.station.holdings.value.enrolment !== undefined;
  const isBeside = !isEnrolled || ['/settings', '/enrol', '/no-code'].includes(route.value);
  useEffect(() => {
    // What fails here is tried again when the page is asked for.
    const load = () => void loadPagesBesides().catch(() => {});
    const timer = setTimeout(load, isBeside ? 0 : BEHIND_CAMERA);
    return () => clearTimeout(timer);
  }, [isBeside]);
  const pages = pagesBesides();
  if (isBeside && !pages) return null;
  if (pages && route.value === '/settings') return <pages.SettingsPage app={app} />;
  if (pages && (route.value === '/enrol' || !isEnrolled)) return <pages.EnrolPage app={app} />;
  return <PostPage app={app} />;
}

/** Where people are judged: on all of its screens readers and shared pictures come in. */
function PostPage({ app }: { app: App }) {
  const { post, intake } = app;
  const scene = post.scene.value;
  useEffect(() => {
    void intake.shared();
    return intake.hearReaders();
  }, [intake]);
  const NoCodePage = pagesBesides()?.NoCodePage;
  if (NoCodePage && route.value === '/no-code' && scene.name === 'scan') {
    return <NoCodePage post={post} />;
  }
  // The camera stays open behind a verdict, so that the next person need not wait for it.
  return (
    <div class="stage">
      <ScanPage app={app} looking={scene.name === 'scan'} />
      {scene.name !== 'scan' && <NoticeBanner notice={intake.notice.value} />}
      {scene.name === 'measure' && <MeasurePage post={post} outcome={scene.outcome} />}
      {scene.name === 'verdict' && (
        <VerdictPage post={post} outcome={scene.outcome} held={scene.held} />
      )}
    </div>
  );
}
