import type { Colour } from '../../core/code/claims.ts';
import type { StationRole } from '../../core/protocol/station.ts';
import type { NoCodeReason, Note, Reason } from '../../core/verdict/reasons.ts';
import type { CodeKind, RecordedVerdict } from '../counts.ts';
import type { Trouble } from '../headquarters.ts';
import { pagesZh } from './zh-pages.ts';

/** The words, Chinese first: this file is the shape that every other language must fill. */
export const zh = {
  ...pagesZh,
  locale: 'zh-CN',
  language: '中文',
  title: '防控指挥部',
  loading: '正在连接…',
  more: '更多',
  updated: (when: string) => `更新于 ${when}`,
  stale: (when: string) => `以下是 ${when} 的数据`,

  posts: {
    heading: '站点',
    none: '还没有设备。请在“注册新设备”中生成二维码，让值守人员用手机扫描。',
    post: '站点',
    role: '职责',
    device: '设备',
    lastSeen: '上次联系',
    records: '记录',
    recordsValue: (opened: number, stored: number) => `已接收 ${stored}，已解密 ${opened}`,
    today: '今日',
    todayValue: (passed: number, stopped: number, fevers: number) =>
      `通行 ${passed}，止步 ${stopped}，发热 ${fevers}`,
    stops: (counted: string) => `止步原因：${counted}`,
    rate: (people: string) => `每分钟 ${people} 人`,
    waiting: (n: number, age: string) => `设备上待传 ${n} 条，最早的在 ${age}`,
    noneWaiting: '设备上没有待传记录',
    app: (version: string) => `应用 ${version}`,
    problems: '异常',
    noProblems: '无',
    barred: '已停用',
    alarms: (n: number) => `警报 ${n}`,
    forks: (n: number) => `冲突批次 ${n}`,
    quarantined: (n: number) => `${n} 条无法解密`,
    clockAhead: (span: string) => `时钟快了 ${span}`,
    clockTroubles: (n: number) => `${n} 次因时钟无法核验`,
    reRole: (role: string) => ({
      button: `改为${role}`,
      ask: `设备在下次上传时得知，改为${role}。`,
      confirm: `确认改为${role}`,
    }),
  },
  role: { checkpoint: '卡口', temperature: '测温点' } satisfies Record<StationRole, string>,

  bar: {
    bar: { button: '停用', ask: '停用后不再接收这台设备的任何记录。', confirm: '确认停用' },
    unbar: { button: '恢复', ask: '恢复后设备会从停下处继续上传。', confirm: '确认恢复' },
  },
  attention: {
    heading: '需要处理',
    conflict: {
      what: (first: number, last: number) => `编号冲突：第 ${first}–${last} 条`,
      next: '同一密钥说了两种内容：设备可能被复制。两份都已保存；请核实站点，停用此设备并重新注册。',
    },
    break: {
      what: (first: number, last: number) => `记录断链：第 ${first}–${last} 条`,
      next: '这几条接不上已保存的记录：设备的数据可能被还原过，或有别人在用它的密钥。已另行保存；请核实站点，停用此设备并重新注册。',
    },
    lost: {
      what: (first: number, last: number) => `记录遗失：第 ${first}–${last} 条`,
      next: '服务器从备份恢复后缺少这些已确认的记录，设备上也已删除。请向站点核对纸质登记。',
    },
    times: (n: number) => `共 ${n} 次`,
    record: (n: number, reason: string) => `第 ${n} 条：${reason}`,
    reason: {
      'not-sealed': '不是加密记录',
      'unknown-key': '加密所用公钥未知',
      altered: '无法解密',
      malformed: '内容不是记录',
      'wrong-place': '属于其他设备或编号',
      unstorable: '含数据库不能保存的字符',
    },
  },

  today: {
    heading: '今日判定',
    since: (when: string) => `自 ${when} 起，已打开的记录`,
    none: '今天还没有记录。',
  },
  verdict: { pass: '通行', stop: '止步', unverified: '无法核验', note: '记事' } satisfies Record<
    RecordedVerdict | 'note',
    string
  >,

  records: {
    heading: '最新记录',
    none: '还没有记录。',
    time: '时间',
    post: '站点',
    person: '人员',
    verdict: '判定',
    reading: '体温',
    notMeasured: '未测',
    note: '记事',
    operator: (badge: string) => `值守证 ${badge}`,
  },
  kind: {
    live: '亮码',
    printed: '纸质码',
    'resident-id': '身份证',
    passport: '护照',
    'hk-macau-permit': '港澳通行证',
    'taiwan-permit': '台胞证',
    certificate: '村级证明',
    none: '–',
  } satisfies Record<CodeKind, string>,
  colour: { green: '绿', yellow: '黄', red: '红', grey: '灰' } satisfies Record<Colour, string>,

  documents: {
    heading: '已发布的文件',
    version: (n: number) => `版本 ${n}`,
    trust: '信任文件',
    bulletin: '通告',
    status: (shard: string) => `状态表 ${shard}`,
    overdue: '已超期未更新，请检查发布服务',
  },
  /** Why there was no code. */
  noCode: {
    'no-phone': '没带手机',
    'phone-dead': '手机没电',
    'no-network': '手机没网',
    'elder-or-child': '老人或孩子',
    refuses: '不愿出示',
    other: '其他原因',
  } satisfies Record<NoCodeReason, string>,

  enrol: {
    heading: '注册新设备',
    post: '站点名称',
    area: '行政区划代码（六位）',
    areaHint: '如 420606 樊城区',
    role: '职责',
    submit: '生成注册二维码',
    working: '正在生成…',
    scan: '让值守人员用手机相机扫描。只能用一次。',
    qr: '注册二维码',
    expires: (when: string, left: string) => `${when} 前有效（还有 ${left}）`,
    copy: '复制链接',
    copied: '已复制',
    another: '再注册一台',
  },

  carried: {
    heading: '带来的记录文件',
    intro: '没有网络的站点把记录写成文件带来。交入后，请把回执文件带回那个站点。',
    choose: '选择文件',
    working: (done: number, all: number) => (all === 0 ? '正在读取…' : `正在交入 ${done} / ${all}`),
    safe: (n: number) => `已收到 ${n} 条记录。`,
    refused: (n: number) => `${n} 条没有被收下，原因在回执里。`,
    left: (n: number) =>
      n === 0
        ? '服务器没有应答，请稍后再选同一个文件。'
        : `还有 ${n} 条没有交成，请再选同一个文件。`,
    save: '保存回执文件',
    problem: {
      'too-large': '文件太大，不是卡口的文件。请选择名为 kakou-records-… 的文件。',
      'not-ours': '这不是卡口的文件。请选择名为 kakou-records-… 的文件。',
      'other-version': '这个文件来自更新的版本。请先更新指挥部。',
      damaged: '文件残缺或被改动过。请向站点重新要一份。',
      answer: '这是回执文件，请在那个站点的设备上读入。',
    },
  },

  key: {
    label: '指挥部密钥',
    submit: '打开',
  },
  trouble: {
    'no-key': {
      what: '还没有登录',
      next: '请用通行密钥登录。第一次使用时，请打开服务器启动时显示的指挥部链接（以 #key= 结尾）。',
    },
    'wrong-key': {
      what: '密钥不对，或登录已过期',
      next: '请重新登录，或打开服务器启动时显示的指挥部链接。',
    },
    forbidden: { what: '没有权限', next: '这个操作要由有相应权限的人来做。' },
    conflict: {
      what: '别人抢先改了',
      next: '请放弃改动，看过现在的内容后再改。',
    },
    unreachable: {
      what: '连不上服务器',
      next: '请检查网络和服务器。恢复后本页会自动更新，填的内容会留着。',
    },
    busy: { what: '服务器正忙', next: '本页会自动重试。' },
    refused: { what: '服务器没有接受', next: '请检查填写的内容后再试。' },
    'too-often': { what: '刚刚做过一次', next: '请过一分钟再试。' },
    'id-invalid': { what: '证件号码不对', next: '请对照证件逐位检查。号码不对，不能发码。' },
    'area-unknown': { what: '地区不在名单里', next: '请重新选择，或先在“地区名单”中添加。' },
    'declared-already': {
      what: '此人已在柜台申报过，内容不同',
      next: '请按证件查找此人，为其打卡、打印，或更正申报。',
    },
    'declared-elsewhere': {
      what: '此人已用手机申报',
      next: '请本人在那部手机上打卡。不是本人的手机，或已用不了，请按证件查找后解除。',
    },
    'corrected-already': { what: '这份申报已经更正过一次', next: '不能再更正。' },
    'document-fixed': { what: '证件不同，就不是同一个人', next: '请按那个证件查找，另行申报。' },
    'person-unknown': { what: '没有此人', next: '可能刚被删除。请重新查找。' },
    'ticket-unknown': { what: '这个码已经换过或停用', next: '请点“下一位”，重新查找此人。' },
    'colour-stands': {
      what: '黄码、红码期间不能删除',
      next: '转为绿码以后再删除；颜色不对，请复核。',
    },
    failed: { what: '服务器出错', next: '请查看服务器日志。本页会自动重试。' },
  } satisfies Record<Trouble, { what: string; next: string }>,

  ago: (span: string) => `${span}前`,
  span: {
    seconds: (n: number) => `${n} 秒`,
    minutes: (n: number) => `${n} 分钟`,
    hours: (n: number) => `${n} 小时`,
    days: (n: number) => `${n} 天`,
  },

  reason: {
    green: '绿码，体温正常',
    remeasured: '复测无异常',
    'no-code-allowed': '无码，已登记',
    override: '负责人放行',
    'needs-reading': '待测温',
    'implausible-reading': '读数不可能',
    'confirm-guardian': '待核对代办人',
    'check-identity': '待核对证件',
    fever: '发热',
    'fever-earlier': '此前发热',
    yellow: '黄码',
    red: '红码',
    grey: '灰码',
    'passage-closed': '未开放通行',
    lapsed: '打卡过期',
    void: '码已作废',
    expired: '码已到期',
    'key-retired': '签发密钥停用',
    'stale-proof': '不是实时亮码',
    'no-proof': '没有亮码证明',
    'guardian-mismatch': '代办人不符',
    'identity-mismatch': '证件不符',
    forged: '伪造',
    'no-code': '无码',
    'reading-only': '只测了体温',
    left: '没核验完就离开',
    'not-a-code': '不是健康码',
    'other-version': '版本不同',
    damaged: '码残缺',
    'unknown-key': '未知公钥',
    'key-out-of-date': '公钥不在有效期',
    'proved-in-future': '亮码时间比本机晚',
    'issued-in-future': '签发时间在未来',
    'clock-behind': '设备时间不对',
    'clock-wrong': '设备时间与指挥部不一致',
    'not-enrolled': '设备未注册',
    'trust-expired': '公钥太旧',
    'bulletin-missing': '没有通告',
    'bulletin-expired': '通告太旧',
    'status-missing': '没有状态表',
    'status-out-of-range': '状态表查不到',
    'status-expired': '状态表太旧',

    'shift-started': '开始值班',
    'shift-ended': '结束值班',
    symptoms: '发热者的症状',
  } satisfies Record<Reason | Note, string>,
};

export type Words = typeof zh;
