import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMay, useMessages } from '../console-context.tsx'
import { ChangeWaits } from '../waiting.ts'

/** Tells of a change that waits for a second person, and leads to it. False where it is another error. */
export const useWaits = (): ((error: unknown) => boolean) => {
  const { parts } = useMessages()
  const [may, toast, navigate, queries] = [useMay(), useToast(), useNavigate(), useQueryClient()]
  return (error) => {
    if (!(error instanceof ChangeWaits)) return false
    toast(parts.setting.waits)
    void queries.invalidateQueries({ queryKey: ['changes'] })
    if (may('changes:read')) void navigate({ to: `/settings/changes/${error.change}` })
    return true
  }
}
