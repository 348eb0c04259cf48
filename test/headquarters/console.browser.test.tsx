import '../../src/headquarters/headquarters.css';
import axe from 'axe-core';
import { render } from 'preact';
import * as v from 'valibot';
import { expect, onTestFinished, test, vi } from 'vitest';
import { HqEnrolmentRequest } from '../../src/core/protocol/headquarters.ts';
import { App } from '../../src/headquarters/components/app.tsx';
import { createHeadquarters } from '../../src/headquarters/headquarters.ts';
import { headquartersClient } from '../../src/headquarters/headquarters-client.ts';
import { takeKey } from '../../src/headquarters/key.ts';
import { open } from '../../src/headquarters/router.ts';
import { NOW } from '../core/make.ts';
import { makeOverview } from './overview.ts';

const LINK = `https://kakou.example/enrol#authority=x&root=${'A'.repeat(43)}&token=abcdefgh`;

function showConsole(answer: (path: string, init: RequestInit) => Promise<Response> | Response) {
  const asked: string[] = [];
  const client = headquartersClient(async (input, init = {}) => {
    asked.push(String(input));
    return answer(String(input), init);
  });
  const headquarters = createHeadquarters(client, takeKey());
  const place = document.createElement('div');
  document.body.append(place);
  render(<App headquarters={headquarters} client={client} />, place);
  onTestFinished(() => {
    render(null, place);
    place.remove();
    sessionStorage.clear();
    open('board');
  });
  return { place, asked };
}

function find<Found extends HTMLElement>(place: Element, selector: string): Found {
  const found = place.querySelector<Found>(selector);
  if (!found) throw new Error(`${selector} is not shown: ${place.textContent}`);
  return found;
}

function fill(place: Element, selector: string, value: string): void {
  find<HTMLInputElement>(place, selector).value = value;
}

const withKey = () => {
  location.hash = '#key=secret';
};

test('the key leaves the address bar at once and stays in this tab', async () => {
  withKey();
  const { place } = showConsole(() => Response.json(makeOverview()));
  expect(location.href).not.toContain('secret');
  await vi.waitFor(() => find(place, '[data-device]'));
  expect(takeKey()).toBe('secret');
});

test('the board shows what is wrong with a post, and a bulletin that is overdue', async () => {
  withKey();
  const { place } = showConsole(() => Response.json(makeOverview()));
  const row = await vi.waitFor(() => find(place, '[data-device]'));
  expect([...row.querySelectorAll('.problem')]).toHaveLength(2);
  expect([...place.querySelectorAll('[data-panel=documents] .problem')]).toHaveLength(1);
});

test('a record shows reading and masked name; the counts add up', async () => {
  withKey();
  const { place } = showConsole(() => Response.json(makeOverview()));
  const record = await vi.waitFor(() => find(place, '[data-record="12"]'));
  expect(record.textContent).toContain('37.6 °C');
  expect(record.textContent).toContain('张*明');
  expect(find(place, '[data-count=pass] strong').textContent).toBe('9');
  expect(find(place, '[data-count=unverified] strong').textContent).toBe('0');
});

test('what a hostile device wrote is shown as text', async () => {
  withKey();
  const [record] = makeOverview().records;
  if (!record) throw new Error('the overview holds no record');
  const hostile = { ...record, reason: '<img src=x onerror=alert(1)>', person: '<b>x</b>' };
  const { place } = showConsole(() => Response.json(makeOverview({ records: [hostile] })));
  const row = await vi.waitFor(() => find(place, '[data-record="12"]'));
  expect(row.querySelector('img, b')).toBeNull();
  expect(row.textContent).toContain('<img src=x onerror=alert(1)>');
});

test('without a key nothing is asked for, and a key typed by hand opens', async () => {
  const { place, asked } = showConsole(() => Response.json(makeOverview()));
  find(place, '[data-trouble=no-key]');
  expect(asked).toEqual([]);
  fill(place, '.key-form input', ' secret ');
  find<HTMLFormElement>(place, '.key-form').requestSubmit();
  await vi.waitFor(() => find(place, '[data-device]'));
});

test('a wrong key is tried once, not every five seconds', async () => {
  withKey();
  const { place, asked } = showConsole(() => new Response(null, { status: 401 }));
  await vi.waitFor(() => find(place, '[data-trouble=wrong-key]'));
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => find(place, '.key-form'));
  expect(asked).toHaveLength(1);
});

test('when the server falls silent the last picture stays, and is called old', async () => {
  withKey();
  let online = true;
  const { place } = showConsole(() => {
    if (!online) throw new TypeError('Failed to fetch');
    return Response.json(makeOverview());
  });
  await vi.waitFor(() => find(place, '[data-device]'));
  online = false;
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => find(place, '[data-trouble=unreachable]'));
  find(place, '[data-device]');
});

