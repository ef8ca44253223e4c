/** Something of any shape, as the API gives it. What scrolls is reached by keyboard too (WCAG 2.2 section 2.1.1). */
export const JsonView = ({ value, label }: { readonly value: unknown; readonly label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <section className="json" tabIndex={0} aria-label={label}>
    <code>{JSON.stringify(value, null, 2)}</code>
  </section>
)
