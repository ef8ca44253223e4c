import { pluralIn } from '@custom-identity-platform/kit/plural.ts'

const plural = pluralIn('ar')

export const shell = {
  product: 'حسابك',
  skip: 'الانتقال إلى المحتوى',
  menu: 'القائمة',
  languageMenu: 'لغة هذه الصفحة',
  links: { title: 'عن هذه الخدمة', terms: 'الشروط', privacy: 'الخصوصية', help: 'المساعدة' },
  navigation: 'الحساب',
  signOut: 'تسجيل الخروج',
  acting: (by: string) => `يتصرّف أحد المسؤولين (${by}) نيابةً عنك. لا يمكن تغيير ما يحمي الحساب.`,
  actingUntil: (time: string) => `حتى ${time}.`,
  stopActing: 'إنهاء',
  notWhileActing: 'لا يستطيع المسؤول الذي يتصرّف نيابةً عن شخص تغيير هذا.',
  groups: { you: 'أنت', security: 'الأمان', access: 'الوصول' },
  pages: {
    overview: 'نظرة عامة',
    profile: 'الملف الشخصي',
    language: 'اللغة',
    data: 'بياناتك',
    password: 'كلمة المرور',
    passkeys: 'مفاتيح المرور',
    secondFactor: 'الدخول بخطوتين',
    identities: 'طرق الدخول المرتبطة',
    sessions: 'الجلسات والأجهزة',
    applications: 'التطبيقات المتصلة',
    activity: 'النشاط الأخير',
    organizations: 'المؤسسات',
  },
  loading: 'جارٍ التحميل',
  save: 'حفظ',
  saved: 'تم الحفظ.',
  cancel: 'إلغاء',
  close: 'إغلاق',
  remove: 'إزالة',
  rename: 'إعادة تسمية',
  change: 'تغيير',
  add: 'إضافة',
  next: 'متابعة',
  code: 'الرمز',
  codeHelp: 'أدخل الرمز الوارد في الرسالة. يبقى صالحًا بضع دقائق.',
  tryAgain: 'حاول مرة أخرى',
  never: 'أبدًا',
  notFound: {
    title: 'هذه الصفحة غير موجودة',
    text: 'ربما كُتب العنوان خطأ، أو نُقلت الصفحة.',
    back: 'الذهاب إلى النظرة العامة',
  },
  problem: {
    title: 'تعذّر التحميل',
    offline: 'تعذّر الوصول إلى الخادم. تحقق من اتصالك ثم حاول مرة أخرى.',
    tooMany: (seconds: number | undefined) =>
      seconds === undefined
        ? 'كانت المحاولات كثيرة جدًا. انتظر قليلًا ثم حاول مرة أخرى.'
        : plural(seconds, {
            few: 'كانت المحاولات كثيرة جدًا. حاول مرة أخرى بعد # ثوانٍ.',
            many: 'كانت المحاولات كثيرة جدًا. حاول مرة أخرى بعد # ثانية.',
            other: 'كانت المحاولات كثيرة جدًا. حاول مرة أخرى بعد # ثانية.',
          }),
    unavailable: 'الخادم مشغول. حاول مرة أخرى بعد لحظات.',
    signedOut: 'لقد سُجّل خروجك. سجّل الدخول مرة أخرى للمتابعة.',
    failed: 'حدث خطأ هنا. حاول مرة أخرى، وإن تكرر فأخبر من يدير هذه الخدمة.',
  },
  signIn: {
    failed: 'تعذّر تسجيل دخولك',
    denied: 'أُلغي تسجيل الدخول. سجّل الدخول لفتح حسابك.',
    again: 'تسجيل الدخول',
  },
  stepUp: {
    title: 'أكّد أنك أنت',
    text: 'هذا يغيّر من يستطيع دخول حسابك. سجّل الدخول مرة أخرى، ثم تعود إلى هذا المكان وتتابع.',
    go: 'تسجيل الدخول مرة أخرى',
    back: 'شكرًا. يمكنك المتابعة الآن.',
  },
}
