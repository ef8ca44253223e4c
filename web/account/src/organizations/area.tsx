import { Outlet } from '@tanstack/react-router'
import { WithWords } from './words.tsx'
import './area.css'

/** What stands around every page about organizations: their words. */
export const Area = () => (
  <WithWords>
    <Outlet />
  </WithWords>
)
