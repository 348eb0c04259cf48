import { useEffect, useRef } from 'preact/hooks';
import { DiskTroubleBanner } from './components/disk-trouble.tsx';
import { focusMain } from './components/focus-main.ts';
import { Header } from './components/header.tsx';
import { NoticeBanner } from './components/notice-banner.tsx';
import { Said, vehicleVerdict } from './components/said.tsx';
import { TypedAhead } from './components/typed-ahead.tsx';
import { LANGUAGES, language, words } from './i18n/index.ts';
import { lazyPages, loadLazyPages } from './pages/load-lazy.ts';
import { ScanPage } from './pages/scan.tsx';
import type { App } from './state/app.ts';
import { route } from './state/route.ts';
import { BEHIND_CAMERA } from './state/update.ts';

export function AppView({ app }: { app: App }) {
  const scene = app.post.scene.value;
  useEffect(() => {
    document.documentElement.lang = LANGUAGES[language.value].tag;
  }, [language.value]);
  return (
    <>
      <Header app={app} />
      <DiskTroubleBanner
        records={app.station.records}
        covered={scene.name === 'verdict' || vehicleVerdict.value !== undefined}
      />
      {/* Reloading would lose what is only in memory. */}
      {app.fault.value && app.station.records.held.value.unsaved === 0 && (
        <p class="banner" role="alert">
          {words.value.fault}
        </p>
      )}
      <Said scene={scene} />
      <Page app={app} />
    </>
  );
}

function Page({ app }: { app: App }) {
  const isEnrolled = app.station.holdings.value.enrolment !== undefined;
  const isLazy = !isEnrolled || route.value !== '/';
  const { name } = app.post.scene.value;
  // Whoever is judged in the first seconds is counted too.
  const isWanted = isLazy || name !== 'scan';
  useEffect(() => {
    // What fails here is tried again when the page is asked for.
    const load = () => void loadLazyPages().catch(() => {});
    const timer = setTimeout(load, isWanted ? 0 : BEHIND_CAMERA);
    return () => clearTimeout(timer);
  }, [isWanted]);
  const pages = lazyPages();
  useEffect(() => pages?.attend(app), [pages]);
  const isThere = pages !== undefined || !isWanted;
  const { asking, overriding, ending } = app.desk;
  const question = [asking, overriding, ending].map((one) => Boolean(one.value));
  const screen = isThere && [route.value, name, ...question].join();
  // Where the app begins, the browser puts the focus.
  const before = useRef(screen);
  useEffect(() => {
    if (screen && screen !== before.current) focusMain();
    before.current = screen;
  }, [screen]);
  if (isLazy && !pages) return route.value === '/no-code' ? <TypedAhead /> : null;
  if (pages && route.value === '/settings') return <pages.SettingsPage app={app} />;
  if (pages && route.value === '/state') return <pages.StatePage app={app} />;
  if (pages && route.value === '/help') return <pages.HelpPage />;
  if (pages && route.value === '/tour') return <pages.TourPage app={app} />;
  if (pages && route.value === '/shift') return <pages.ShiftPage app={app} />;
  if (pages && route.value === '/today') return <pages.TodayPage app={app} />;
  if (pages && (route.value === '/enrol' || !isEnrolled)) return <pages.EnrolPage app={app} />;
  return <PostPage app={app} />;
}

/** Where people are judged: on all of its screens readers and shared pictures come in. */
function PostPage({ app }: { app: App }) {
  const { post, intake, desk } = app;
  const scene = post.scene.value;
  const isAsking = desk.asking.value !== undefined;
  const overriding = desk.overriding.value;
  useEffect(() => {
    void intake.shared();
    return intake.hearReaders();
  }, [intake]);
  const pages = lazyPages();
  if (pages && scene.name === 'scan') {
    if (route.value === '/no-code') return <pages.NoCodePage post={post} />;
    if (route.value === '/vehicle') return <pages.VehiclePage app={app} />;
    if (route.value === '/fevers') return <pages.FeversPage app={app} />;
  }
  // The camera stays open behind a verdict, so that the next person need not wait for it.
  return (
    <div class="stage">
      <ScanPage app={app} looking={scene.name === 'scan' || isAsking} />
      {pages && <pages.BadgeNotice desk={desk} />}
      {scene.name !== 'scan' && <NoticeBanner notice={intake.notice.value} />}
      {pages && scene.name === 'measure' && <pages.MeasurePage app={app} outcome={scene.outcome} />}
      {pages && scene.name === 'verdict' && !isAsking && overriding === undefined && (
        <pages.VerdictPage post={post} outcome={scene.outcome} held={scene.held}>
          <pages.OverrideButton app={app} outcome={scene.outcome} />
        </pages.VerdictPage>
      )}
      {pages && overriding !== undefined && !isAsking && (
        <pages.OverrideReasons app={app} by={overriding} />
      )}
    </div>
  );
}
