import type { StaffRole } from '../../core/protocol/headquarters.ts';
import { HINT_HEADER } from '../../core/protocol/station.ts';
import { ACTS_CURSOR } from '../headquarters/acts.ts';
import { AWAY_CURSOR } from '../headquarters/away.ts';
import { BADGES_CURSOR } from '../headquarters/badges.ts';
import { CHARTS_QUERY } from '../headquarters/charts.ts';
import { FEVERS_CURSOR } from '../headquarters/fevers.ts';
import { FORKS_CURSOR } from '../headquarters/forks.ts';
import { STAFF_CURSOR } from '../headquarters/staff.ts';
import { CHECK_INS_CURSOR, EVENTS_CURSOR, LOOKS_CURSOR } from '../residents/account/history.ts';
import { APPEALS_CURSOR } from '../residents/colour/appeals.ts';
import { REVIEWS_CURSOR } from '../residents/colour/reviews.ts';
import { IMPORTS_CURSOR } from '../residents/lists/import-list.ts';
import type { ANSWERS, REQUESTS } from './schemas.ts';

export type Method = 'get' | 'put' | 'post' | 'delete';

export interface Endpoint {
  /** `get /hq/devices/{device}`. */
  readonly at: `${Method} /${string}`;
  readonly says: string;
  /** Whose bearer token it takes; left out: everyone's, and it needs none. */
  readonly for?: 'staff' | 'resident';
  /** Of staff: who may do it; left out: viewers what only looks, operators everything else. */
  readonly least?: StaffRole;
  readonly takes?: keyof typeof REQUESTS;
  /** Another media type in which it takes the same. */
  readonly takesToo?: Content;
  /** Parameters of the query, each of which may be left out. */
  readonly query?: Readonly<Record<string, RegExp>>;
  /** Headers that may be left out, as JSON of a schema. */
  readonly headers?: Readonly<Record<string, keyof typeof REQUESTS>>;
  /** By status: a schema of JSON, content of other types, or null for no body at all. */
  readonly gives: Readonly<Record<number, keyof typeof ANSWERS | Content | null>>;
}

/** By media type: a schema of the text, or `bytes` that none describes. */
export type Content = Readonly<Record<`${string}/${string}`, keyof typeof ANSWERS | 'bytes'>>;

/** What is served with a tag and in parts (RFC 9110): whole, one range of it, or not again. */
function served(what: keyof typeof ANSWERS | Content): Endpoint['gives'] {
  return { 200: what, 206: what, 304: null };
}
const DELTA = { 'application/statuslist-delta+jwt': 'CompactJws' } as const;

/**
 * Every address of the authority. test/authority/openapi.test.ts holds it against the routes
 * themselves; what each means is in docs/protocol.md.
 */
