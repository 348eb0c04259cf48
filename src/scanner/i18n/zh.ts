/** The words, Chinese first: this file is the shape that every other language must fill. */
export const zh = {
  appName: '卡口',
  verdict: { pass: '通行', stop: '止步', measure: '测温', unverified: '无法核验' },

  source: { trust: '验证密钥', bulletin: '通告', status: '状态表' },
  level: { fresh: '最新', ageing: '尚可', amber: '偏旧', expired: '过期' },
  clock: {
    ahead: (age: string) => `时钟快 ${age}`,
    behind: (age: string) => `时钟慢 ${age}`,
    before: (line: string) => `上次联网时，${line}`,
    wrong: '时钟不对',
  },

  header: {
    online: '有网络',
    offline: '无网络',
    waiting: (count: number, since: string) => `待传 ${count} 条 · ${since}`,
    missing: '没有',
    nothingWaiting: '无待传',
    notEnrolled: '未注册',
    data: '数据',
    clock: '时间正常',
    battery: '电量',
    open: '本机状态',
  },
  disk: {
    full: '本机存储空间已满，新记录存不下。扫码照常进行，请清理空间。',
    failed: '本机存储出了故障，新记录存不下。扫码照常进行。',
    held: (n: number) => `${n} 条记录只在内存里：请写出为文件，别关闭本页。`,
    inFile: (n: number) => `${n} 条记录已在文件里：请保管好文件，交给有网络的人。`,
    writeOut: '写出为文件',
    closed: '本机存储打不开',
    closedNext:
      '没有存储就不能核验。请退出无痕模式、清理空间或重启设备，再试。已存的记录不会因此丢失。',
    lockedDown:
      '浏览器不让本网址存储数据。如果设备开了锁定模式，请在浏览器的网站设置里对本网址关闭锁定模式，再试。',
    tryAgain: '重试',
  },

  scan: {
    aim: '将健康码对准框内',
    starting: '正在打开相机…',
    hint: {
      covered: '画面全黑：请检查镜头是否被遮住，或在设置中换相机',
      'too-dark': '画面太暗：请打开手电筒，或调亮屏幕',
      'too-bright': '画面太亮：请避开强光，或调暗屏幕',
      'too-small': '码太小：请靠近一些',
      blurred: '画面模糊：请拿稳，轻触画面对焦，或擦拭镜头',
    },
    torch: '手电筒',
    zoom: '放大',
    picture: '选择图片',
    noCode: '无码登记',
    shift: '值班',
    reading: '正在读取图片…',
    notAPicture: '这个文件不是图片，请选择健康码的截图或照片。',
    noQr: '图片里没有读到二维码，请换一张更清楚的。',
    tryAgain: '重试',
    notShared: '没有收到分享的图片，请点「选择图片」再选一次。',
    enrolmentLink: '这是注册二维码，请在「设置」中注册。',
    practiceCode: '读到练习码：扫码正常，不作登记。',
    stopWaits: '未受理：请先处理这位，轻触屏幕后再扫。',
    measureWaits: '未受理：请先为这位测温，或记为离开，再扫。',
    readingUnused: '刚才的体温没有用上：请先扫码，再测温。',
    oldReading: '体温计的时间对不上，可能是旧读数：确认无误请点「确认」，否则再测。',
    notMeasured: '体温计没有测出体温，请再测一次。',
  },
  camera: {
    'no-camera': { why: '没有找到相机', next: '请接上相机，或选择图片。' },
    'permission-denied': {
      why: '没有相机权限',
      next: '请在浏览器地址栏或系统设置中允许使用相机，然后重试。',
    },
    'in-use': { why: '相机正被其他应用占用', next: '请关闭其他使用相机的应用，然后重试。' },
    'insecure-page': { why: '此网址不能使用相机', next: '请用 https 网址打开，或选择图片。' },
    failed: { why: '相机打不开', next: '请重试；仍不行时重启设备，或选择图片。' },
  },
  decoderFailed: '识别程序没有启动，请刷新页面。',

  age: {
    seconds: (n: number) => `${n} 秒`,
    minutes: (n: number) => `${n} 分钟`,
    hours: (n: number) => `${n} 小时`,
    days: (n: number) => `${n} 天`,
  },
  insecure: '请用 https 网址打开卡口：浏览器只在安全的网址上提供相机和加密。',
  fault: '出错了，请刷新页面。记录不会丢失。',
};

export type Words = typeof zh;
