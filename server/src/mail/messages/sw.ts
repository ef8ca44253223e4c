import type { Catalogue } from '../wording.ts'

export const sw: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'Msimbo wako wa kuingia kwenye {brand}',
      lead: 'Andika msimbo huu mahali unapoingia, au tumia kitufe. Vyote viwili vinatumika kwa {minutes}.',
      button: 'Ingia',
    },
    'second-factor-code': {
      subject: 'Msimbo wako wa hatua ya pili kwenye {brand}',
      lead: 'Andika msimbo huu ili kumaliza kuingia. Unatumika kwa {minutes}.',
    },
    'sign-up-code': {
      subject: 'Thibitisha anwani yako ya {brand}',
      lead: 'Andika msimbo huu ili kumaliza kufungua akaunti yako, au tumia kitufe. Vyote viwili vinatumika kwa {minutes}.',
      button: 'Thibitisha anwani',
    },
    'account-exists': {
      subject: 'Tayari una akaunti kwenye {brand}',
      lead: 'Mtu fulani, pengine wewe, alijaribu kufungua akaunti kwa anwani hii. Akaunti tayari ipo: ingia, au weka nenosiri jipya ikiwa hukumbuki lako.',
      button: 'Nenda kuingia',
    },
    'verify-email': {
      subject: 'Thibitisha anwani yako ya {brand}',
      lead: 'Andika msimbo huu au tumia kitufe ili kuthibitisha kuwa anwani hii ni yako. Vyote viwili vinatumika kwa {hours}.',
      button: 'Thibitisha anwani',
    },
    'reset-password': {
      subject: 'Weka nenosiri jipya la {brand}',
      lead: 'Andika msimbo huu au tumia kitufe ili kuchagua nenosiri jipya. Vyote viwili vinatumika kwa {minutes}.',
      button: 'Chagua nenosiri jipya',
    },
    'password-changed': {
      subject: 'Nenosiri lako la {brand} limebadilishwa',
      lead: 'Nenosiri la akaunti yako limebadilishwa.',
      button: 'Hakuwa mimi',
    },
    'new-device': {
      subject: 'Kuingia kupya kwenye {brand}',
      lead: 'Akaunti yako imeingiwa kwa kivinjari ambacho hakikutumika hapo awali.',
      button: 'Hakuwa mimi',
    },
    'factor-changed': {
      subject: 'Njia yako ya kuingia kwenye {brand} imebadilishwa',
      lead: 'Kilichobadilishwa: {what}.',
      button: 'Hakuwa mimi',
    },
    'change-email': {
      subject: 'Thibitisha anwani yako mpya ya {brand}',
      lead: 'Andika msimbo huu au tumia kitufe ili kutumia anwani hii kwa akaunti yako. Vyote viwili vinatumika kwa {hours}.',
      button: 'Thibitisha anwani',
    },
    'email-changed': {
      subject: 'Anwani ya akaunti yako kwenye {brand} imebadilishwa',
      lead: 'Anwani ya akaunti yako sasa ni {email}. Ikiwa hukuibadilisha, unaweza kutengua kwa {days}.',
      button: 'Tengua badiliko',
    },
    'account-frozen': {
      subject: 'Akaunti yako kwenye {brand} imesimamishwa',
      lead: 'Akaunti yako ilisimamishwa {time}. Vipindi vyote vimekwisha, na hakuna anayeweza kuingia hadi nenosiri jipya liwekwe.',
    },
    invitation: {
      subject: 'Umealikwa kwenye {brand}',
      lead: 'Tumia kitufe ili kukubali mwaliko. Unatumika kwa {days}.',
      button: 'Kubali mwaliko',
    },
    'organization-invitation': {
      subject: 'Umealikwa kujiunga na {organization}',
      lead: '{organization} inakualika kujiunga nayo kwenye {brand}. Tumia kitufe ili kukubali mwaliko. Unatumika kwa {days}.',
      button: 'Kubali mwaliko',
    },
    'domain-proved': {
      subject: '{domain} sasa ni ya {organization}',
      lead: 'Rekodi ya kikoa imepatikana: {organization} imethibitisha kwenye {brand} kwamba {domain} ni yake. Acha rekodi ilipo; inatafutwa mara moja kwa siku.',
    },
    'domain-lost': {
      subject: '{organization} imepoteza kikoa {domain}',
      lead: 'Rekodi inayothibitisha {domain} haijaonekana kwa siku kadhaa, kwa hiyo kikoa hakihesabiki tena kwa {organization} kwenye {brand}. Wanachama wanabaki; hakuna anayejiunga tena kupitia kikoa. Chapisha rekodi tena na uiombe ikaguliwe kwenye ukurasa wa shirika.',
    },
    'deletion-planned': {
      subject: 'Akaunti yako kwenye {brand} itafutwa',
      lead: 'Akaunti yako na vyote vilivyomo vitafutwa {time}. Hadi wakati huo unaweza kuibakiza.',
      button: 'Bakiza akaunti',
    },
    'phone-code': {
      subject: 'Msimbo wako wa {brand}',
      lead: 'Andika msimbo huu ili kuthibitisha nambari yako ya simu. Unatumika kwa {minutes}.',
    },
    test: {
      subject: 'Ujumbe wa majaribio kutoka {brand}',
      lead: 'Ujumbe huu uliombwa {time} ili kuona kama ujumbe unafika. Unafika.',
    },
  },
  notes: {
    ignore: 'Ikiwa hukuomba hili, puuza barua hii. Usimpe mtu yeyote msimbo.',
    unchanged: 'Ikiwa hukuomba hili, puuza barua hii: nenosiri lako linabaki kama lilivyo.',
    known: 'Ikiwa huingii sasa, huenda mtu mwingine anajua nenosiri lako: libadilishe. Usimpe mtu yeyote msimbo.',
    nothing: 'Ikiwa hakuwa wewe, huna la kufanya.',
    notYou: 'Ikiwa ni wewe, huna la kufanya. Ikiwa sivyo, sema kwa kitufe.',
  },
  reasons: {
    asked: 'Barua hii imetumwa kwa sababu mtu aliandika anwani hii kwenye {brand}.',
    account: 'Barua hii imetumwa kwa sababu anwani hii ni ya akaunti kwenye {brand}.',
    invited: 'Barua hii imetumwa kwa sababu mtu wa {brand} aliialika anwani hii.',
    tested: 'Barua hii imetumwa kwa sababu mwendeshaji wa {brand} alijaribu usafirishaji wa barua.',
  },
  facts: { time: 'Wakati', ip: 'Anwani ya IP', device: 'Kifaa' },
  sms: '{code} ni msimbo wako wa {brand}. Unatumika kwa {minutes}. Usimpe mtu yeyote.',
}
