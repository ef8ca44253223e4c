export const overview = {
  intro: 'Is it healthy, what changed, what needs you.',
}
