import type { HqOverview } from '../../src/core/protocol/headquarters.ts';
import { ISSUER, NOW } from '../core/make.ts';

/** What headquarters sees on an ordinary morning with one post in trouble. */
export function makeOverview(changes: Partial<HqOverview> = {}): HqOverview {
  const device = 'A'.repeat(43);
  return {
    issuer: ISSUER,
    now: NOW,
    staff: { name: '陈主任', role: 'admin' },
    devices: [
      {
        device,
        post: { name: '长虹路卡口', area: '420606' },
        role: 'checkpoint',
        barred: false,
        enrolledAt: NOW - 86_400,
        lastSeenAt: NOW - 120,
        stored: 12,
        opened: 10,
        quarantined: 2,
        alarms: 1,
        ...{ forks: 0, passed: 9, stopped: 1, fevers: 1, unverified: 0, lately: 25 },
        stops: [{ reason: 'fever', count: 1 }],
        ...{ clockTroubles: 0, clockAhead: 0 },
        hint: { app: '0.1.0', waiting: 3, oldest: NOW - 7200 },
      },
    ],
    ...{ away: 0, forks: 0 },
    alarms: [
      {
        ...{ device, post: '长虹路卡口', kind: 'conflict', first: 9, last: 12 },
        ...{ raisedAt: NOW - 900, times: 3 },
      },
    ],
    quarantine: [
      { device, post: '长虹路卡口', n: 8, reason: 'altered', foundAt: NOW - 600 },
      { device, post: '长虹路卡口', n: 7, reason: 'wrong-place', foundAt: NOW - 600 },
    ],
    today: {
      since: NOW - 16 * 3600,
      counts: [
        { verdict: 'pass', reason: 'green', count: 9 },
        { verdict: 'stop', reason: 'fever', count: 1 },
      ],
    },
    records: [
      {
        device,
        n: 12,
        post: '长虹路卡口',
        at: NOW - 130,
        verdict: 'stop',
        reason: 'fever',
        person: '张*明',
        kind: 'live',
        noCode: null,
        colour: 'green',
        tenths: 376,
        operator: 'K7MN-2Q9P',
      },
    ],
    documents: [
      { name: 'trust', version: 1, issuedAt: NOW - 30 * 86_400 },
      { name: 'bulletin', version: 71, issuedAt: NOW - 3 * 3600 },
      { name: 'status/0', version: 90, issuedAt: NOW - 300 },
    ],
    ...changes,
  };
}
