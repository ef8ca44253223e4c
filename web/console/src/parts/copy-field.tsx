import { CopyField as KitCopyField } from '@custom-identity-platform/kit/copy-field.tsx'
import { useMessages } from '../console-context.tsx'

/** A text that is needed elsewhere, in the words of the console. */
export const CopyField = ({ value, label }: { readonly value: string; readonly label: string }) => (
  <KitCopyField {...{ value, label }} words={useMessages().parts} />
)