export const ENDPOINTS: readonly Endpoint[] = [
  { at: 'get /trust', says: 'The trust', gives: served('TrustEnvelope') },
  {
    at: 'get /trust/after/{root}',
    says: 'The trust that took the place of a root',
    gives: served('TrustEnvelope'),
  },
  { at: 'get /bulletin', says: 'The bulletin', gives: served({ 'application/jwt': 'CompactJws' }) },
  {
    at: 'get /status/{shard}',
    says: 'The newest status list as a token',
    gives: served({ 'application/statuslist+jwt': 'CompactJws' }),
  },
  {
    at: 'get /status/{shard}/{version}',
    says: 'The bits of one version of a status list',
    gives: served({ 'application/zlib': 'bytes' }),
  },
  {
    at: 'get /status/{shard}/since/{since}/{version}',
    says: 'The delta from one version to another',
    gives: served(DELTA),
  },
  {
    at: 'get /status/{shard}/since/{since}',
    says: 'The nearest delta to the newest version',
    gives: served(DELTA),
  },

  {
    at: 'post /devices',
    says: 'Enrol a station',
    takes: 'EnrolmentRequest',
    gives: { 200: 'EnrolmentResponse' },
  },
  {
    at: 'put /devices/{device}/batches/{run}',
    says: 'Upload records, signed by the device',
    takes: 'BatchBody',
    headers: { [HINT_HEADER]: 'DeviceHint' },
    gives: { 200: 'BatchReceipt', 202: 'BatchMissing' },
  },
  {
    at: 'post /codes',
    says: "A resident's code",
    takes: 'CodeRequest',
    gives: { 200: 'CodeResponse' },
  },
  { at: 'get /demo/people', says: 'The demo town', gives: { 200: 'DemoPeople' } },
  { at: 'get /healthz', says: 'Whether it is well', gives: { 200: 'Health' } },
  { at: 'get /openapi.json', says: 'This document', gives: { 200: 'OpenApiDocument' } },

  {
    at: 'post /residents/sign-in/codes',
    says: 'Send a one-time code',
    takes: 'SignInCodeRequest',
    gives: { 202: 'SignInCodeResponse' },
  },
  {
    at: 'post /residents/sessions',
    says: 'Sign in with it',
    takes: 'SessionRequest',
    gives: { 201: 'SessionResponse' },
  },
  { at: 'get /residents/areas', says: 'Where one can live', gives: { 200: 'Areas' } },
  {
    at: 'delete /residents/sessions/current',
    says: 'Sign out',
    for: 'resident',
    gives: { 204: null },
  },
  {
    at: 'get /residents/me',
    says: 'The people of an account',
    for: 'resident',
    gives: { 200: 'Me' },
  },
  {
    at: 'get /residents/export',
    says: 'Everything about an account',
    for: 'resident',
    gives: { 200: 'ResidentExport' },
  },
  {
    at: 'post /residents/people',
    says: 'Declare',
    for: 'resident',
    takes: 'DeclarationRequest',
    gives: { 200: 'Person', 201: 'Person' },
  },
  {
    at: 'get /residents/people/{person}',
    says: 'One person, with what was declared',
    for: 'resident',
    gives: { 200: 'PersonDetails' },
  },
  {
    at: 'delete /residents/people/{person}',
    says: 'Delete all about a person',
    for: 'resident',
    gives: { 204: null },
  },
  {
    at: 'put /residents/people/{person}/declaration',
    says: 'Correct a declaration, once',
    for: 'resident',
    takes: 'Declaration',
    gives: { 200: 'PersonDetails' },
  },
  {
    at: 'put /residents/people/{person}/check-ins/{key}',
    says: 'Check in',
    for: 'resident',
    takes: 'CheckIn',
    gives: { 200: 'Person' },
  },
  {
    at: 'get /residents/people/{person}/events',
    says: 'Changes of colour, newest first',
    for: 'resident',
    query: { before: EVENTS_CURSOR },
    gives: { 200: 'ColourEvents' },
  },
  {
    at: 'get /residents/people/{person}/check-ins',
    says: 'Check-ins, newest first',
    for: 'resident',
    query: { before: CHECK_INS_CURSOR },
    gives: { 200: 'CheckIns' },
  },
  {
    at: 'get /residents/people/{person}/looks',
    says: 'Who looked at the code',
    for: 'resident',
    query: { before: LOOKS_CURSOR },
    gives: { 200: 'Looks' },
  },
  {
    at: 'post /residents/people/{person}/move',
    says: 'Move the code to another phone',
    for: 'resident',
    gives: { 200: 'Person' },
  },
  {
    at: 'post /residents/people/{person}/withdraw',
    says: 'Withdraw the code',
    for: 'resident',
    gives: { 204: null },
  },
  {
    at: 'post /residents/people/{person}/appeals',
    says: 'Appeal against a colour',
    for: 'resident',
    takes: 'AppealRequest',
    gives: { 201: 'Person' },
  },

  {
    at: 'post /hq/passkeys/options',
    says: 'What a browser needs to make a passkey',
    takes: 'HqPasskeyOptionsRequest',
    gives: { 200: 'HqPasskeyOptions' },
  },
  {
    at: 'post /hq/passkeys',
    says: 'Register a passkey by invitation',
    takes: 'HqPasskeyRequest',
    gives: { 201: 'HqSession' },
  },
  {
    at: 'post /hq/sign-in/options',
    says: 'What a browser needs to sign in',
    gives: { 200: 'HqSignInOptions' },
  },
  {
    at: 'post /hq/sign-in',
    says: 'Sign in with a passkey',
    takes: 'HqSignInRequest',
    gives: { 201: 'HqSession' },
  },
  { at: 'post /hq/sign-out', says: 'End a session', gives: { 204: null } },
  { at: 'get /hq/overview', says: 'The board', for: 'staff', gives: { 200: 'HqOverview' } },
  {
    at: 'get /hq/charts',
    says: 'Verdicts over time and by area',
    for: 'staff',
    query: CHARTS_QUERY,
    gives: { 200: 'HqCharts' },
  },
  {
    at: 'get /hq/forks',
    says: 'Batches that contradict',
    for: 'staff',
    query: { before: FORKS_CURSOR },
    gives: { 200: 'HqForks' },
  },
  {
    at: 'get /hq/devices/away',
    says: 'Devices that are not in use any more',
    for: 'staff',
    query: { before: AWAY_CURSOR },
    gives: { 200: 'HqAway' },
  },
  {
    at: 'post /hq/enrolments',
    says: 'Make an enrolment link',
    for: 'staff',
    takes: 'HqEnrolmentRequest',
    gives: { 201: 'HqEnrolmentResponse' },
  },
  { at: 'post /hq/devices/{device}/bar', says: 'Bar a device', for: 'staff', gives: { 204: null } },
  {
    at: 'post /hq/devices/{device}/unbar',
    says: 'Let a device in again',
    for: 'staff',
    gives: { 204: null },
  },
  {
    at: 'post /hq/devices/{device}/role',
    says: 'Give a device another role',
    for: 'staff',
    takes: 'HqRoleRequest',
    gives: { 204: null },
  },
  {
    at: 'get /hq/badges',
    says: 'Badges',
    for: 'staff',
    query: { before: BADGES_CURSOR },
    gives: { 200: 'HqBadges' },
  },
  {
    at: 'post /hq/badges',
    says: 'Issue a badge',
    for: 'staff',
    takes: 'HqBadgeRequest',
    gives: { 201: 'HqIssuedBadge' },
  },
  {
    at: 'post /hq/badges/{badge}/bar',
    says: 'Bar a lost badge',
    for: 'staff',
    gives: { 204: null },
  },
  { at: 'get /hq/notice', says: 'The rules in force', for: 'staff', gives: { 200: 'HqNotice' } },
  {
    at: 'put /hq/notice',
    says: 'Publish other rules',
    for: 'staff',
    least: 'admin',
    takes: 'HqNoticeRequest',
    gives: { 200: 'HqNotice' },
  },
  {
    at: 'post /hq/notice/preview',
    says: "Yesterday's records under other rules",
    for: 'staff',
    takes: 'HqPreviewRequest',
    gives: { 200: 'HqPreview' },
  },
  {
    at: 'get /hq/staff',
    says: 'The people of headquarters',
    for: 'staff',
    least: 'admin',
    query: { before: STAFF_CURSOR },
    gives: { 200: 'HqStaff' },
  },
  {
    at: 'post /hq/staff',
    says: 'Add somebody',
    for: 'staff',
    least: 'admin',
    takes: 'HqStaffRequest',
    gives: { 201: 'HqInvitation' },
  },
  {
    at: 'post /hq/staff/{staff}/invitation',
    says: 'Invite somebody again',
    for: 'staff',
    least: 'admin',
    takes: 'HqInvitationRequest',
    gives: { 201: 'HqInvitation' },
  },
  {
    at: 'post /hq/staff/{staff}/bar',
    says: 'Bar somebody',
    for: 'staff',
    least: 'admin',
    gives: { 204: null },
  },
  {
    at: 'get /hq/acts',
    says: 'What headquarters did',
    for: 'staff',
    least: 'admin',
    query: { before: ACTS_CURSOR },
    gives: { 200: 'HqActs' },
  },
  {
    at: 'get /hq/acts.csv',
    says: 'All of it as CSV',
    for: 'staff',
    least: 'admin',
    gives: { 200: { 'text/csv': 'Csv' } },
  },
  {
    at: 'get /hq/fevers',
    says: 'Fevers to follow up',
    for: 'staff',
    query: { before: FEVERS_CURSOR },
    gives: { 200: 'HqFevers' },
  },
  {
    at: 'put /hq/fevers/{device}/{n}',
    says: 'What came of a fever',
    for: 'staff',
    takes: 'HqFeverRequest',
    gives: { 204: null },
  },
  {
    at: 'post /hq/residents',
    says: 'Declare at the counter',
    for: 'staff',
    takes: 'HqCounterRequest',
    gives: { 200: 'HqCounterResident', 201: 'HqCounterResident' },
  },
  {
    at: 'post /hq/residents/find',
    says: 'Find a resident by document',
    for: 'staff',
    takes: 'HqFindRequest',
    gives: { 200: 'HqCounterResident' },
  },
  {
    at: 'delete /hq/residents/{person}',
    says: 'Delete whoever has a printed code, at their request',
    for: 'staff',
    gives: { 204: null },
  },
  {
    at: 'put /hq/residents/{person}/check-ins/{key}',
    says: 'Check in at the counter',
    for: 'staff',
    takes: 'CheckIn',
    gives: { 200: 'HqCounterResident' },
  },
  {
    at: 'put /hq/residents/{person}/declaration',
    says: 'Correct, once, what was declared at a counter',
    for: 'staff',
    takes: 'HqCounterRequest',
    gives: { 200: 'HqCounterResident' },
  },
  {
    at: 'post /hq/residents/{person}/release',
    says: 'Take somebody off the account that declared them',
    for: 'staff',
    takes: 'HqReleaseRequest',
    gives: { 200: 'HqCounterResident' },
  },
  {
    at: 'get /hq/reviews',
    says: 'Reviews that are due',
    for: 'staff',
    query: { before: REVIEWS_CURSOR },
    gives: { 200: 'HqReviews' },
  },
  {
    at: 'post /hq/residents/{person}/reviews',
    says: 'Review a colour',
    for: 'staff',
    takes: 'HqReviewRequest',
    gives: { 200: 'HqResident' },
  },
  {
    at: 'get /hq/appeals',
    says: 'Appeals that wait',
    for: 'staff',
    query: { before: APPEALS_CURSOR },
    gives: { 200: 'HqAppeals' },
  },
  {
    at: 'post /hq/residents/{person}/appeals/{appeal}',
    says: 'Decide an appeal',
    for: 'staff',
    takes: 'HqAppealRequest',
    gives: { 200: 'HqResident' },
  },
  {
    at: 'put /hq/areas/{code}',
    says: 'Name an area',
    for: 'staff',
    takes: 'HqAreaRequest',
    gives: { 204: null },
  },
  {
    at: 'get /hq/lists',
    says: 'Imports of lists',
    for: 'staff',
    query: { before: IMPORTS_CURSOR },
    gives: { 200: 'HqImports' },
  },
  {
    at: 'post /hq/lists/{kind}',
    says: 'Import a list, as JSON or CSV',
    for: 'staff',
    takes: 'HqListRequest',
    takesToo: { 'text/csv': 'Csv' },
    gives: { 200: 'HqImport', 422: { 'application/problem+json': 'HqListProblem' } },
  },
];

/** Who of headquarters' staff may do it; undefined: it is not for them. */
export function leastRole({ at, for: whose, least }: Endpoint): StaffRole | undefined {
  if (whose !== 'staff') return undefined;
  return least ?? (at.startsWith('get ') ? 'viewer' : 'operator');
}