test('an enrolment shows its link as QR and as text, with its end', async () => {
  open('stations');
  withKey();
  const requests: unknown[] = [];
  const { place } = showConsole((path, init) => {
    if (path === '/hq/overview') return Response.json(makeOverview());
    requests.push(v.parse(HqEnrolmentRequest, JSON.parse(String(init.body))));
    return Response.json({ link: LINK, expiresAt: NOW + 3600 }, { status: 201 });
  });
  await vi.waitFor(() => find(place, '.fields'));
  fill(place, '[name=post]', '薛坪镇村卡口');
  fill(place, '[name=area]', '420624');
  find<HTMLInputElement>(place, '[name=role][value=temperature]').click();
  find<HTMLFormElement>(place, '.fields').requestSubmit();

  const qr = await vi.waitFor(() => find(place, '[data-qr-text]'));
  expect(requests).toEqual([
    {
      ...{ post: '薛坪镇村卡口', area: '420624', role: 'temperature', days: 1 },
      key: expect.any(String),
    },
  ]);
  expect(qr.dataset['qrText']).toBe(LINK);
  expect(find(place, '.ticket .link').textContent).toBe(LINK);
  expect(find(place, '.ticket').textContent).toMatch(/1 (小时|hour)/);
});

test('an area code of five digits is stopped by the form', async () => {
  open('stations');
  withKey();
  const { place, asked } = showConsole(() => Response.json(makeOverview()));
  await vi.waitFor(() => find(place, '.fields'));
  fill(place, '[name=post]', '村卡口');
  fill(place, '[name=area]', '42062');
  find<HTMLFormElement>(place, '.fields').requestSubmit();
  expect(find<HTMLInputElement>(place, '[name=area]').validity.patternMismatch).toBe(true);
  expect(asked).not.toContain('/hq/enrolments');
});

test('what people have to look into stands there with what to do about it', async () => {
  withKey();
  const { place } = showConsole(() => Response.json(makeOverview()));
  const alarm = await vi.waitFor(() => find(place, '[data-alarm=conflict]'));
  expect(alarm.textContent).toMatch(/9–12.*长虹路卡口/);
  expect(alarm.querySelector('p')?.textContent).toMatch(/停用|bar this device/);
  expect(find(place, '[data-quarantined="8"]').textContent).toMatch(/无法解密|cannot be opened/);
});

test('where there is nothing to look into, nothing is shown', async () => {
  withKey();
  const calm = makeOverview({ alarms: [], quarantine: [] });
  const { place } = showConsole(() => Response.json(calm));
  await vi.waitFor(() => find(place, '[data-device]'));
  expect(place.querySelector('[data-panel=attention]')).toBeNull();
});

function withOneDevice(barred: boolean) {
  const overview = makeOverview();
  return { ...overview, devices: overview.devices.map((device) => ({ ...device, barred })) };
}

test('a device is barred after a second question, and let in again in the same way', async () => {
  withKey();
  let barred = false;
  const { place, asked } = showConsole((path, init) => {
    if (path === '/hq/overview') return Response.json(withOneDevice(barred));
    expect(init.method).toBe('POST');
    barred = path.endsWith('/bar');
    return new Response(null, { status: 204 });
  });
  const device = 'A'.repeat(43);
  (await vi.waitFor(() => find(place, '[data-act=bar]'))).click();
  (await vi.waitFor(() => find(place, '[data-confirm]'))).click();
  (await vi.waitFor(() => find(place, '[data-act=unbar]'))).click();
  (await vi.waitFor(() => find(place, '[data-confirm]'))).click();
  await vi.waitFor(() => find(place, '[data-act=bar]'));
  expect(asked.filter((path) => path !== '/hq/overview')).toEqual([
    `/hq/devices/${device}/bar`,
    `/hq/devices/${device}/unbar`,
  ]);
});

test('a device that is not to be barred after all is not, and a failure is told', async () => {
  withKey();
  const { place, asked } = showConsole((path) =>
    path === '/hq/overview'
      ? Response.json(withOneDevice(false))
      : new Response(null, { status: 503 }),
  );
  (await vi.waitFor(() => find(place, '[data-act=bar]'))).click();
  (await vi.waitFor(() => find(place, '.question .button:not([data-confirm])'))).click();
  (await vi.waitFor(() => find(place, '[data-act=bar]'))).click();
  expect(asked.filter((path) => path !== '/hq/overview')).toEqual([]);
  (await vi.waitFor(() => find(place, '[data-confirm]'))).click();
  await vi.waitFor(() => find(place, '[data-device] [data-trouble=busy]'));
});

test('axe finds no fault with the console', async () => {
  withKey();
  const { place } = showConsole(() => Response.json(makeOverview()));
  await vi.waitFor(() => find(place, '[data-device]'));
  const { violations } = await axe.run(place);
  expect(violations.map(({ id }) => id)).toEqual([]);
});
