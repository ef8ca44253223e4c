import { pluralIn } from '@custom-identity-platform/kit/plural.ts'

const plural = pluralIn('de')

export const shell = {
  product: 'Ihr Konto',
  skip: 'Zum Inhalt springen',
  menu: 'Menü',
  languageMenu: 'Sprache dieser Seite',
  links: { title: 'Über diesen Dienst', terms: 'Nutzungsbedingungen', privacy: 'Datenschutz', help: 'Hilfe' },
  navigation: 'Konto',
  signOut: 'Abmelden',
  acting: (by: string) =>
    `Jemand aus der Verwaltung (${by}) handelt hier an Ihrer Stelle. Was das Konto schützt, lässt sich dabei nicht ändern.`,
  actingUntil: (time: string) => `Bis ${time}.`,
  stopActing: 'Beenden',
  notWhileActing: 'Wer aus der Verwaltung an der Stelle einer Person handelt, kann das nicht ändern.',
  groups: { you: 'Sie', security: 'Sicherheit', access: 'Zugriff' },
  pages: {
    overview: 'Übersicht',
    profile: 'Profil',
    language: 'Sprache',
    data: 'Ihre Daten',
    password: 'Passwort',
    passkeys: 'Passkeys',
    secondFactor: 'Anmeldung in zwei Schritten',
    identities: 'Verknüpfte Anmeldungen',
    sessions: 'Sitzungen und Geräte',
    applications: 'Verbundene Anwendungen',
    activity: 'Letzte Aktivitäten',
    organizations: 'Organisationen',
  },
  loading: 'Wird geladen',
  save: 'Speichern',
  saved: 'Gespeichert.',
  cancel: 'Abbrechen',
  close: 'Schließen',
  remove: 'Entfernen',
  rename: 'Umbenennen',
  change: 'Ändern',
  add: 'Hinzufügen',
  next: 'Weiter',
  code: 'Code',
  codeHelp: 'Geben Sie den Code aus der Nachricht ein. Er gilt einige Minuten.',
  tryAgain: 'Noch einmal versuchen',
  never: 'nie',
  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Die Adresse ist vielleicht falsch geschrieben, oder die Seite ist umgezogen.',
    back: 'Zur Übersicht',
  },
  problem: {
    title: 'Das konnte nicht geladen werden',
    offline: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    tooMany: (seconds: number | undefined) =>
      seconds === undefined
        ? 'Das war zu oft. Warten Sie einen Moment und versuchen Sie es noch einmal.'
        : plural(seconds, {
            one: 'Das war zu oft. Versuchen Sie es in # Sekunde noch einmal.',
            other: 'Das war zu oft. Versuchen Sie es in # Sekunden noch einmal.',
          }),
    unavailable: 'Der Server ist ausgelastet. Versuchen Sie es gleich noch einmal.',
    signedOut: 'Sie sind abgemeldet. Melden Sie sich wieder an, um fortzufahren.',
    failed: 'Hier ist etwas schiefgegangen. Versuchen Sie es noch einmal; geschieht es wieder, sagen Sie es dem Betreiber dieses Dienstes.',
  },
  signIn: {
    failed: 'Sie konnten nicht angemeldet werden',
    denied: 'Die Anmeldung wurde abgebrochen. Melden Sie sich an, um Ihr Konto zu öffnen.',
    again: 'Anmelden',
  },
  stepUp: {
    title: 'Bestätigen Sie, dass Sie es sind',
    text: 'Das ändert, wer in Ihr Konto kommt. Melden Sie sich noch einmal an; Sie kommen an diese Stelle zurück und können weitermachen.',
    go: 'Noch einmal anmelden',
    back: 'Danke. Sie können jetzt weitermachen.',
  },
}
