import type { Colour, Relationship } from '../../core/code/claims.ts';
import type { DocumentType } from '../../core/identity-document.ts';
import type { ReleaseReason } from '../../core/protocol/headquarters-residents.ts';
import type { ColourCause, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import type { DeclarationFault } from '../../page/declaration/faults.ts';
import type { CounterFault } from '../counter-request.ts';

/** Words of the counter, where people without a phone come, and of the paper they leave with. */
export const counterZh = {
  next: '下一位',
  choose: '请选择',
  retry: '重新读取地区名单',

  find: {
    heading: '柜台办理',
    intro: '为没有手机的人申报、打卡、打印纸质码。请先按证件查找。',
    type: '证件类型',
    types: {
      'resident-id': '身份证、居住证、永久居留证',
      passport: '护照',
      'hk-macau-permit': '港澳居民来往内地通行证',
      'taiwan-permit': '台湾居民来往大陆通行证',
    } satisfies Record<DocumentType, string>,
    number: '证件号码',
    numberHint: {
      'resident-id': '18 位，末位可能是 X。',
      passport: '资料页右上角，字母和数字。',
      'hk-macau-permit': 'H 或 M 开头，后面 8 位数字。',
      'taiwan-permit': '8 位数字。',
    } satisfies Record<DocumentType, string>,
    numberLeft: (left: number) => `还差 ${left} 位。`,
    numberSound: '✓ 号码校验无误。',
    state: '签发国代码',
    stateHint: '资料页上的三个字母，例如 USA。',
    submit: '查找',
    deleted: '✓ 已删除。',
  },

  declare: {
    heading: '为此人申报',
    unknown: '没有查到，此人还没有申报。请照证件和本人的话填写。',
    mend: '证件填错了',
    name: '姓名',
    nameHint: '与证件上一致。',
    born: '出生日期',
    area: '现住地区',
    areaHint: '名单里没有的，先在“地区名单”中添加。',
    areaLoading: '正在读取地区名单…',
    address: '详细地址',
    travelled: '14 天内去过外地吗？',
    travel: '去过哪里，什么时候',
    contact: '14 天内接触过病人，或被要求居家吗？',
    yes: '有',
    no: '没有',
    symptoms: '现在的症状（没有就不选）',
    guardian: '代办人（印在纸质码上，卡口会核对）',
    guardianName: '代办人姓名',
    guardianHint: '最多四个汉字，或 13 个字母。',
    relationship: '代办人是此人的',
    relationshipHint: '社区工作人员代办，选“监护人”。',
    promise: '本人或代办人已在纸质承诺书上签字：以上内容真实、完整',
    submit: '提交申报',
  },
  fault: {
    'name-missing': '请填写姓名',
    'name-hidden': '姓名里有看不见的字符，请删掉重新填写',
    'number-missing': '请填写证件号码',
    'number-incomplete': '号码没有填完：应为 18 位',
    'number-malformed': '只能填 18 位数字，末位可以是 X',
    'number-bad-date': '第 7 至 14 位不是出生日期，请对照证件检查',
    'number-bad-check-digit': '有一位填错了，请对照证件逐位检查',
    'number-shape': '号码与这种证件不符，请对照证件检查',
    'state-wrong': '请填三个字母，例如 USA',
    'born-wrong': '请按证件填写出生日期',
    'area-missing': '请选择现住地区',
    'address-missing': '请填写详细地址',
    'answer-missing': '请问本人，选“有”或“没有”',
    'travel-missing': '请写明去过哪里',
    'promise-missing': '请先让本人或代办人在纸上签字，再勾选',
    'guardian-missing': '请填写代办人姓名',
    'guardian-long': '码里放不下：最多四个汉字，或 13 个字母，请缩短',
    'relationship-missing': '请选择关系',
  } satisfies Record<DeclarationFault | CounterFault, string>,

  person: {
    colour: { green: '绿码', yellow: '黄码', red: '红码', grey: '灰码' } satisfies Record<
      Colour,
      string
    >,
    cause: {
      declared: '申报核对无异常',
      reviewed: '复核后转码',
      remeasured: '同一卡口复测无异常',
      pending: '等候指挥部核对',
      'not-open': '当地还没有开放绿码通行',
      lapsed: '太久没有打卡，按黄码处理',
      fever: '测得或报告了发热',
      'close-contact': '与密切接触者名单相符',
      confirmed: '与确诊名单相符',
      suspected: '与疑似名单相符',
      febrile: '与发热名单相符',
      'checked-in': '重新打卡',
      policy: '通告延长了有效期',
    } satisfies Record<ColourCause, string>,
    why: '原因',
    checkedIn: '上次打卡',
    area: '现住地区',
    review: '可以复核',
    reviewFrom: (when: string) => `${when} 起，在“居民”页`,
    live: '此人用手机亮码和打卡，柜台不能代办。换了手机，请在新手机上用原来的号码登录，选“在这部手机上使用”。',
    withdrawn: '健康码已在申报它的手机上停用，在那部手机上可以恢复使用。',
    released:
      '健康码已经作废，不在任何手机名下。请本人在自己的手机上重新申报，或在这里申报，打印纸质码。颜色和记录不变。',
    again: '再申报',
  },

  checkIn: {
    heading: '代打卡',
    normal: '体温正常',
    measured: '测得的体温（°C）',
    use: '用这个体温',
    wrong: '应在 34.0 到 43.0 之间，例如 36.5',
    none: '没有症状，提交',
    some: '有症状',
    which: '有哪些症状？',
    missing: '请至少选一项；没有症状，请点“重填”',
    submit: '提交打卡',
    again: '重填',
    done: '✓ 已打卡。要延长有效期，请重新打印纸质码。',
  },
  symptom: {
    fever: '发热',
    cough: '咳嗽',
    breath: '气短、胸闷',
    throat: '咽痛',
    fatigue: '乏力',
    diarrhoea: '腹泻',
  } satisfies Record<(typeof RESIDENT_SYMPTOMS)[number], string>,

  correct: {
    button: '更正申报',
    heading: '更正此人的申报（只能一次）',
    about:
      '请把全部内容按实际情况重新填写。原来的申报会保留；颜色不因更正而撤回。纸质码要重新打印。',
    back: '不更正了',
    submit: '提交更正',
  },
  release: {
    heading: '申报在别人的手机上，或手机号用不了',
    about:
      '请先核对本人和证件。解除后，那部手机上的码和登录对此人都不再有效；本人可以在自己的手机上重新申报。',
    reason: {
      'not-theirs': '不是本人或家人申报的，解除',
      'out-of-reach': '原手机号用不了，解除',
    } satisfies Record<ReleaseReason, string>,
    ask: '已经核对本人和证件？原来的码会立即作废。操作会记入日志。',
    confirm: '确认解除',
  },

  print: {
    heading: '纸质码',
    intro: '一张 A4 纸，中英文。打印前请核对代办人和关系。',
    lapsed: '打卡已过期：请先打卡再打印，不然卡口不放行。',
    fetch: '准备打印',
  },
  sheet: {
    title: '健康码（纸质）',
    qr: (name: string) => `${name} 的健康码二维码`,
    name: '姓名',
    guardian: '代办人',
    relationship: '代办人是本人的',
    area: '地区',
    until: '有效至',
    instructions: [
      '仅供本人使用。过卡口时出示，由工作人员扫码、核对代办人、测温；颜色以扫码结果为准。',
      '到期前请到柜台打卡，重新打印。二维码请勿折叠、涂改。',
    ],
  },
  relationships: {
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

  delete: {
    button: '删除此人的数据',
    ask: '只应本人要求：健康码作废，申报和打卡全部删除，不能恢复。',
    confirm: '确认删除',
  },
  areas: {
    heading: '地区名单',
    intro: '居民申报时从中选择。填名单里没有的代码是添加，填已有的是改名。',
    code: '地区代码（六位）',
    zh: '中文名',
    en: '英文名',
    named: (name: string) => `现在叫“${name}”，提交后改名。`,
    example: {
      code: '例如 420699',
      zh: '例如 襄阳市高新区',
      en: '例如 Gaoxin District, Xiangyang',
    },
    submit: '添加地区',
    rename: '改名',
    done: (name: string) => `✓ 名单中已有“${name}”。`,
    list: (n: number) => `现有 ${n} 个地区`,
    fault: {
      code: '请填六位数字，首位不是 0',
      zh: '请填写中文名',
      en: '请填写英文名，供外文页面使用',
    },
  },
};

export type CounterWords = typeof counterZh;
