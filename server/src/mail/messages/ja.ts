import type { Catalogue } from '../wording.ts'

export const ja: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: '{brand} のサインインコード',
      lead: 'サインイン中の画面にこのコードを入力するか、ボタンを押してください。どちらも{minutes}有効です。',
      button: 'サインイン',
    },
    'second-factor-code': {
      subject: '{brand} の 2 段階目のコード',
      lead: 'このコードを入力するとサインインが完了します。{minutes}有効です。',
    },
    'sign-up-code': {
      subject: '{brand} で使うメールアドレスの確認',
      lead: 'このコードを入力するか、ボタンを押すと、アカウントの作成が完了します。どちらも{minutes}有効です。',
      button: 'アドレスを確認',
    },
    'account-exists': {
      subject: '{brand} のアカウントはすでにあります',
      lead: 'このアドレスでアカウントを作成しようとした方がいます。ご本人かもしれません。アカウントはすでにあります。サインインするか、パスワードを思い出せない場合は新しく設定してください。',
      button: 'サインインへ進む',
    },
    'verify-email': {
      subject: '{brand} で使うメールアドレスの確認',
      lead: 'このコードを入力するか、ボタンを押して、このアドレスがご自分のものであることを確認してください。どちらも{hours}有効です。',
      button: 'アドレスを確認',
    },
    'reset-password': {
      subject: '{brand} の新しいパスワードの設定',
      lead: 'このコードを入力するか、ボタンを押すと、新しいパスワードを設定できます。どちらも{minutes}有効です。',
      button: '新しいパスワードを設定',
    },
    'password-changed': {
      subject: '{brand} のパスワードが変更されました',
      lead: 'アカウントのパスワードが変更されました。',
      button: '心当たりがありません',
    },
    'new-device': {
      subject: '{brand} への新しいサインイン',
      lead: 'これまで使われていないブラウザーから、アカウントへのサインインがありました。',
      button: '心当たりがありません',
    },
    'factor-changed': {
      subject: '{brand} へのサインイン方法が変更されました',
      lead: '変更された内容：{what}',
      button: '心当たりがありません',
    },
    'change-email': {
      subject: '{brand} で使う新しいメールアドレスの確認',
      lead: 'このコードを入力するか、ボタンを押すと、このアドレスをアカウントで使えるようになります。どちらも{hours}有効です。',
      button: 'アドレスを確認',
    },
    'email-changed': {
      subject: '{brand} のアカウントのアドレスが変更されました',
      lead: 'アカウントのアドレスは {email} になりました。心当たりがない場合は、{days}以内であれば元に戻せます。',
      button: '変更を取り消す',
    },
    'account-frozen': {
      subject: '{brand} のアカウントが凍結されました',
      lead: 'アカウントは {time} に凍結されました。すべてのセッションは終了し、新しいパスワードが設定されるまで誰もサインインできません。',
    },
    invitation: {
      subject: '{brand} への招待',
      lead: 'ボタンを押すと招待を受けられます。{days}有効です。',
      button: '招待を受ける',
    },
    'organization-invitation': {
      subject: '{organization} への招待',
      lead: '{organization} から {brand} での参加に招待されています。ボタンを押すと招待を受けられます。{days}有効です。',
      button: '招待を受ける',
    },
    'domain-proved': {
      subject: '{domain} は {organization} のドメインになりました',
      lead: 'ドメインのレコードが見つかりました。{organization} は {brand} で {domain} を所有していることを証明しました。レコードはそのまま残してください。1日に1回確認されます。',
    },
    'domain-lost': {
      subject: '{organization} はドメイン {domain} を失いました',
      lead: '{domain} を証明するレコードが数日間見つからないため、このドメインは {brand} で {organization} のものとして扱われなくなりました。メンバーはそのままですが、ドメインによる参加はできなくなります。レコードを再び公開し、組織のページで確認してください。',
    },
    'deletion-planned': {
      subject: '{brand} のアカウントが削除されます',
      lead: 'アカウントとその内容は {time} にすべて削除されます。それまではアカウントを残すことができます。',
      button: 'アカウントを残す',
    },
    'phone-code': {
      subject: '{brand} のコード',
      lead: 'このコードを入力して電話番号を確認してください。{minutes}有効です。',
    },
    test: {
      subject: '{brand} からのテストメッセージ',
      lead: 'これは {time} に送信を依頼された、配信を確かめるためのメッセージです。届いています。',
    },
  },
  notes: {
    ignore: '心当たりがない場合は、このメールを無視してください。コードは誰にも教えないでください。',
    unchanged: '心当たりがない場合は、このメールを無視してください。パスワードは変わりません。',
    known:
      'サインインしていない場合は、ほかの人がパスワードを知っているかもしれません。パスワードを変更してください。コードは誰にも教えないでください。',
    nothing: '心当たりがなくても、何もする必要はありません。',
    notYou: 'ご自分の操作であれば、何もする必要はありません。そうでなければ、ボタンでお知らせください。',
  },
  reasons: {
    asked: 'このメールは、{brand} でこのアドレスが入力されたためお送りしました。',
    account: 'このメールは、このアドレスが {brand} のアカウントに登録されているためお送りしました。',
    invited: 'このメールは、{brand} からこのアドレスが招待されたためお送りしました。',
    tested: 'このメールは、{brand} の運用者が配信を確かめたためお送りしました。',
  },
  facts: { time: '日時', ip: 'IP アドレス', device: '端末' },
  sms: '{brand} のコードは {code} です。{minutes}有効です。誰にも教えないでください。',
}
