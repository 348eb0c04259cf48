import type { Relationship } from '../../core/code/claims.ts';
import type { Standing } from '../standing.ts';
import type { Scenario } from '../store.ts';
import type { Trouble } from '../trouble.ts';

/** The words, Chinese first: this file is the shape that every other language must fill. */
export const zh = {
  locale: 'zh-CN',
  language: '中文',
  title: '健康码',
  back: '返回',

  home: {
    loading: '正在读取本机的码…',
    signIn: '登录、申报、打卡',
    held: '本机的码',
    heldAbout: '没有网络也能打开。',
    demo: '演示小镇',
    demoAbout: '选一位居民，领取他的健康码。每一位对应卡口的一种情况。',
    demoLoading: '正在读取居民名单…',
    working: '正在领取…',
    retry: '重试',
    printed: '纸质码',
    open: '打开',
    get: '领取',
  },
  scenario: {
    green: { who: '绿码', about: '按时打卡，测温正常即可通行' },
    lapsed: { who: '绿码过期', about: '超过 3 天没有打卡，按黄码处理' },
    yellow: { who: '黄码', about: '密切接触者，不能通行' },
    red: { who: '红码', about: '发热、疑似或确诊，不能通行' },
    grey: { who: '灰码', about: '指挥部尚未开放通行' },
    elder: { who: '老人纸质码', about: '女儿代办，可以打印' },
    minor: { who: '儿童纸质码', about: '父母代办，可以打印' },
  } satisfies Record<Scenario, { who: string; about: string }>,

  standing: {
    green: { word: '绿码', advice: '请工作人员扫码、测温' },
    lapsed: { word: '绿码过期', advice: '按黄码处理。请现在打卡，联网后这里会自动更新' },
    yellow: { word: '黄码', advice: '暂不能通行。请居家隔离，联系社区' },
    red: { word: '红码', advice: '不能通行。请原地等候，联系社区或指挥部' },
    grey: { word: '灰码', advice: '尚未开放通行。请等候指挥部通告' },
    expired: { word: '已到期', advice: '请连接网络，这里会自动换成新码' },
  } satisfies Record<Standing, { word: string; advice: string }>,

  code: {
    name: '姓名',
    area: '地区',
    greenUntil: '绿码有效至',
    lapsedAt: '绿码过期于',
    checkedIn: '上次打卡',
    timeLeft: (left: string) => `还有 ${left}`,
    qr: (name: string) => `${name} 的健康码二维码`,
    proving: '正在亮码…',
    updated: (when: string) => `更新于 ${when}`,
    offline: (when: string) => `没有网络，用的是 ${when} 存在手机上的码，可以照常扫码。`,
    clockFast: (span: string) => `手机时间快了 ${span}，已按服务器时间校正。`,
    clockSlow: (span: string) => `手机时间慢了 ${span}，已按服务器时间校正。`,
    gone: '这个码不在本机上',
    goneAdvice: '请返回，重新选择居民领取。',
  },

  paper: {
    title: '健康码（纸质）',
    name: '姓名',
    guardian: '代办人',
    relationship: '代办人是本人的',
    area: '地区',
    until: '有效至',
    instructions: [
      '仅供本人（老人、儿童）使用，他人不得使用。',
      '过卡口时出示，由工作人员扫码、核对代办人、测温。颜色以扫码结果为准。',
      '到期前请代办人打卡并重新打印。二维码请勿折叠、涂改。',
    ],
    print: '打印',
    save: '存为图片',
    lapsed: '这张纸质码已过期，请联网更新后再打印。',
  },
  relationship: {
    father: '父亲',
    mother: '母亲',
    son: '儿子',
    daughter: '女儿',
    spouse: '配偶',
    grandparent: '祖父母',
    grandchild: '孙辈',
    sibling: '兄弟姐妹',
    relative: '亲属',
    guardian: '监护人',
  } satisfies Record<Relationship, string>,

  trouble: {
    unreachable: {
      what: '没有网络，或连不上服务器',
      next: '请打开移动数据或 Wi-Fi 后重试。领过一次之后，没有网络也能亮码。',
    },
    busy: { what: '服务器正忙', next: '请过一分钟再试。' },
    'ticket-unknown': {
      what: '这个码已换到另一部手机，或已停用',
      next: '请返回首页，登录后重新领取。',
    },
    'no-demo': { what: '这台服务器没有这一项', next: '请用防控指挥部给您的链接打开健康码。' },
    'signed-out': { what: '登录已过期', next: '请返回首页，用手机号重新登录。填的内容会留着。' },
    'code-wrong': {
      what: '验证码不对，或已过期',
      next: '请核对后重填；填错 5 次要重新获取。',
    },
    'id-invalid': { what: '证件号码不对', next: '请对照证件逐位检查。号码不对，不能领码。' },
    'area-unknown': { what: '地区名单已更新', next: '请重新打开本页，再选一次地区。' },
    'declare-first': { what: '请先为自己申报', next: '自己申报以后，才能为家人申请。' },
    'not-entitled': {
      what: '不符合条件',
      next: '纸质码只给 18 岁以下或 60 岁以上的人；其他人请用自己的手机申报。',
    },
    'declared-already': {
      what: '这个证件已经申报过，内容不同',
      next: '请返回首页，打开此人的详情，选“更正申报”。',
    },
    'declared-elsewhere': {
      what: '这个证件已用另一个手机号申报',
      next: '请用那个手机号登录；用不了，请带证件到社区柜台办理。',
    },
    'too-many': { what: '一个手机号最多为 10 人申请', next: '请让另一位家人代为申请。' },
    'person-unknown': { what: '您的名下没有此人', next: '请返回首页。' },
    'corrected-already': {
      what: '申报已经更正过一次',
      next: '不能再改。有误请联系社区，或申请复核。',
    },
    'document-fixed': {
      what: '证件不能更改',
      next: '证件填错了，请删除此人后重新申报。',
    },
    'appeal-open': { what: '已有一份申请在等候处理', next: '请等候结果。' },
    'colour-stands': {
      what: '黄码、红码期间不能删除',
      next: '转为绿码以后再删除；有疑问请申请复核。',
    },
    'relatives-first': { what: '名下还有家人', next: '请先删除家人，最后删除本人。' },
    failed: { what: '服务器出错', next: '请稍后重试；一直不行，请告诉社区工作人员。' },
    'no-storage': {
      what: '浏览器不让存健康码',
      next: '请关闭无痕模式，清出一些手机空间，再打开本页。',
    },
    insecure: { what: '这个链接不安全，无法亮码', next: '请用 https:// 开头的链接打开。' },
    'no-key': {
      what: '本机没有这个码的密钥，无法亮码',
      next: '请连接网络，返回后重新领取。',
    },
  } satisfies Record<Trouble, { what: string; next: string }>,

  span: {
    seconds: (n: number) => `${n} 秒`,
    minutes: (n: number) => `${n} 分钟`,
    hours: (n: number) => `${n} 小时`,
    days: (n: number) => `${n} 天`,
  },
};

export type Words = typeof zh;
