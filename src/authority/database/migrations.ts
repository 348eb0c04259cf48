/**
 * The tables, in the order in which they came to be. A migration that was released is
 * never changed; the next one is added below it.
 *
 * Times are epoch seconds. What belongs to a device has keys that begin with the
 * device, so that the same tables can be distributed by it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table settings (
    name text primary key,
    value jsonb not null
  );

  -- Signed documents as they are served, the newest version of each.
  create table documents (
    name text primary key,
    version bigint not null,
    issued_at bigint not null,
    -- What the document was made from: when this changes, a new version is due.
    covers text not null,
    digest text not null,
    body text not null
  );

  -- Counts what changed in a shard of the status list.
  create table status_shards (
    shard integer primary key,
    changes bigint not null default 0
  );

  -- Every status index that was ever given out: none is given out twice.
  create table status_indices (
    status_index integer primary key,
    sub text not null,
    voided_at bigint
  );

  create table residents (
    sub text primary key,
    name text not null,
    area text not null,
    kind text not null check (kind in ('live', 'printed')),
    colour text not null check (colour in ('green', 'yellow', 'red', 'grey')),
    cause text not null,
    checked_in_at bigint not null,
    status_index integer not null unique references status_indices,
    -- RFC 7638 thumbprint of the key of the phone that shows the live code.
    holder text,
    guardian_name text,
    guardian_relationship text,
    ticket text not null unique,
    -- Which verdict a person of the demo town is there to show.
    scenario text unique
  );
  create index residents_not_green on residents (colour) where colour <> 'green';

  -- Every change of colour with its cause; nothing here is ever changed.
  create table colour_events (
    sub text not null references residents,
    id bigint generated always as identity,
    at bigint not null,
    from_colour text not null,
    to_colour text not null,
    cause text not null,
    device text,
    n bigint,
    primary key (sub, id)
  );

  create table enrolments (
    -- SHA-256 of the token: who reads this table cannot enrol.
    token_digest text primary key,
    post text not null,
    area text not null,
    role text not null check (role in ('checkpoint', 'temperature')),
    expires_at bigint not null,
    used_by text
  );

  create table devices (
    device text primary key,
    x text not null,
    y text not null,
    post text not null,
    area text not null,
    role text not null check (role in ('checkpoint', 'temperature')),
    enrolled_at bigint not null,
    last_seen_at bigint not null,
    barred_at bigint,
    -- Number of the last record that is safe, and the head of the chain after it.
    stored bigint not null default 0,
    head text not null
  );

  create table batches (
    device text not null references devices,
    first bigint not null,
    last bigint not null,
    head text not null,
    receipt text not null,
    received_at bigint not null,
    primary key (device, first, last)
  );

  create table sealed (
    device text not null references devices,
    n bigint not null,
    head text not null,
    body text not null,
    received_at bigint not null,
    -- When it was opened or quarantined.
    opened_at bigint,
    primary key (device, n)
  );
  create index sealed_waiting on sealed (device, n) where opened_at is null;

  create table records (
    device text not null references devices,
    n bigint not null,
    at bigint not null,
    verdict text not null,
    reason text not null,
    sub text,
    body jsonb not null,
    primary key (device, n)
  );
  create index records_at on records (at);

  create table quarantine (
    device text not null references devices,
    n bigint not null,
    reason text not null,
    found_at bigint not null,
    primary key (device, n)
  );

  -- A device, or a copy of its key, said two different things under one number.
  create table alarms (
    device text not null references devices,
    kind text not null,
    first bigint not null,
    last bigint not null,
    head text not null,
    raised_at bigint not null,
    times integer not null default 1,
    primary key (device, kind, first, last, head)
  );
  `,
  `
  -- When the live code last moved to another phone.
  alter table residents add column moved_at bigint;
  `,
  `
  -- What a device sends, by the day on which it was received, so that retention drops whole
  -- days. PostgreSQL keeps keys unique within a day only. Across days the row of the device
  -- does: records are numbered onwards from devices.stored while that row is locked. For the same
  -- reason nothing here refers to devices by a foreign key.
  alter table sealed rename to whole_sealed;
  alter table batches rename to whole_batches;
  alter table records rename to whole_records;
  alter table quarantine rename to whole_quarantine;
  alter index sealed_pkey rename to whole_sealed_pkey;
  alter index batches_pkey rename to whole_batches_pkey;
  alter index records_pkey rename to whole_records_pkey;
  alter index quarantine_pkey rename to whole_quarantine_pkey;
  drop index records_at;

  create table sealed (
    device text not null,
    n bigint not null,
    day date not null,
    head text not null,
    body text not null,
    received_at bigint not null,
    primary key (device, n, day)
  ) partition by range (day);

  create table batches (
    device text not null,
    first bigint not null,
    last bigint not null,
    day date not null,
    head text not null,
    receipt text not null,
    received_at bigint not null,
    primary key (device, first, last, day)
  ) partition by range (day);

  create table records (
    device text not null,
    n bigint not null,
    day date not null,
    at bigint not null,
    verdict text not null,
    reason text not null,
    sub text,
    body jsonb not null,
    primary key (device, n, day)
  ) partition by range (day);
  create index records_at on records (at);

  create table quarantine (
    device text not null,
    n bigint not null,
    day date not null,
    reason text not null,
    found_at bigint not null,
    primary key (device, n, day)
  ) partition by range (day);

  -- The day of the newest record of a device. It never goes back, whatever the clock does,
  -- so that later records are never in earlier partitions.
  alter table devices add column day date not null default '-infinity';

  -- How far the opener is with each device.
  create table openings (
    device text primary key references devices,
    n bigint not null default 0,
    day date not null default '-infinity',
    opened bigint not null default 0,
    quarantined bigint not null default 0
  );

  -- Batches that say something else than what is stored under their numbers, still sealed.
  create table forks (
    device text not null references devices,
    first bigint not null,
    last bigint not null,
    head text not null,
    batch text not null,
    records text[] not null,
    received_at bigint not null,
    primary key (device, first, last, head)
  );

  do $$
  declare
    received date;
    name text;
  begin
    create temporary table received_on on commit drop as
      select device, n, timezone(interval '8 hours', to_timestamp(received_at))::date as day
      from whole_sealed;
    -- Of a clock that was set back, the later day counts.
    create temporary table days_of on commit drop as
      select device, n, max(day) over (partition by device order by n) as day from received_on;
    for received in select distinct day from days_of union
        select distinct timezone(interval '8 hours', to_timestamp(received_at))::date
        from whole_batches
    loop
      foreach name in array array['sealed', 'batches', 'records', 'quarantine'] loop
        execute format('create table %I partition of %I for values from (%L) to (%L)',
          name || '_' || to_char(received, 'YYYYMMDD'), name, received, received + 1);
      end loop;
    end loop;

    insert into sealed
      select device, n, day, head, body, received_at
      from whole_sealed join days_of using (device, n);
    insert into batches
      select device, first, last,
        timezone(interval '8 hours', to_timestamp(received_at))::date, head, receipt, received_at
      from whole_batches;
    insert into records
      select device, n, day, at, verdict, reason, sub, body
      from whole_records join days_of using (device, n);
    insert into quarantine
      select device, n, day, reason, found_at
      from whole_quarantine join days_of using (device, n);
    update devices set day = newest.day
      from (select device, max(day) as day from days_of group by device) as newest
      where newest.device = devices.device;
    -- Opened records of a device come before its waiting ones.
    insert into openings (device, n, day, opened, quarantined)
      select device, coalesce(done.n, 0), coalesce(done.day, '-infinity'),
        (select count(*) from whole_records as opened where opened.device = devices.device),
        (select count(*) from whole_quarantine as bad where bad.device = devices.device)
      from devices left join (
        select device, max(n) as n, max(days_of.day) as day
        from days_of join whole_sealed using (device, n)
        where opened_at is not null group by device
      ) as done using (device);
  end
  $$;
  drop table whole_sealed, whole_batches, whole_records, whole_quarantine;
  `,
  `
  -- Whose codes a shard holds: a prefix of GB/T 2260. Empty: anybody's, from before there
  -- were several.
  alter table status_shards add column area text not null default '';
  insert into status_shards (shard)
    select distinct status_index >> 20 from status_indices on conflict do nothing;

  -- Those who are in a status list, so that it is made without looking at everybody.
  create index residents_listed on residents (status_index) where colour in ('yellow', 'red');
  create index status_indices_void on status_indices (status_index) where voided_at is not null;

  -- The versions of each list, as far back as deltas reach.
  create table status_versions (
    shard integer not null,
    version bigint not null,
    issued_at bigint not null,
    -- SHA-256 of the bits.
    digest text not null,
    -- The entries that differ from the version before.
    changed integer[] not null,
    -- The bits as zlib data; null once nobody is on the way to fetch them.
    packed bytea,
    primary key (shard, version)
  );

  -- Signed ways from older versions of a list to a version.
  create table status_deltas (
    shard integer not null,
    version bigint not null,
    since bigint not null,
    digest text not null,
    body text not null,
    br bytea not null,
    gzip bytea not null,
    primary key (shard, version, since)
  );

  -- The same text as it goes over the wire.
  alter table documents add column br bytea, add column gzip bytea;
  `,
  `
  -- Headquarters: who works there, what they did, and what posts counted.

  create table staff (
    -- Random: WebAuthn's user handle.
    staff text primary key,
    name text not null,
    role text not null check (role in ('viewer', 'operator', 'admin')),
    added_at bigint not null,
    barred_at bigint,
    -- SHA-256 of the token of the invitation that is open.
    invitation_digest text unique,
    invited_until bigint
  );

  create table passkeys (
    credential text primary key,
    staff text not null references staff,
    public_key bytea not null,
    -- How often the authenticator says that it was used; always 0 for most.
    counter bigint not null,
    added_at bigint not null,
    used_at bigint
  );

  -- What a browser was asked to sign, until it has.
  create table challenges (
    challenge text primary key,
    expires_at bigint not null
  );

  create table sessions (
    -- SHA-256 of the token: who reads this table is nobody.
    token_digest text primary key,
    staff text not null references staff,
    expires_at bigint not null
  );

  -- Badges that were issued; the signed text is on paper only.
  create table badges (
    badge text primary key,
    name text not null,
    role text not null check (role in ('steward', 'supervisor')),
    issued_at bigint not null,
    expires_at bigint not null,
    barred_at bigint
  );
  create index badges_barred on badges (badge) where barred_at is not null;

  create table acts (
    id bigint generated always as identity primary key,
    at bigint not null,
    -- Null: headquarters' key, or nobody who was let in.
    staff text,
    name text not null,
    role text not null,
    act text not null,
    target text not null,
    facts jsonb not null,
    -- Code of the problem with which it was refused.
    refused text
  );
  create function keep_acts() returns trigger language plpgsql as $$
    begin
      raise exception 'what headquarters did is only ever added to';
    end
  $$;
  create trigger acts_stay before update or delete or truncate on acts
    for each statement execute function keep_acts();

  -- Verdicts by device and ten minutes, hour and day in China, so that the board counts no
  -- records. No person is in it.
  create table tallies (
    device text not null,
    -- Seconds: 600, 3600 or 86400, and when they began.
    span integer not null,
    slot bigint not null,
    verdict text not null,
    reason text not null,
    count bigint not null,
    primary key (device, span, slot, verdict, reason)
  );
  create index tallies_slot on tallies (span, slot);
  insert into tallies (device, span, slot, verdict, reason, count)
    select device, span, (at + 28800) / span * span - 28800, verdict, reason, count(*)
    from records, unnest(array[600, 3600, 86400]) as span
    where verdict <> 'note' group by 1, 2, 3, 4, 5;

  -- Fevers, to be followed up, and what came of it.
  create index records_fevers on records (at) where reason = 'fever';
  create table fever_outcomes (
    device text not null,
    n bigint not null,
    outcome text not null,
    by text not null,
    at bigint not null,
    primary key (device, n)
  );

  -- What a device last said about itself, and how far its clock was ahead then, seconds.
  alter table devices add column hint jsonb;
  alter table openings add column clock_ahead bigint not null default 0;
  `,
  `
  -- The life of a code: who declared what, whom the lists name, and what was reviewed. Numbers
  -- of documents are kept as keyed hashes, to be compared, and names, numbers, addresses and
  -- telephone numbers as sealed bytes; neither key is in this database.
  create table accounts (
    account text primary key,
    phone_hash bytea not null unique,
    phone bytea not null,
    made_at bigint not null
  );
  create table sign_in_codes (
    phone_hash bytea primary key,
    code_digest bytea not null,
    expires_at bigint not null,
    wrong integer not null default 0,
    -- How many were sent since when.
    sent integer not null,
    since bigint not null,
    sent_at bigint not null
  );
  create table resident_sessions (
    token_digest bytea primary key,
    account text not null references accounts on delete cascade,
    expires_at bigint not null
  );
  create index resident_sessions_account on resident_sessions (account);

  alter table residents
    add column account text references accounts,
    add column id_hash bytea unique,
    -- Not admitted by headquarters yet.
    add column pending boolean not null default false,
    add column declared_at bigint not null default 0,
    add column lapsed_at bigint,
    -- When a review may take the next step.
    add column review_from bigint,
    -- Of the last check-in, so that the same again is not another.
    add column check_in_key text,
    add column withdrawn_at bigint;
  create index residents_account on residents (account) where account is not null;
  create index residents_due on residents (kind, checked_in_at)
    where colour = 'green' and lapsed_at is null and withdrawn_at is null;
  create index residents_withdrawn on residents (withdrawn_at) where withdrawn_at is not null;
  create index residents_lapsed on residents (kind, checked_in_at)
    where colour = 'green' and lapsed_at is not null and withdrawn_at is null;

  create table declarations (
    sub text not null references residents on delete cascade,
    n integer not null,
    at bigint not null,
    contact boolean not null,
    sealed bytea not null,
    primary key (sub, n)
  );
  create table check_ins (
    sub text not null,
    day date not null,
    at bigint not null,
    tenths integer,
    symptoms text[] not null,
    primary key (sub, at, day)
  ) partition by range (day);

  create table list_imports (
    import bigint generated always as identity primary key,
    kind text not null,
    at bigint not null,
    -- Of the file, so that the same again is the same import.
    digest text not null unique,
    by text not null,
    entries integer not null,
    matched integer not null
  );
  create table list_entries (
    id_hash bytea not null,
    kind text not null check (kind in ('confirmed', 'suspected', 'febrile', 'contact')),
    since bigint not null,
    added_at bigint not null,
    import bigint references list_imports,
    primary key (id_hash, kind, since)
  );
  create index list_entries_import on list_entries (import);
  create table reviews (
    sub text not null references residents on delete cascade,
    id bigint generated always as identity,
    at bigint not null,
    waived boolean not null,
    by text not null,
    primary key (sub, id)
  );
  create table appeals (
    sub text not null references residents on delete cascade,
    id bigint generated always as identity,
    at bigint not null,
    sealed bytea not null,
    state text not null default 'open' check (state in ('open', 'granted', 'refused')),
    decided_at bigint,
    by text,
    primary key (sub, id)
  );
  create unique index appeals_open on appeals (sub) where state = 'open';
  create index appeals_waiting on appeals (at) where state = 'open';
  create index residents_to_review on residents (review_from, sub) where review_from is not null;
  create index records_of on records (sub, at) where sub is not null;

  -- GB/T 2260, and what headquarters adds to it.
  create table areas (
    code text primary key,
    zh text not null,
    en text not null
  );
  insert into areas (code, zh, en) values
    ('420100', '武汉市', 'Wuhan'),
    ('420200', '黄石市', 'Huangshi'),
    ('420300', '十堰市', 'Shiyan'),
    ('420500', '宜昌市', 'Yichang'),
    ('420602', '襄阳市襄城区', 'Xiangcheng District, Xiangyang'),
    ('420606', '襄阳市樊城区', 'Fancheng District, Xiangyang'),
    ('420607', '襄阳市襄州区', 'Xiangzhou District, Xiangyang'),
    ('420624', '襄阳市南漳县', 'Nanzhang County, Xiangyang'),
    ('420625', '襄阳市谷城县', 'Gucheng County, Xiangyang'),
    ('420626', '襄阳市保康县', 'Baokang County, Xiangyang'),
    ('420682', '襄阳市老河口市', 'Laohekou, Xiangyang'),
    ('420683', '襄阳市枣阳市', 'Zaoyang, Xiangyang'),
    ('420684', '襄阳市宜城市', 'Yicheng, Xiangyang'),
    ('420700', '鄂州市', 'Ezhou'),
    ('420800', '荆门市', 'Jingmen'),
    ('420900', '孝感市', 'Xiaogan'),
    ('421000', '荆州市', 'Jingzhou'),
    ('421100', '黄冈市', 'Huanggang'),
    ('421200', '咸宁市', 'Xianning'),
    ('421300', '随州市', 'Suizhou'),
    ('422800', '恩施州', 'Enshi'),
    ('429004', '仙桃市', 'Xiantao'),
    ('429005', '潜江市', 'Qianjiang'),
    ('429006', '天门市', 'Tianmen'),
    ('429021', '神农架林区', 'Shennongjia');

  -- Those who are here already have their colours from no list: each gets an entry of their own.
  update residents set pending = colour = 'grey',
    id_hash = sha256(convert_to('before lists ' || sub, 'UTF8')),
    review_from = case when colour in ('yellow', 'red') then checked_in_at + 14 * 86400 end;
  insert into list_entries (id_hash, kind, since, added_at)
    select id_hash, case colour when 'red' then 'confirmed' else 'contact' end,
      checked_in_at, checked_in_at
    from residents where colour = 'red' or (colour = 'yellow' and cause <> 'fever');
  `,
  `
  -- Who showed a document in the place of a code: numbers and plates in records are masked, and
  -- who applied for somebody is sealed. What is here in plain form is hidden at the next start,
  -- with keys that are not in this database; the index finds it, and is empty from then on.
  alter table records add column document_hash bytea;
  create index records_document on records (document_hash, at) where document_hash is not null;
  create index records_in_plain on records (device, n)
    where body #> '{document,number}' is not null or body #> '{vehicle,plate}' is not null;
  alter table residents add column guardian bytea;

  -- Fevers are followed up by the day on which they were received, and also where a supervisor
  -- let the person pass.
  drop index records_fevers;
  create index records_fevers on records (at)
    where reason = 'fever' or body ->> 'overridden' = 'fever';
  `,
  `
  -- What tells of a fever is decided once, when a record is opened, whatever stands as its reason.
  alter table records add column fever boolean not null default false;
  update records set fever = true
    where reason = 'fever' or body ->> 'overridden' = 'fever'
      or (device, n) in (select device, n from colour_events
        where cause = 'fever' and device is not null);
  drop index records_fevers;
  create index records_fevers on records (at) where fever;
  alter table tallies add column fevers bigint not null default 0;
  update tallies set fevers = count where reason = 'fever';
  `,
  `
  -- The key of a check-in lies beside it, so that none counts twice, the one before the last
  -- neither.
  alter table check_ins add column key text;
  update check_ins set key = check_in_key from residents
    where residents.sub = check_ins.sub and checked_in_at = at;
  alter table residents drop column check_in_key;

  -- Those who had withdrawn declare anew: not every later declaration corrects the one before.
  alter table declarations add column corrects boolean not null default false;
  update declarations set corrects = n > 1;

  -- What was appealed against is not what is any more.
  alter table appeals drop constraint appeals_state_check;
  alter table appeals add constraint appeals_state_check
    check (state in ('open', 'granted', 'refused', 'moot'));

  -- Documents of those who had everything deleted, as keyed hashes: a record of before that comes
  -- late does not bring them back.
  create table erasures (
    document_hash bytea primary key,
    at bigint not null
  );
  `,
  `
  -- What the post ticked of a fever, and what came of it, stand beside the fever: nobody looks for
  -- them in the records of all days, and an index has those to follow up in their order, another
  -- one those that were. When an outcome was said is in the log of acts.
  alter table records add column symptoms jsonb not null default '[]', add column outcome text,
    add column outcome_by text;
  update records set symptoms = note.symptoms
    from (
      select distinct on (device, about) device, (body ->> 'about')::bigint as about,
        body -> 'symptoms' as symptoms
      from records where reason = 'symptoms' order by device, about, n desc
    ) as note
    where note.device = records.device and note.about = records.n and fever;
  update records set outcome = fever_outcomes.outcome, outcome_by = fever_outcomes.by
    from fever_outcomes
    where fever_outcomes.device = records.device and fever_outcomes.n = records.n and fever;
  drop table fever_outcomes;
  drop index records_fevers;
  create index records_fevers_open on records (at, device, n) where fever and outcome is null;
  create index records_fevers_settled on records (at, device, n)
    where fever and outcome is not null;

  -- Records, and whether it is certain whom they are about, by the reasons of core's ANYBODYS.
  create view sightings as
    select records.*,
      sub is null or coalesce(body ->> 'overridden', reason) <> all ('{not-enrolled,
        clock-behind, clock-wrong, trust-expired, key-retired, issued-in-future, expired, void,
        no-proof, stale-proof, proved-in-future, guardian-mismatch, identity-mismatch}'::text[])
        as certain
    from records;
  `,
  `
  -- Tallies of hours and days that are over, by area: summed up again and again from those by
  -- device, since records come late. Charts read these, and of what is not summed up yet the rest.
  create table area_tallies (
    area text not null,
    -- Seconds: 3600 or 86400, and when they began.
    span integer not null,
    slot bigint not null,
    verdict text not null,
    reason text not null,
    count bigint not null,
    fevers bigint not null,
    primary key (span, slot, area, verdict, reason)
  );
  insert into area_tallies (area, span, slot, verdict, reason, count, fevers)
    select area, span, slot, verdict, reason, sum(count), sum(fevers)
    from tallies join devices using (device)
    -- The newest day may not be over.
    where span > 600 and slot < (select max(slot) from tallies where span = 86400)
    group by area, span, slot, verdict, reason;
  `,
];
