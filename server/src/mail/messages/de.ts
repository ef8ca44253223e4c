import type { Catalogue } from '../wording.ts'

export const de: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'Ihr Code für die Anmeldung bei {brand}',
      lead: 'Geben Sie diesen Code dort ein, wo Sie sich gerade anmelden, oder nutzen Sie die Schaltfläche. Beides gilt {minutes} lang.',
      button: 'Anmelden',
    },
    'second-factor-code': {
      subject: 'Ihr Code für den zweiten Schritt bei {brand}',
      lead: 'Geben Sie diesen Code ein, um die Anmeldung abzuschließen. Er gilt {minutes} lang.',
    },
    'sign-up-code': {
      subject: 'Bestätigen Sie Ihre Adresse für {brand}',
      lead: 'Geben Sie diesen Code ein, um Ihr Konto fertig anzulegen, oder nutzen Sie die Schaltfläche. Beides gilt {minutes} lang.',
      button: 'Adresse bestätigen',
    },
    'account-exists': {
      subject: 'Sie haben schon ein Konto bei {brand}',
      lead: 'Jemand, vielleicht Sie selbst, wollte mit dieser Adresse ein Konto anlegen. Es gibt schon eines: Melden Sie sich an, oder setzen Sie ein neues Passwort, falls Sie Ihres nicht mehr wissen.',
      button: 'Zur Anmeldung',
    },
    'verify-email': {
      subject: 'Bestätigen Sie Ihre Adresse für {brand}',
      lead: 'Geben Sie diesen Code ein oder nutzen Sie die Schaltfläche, um zu bestätigen, dass diese Adresse Ihnen gehört. Beides gilt {hours} lang.',
      button: 'Adresse bestätigen',
    },
    'reset-password': {
      subject: 'Neues Passwort für {brand} setzen',
      lead: 'Geben Sie diesen Code ein oder nutzen Sie die Schaltfläche, um ein neues Passwort zu wählen. Beides gilt {minutes} lang.',
      button: 'Neues Passwort wählen',
    },
    'password-changed': {
      subject: 'Ihr Passwort für {brand} wurde geändert',
      lead: 'Das Passwort Ihres Kontos wurde geändert.',
      button: 'Das war ich nicht',
    },
    'new-device': {
      subject: 'Neue Anmeldung bei {brand}',
      lead: 'Bei Ihrem Konto gab es eine Anmeldung mit einem Browser, der vorher nicht benutzt wurde.',
      button: 'Das war ich nicht',
    },
    'factor-changed': {
      subject: 'Ihre Anmeldung bei {brand} wurde geändert',
      lead: 'Geändert wurde: {what}.',
      button: 'Das war ich nicht',
    },
    'change-email': {
      subject: 'Bestätigen Sie Ihre neue Adresse für {brand}',
      lead: 'Geben Sie diesen Code ein oder nutzen Sie die Schaltfläche, um diese Adresse für Ihr Konto zu verwenden. Beides gilt {hours} lang.',
      button: 'Adresse bestätigen',
    },
    'email-changed': {
      subject: 'Die Adresse Ihres Kontos bei {brand} wurde geändert',
      lead: 'Die Adresse Ihres Kontos ist jetzt {email}. Falls Sie das nicht waren, können Sie es {days} lang rückgängig machen.',
      button: 'Änderung rückgängig machen',
    },
    'account-frozen': {
      subject: 'Ihr Konto bei {brand} wurde gesperrt',
      lead: 'Ihr Konto wurde gesperrt: {time}. Alle Sitzungen sind beendet, und niemand kann sich anmelden, bis ein neues Passwort gesetzt ist.',
    },
    invitation: {
      subject: 'Sie sind zu {brand} eingeladen',
      lead: 'Nehmen Sie die Einladung mit der Schaltfläche an. Sie gilt {days} lang.',
      button: 'Einladung annehmen',
    },
    'organization-invitation': {
      subject: 'Sie sind zu {organization} eingeladen',
      lead: '{organization} lädt Sie bei {brand} ein, Mitglied zu werden. Nehmen Sie die Einladung mit der Schaltfläche an. Sie gilt {days} lang.',
      button: 'Einladung annehmen',
    },
    'domain-proved': {
      subject: '{domain} gehört jetzt zu {organization}',
      lead: 'Der Eintrag der Domain wurde gefunden: {organization} hat bei {brand} nachgewiesen, dass {domain} ihr gehört. Lassen Sie den Eintrag stehen; er wird einmal am Tag gesucht.',
    },
    'domain-lost': {
      subject: '{organization} hat die Domain {domain} verloren',
      lead: 'Der Eintrag, der {domain} nachweist, fehlt seit Tagen. Die Domain zählt deshalb bei {brand} nicht mehr für {organization}. Mitglieder bleiben Mitglieder, aber niemand tritt mehr über die Domain bei. Veröffentlichen Sie den Eintrag wieder und lassen Sie ihn im Bereich der Organisation prüfen.',
    },
    'deletion-planned': {
      subject: 'Ihr Konto bei {brand} wird gelöscht',
      lead: 'Ihr Konto und alles darin wird gelöscht: {time}. Bis dahin können Sie es behalten.',
      button: 'Konto behalten',
    },
    'phone-code': {
      subject: 'Ihr Code für {brand}',
      lead: 'Geben Sie diesen Code ein, um Ihre Telefonnummer zu bestätigen. Er gilt {minutes} lang.',
    },
    test: {
      subject: 'Testnachricht von {brand}',
      lead: 'Diese Nachricht soll zeigen, ob Nachrichten ankommen. Sie tun es. Angefordert: {time}.',
    },
  },
  notes: {
    ignore: 'Falls Sie das nicht angefordert haben, beachten Sie diese Mail nicht. Geben Sie den Code niemals weiter.',
    unchanged: 'Falls Sie das nicht angefordert haben, beachten Sie diese Mail nicht: Ihr Passwort bleibt, wie es ist.',
    known: 'Falls Sie sich gerade nicht anmelden, kennt vielleicht jemand Ihr Passwort: Ändern Sie es. Geben Sie den Code niemals weiter.',
    nothing: 'Falls Sie das nicht waren, ist nichts zu tun.',
    notYou: 'Falls Sie das waren, ist nichts zu tun. Sonst sagen Sie es mit der Schaltfläche.',
  },
  reasons: {
    asked: 'Diese Mail wurde gesendet, weil jemand diese Adresse bei {brand} eingegeben hat.',
    account: 'Diese Mail wurde gesendet, weil diese Adresse zu einem Konto bei {brand} gehört.',
    invited: 'Diese Mail wurde gesendet, weil jemand bei {brand} diese Adresse eingeladen hat.',
    tested: 'Diese Mail wurde gesendet, weil der Betrieb von {brand} die Zustellung geprüft hat.',
  },
  facts: { time: 'Zeit', ip: 'IP-Adresse', device: 'Gerät' },
  sms: '{code} ist Ihr Code für {brand}. Er gilt {minutes} lang. Geben Sie ihn niemals weiter.',
}
